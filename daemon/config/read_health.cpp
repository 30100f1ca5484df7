// Reading srvwardend.toml: how a service's health is checked.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>

#include "config/config_keys.hpp"
#include "core/concat.hpp"
#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

namespace {

// Any number of them that can be held; health_fault() has the ranges.
constexpr double shortest_time = 0.001;  // seconds
constexpr double longest_time = 86400;
constexpr std::int64_t most_in_a_row = 1'000'000;

struct KindRow {
  std::string_view name;
  HealthKind kind;
  std::string_view needed;              ///< the key that must be there; empty: none
  std::array<std::string_view, 4> own;  ///< the keys that only some kinds have
};

constexpr std::array<KindRow, 5> kind_rows = {{
    {"tcp", HealthKind::tcp, "", {"port", "host"}},
    {"http", HealthKind::http, "", {"url", "port", "path", "host"}},
    {"unix", HealthKind::unix_socket, "path", {"path"}},
    {"systemd", HealthKind::systemd_unit, "unit", {"unit"}},
    {"exec", HealthKind::exec, "command", {"command"}},
}};

const KindRow& row_of(HealthKind kind) {
  return *std::ranges::find(kind_rows, kind, &KindRow::kind);
}

bool is_own_of_some(std::string_view key) {
  return std::ranges::any_of(
      kind_rows, [&](const KindRow& row) { return std::ranges::count(row.own, key) > 0; });
}

void take_kind(const TomlValue& value, HealthDraft& draft) {
  draft.kind = value.one_of<HealthKind>({{kind_rows[0].name, kind_rows[0].kind},
                                         {kind_rows[1].name, kind_rows[1].kind},
                                         {kind_rows[2].name, kind_rows[2].kind},
                                         {kind_rows[3].name, kind_rows[3].kind},
                                         {kind_rows[4].name, kind_rows[4].kind}});
}

std::uint16_t port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() ? port : std::uint16_t{0};
}

/// "http://host:port/path"; an IPv6 address stands in brackets.
bool split_url(std::string_view url, HealthSettings& into) {
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme) || url.find_first_of(" @#") != url.npos) return false;
  url.remove_prefix(scheme.size());
  const std::size_t slash = std::min(url.find('/'), url.size());
  std::string_view host = url.substr(0, slash);
  into.path = slash == url.size() ? "/" : url.substr(slash);
  into.port = 80;
  const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
  if (bracket == host.npos) return false;
  if (const std::size_t colon = host.find(':', bracket); colon != host.npos) {
    into.port = port_of(host.substr(colon + 1));
    host = host.substr(0, colon);
  }
  if (bracket > 0) {
    if (host.size() != bracket + 1) return false;
    host = host.substr(1, bracket - 1);
  }
  into.host = host;
  return !host.empty() && into.port != 0;
}

void take_url(const TomlValue& value, HealthDraft& draft) {
  const auto url = value.text();
  if (url && !split_url(*url, draft.settings)) {
    value.fail("must be as http://localhost:8080/health; there is no https");
  }
}

void take_command(const TomlValue& value, HealthDraft& draft) {
  auto command = value.texts();
  if (!command) return;
  if (command->empty() || !command->front().starts_with('/')) {
    return value.fail(
        "must list a program by its absolute path and its arguments, each a text of its own: "
        "[\"/usr/bin/test\", \"-e\", \"/run/ready\"]");
  }
  draft.settings.command = *std::move(command);
}

template <auto member>
void take_seconds(const TomlValue& value, HealthDraft& draft) {
  if (const auto time = value.seconds(shortest_time, longest_time))
    draft.settings.*member = std::chrono::milliseconds(*time);
}

template <auto member>
void take_count(const TomlValue& value, HealthDraft& draft) {
  if (const auto count = value.number(0, most_in_a_row)) {
    draft.settings.*member = static_cast<unsigned>(*count);
  }
}

template <auto member>
void take_text(const TomlValue& value, HealthDraft& draft) {
  if (auto text = value.text()) draft.settings.*member = *std::move(text);
}

constexpr std::array<TomlKey<HealthDraft>, 11> health_rows = {{
    {"kind", take_kind},
    {"host", take_text<&HealthSettings::host>},
    {"port",
     [](const TomlValue& value, HealthDraft& into) {
       into.settings.port = static_cast<std::uint16_t>(value.number(1, 65535).value_or(0));
     }},
    {"url", take_url},
    {"path", take_text<&HealthSettings::path>},
    {"unit", take_text<&HealthSettings::path>},
    {"command", take_command},
    {"interval", take_seconds<&HealthSettings::interval>},
    {"timeout", take_seconds<&HealthSettings::timeout>},
    {"failures", take_count<&HealthSettings::failures>},
    {"successes", take_count<&HealthSettings::successes>},
}};

/// What the keys say one by one must also make sense together.
bool fits(const TomlValue& value, const toml::table& table, const HealthDraft& draft) {
  const KindRow& row = row_of(*draft.kind);
  bool right = true;
  for (const auto& [key, node] : table) {
    if (!is_own_of_some(key.str()) || std::ranges::count(row.own, key.str()) > 0) continue;
    TomlValue(value.reading(), key.str(), node)
        .fail(concat({"means nothing to a check of the kind \"", row.name, "\""}));
    right = false;
  }
  if (!row.needed.empty() && !table.contains(row.needed)) {
    value.fail(concat({"of the kind \"", row.name, "\" must have \"", row.needed, "\""}));
    right = false;
  }
  const bool parts = table.contains("host") || table.contains("port") || table.contains("path");
  if (table.contains("url") && parts) {
    value.fail("must have either \"url\" or \"host\", \"port\" and \"path\"");
    right = false;
  }
  return right;
}

}  // namespace

std::span<const TomlKey<HealthDraft>> health_keys() noexcept { return health_rows; }

void take_health(const TomlValue& value, ServiceSettings& service) {
  const toml::table* table = value.table();
  if (table == nullptr) return;
  HealthDraft draft;
  take_table(value.reading(), *table, health_keys(), draft);
  if (!table->contains("kind")) {
    return value.fail("must have a \"kind\": tcp, http, unix, systemd or exec");
  }
  if (!draft.kind || !fits(value, *table, draft)) return;
  draft.settings.kind = *draft.kind;
  if (*draft.kind == HealthKind::http && draft.settings.path.empty()) draft.settings.path = '/';
  constexpr std::uint16_t any_port = 1;  // the service's own
  const auto fault = health_fault(draft.settings, any_port);
  if (!fault) {
    service.health = std::move(draft.settings);
    return;
  }
  const bool unit = *draft.kind == HealthKind::systemd_unit && fault->field == "path";
  value.fail(concat({"has a wrong \"", unit ? "unit" : fault->field, "\": it ", fault->words}));
}

}  // namespace srvwarden::daemon
