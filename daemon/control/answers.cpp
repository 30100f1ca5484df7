// Answers: values become JSON, and whatever octets are in them, the line is UTF-8 and one line.
// SPDX-License-Identifier: Apache-2.0
#include "control/answers.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

#include "core/hex.hpp"
#include "link/control.hpp"
#include "log.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::daemon {

namespace {

/// The next piece of a JSON string, from text[at] on, and how many octets it stands for.
std::size_t append_escaped(std::string& out, std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '"' || c == '\\') {
    (out += '\\') += c;
    return 1;
  }
  if (ascii::is_control(c)) {
    std::array<char, 8> escape{};
    std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
    out += escape.data();
    return 1;
  }
  const utf8::Step step = utf8::read(text, at);
  if (step.size == 0) {
    utf8::append(out, 0xFFFD);
    return 1;
  }
  out += text.substr(at, step.size);
  return step.size;
}

bool is_plain(char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; }

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_plain(text[end])) ++end;
    out += text.substr(at, end - at);
    at = end;
    if (at < text.size()) at += append_escaped(out, text, at);
  }
  out += '"';
}

/// A JSON object, written straight: a tree of ten thousand services would take its time.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  void text(std::string_view name, std::string_view value) { append_quoted(member(name), value); }
  void raw(std::string_view name, std::string_view json) { member(name) += json; }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    array(name, values, [this](const std::string& value) { append_quoted(out_, value); });
  }
  template <class Values, class Put>
  void array(std::string_view name, const Values& values, const Put& put) {
    member(name) += '[';
    bool first = true;
    for (const auto& value : values) {
      if (!std::exchange(first, false)) out_ += ',';
      put(value);
    }
    out_ += ']';
  }
  void end() { out_ += '}'; }

 private:
  std::string& member(std::string_view name) {
    if (!std::exchange(first_, false)) out_ += ',';
    append_quoted(out_, name);
    return out_ += ':';
  }

  std::string& out_;
  bool first_ = true;
};

std::string time_words(std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  return time_text(floor<milliseconds>(time).time_since_epoch().count());
}

std::string opening(const std::string& id, bool ok) {
  return "{\"id\":" + id + (ok ? ",\"ok\":true" : ",\"ok\":false");
}

std::string_view name_of(Hold hold) {
  switch (hold) {
    case Hold::none:
      return "none";
    case Hold::health:
      return "health";
    case Hold::order:
      return "order";
  }
  return "";
}

/// Strings that are not all UTF-8 come in hexadecimal, too.
void put_txt(Object& out, const std::vector<std::string>& txt) {
  out.texts("txt", txt);
  const bool is_text = std::ranges::all_of(txt, [](const std::string& string) {
    return utf8::find_ill_formed(string) == std::string::npos;
  });
  if (is_text) return;
  std::vector<std::string> in_hex;
  for (const std::string& string : txt) in_hex.push_back(to_hex(string));
  out.texts("txt_hex", in_hex);
}

void put(std::string& text, const ServiceStatus& service) {
  const Announcement& a = service.announcement;
  Object out(text);
  out.text("key", a.key);
  out.text("file", service.file);
  out.text("instance", a.instance);
  out.text("wanted", service.wanted);
  out.text("type", a.type);
  out.texts("subtypes", a.subtypes);
  out.text("domain", a.domain);
  out.text("host", a.host);
  out.raw("port", std::to_string(a.port));
  put_txt(out, a.txt);
  out.text("protocol", name_of(a.protocol));
  out.texts("interfaces", a.interfaces);
  out.text("state", name_of(service.state));
  out.text("since", time_words(service.since));
  out.text("why", service.why);
  out.texts("verified_on", service.verified_on);
  out.text("hold", name_of(service.hold));
  out.text("health", service.health);
  out.end();
}

void put(std::string& text, const FileStatus& file) {
  Object out(text);
  out.text("path", file.path);
  out.raw("kept", file.kept ? "true" : "false");
  out.text("complaint", file.complaint);
  out.end();
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

Line refusal(const std::string& id, std::string_view words) {
  return {opening(id, false) + ",\"error\":" + json_quoted(words) + "}\n", nullptr, ""};
}

Line order_answer(const std::string& id, const Answer& answer) {
  if (!answer.done) return refusal(id, answer.words);
  std::string line = opening(id, true) + ",\"words\":" + json_quoted(answer.words) +
                     ",\"services\":" + std::to_string(answer.services);
  if (!answer.key.empty()) line += ",\"key\":" + json_quoted(answer.key);
  return {line + "}\n", nullptr, ""};
}

Line version_answer(const std::string& id, std::string_view version) {
  return {opening(id, true) + ",\"protocol\":" + std::to_string(link::control_protocol) +
              ",\"version\":" + json_quoted(version) + "}\n",
          nullptr, ""};
}

Line metrics_answer(const std::string& id, std::string_view text) {
  return {opening(id, true) + ",\"metrics\":" + json_quoted(text) + "}\n", nullptr, ""};
}

Line status_answer(const std::string& id, SharedText status) {
  return {opening(id, true) + ",\"status\":", std::move(status), "}\n"};
}

Line status_event(const std::string& id, SharedText status, std::uint64_t skipped) {
  return {"{\"id\":" + id + ",\"event\":\"status\",\"skipped\":" + std::to_string(skipped) +
              ",\"status\":",
          std::move(status), "}\n"};
}

std::string status_json(const DaemonStatus& status, std::string_view key) {
  std::vector<const ServiceStatus*> services;
  for (const ServiceStatus& service : status.services) {
    if (key.empty() || service.announcement.key == key) services.push_back(&service);
  }
  std::string text;
  Object out(text);
  out.raw("protocol", std::to_string(link::control_protocol));
  out.text("version", status.version);
  out.text("started", time_words(status.started));
  out.text("backend", status.backend);
  out.text("trouble", status.trouble);
  out.text("host", status.host);
  out.text("domain", status.domain);
  out.array("services", services, [&](const ServiceStatus* service) { put(text, *service); });
  out.array("wrong_files", status.wrong_files, [&](const FileStatus& file) { put(text, file); });
  out.end();
  return text;
}

}  // namespace srvwarden::daemon
