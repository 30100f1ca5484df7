// srvwarden --version.
// SPDX-License-Identifier: Apache-2.0
#include "tool/version.hpp"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "report/terminal.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/registry_table.hpp"
#include "tool/file_input.hpp"
#include "tool/registry_file.hpp"

namespace srvwarden::tool {
namespace {

std::chrono::sys_days today() {
  using namespace std::chrono;
  const char* stated = std::getenv("SOURCE_DATE_EPOCH");
  const std::string_view text = stated == nullptr ? "" : stated;
  long long seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool valid = !text.empty() && error == std::errc() && end == text.data() + text.size();
  if (!valid) return floor<days>(system_clock::now());
  return floor<days>(sys_time<std::chrono::seconds>(std::chrono::seconds(seconds)));
}

/// Whether the day is more than a year ago.
bool is_old(RegistryDate date) {
  using namespace std::chrono;
  const year_month_day in_a_year{year(date.year + 1), month(date.month),
                                 day(date.day == 0 ? 1u : date.day)};
  return sys_days(in_a_year) < today();
}

/// The edition that `srvwarden registry update` keeps, if there is one that can be read.
std::optional<RegistryDate> updated_edition(const std::string& path) {
  std::string text;
  if (read_file(path, text)) return {};
  const auto table = read_registry_tsv(std::move(text));
  if (!table) return {};
  return table->edition();
}

std::string edition_text(RegistryDate edition) {
  return "edition " + (edition ? to_text(edition) : std::string("unknown"));
}

}  // namespace

std::string version_text() {
  const RegistryDate edition = Registry::builtin().edition();
  std::string text = "srvwarden " SRVWARDEN_VERSION "\nregistry: " + edition_text(edition);
  if (edition && is_old(edition)) {
    text += "; this is more than a year old, see `srvwarden registry update`";
  }
  const std::string path = updated_registry_path();
  if (const auto updated = updated_edition(path)) {
    text += "\nupdated registry (--registry updated): " + edition_text(*updated) + ", " +
            report::shown(path);
  }
  return text;
}

}  // namespace srvwarden::tool
