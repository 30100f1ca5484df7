// Answers: values become JSON, and whatever octets are in them, the line is UTF-8 and one line.
// SPDX-License-Identifier: Apache-2.0
#include "control/answers.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/hex.hpp"
#include "link/control.hpp"
#include "log.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::daemon {

namespace {

using nlohmann::ordered_json;

std::string dumped(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

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
void put_txt(ordered_json& service, const std::vector<std::string>& txt) {
  service["txt"] = txt;
  const bool is_text = std::ranges::all_of(txt, [](const std::string& string) {
    return utf8::find_ill_formed(string) == std::string::npos;
  });
  if (is_text) return;
  for (const std::string& string : txt) service["txt_hex"].push_back(to_hex(string));
}

ordered_json to_json(const ServiceStatus& service) {
  const Announcement& a = service.announcement;
  ordered_json out = {{"key", a.key},           {"file", service.file},
                      {"instance", a.instance}, {"wanted", service.wanted},
                      {"type", a.type},         {"subtypes", a.subtypes},
                      {"domain", a.domain},     {"host", a.host},
                      {"port", a.port}};
  put_txt(out, a.txt);
  out["protocol"] = name_of(a.protocol);
  out["interfaces"] = a.interfaces;
  out["state"] = name_of(service.state);
  out["since"] = time_words(service.since);
  out["why"] = service.why;
  out["verified_on"] = service.verified_on;
  out["hold"] = name_of(service.hold);
  out["health"] = service.health;
  return out;
}

/// The status' own members, without the closing brace.
std::string opening(const DaemonStatus& status) {
  std::string text = dumped({{"protocol", link::control_protocol},
                             {"version", status.version},
                             {"started", time_words(status.started)},
                             {"backend", status.backend},
                             {"trouble", status.trouble},
                             {"host", status.host},
                             {"domain", status.domain}});
  text.pop_back();
  return text;
}

}  // namespace

std::string json_quoted(std::string_view text) { return dumped(text); }

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

// Put together service by service: one tree of ten thousand of them would take its time.
std::string status_json(const DaemonStatus& status, std::string_view key) {
  std::string text = opening(status) + ",\"services\":[";
  bool first = true;
  for (const ServiceStatus& service : status.services) {
    if (!key.empty() && service.announcement.key != key) continue;
    if (!std::exchange(first, false)) text += ',';
    text += dumped(to_json(service));
  }
  text += "],\"wrong_files\":[";
  first = true;
  for (const FileStatus& file : status.wrong_files) {
    if (!std::exchange(first, false)) text += ',';
    text += dumped({{"path", file.path}, {"kept", file.kept}, {"complaint", file.complaint}});
  }
  return text + "]}";
}

}  // namespace srvwarden::daemon
