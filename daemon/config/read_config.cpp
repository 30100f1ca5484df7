// Reading srvwardend.toml: the root, [control] and [log].
// SPDX-License-Identifier: Apache-2.0
#include "config/read_config.hpp"

#include <algorithm>
#include <array>

#include "config/config_keys.hpp"
#include "core/concat.hpp"
#include "report/terminal.hpp"
#include "srvwarden/definition.hpp"
#include "srvwarden/host_name.hpp"
#include "srvwarden/overlay.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::size_t longest_interface = 15;  // IFNAMSIZ, and its end
constexpr std::int64_t most_messages = 1'000'000;

template <typename T>
void put(T& into, std::optional<T> value) {
  if (value) into = *std::move(value);
}

void take_folders(const TomlValue& value, Config& config) {
  auto given = value.texts();
  if (!given) return;
  if (given->empty()) return value.fail("must name at least one folder");
  config.folders.clear();
  for (const std::string& folder : *given) {
    config.folders.push_back(absolute(value.reading().folder(), folder));
  }
}

void take_host_name(const TomlValue& value, Config& config) {
  const auto name = value.text();
  if (!name) return;
  const auto parsed = HostName::parse(*name);
  if (!parsed || name->find('.') != name->npos) {
    return value.fail("must be one label of a host name, such as \"printserver\", without .local");
  }
  config.host_name = *name;
}

void take_overlays(const TomlValue& value, Config& config) {
  for (const std::string& given : value.texts().value_or(std::vector<std::string>())) {
    config.overlays.push_back(absolute(value.reading().folder(), overlay_path(given)));
  }
}

void take_socket(const TomlValue& value, ControlSettings& control) {
  auto path = value.path();
  if (!path) return;
  if (path->size() > longest_socket || path->ends_with('/')) {
    return value.fail("must be the path of a socket, at most 107 bytes long");
  }
  control.socket = *std::move(path);
}

/// Octal, as chmod(1) has it. A TOML number would be decimal, so it is text.
void take_mode(const TomlValue& value, ControlSettings& control) {
  const std::string text = value.node().value_exact<std::string>().value_or("");
  const bool octal = text.size() >= 3 && text.size() <= 4 &&
                     text.find_first_not_of("01234567") == text.npos &&
                     (text.size() == 3 || text.front() == '0');
  if (!octal) return value.fail("must be octal permissions in quotes, such as \"0660\"");
  control.mode = static_cast<std::uint32_t>(std::stoul(text, nullptr, 8));
}

constexpr std::array<TomlKey<ControlSettings>, 4> control_rows = {{
    {"socket", take_socket},
    {"mode", take_mode},
    {"group", [](const TomlValue& value, ControlSettings& into) { put(into.group, value.text()); }},
    {"metrics-port",
     [](const TomlValue& value, ControlSettings& into) {
       into.metrics_port = static_cast<std::uint16_t>(value.number(0, 65535).value_or(0));
     }},
}};

constexpr std::array<TomlKey<LogSettings>, 4> log_rows = {{
    {"format",
     [](const TomlValue& value, LogSettings& into) {
       put(into.format, value.one_of<LogFormat>({{"auto", LogFormat::automatic},
                                                 {"text", LogFormat::text},
                                                 {"json", LogFormat::json},
                                                 {"journald", LogFormat::journald}}));
     }},
    {"level",
     [](const TomlValue& value, LogSettings& into) {
       put(into.level,
           value.one_of<Level>(
               {{"error", Level::error}, {"warning", Level::warning}, {"info", Level::info}}));
     }},
    {"rate",
     [](const TomlValue& value, LogSettings& into) {
       if (const auto rate = value.number(0, most_messages)) {
         into.rate.per_minute = static_cast<unsigned>(*rate);
       }
     }},
    {"burst",
     [](const TomlValue& value, LogSettings& into) {
       if (const auto burst = value.number(1, most_messages)) {
         into.rate.burst = static_cast<unsigned>(*burst);
       }
     }},
}};

constexpr std::array<TomlKey<Config>, 10> root_rows = {{
    {"folders", take_folders},
    {"publisher",
     [](const TomlValue& value, Config& into) {
       put(into.publisher, value.one_of<Choice>({{"auto", Choice::automatic},
                                                 {"avahi", Choice::avahi},
                                                 {"embedded", Choice::embedded}}));
     }},
    {"interfaces",
     [](const TomlValue& value, Config& into) { put(into.interfaces, interfaces_of(value)); }},
    {"host-name", take_host_name},
    {"overlays", take_overlays},
    {"state", [](const TomlValue& value, Config& into) { put(into.state, value.path()); }},
    {"control",
     [](const TomlValue& value, Config& into) {
       const toml::table* table = value.table();
       if (table) take_table(value.reading(), *table, control_keys(), into.control);
     }},
    {"log",
     [](const TomlValue& value, Config& into) {
       const toml::table* table = value.table();
       if (table) take_table(value.reading(), *table, log_keys(), into.log);
     }},
    {"watch", take_watch},
    {"service", take_services},
}};

template <typename Into>
void list(std::vector<std::string>& all, std::string_view before,
          std::span<const TomlKey<Into>> keys) {
  for (const TomlKey<Into>& key : keys) all.push_back(concat({before, key.name}));
}

}  // namespace

std::optional<std::vector<std::string>> interfaces_of(const TomlValue& value) {
  auto names = value.texts();
  if (!names) return {};
  const bool right = std::ranges::all_of(*names, [](const std::string& name) {
    return name.size() <= longest_interface && name.find_first_of("/ \t") == name.npos &&
           name != "." && name != "..";
  });
  if (right) return names;
  value.fail("must list names of interfaces, such as \"eth0\", of at most 15 bytes");
  return {};
}

std::span<const TomlKey<Config>> root_keys() noexcept { return root_rows; }
std::span<const TomlKey<ControlSettings>> control_keys() noexcept { return control_rows; }
std::span<const TomlKey<LogSettings>> log_keys() noexcept { return log_rows; }

ConfigReading parse_config(std::string_view toml, const std::string& path) {
  ConfigReading result;
  result.config = default_config();
  result.config.path = path;
  TomlReading reading(toml, path);
  if (reading.file().good()) {
    take_table(reading, reading.file().root(), root_keys(), result.config);
    check_watch(reading, result.config);
  } else {
    reading.fail(reading.file().fault().at, reading.file().fault().message);
  }
  for (rules::TomlFault& fault : reading.take_faults()) {
    result.faults.push_back({fault.at, std::move(fault.message)});
  }
  return result;
}

ConfigReading read_config(const std::string& path) {
  std::string text;
  if (const std::error_code error = read_definition_file(path, text, rules::TomlFile::max_size)) {
    ConfigReading result;
    result.config.path = path;
    result.error = error;
    return result;
  }
  return parse_config(text, path);
}

std::string described(const std::string& path, const ConfigFault& fault) {
  return concat({report::shown(path), ":", std::to_string(fault.at.line), ":",
                 std::to_string(fault.at.column), ": ", report::shown(fault.message)});
}

std::vector<std::string> troubles_of(const ConfigReading& reading) {
  const std::string& path = reading.config.path;
  if (reading.error) {
    return {concat({report::shown(path), ": cannot be read: ", reading.error.message()})};
  }
  std::vector<std::string> all;
  for (const ConfigFault& fault : reading.faults) all.push_back(described(path, fault));
  return all;
}

std::vector<std::string> config_keys() {
  std::vector<std::string> all;
  list(all, "", root_keys());
  list(all, "control.", control_keys());
  list(all, "log.", log_keys());
  list(all, "watch.", watch_keys());
  list(all, "service.", service_keys());
  list(all, "service.health.", health_keys());
  return all;
}

}  // namespace srvwarden::daemon
