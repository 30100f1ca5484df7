// The table of the kinds, and the settings that all of them share.
// SPDX-License-Identifier: Apache-2.0
#include "health/probe_kinds.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "health/exec_probe.hpp"
#include "health/http_probe.hpp"
#include "health/tcp_probe.hpp"
#include "health/unit_probe.hpp"
#include "health/unix_probe.hpp"

namespace srvwarden::daemon {

namespace {

using std::chrono::milliseconds;

constexpr std::array<ProbeKind, 5> kinds = {{
    {HealthKind::tcp, "tcp", tcp_fault, make_tcp_probe},
    {HealthKind::http, "http", http_fault, make_http_probe},
    {HealthKind::unix_socket, "unix", unix_fault, make_unix_probe},
    {HealthKind::systemd_unit, "systemd", unit_fault, make_unit_probe},
    {HealthKind::exec, "exec", exec_fault, make_exec_probe},
}};

struct TimeRange {
  std::string_view field;
  milliseconds HealthSettings::*time;
  milliseconds least, most;
};
constexpr std::array<TimeRange, 2> time_ranges = {{
    {"interval", &HealthSettings::interval, milliseconds(100), milliseconds(3'600'000)},
    {"timeout", &HealthSettings::timeout, milliseconds(10), milliseconds(60'000)},
}};

struct CountRange {
  std::string_view field;
  unsigned HealthSettings::*count;
};
constexpr std::array<CountRange, 2> count_ranges = {{
    {"failures", &HealthSettings::failures},
    {"successes", &HealthSettings::successes},
}};
constexpr unsigned most_in_a_row = 100;

std::optional<HealthFault> range_fault(const HealthSettings& settings) {
  for (const TimeRange& range : time_ranges) {
    const milliseconds time = settings.*range.time;
    if (time >= range.least && time <= range.most) continue;
    return HealthFault{range.field,
                       "must be from " + words_for(range.least) + " to " + words_for(range.most)};
  }
  for (const CountRange& range : count_ranges) {
    const unsigned count = settings.*range.count;
    if (count >= 1 && count <= most_in_a_row) continue;
    return HealthFault{range.field, "must be from 1 to " + std::to_string(most_in_a_row)};
  }
  return std::nullopt;
}

HealthSettings with_port(HealthSettings settings, std::uint16_t service_port) {
  if (settings.port == 0) settings.port = service_port;
  return settings;
}

}  // namespace

const ProbeKind& probe_kind(HealthKind kind) noexcept {
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const ProbeKind& one) { return one.kind == kind; });
  assert(found != kinds.end());
  return *found;
}

const ProbeKind* find_probe_kind(std::string_view name) noexcept {
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const ProbeKind& one) { return one.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

std::optional<HealthFault> health_fault(const HealthSettings& settings,
                                        std::uint16_t service_port) {
  if (auto fault = range_fault(settings)) return fault;
  return probe_kind(settings.kind).fault(with_port(settings, service_port));
}

std::shared_ptr<Probe> make_probe(boost::asio::io_context& context, HealthSettings settings,
                                  std::uint16_t service_port) {
  settings = with_port(std::move(settings), service_port);
  return probe_kind(settings.kind).make(context, settings);
}

}  // namespace srvwarden::daemon
