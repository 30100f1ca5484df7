// read_status: the control protocol's status, read as leniently as an older tool must.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "report/status_table.hpp"

namespace srvwarden::report {
namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts_of(const json& object, const char* name) {
  std::vector<std::string> texts;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return texts;
  for (const json& one : *found) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

/// The objects of an array.
template <class Take>
void for_each(const json& object, const char* name, const Take& take) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return;
  for (const json& one : *found) {
    if (one.is_object()) take(one);
  }
}

ServiceRow service_of(const json& from) {
  ServiceRow row;
  row.key = text_of(from, "key");
  row.name = text_of(from, "instance");
  row.wanted = text_of(from, "wanted");
  row.type = text_of(from, "type");
  row.state = text_of(from, "state");
  row.since = text_of(from, "since");
  row.why = text_of(from, "why");
  row.file = text_of(from, "file");
  row.hold = text_of(from, "hold");
  row.health = text_of(from, "health");
  row.verified_on = texts_of(from, "verified_on");
  const auto port = from.find("port");
  const bool is_port = port != from.end() && port->is_number_unsigned() && *port <= 65535;
  if (is_port) row.port = port->get<std::uint16_t>();
  return row;
}

}  // namespace

StatusView read_status(const json& status) {
  StatusView view;
  if (!status.is_object()) return view;
  view.version = text_of(status, "version");
  view.started = text_of(status, "started");
  view.backend = text_of(status, "backend");
  view.trouble = text_of(status, "trouble");
  view.host = text_of(status, "host");
  view.domain = text_of(status, "domain");
  for_each(status, "services", [&](const json& one) { view.services.push_back(service_of(one)); });
  for_each(status, "wrong_files", [&](const json& one) {
    const auto kept = one.find("kept");
    view.wrong_files.push_back(
        {text_of(one, "path"), kept != one.end() && *kept == true, text_of(one, "complaint")});
  });
  return view;
}

}  // namespace srvwarden::report
