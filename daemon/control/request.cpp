// Requests: what could hurt a JSON parser is refused before it, what could mislead one after it.
// SPDX-License-Identifier: Apache-2.0
#include "control/request.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

#include "core/hex.hpp"
#include "link/control.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::daemon {

namespace {

using nlohmann::json;

constexpr std::size_t max_id_size = 64;      // octets
constexpr std::size_t max_quoted_size = 64;  // octets

struct Row {
  Verb verb;
  std::string_view name;
  bool is_order;
};

constexpr Row rows[] = {
    {Verb::status, "status", false},    {Verb::watch, "watch", false},
    {Verb::metrics, "metrics", false},  {Verb::version, "version", false},
    {Verb::reload, "reload", true},     {Verb::withdraw, "withdraw", true},
    {Verb::announce, "announce", true}, {Verb::advertise, "advertise", true},
};

const Row& row_of(Verb verb) { return rows[static_cast<std::size_t>(verb)]; }

/// Thrown within this file alone.
struct Refused {
  std::string words;
};

/// A piece of the line, fit to be told.
std::string named(std::string_view text) {
  std::string plain(utf8::prefix(text, max_quoted_size));
  std::replace_if(plain.begin(), plain.end(), ascii::is_control, '?');
  return '"' + plain + (plain.size() < text.size() ? "...\"" : "\"");
}

/// Before anything recurses. Brackets in strings do not count; what is no JSON is found later.
void check_depth(std::string_view line) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (in_string) {
      if (c == '\\') ++at;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > link::max_control_depth) {
        throw Refused{"nested deeper than " + std::to_string(link::max_control_depth)};
      }
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

/// Two members of one name: one reader takes the first, another the last. RFC 8259 §4.
class DuplicateFinder {
 public:
  bool operator()(json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) open_.emplace_back();
    if (event == json::parse_event_t::object_end) open_.pop_back();
    if (event == json::parse_event_t::key) {
      const auto& name = parsed.get_ref<const std::string&>();
      if (!open_.back().insert(name).second) {
        throw Refused{"the member " + named(name) + " is there twice"};
      }
    }
    return true;
  }

 private:
  std::vector<std::set<std::string>> open_;
};

json parse(std::string_view line) {
  if (line.size() > link::max_control_request) {
    throw Refused{"a request has at most " + std::to_string(link::max_control_request) + " octets"};
  }
  if (const auto at = utf8::find_ill_formed(line); at != line.npos) {
    throw Refused{"not UTF-8: the octet at offset " + std::to_string(at) + " is out of place"};
  }
  if (line.find('\0') != line.npos) throw Refused{"not JSON: it has a NUL octet"};
  check_depth(line);
  try {
    DuplicateFinder finder;
    json value = json::parse(line, [&finder](int, json::parse_event_t event, json& parsed) {
      return finder(event, parsed);
    });
    if (!value.is_object()) throw Refused{"a request is a JSON object"};
    return value;
  } catch (const json::parse_error& error) {
    throw Refused{"not JSON: something is wrong at octet " + std::to_string(error.byte)};
  } catch (const json::exception&) {
    throw Refused{"not JSON: a number is out of range"};
  }
}

std::string id_of(const json& request) {
  const auto found = request.find("id");
  if (found == request.end() || found->is_null()) return "null";
  const bool is_short =
      found->is_string() && found->get_ref<const std::string&>().size() <= max_id_size;
  if (!is_short && !found->is_number_integer()) {
    throw Refused{"\"id\" must be an integer, or a string of at most " +
                  std::to_string(max_id_size) + " octets"};
  }
  return found->dump();
}

Verb verb_of(const json& request) {
  const auto found = request.find("command");
  if (found != request.end() && found->is_string()) {
    const auto row = std::ranges::find(rows, found->get_ref<const std::string&>(), &Row::name);
    if (row != std::end(rows)) return row->verb;
  }
  std::string names;
  for (const Row& row : rows) names.append(names.empty() ? "" : ", ").append(row.name);
  throw Refused{"\"command\" must be one of " + names};
}

/// The members of a request; each is taken once, and none may be left.
class Members {
 public:
  explicit Members(const json& request) : request_(request), taken_{"id", "command"} {}

  std::string text(const std::string& name) {
    const json* value = take(name);
    if (value == nullptr) return {};
    if (!value->is_string()) throw Refused{'"' + name + "\" must be a string"};
    return value->get<std::string>();
  }
  std::string needed_text(const std::string& name) {
    std::string value = text(name);
    if (value.empty()) throw Refused{'"' + name + "\" is missing or empty"};
    return value;
  }
  std::uint16_t port() {
    const json* value = take("port");
    const bool fits =
        value != nullptr && value->is_number_unsigned() && value->get<std::uint64_t>() <= 65535;
    if (!fits) throw Refused{"\"port\" must be a number from 0 to 65535"};
    return value->get<std::uint16_t>();
  }
  std::vector<std::string> list(const std::string& name) {
    const json* value = take(name);
    if (value == nullptr) return {};
    if (!value->is_array()) throw Refused{'"' + name + "\" must be an array of strings"};
    std::vector<std::string> texts;
    for (const json& one : *value) {
      if (!one.is_string()) throw Refused{'"' + name + "\" must be an array of strings"};
      texts.push_back(one.get<std::string>());
    }
    return texts;
  }
  void end() const {
    for (const auto& [name, value] : request_.items()) {
      if (!taken_.contains(name)) throw Refused{"this command has no member " + named(name)};
    }
  }

 private:
  const json* take(const std::string& name) {
    taken_.insert(name);
    const auto found = request_.find(name);
    return found == request_.end() || found->is_null() ? nullptr : &*found;
  }

  const json& request_;
  std::set<std::string> taken_;
};

/// TXT strings as text, or, for octets that are none, in hexadecimal.
std::vector<std::string> txt_of(Members& members) {
  std::vector<std::string> txt = members.list("txt");
  const std::vector<std::string> in_hex = members.list("txt_hex");
  if (!txt.empty() && !in_hex.empty()) throw Refused{"\"txt\" and \"txt_hex\" exclude each other"};
  std::vector<std::size_t> ignored;
  for (const std::string& digits : in_hex) {
    if (read_hex(digits, txt.emplace_back(), ignored)) {
      throw Refused{"\"txt_hex\" must have pairs of hexadecimal digits"};
    }
  }
  return txt;
}

Advertisement advertisement_of(Members& members) {
  Advertisement wanted;
  wanted.instance = members.needed_text("instance");
  wanted.type = members.needed_text("type");
  wanted.port = members.port();
  wanted.txt = txt_of(members);
  wanted.subtypes = members.list("subtypes");
  wanted.domain = members.text("domain");
  wanted.host = members.text("host");
  return wanted;
}

void read_members(const json& from, Request& request) {
  Members members(from);
  switch (request.verb) {
    case Verb::status:
    case Verb::watch:
      request.key = members.text("key");
      break;
    case Verb::withdraw:
    case Verb::announce:
      request.name = members.needed_text("name");
      break;
    case Verb::advertise:
      request.advertisement = advertisement_of(members);
      break;
    case Verb::metrics:
    case Verb::version:
    case Verb::reload:
      break;
  }
  members.end();
}

}  // namespace

std::string_view name_of(Verb verb) noexcept { return row_of(verb).name; }
bool is_order(Verb verb) noexcept { return row_of(verb).is_order; }

std::variant<Request, RequestError> read_request(std::string_view line) {
  Request request;
  try {
    const json from = parse(line);
    request.id = id_of(from);
    request.verb = verb_of(from);
    read_members(from, request);
    return request;
  } catch (const Refused& refused) {
    return RequestError{request.id, refused.words};
  }
}

}  // namespace srvwarden::daemon
