// Putting records in words.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/record_words.hpp"

#include <algorithm>
#include <map>

#include "core/hex.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules::story {

namespace {

using wire::NameView;
using wire::Type;

wire::Bytes as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Whether octets are one whole name without pointers.
bool is_name(std::string_view octets) noexcept {
  std::size_t at = 0;
  while (at < octets.size()) {
    const auto size = static_cast<unsigned char>(octets[at]);
    if (size > 63) return false;
    at += size + 1u;
    if (size == 0) return at == octets.size();
  }
  return false;
}

std::string name_words(std::string_view octets) {
  return is_name(octets) ? NameView(octets).text() : "(malformed)";
}

std::vector<std::string> strings_of(std::string_view rdata) {
  std::vector<std::string> out;
  TxtStrings strings(rdata);
  while (const auto string = strings.next()) {
    if (!string->empty()) out.emplace_back(*string);
  }
  return out;
}

std::string text_words(std::string_view rdata) {
  std::string out;
  for (const std::string& string : strings_of(rdata)) {
    if (!out.empty()) out += ' ';
    out += string;
  }
  return out.empty() ? "(no keys)" : out;
}

std::string fallback(std::string_view rdata) {
  constexpr std::size_t most = 16;
  std::string out = std::to_string(rdata.size()) + " octets";
  if (!rdata.empty()) out += ' ' + to_hex(rdata.substr(0, most));
  if (rdata.size() > most) out += "...";
  return out;
}

void add_if(std::vector<Change>& out, std::string what, const std::string& from,
            const std::string& to) {
  if (from != to) out.push_back({std::move(what), from, to});
}

/// Of a key that comes twice the first counts. RFC 6763 §6.4.
std::map<std::string, std::string> keys_of(std::string_view rdata) {
  std::map<std::string, std::string> keys;
  for (const std::string& string : strings_of(rdata)) {
    if (string.front() == '=') continue;  // no key: receivers skip it
    keys.try_emplace(std::string(txt_key(string)), txt_value(string).value_or(""));
  }
  return keys;
}

std::vector<Change> text_changes(std::string_view before, std::string_view after) {
  const auto old = keys_of(before);
  const auto fresh = keys_of(after);
  std::vector<Change> out;
  for (const auto& [key, value] : old) {
    const auto now = fresh.find(key);
    if (now == fresh.end()) {
      out.push_back({"TXT key " + key, value, "", true, false});
    } else {
      add_if(out, "TXT key " + key, value, now->second);
    }
  }
  for (const auto& [key, value] : fresh) {
    if (!old.contains(key)) out.push_back({"TXT key " + key, "", value, false, true});
  }
  if (out.empty()) out.push_back({"TXT order or repeated keys", "", ""});
  return out;
}

}  // namespace

std::optional<ServiceWords> service_words(std::string_view rdata) {
  constexpr std::size_t fixed = 6;
  if (rdata.size() <= fixed || !is_name(rdata.substr(fixed))) return std::nullopt;
  wire::Record record;
  record.type = Type::srv;
  record.rdata = as_bytes(rdata);
  const auto fields = record.srv();
  if (!fields) return std::nullopt;
  return ServiceWords{*fields, name_words(rdata.substr(fixed))};
}

std::string rdata_words(Type type, std::string_view rdata) {
  if (type == Type::ptr) return name_words(rdata);
  if (type == Type::srv) {
    const auto service = service_words(rdata);
    if (!service) return "(malformed)";
    const wire::SrvFields& fields = service->fields;
    return std::to_string(fields.priority) + ' ' + std::to_string(fields.weight) + ' ' +
           std::to_string(fields.port) + ' ' + service->host;
  }
  if (type == Type::txt) return text_words(rdata);
  if (type == Type::a || type == Type::aaaa) {
    const std::string address = wire::Address(as_bytes(rdata)).text();
    return address.empty() ? "(malformed)" : address;
  }
  return fallback(rdata);
}

std::string short_words(const PartSeen& record, SubjectKind about) {
  std::string out(name_of(record.part));
  if (record.part == Part::other) out = wire::type_text(record.type);
  if (!record.is_whole) return out + " (malformed)";
  if (record.part == Part::pointer && about == SubjectKind::type) {
    return out + " to " + rdata_words(record.type, record.rdata);
  }
  if (record.part == Part::service && about == SubjectKind::host) {
    return out + " of " + NameView(record.owner).text();
  }
  if (record.part == Part::service) {
    const auto service = service_words(record.rdata);
    return service ? out + ' ' + service->host + " port " + std::to_string(service->fields.port)
                   : out + " (malformed)";
  }
  if (record.part == Part::text) {
    const std::size_t keys = strings_of(record.rdata).size();
    if (keys == 0) return out + " without keys";
    return keys == 1 ? out + " with 1 key" : out + " with " + std::to_string(keys) + " keys";
  }
  if (record.part == Part::address_ipv4 || record.part == Part::address_ipv6) {
    return out + ' ' + rdata_words(record.type, record.rdata);
  }
  if (record.part == Part::subtype) {
    return out + ' ' + std::string(NameView(record.owner).label(0));
  }
  return out;
}

std::string full_words(const PartSeen& record, SubjectKind about) {
  const std::string type = wire::type_text(record.type);
  if (!record.is_whole) return type + " (malformed, " + fallback(record.rdata) + ")";
  if (record.type == Type::nsec) return type;
  if (record.part == Part::pointer || record.part == Part::subtype ||
      record.part == Part::type_list) {
    const bool is_plain = about != SubjectKind::type || record.part == Part::type_list;
    return type + " of " + NameView(record.owner).text() +
           (is_plain ? "" : " to " + rdata_words(record.type, record.rdata));
  }
  const bool is_address = record.part == Part::address_ipv4 || record.part == Part::address_ipv6;
  return type + ' ' +
         (is_address || about == SubjectKind::host ? "of " + NameView(record.owner).text() + ' '
                                                   : std::string()) +
         rdata_words(record.type, record.rdata);
}

std::vector<Change> changes_between(Type type, std::string_view before, std::string_view after) {
  if (type == Type::txt) return text_changes(before, after);
  std::vector<Change> out;
  const auto old = type == Type::srv ? service_words(before) : std::nullopt;
  const auto fresh = type == Type::srv ? service_words(after) : std::nullopt;
  if (!old || !fresh) {
    add_if(out, wire::type_text(type), rdata_words(type, before), rdata_words(type, after));
    return out;
  }
  const auto number = [&](std::string_view what, unsigned from, unsigned to) {
    add_if(out, std::string(what), std::to_string(from), std::to_string(to));
  };
  add_if(out, "SRV target", old->host, fresh->host);
  number("SRV port", old->fields.port, fresh->fields.port);
  number("SRV priority", old->fields.priority, fresh->fields.priority);
  number("SRV weight", old->fields.weight, fresh->fields.weight);
  return out;
}

}  // namespace srvwarden::rules::story
