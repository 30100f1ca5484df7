// Reading srvwardend.toml: [watch].
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "config/config_keys.hpp"
#include "history/when.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::daemon {

namespace {

constexpr double least_interval = 1;
constexpr double most_interval = 86'400;

void take_database(const TomlValue& value, WatchSettings& watch) {
  const auto text = value.text();
  if (!text) return;
  watch.database = *text == "none" ? *text : absolute(value.reading().folder(), *text);
}

void take_keep(const TomlValue& value, WatchSettings& watch) {
  const auto text = value.text();
  if (!text) return;
  if (*text == "forever") {
    watch.keep.reset();
  } else if (const auto keep = history::parse_duration(*text)) {
    watch.keep = keep;
  } else {
    value.fail("must be a number with s, m, h, d or w behind it, such as \"90d\", or \"forever\"");
  }
}

void take_webhook(const TomlValue& value, WatchSettings& watch) {
  const auto url = value.text();
  if (!url) return;
  const auto begins = [&](std::string_view with) {
    return url->size() > with.size() && ascii::equal(url->substr(0, with.size()), with);
  };
  if (url->find(' ') != url->npos || (!begins("http://") && !begins("https://"))) {
    return value.fail("must be a URL that begins with https:// or http://");
  }
  watch.webhook = *url;
}

constexpr std::array<TomlKey<WatchSettings>, 9> watch_rows = {{
    {"enabled", [](const TomlValue& value,
                   WatchSettings& into) { into.enabled = value.truth().value_or(into.enabled); }},
    {"interfaces",
     [](const TomlValue& value, WatchSettings& into) {
       if (auto names = interfaces_of(value)) into.interfaces = *std::move(names);
     }},
    {"mode",
     [](const TomlValue& value, WatchSettings& into) {
       into.active =
           value.one_of<bool>({{"active", true}, {"passive", false}}).value_or(into.active);
     }},
    {"database", take_database},
    {"keep", take_keep},
    {"policy",
     [](const TomlValue& value, WatchSettings& into) { into.policy = value.path().value_or(""); }},
    {"baseline", [](const TomlValue& value,
                    WatchSettings& into) { into.baseline = value.path().value_or(""); }},
    {"webhook", take_webhook},
    {"interval",
     [](const TomlValue& value, WatchSettings& into) {
       if (const auto interval = value.seconds(least_interval, most_interval)) {
         into.interval = std::chrono::milliseconds(*interval);
       }
     }},
}};

}  // namespace

std::span<const TomlKey<WatchSettings>> watch_keys() noexcept { return watch_rows; }

void take_watch(const TomlValue& value, Config& config) {
  const toml::table* table = value.table();
  if (table != nullptr) take_table(value.reading(), *table, watch_keys(), config.watch);
}

void check_watch(TomlReading& reading, const Config& config) {
  const toml::node* watch = reading.file().root().get("watch");
  const toml::table* table = watch == nullptr ? nullptr : watch->as_table();
  const toml::node* names = table == nullptr ? nullptr : table->get("interfaces");
  if (names == nullptr || config.interfaces.empty()) return;
  const bool right = std::ranges::all_of(config.watch.interfaces, [&](const std::string& name) {
    return std::ranges::find(config.interfaces, name) != config.interfaces.end();
  });
  if (right) return;
  TomlValue(reading, "interfaces", *names)
      .fail("must be some of those outside of tables: srvwardend listens on no others");
}

}  // namespace srvwarden::daemon
