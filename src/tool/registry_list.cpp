// srvwarden registry list and stats: the registry as a whole, or a part of it.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding_json.hpp"
#include "report/registry_json.hpp"
#include "report/registry_stats.hpp"
#include "srvwarden/registry_service.hpp"
#include "srvwarden/registry_table.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::string as = "tsv";
  std::string transport;
  std::string kind;
  bool has_txt_keys = false;
  std::string since;
  std::shared_ptr<RegistryChoice> registry;
};

/// The words of an enumeration, for --help and for checking.
template <class Enum>
std::vector<std::string> words_up_to(Enum last) {
  std::vector<std::string> words;
  for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
    if (const auto word = name_of(static_cast<Enum>(i)); !word.empty()) words.emplace_back(word);
  }
  return words;
}

/// What the options ask of a service.
class Filter {
 public:
  Filter(const Options& options, RegistryDate since) : options_(options), since_(since) {}

  bool passes(const RegistryService& service) const {
    return passes_transport(service) &&
           (options_.kind.empty() || name_of(service.status) == options_.kind) &&
           (!options_.has_txt_keys || service.txt_keys.status != TxtKeysStatus::unstated) &&
           (!since_ || std::max(service.registered, service.modified) >= since_);
  }

  /// A port without a name is judged by its one row.
  bool passes(const RegistryRecord& row) const {
    RegistryService service;
    if (row.transport != RegistryTransport::none) service.transports = {row.transport};
    service.status = row.status;
    service.registered = row.registered;
    service.modified = row.modified;
    return passes(service);
  }

 private:
  /// A service that states no transport is for all of them.
  bool passes_transport(const RegistryService& service) const {
    const auto& has = service.transports;
    return options_.transport.empty() || has.empty() ||
           std::any_of(has.begin(), has.end(), [&](RegistryTransport transport) {
             return name_of(transport) == options_.transport;
           });
  }

  const Options& options_;
  RegistryDate since_;
};

std::string as_json(const Registry& registry, const Filter& filter) {
  std::string text = "[";
  for (const RegistryService& service : services_of(registry)) {
    if (!filter.passes(service)) continue;
    text += text.size() > 1 ? ",\n" : "\n";
    text += report::dump(report::to_json(service));
  }
  return text + (text.size() > 1 ? "\n]\n" : "]\n");
}

/// All rows of the names that pass, and the rows without a name that do.
std::string as_tsv(const Registry& registry, const Filter& filter) {
  std::set<std::string_view> names;
  for (const RegistryService& service : services_of(registry)) {
    if (filter.passes(service)) names.insert(service.name);
  }
  std::vector<RegistryRecord> rows;
  for (const RegistryRecord& row : registry.records()) {
    if (row.name.empty() ? filter.passes(row) : names.contains(row.name)) rows.push_back(row);
  }
  return write_registry_tsv(registry.edition(), rows);
}

Exit list(const Options& options) {
  RegistryDate since;
  if (!options.since.empty()) {
    const auto date = find_date(options.since);
    if (!date || to_text(*date) != options.since) {
      complain("--since must be a date, YYYY-MM-DD or YYYY-MM");
      return Exit::usage;
    }
    since = *date;
  }
  if (const Exit exit = load_some(*options.registry); exit != Exit::clean) return exit;
  const Registry& registry = *options.registry->registry();
  const Filter filter(options, since);
  put(options.as == "json" ? as_json(registry, filter) : as_tsv(registry, filter));
  return Exit::clean;
}

struct StatsOptions {
  std::string format = "text";
  std::shared_ptr<RegistryChoice> registry;
};

Exit stats(const StatsOptions& options) {
  if (const Exit exit = load_some(*options.registry); exit != Exit::clean) return exit;
  const auto stats = report::stats_of(*options.registry->registry());
  put(options.format == "json" ? report::dump_indented(report::stats_json(stats))
                               : report::stats_text(stats));
  return Exit::clean;
}

}  // namespace

void add_registry_list(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand("list", "Lists the registry, or a part of it");
  auto options = std::make_shared<Options>();
  command
      ->add_option("--as", options->as, "srvwarden's table of rows, or JSON, an object a service")
      ->check(CLI::IsMember({"tsv", "json"}))
      ->type_name("tsv|json")
      ->capture_default_str();
  command->add_option("--transport", options->transport, "Services for this transport")
      ->check(CLI::IsMember(words_up_to(RegistryTransport::dccp)))
      ->type_name("tcp|udp|sctp|dccp");
  command->add_option("--kind", options->kind, "Services of this status")
      ->check(CLI::IsMember(words_up_to(RegistryStatus::not_a_service)))
      ->type_name("STATUS");
  command->add_flag("--has-txt-keys", options->has_txt_keys,
                    "Services whose TXT keys the registry defines");
  command
      ->add_option("--since", options->since,
                   "Services registered or modified since this day or month")
      ->check(not_empty)
      ->type_name("YYYY-MM[-DD]");
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "A service is all rows of one name; srvwarden(1) says how its rows become one object.\n"
      "The table has every row of the services that pass, and the rows of ports without a name.\n"
      "Examples:\n"
      "  srvwarden registry list --as json --has-txt-keys\n"
      "  srvwarden registry list --since 2026-01-01 --transport udp\n"
      "  srvwarden registry list --kind historic-alias");
  when_chosen(*command, action, [options] { return list(*options); });
}

void add_registry_stats(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand("stats", "Counts the registry's rows and names");
  auto options = std::make_shared<StatsOptions>();
  add_format(*command, options->format);
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "Examples:\n"
      "  srvwarden registry stats\n"
      "  srvwarden registry stats --registry service-names-port-numbers.csv --format json");
  when_chosen(*command, action, [options] { return stats(*options); });
}

}  // namespace srvwarden::tool
