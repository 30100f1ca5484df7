// srvwarden changes: what happened on a link, by its history.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "core/concat.hpp"
#include "history/store.hpp"
#include "history/when.hpp"
#include "report/changes_report.hpp"
#include "report/json_writer.hpp"
#include "report/standard_output.hpp"
#include "report/terminal.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::string database;
  std::string since;
  std::string until;
  std::string format = "text";
  history::ChangesQuery query;
};

std::string check_when(const std::string& text) {
  return history::parse_when(text, {}) ? std::string()
                                       : "must be a date (2026-11-01), a time (2026-11-01T08:30, "
                                         "UTC) or how long ago (2h, 7d)";
}

bool take_times(Options& options) {
  const auto now =
      std::chrono::time_point_cast<wire::Time::duration>(std::chrono::system_clock::now());
  options.query.since = history::parse_when(options.since, now);
  options.query.until = history::parse_when(options.until, now);
  if (!options.query.since || !options.query.until ||
      *options.query.since <= *options.query.until) {
    return true;
  }
  complain("--since is after --until: nothing can have happened between them");
  return false;
}

Exit tell(Options& options) {
  if (!take_times(options)) return Exit::usage;
  auto store = history::Store::open_to_read(options.database);
  report::JsonWriter json(report::JsonWriter::Form::array);
  const bool as_json = options.format == "json";
  const auto put_event = [&](const history::Event& event) {
    if (as_json) {
      json.put(report::to_json(event));
    } else {
      report::put(report::event_line(event));
    }
  };
  const std::string trouble = store ? store->changes(options.query, put_event) : store.error();
  if (store && as_json) json.end();
  if (trouble.empty()) return Exit::clean;
  complain(concat(
      {"cannot read the history ", report::shown(options.database), ": ", report::shown(trouble)}));
  return Exit::unreadable;
}

}  // namespace

void add_changes(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "changes", "Tells from a history what came, went, moved and changed on a link");
  auto options = std::make_shared<Options>();
  command->add_option("--db", options->database, "The history that `srvwarden audit --db` writes")
      ->type_name("FILE")
      ->required()
      ->check(not_empty);
  command
      ->add_option("--since", options->since,
                   "From then on: 2026-11-01, 2026-11-01T08:30 (UTC), or 2h or 7d ago")
      ->type_name("TIME")
      ->check(check_when);
  command->add_option("--until", options->until, "Until then")
      ->type_name("TIME")
      ->check(check_when);
  command->add_option("--type", options->query.type, "Only of this service type; may hold * and ?")
      ->type_name("TYPE");
  command
      ->add_option("--instance", options->query.instance, "Only of these names; may hold * and ?")
      ->type_name("NAME");
  command->add_option("--format", options->format, "How to report")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str();
  when_chosen(*command, action, [options] { return tell(*options); });
}

}  // namespace srvwarden::tool
