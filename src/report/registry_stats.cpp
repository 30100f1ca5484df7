// Counting a registry.
// SPDX-License-Identifier: Apache-2.0
#include "report/registry_stats.hpp"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "srvwarden/registry_service.hpp"

namespace srvwarden::report {
namespace {

using nlohmann::ordered_json;

std::string_view word_for(std::string_view name, std::string_view nameless) {
  return name.empty() ? nameless : name;
}

/// One counter for each value of an enumeration, in its order.
template <class Enum>
class Counter {
 public:
  Counter(Enum last, std::string_view nameless) {
    for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
      counts_.emplace_back(word_for(name_of(static_cast<Enum>(i)), nameless), 0u);
    }
  }
  void add(Enum value) { ++counts_[static_cast<std::size_t>(value)].second; }
  RegistryStats::Counts take() { return std::move(counts_); }

 private:
  RegistryStats::Counts counts_;
};

void add_line(std::string& out, std::string_view what, std::string_view value) {
  char line[128];
  std::snprintf(line, sizeof line, "%-24.*s%10.*s\n", static_cast<int>(what.size()), what.data(),
                static_cast<int>(value.size()), value.data());
  out += line;
}

void add_counts(std::string& out, std::string_view head, const RegistryStats::Counts& counts) {
  out.append(head).append("\n");
  for (const auto& [word, count] : counts) {
    add_line(out, "  " + std::string(word), std::to_string(count));
  }
}

ordered_json to_json(const RegistryStats::Counts& counts) {
  ordered_json out = ordered_json::object();
  for (const auto& [word, count] : counts) out[std::string(word)] = count;
  return out;
}

ordered_json to_json(RegistryDate date) {
  return date ? ordered_json(to_text(date)) : ordered_json();
}

}  // namespace

RegistryStats stats_of(const Registry& registry) {
  RegistryStats stats;
  stats.edition = registry.edition();
  stats.rows = registry.record_count();
  stats.names = registry.name_count();
  Counter transports(RegistryTransport::dccp, "none");
  Counter row_statuses(RegistryStatus::not_a_service, "");
  for (const RegistryRecord& record : registry.records()) {
    stats.named_rows += record.name.empty() ? 0u : 1u;
    stats.unauthorized_rows += record.unauthorized_use ? 1u : 0u;
    stats.newest = std::max({stats.newest, record.registered, record.modified});
    transports.add(record.transport);
    row_statuses.add(record.status);
  }
  Counter name_statuses(RegistryStatus::not_a_service, "");
  Counter txt_keys(TxtKeysStatus::prose, "unstated");
  for (const RegistryService& service : services_of(registry)) {
    name_statuses.add(service.status);
    txt_keys.add(service.txt_keys.status);
  }
  stats.rows_by_transport = transports.take();
  stats.rows_by_status = row_statuses.take();
  stats.names_by_status = name_statuses.take();
  stats.names_by_txt_keys = txt_keys.take();
  return stats;
}

std::string stats_text(const RegistryStats& stats) {
  std::string out;
  add_line(out, "edition", stats.edition ? to_text(stats.edition) : "unknown");
  add_line(out, "newest date of a row", stats.newest ? to_text(stats.newest) : "none");
  add_line(out, "rows", std::to_string(stats.rows));
  add_line(out, "rows with a name", std::to_string(stats.named_rows));
  add_line(out, "names", std::to_string(stats.names));
  add_line(out, "unauthorized use", std::to_string(stats.unauthorized_rows));
  add_counts(out, "rows by transport", stats.rows_by_transport);
  add_counts(out, "rows by status", stats.rows_by_status);
  add_counts(out, "names by status", stats.names_by_status);
  add_counts(out, "names by TXT keys", stats.names_by_txt_keys);
  return out;
}

ordered_json stats_json(const RegistryStats& stats) {
  return {
      {"edition", to_json(stats.edition)},
      {"newest_date", to_json(stats.newest)},
      {"rows", stats.rows},
      {"named_rows", stats.named_rows},
      {"names", stats.names},
      {"unauthorized_rows", stats.unauthorized_rows},
      {"rows_by_transport", to_json(stats.rows_by_transport)},
      {"rows_by_status", to_json(stats.rows_by_status)},
      {"names_by_status", to_json(stats.names_by_status)},
      {"names_by_txt_keys", to_json(stats.names_by_txt_keys)},
  };
}

}  // namespace srvwarden::report
