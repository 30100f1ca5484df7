// Start keys: a row each.
// SPDX-License-Identifier: Apache-2.0
#include "config/start_keys.hpp"

#include <array>

namespace srvwarden::daemon {

namespace {

struct StartKey {
  std::string_view name;
  bool (*differs)(const Config& a, const Config& b);
};

using C = const Config&;

// What sockets, processes and the publisher are made from.
constexpr std::array<StartKey, 10> rows = {{
    {"publisher", [](C a, C b) { return a.publisher != b.publisher; }},
    {"interfaces", [](C a, C b) { return a.interfaces != b.interfaces; }},
    {"host-name", [](C a, C b) { return a.host_name != b.host_name; }},
    {"state", [](C a, C b) { return a.state != b.state; }},
    {"control.socket", [](C a, C b) { return a.control.socket != b.control.socket; }},
    {"control.mode", [](C a, C b) { return a.control.mode != b.control.mode; }},
    {"control.group", [](C a, C b) { return a.control.group != b.control.group; }},
    {"control.metrics-port",
     [](C a, C b) { return a.control.metrics_port != b.control.metrics_port; }},
    {"watch", [](C a, C b) { return !(a.watch == b.watch); }},
    {"log.format", [](C a, C b) { return a.log.format != b.log.format; }},
}};

}  // namespace

std::vector<std::string_view> start_keys() {
  std::vector<std::string_view> all;
  for (const StartKey& row : rows) all.push_back(row.name);
  return all;
}

std::vector<std::string_view> start_keys_that_differ(const Config& a, const Config& b) {
  std::vector<std::string_view> all;
  for (const StartKey& row : rows) {
    if (row.differs(a, b)) all.push_back(row.name);
  }
  return all;
}

}  // namespace srvwarden::daemon
