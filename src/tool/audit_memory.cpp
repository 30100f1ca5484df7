// Baselines, policies and the history of an audit.
// SPDX-License-Identifier: Apache-2.0
#include "tool/audit_memory.hpp"

#include <CLI/CLI.hpp>
#include <utility>

#include "core/concat.hpp"
#include "history/baseline.hpp"
#include "history/store.hpp"
#include "history/when.hpp"
#include "report/terminal.hpp"
#include "rules/judge_link.hpp"
#include "tool/command.hpp"
#include "tool/file_input.hpp"
#include "tool/file_output.hpp"

namespace srvwarden::tool {

namespace {

wire::Time now() {
  return std::chrono::time_point_cast<wire::Time::duration>(std::chrono::system_clock::now());
}

bool refuse(std::string_view what, const std::string& path, std::string_view why) {
  complain(concat({"cannot use ", what, " ", report::shown(path), ": ", report::shown(why)}));
  return false;
}

/// Reads a file, or says why not.
bool read(std::string_view what, const std::string& path, std::string& text) {
  const std::error_code error = read_file(path, text);
  return !error || refuse(what, path, error.message());
}

}  // namespace

std::shared_ptr<AuditMemory> AuditMemory::add_to(CLI::App& command) {
  auto memory = std::make_shared<AuditMemory>();
  command
      .add_option("--baseline", memory->baseline_path_,
                  "Report what is new, gone, moved or changed since this file was saved")
      ->type_name("FILE")
      ->check(not_empty);
  command
      .add_option("--policy", memory->policy_path_,
                  "Report what is not as this TOML file expects, with its severities")
      ->type_name("FILE")
      ->check(not_empty);
  command
      .add_option("--save", memory->save_path_,
                  "Write what is announced as a baseline; it remembers what is gone, too")
      ->type_name("FILE")
      ->check(not_empty);
  auto* database = command
                       .add_option("--db", memory->database_path_,
                                   "Add the audit to this history (SQLite), made if need be; "
                                   "`srvwarden changes` reads it")
                       ->type_name("FILE")
                       ->check(not_empty);
  command
      .add_option("--keep", memory->keep_,
                  "Forget audits that were added to the history longer ago (90d, 12h, 8w)")
      ->type_name("TIME")
      ->needs(database)
      ->check([](const std::string& text) {
        return history::parse_duration(text) ? std::string()
                                             : "must be a number with s, m, h, d or w behind it";
      });
  return memory;
}

bool AuditMemory::load() {
  const bool baseline = load_baseline();
  return load_policy() && baseline;
}

bool AuditMemory::load_baseline() {
  if (baseline_path_.empty()) return true;
  std::string text;
  if (!read("the baseline", baseline_path_, text)) return false;
  auto read = history::read_baseline(text);
  if (!read) return refuse("the baseline", baseline_path_, read.error());
  baseline_ = *std::move(read);
  return true;
}

bool AuditMemory::load_policy() {
  if (policy_path_.empty()) return true;
  std::string text;
  if (!read("the policy", policy_path_, text)) return false;
  rules::PolicyReading reading = rules::read_link_policy(text, policy_path_);
  for (const rules::PolicyFault& fault : reading.faults) {
    complain(concat({report::shown(policy_path_), ":", std::to_string(fault.at.line), ":",
                     std::to_string(fault.at.column), ": ", report::shown(fault.message)}));
  }
  policy_ = std::move(reading.policy);
  return reading.faults.empty();
}

void AuditMemory::judge(rules::AuditResult& result) const {
  rules::judge_link(result, {.baseline = baseline_ ? &*baseline_ : nullptr,
                             .policy = policy_ ? &*policy_ : nullptr});
}

bool AuditMemory::keep(const rules::AuditResult& result, const AuditInputs& inputs) const {
  if (database_path_.empty() && save_path_.empty()) return true;
  if (!inputs.whole) {  // what is missing there would look as if it had gone
    complain("not every input could be read whole: nothing was saved, nothing added to a history");
    return false;
  }
  const bool good = database_path_.empty() || add_to_history(result, inputs);
  if (save_path_.empty()) return good;
  rules::Snapshot snapshot = rules::snapshot_of(result);
  if (baseline_) rules::remember(snapshot, *baseline_);
  return write_output(save_path_, history::baseline_text(snapshot)) && good;
}

bool AuditMemory::add_to_history(const rules::AuditResult& result,
                                 const AuditInputs& inputs) const {
  std::vector<history::RecordedInput> recorded;
  for (const report::AuditInput& input : inputs.inputs) {
    recorded.push_back({input.name, input.is_capture, input.packets});
  }
  const wire::Time end = inputs.end == wire::Time() ? now() : inputs.end;
  auto store = history::Store::open(database_path_);
  const std::string trouble =
      store ? store->append(history::record_of(result, std::move(recorded), end), now(),
                            history::parse_duration(keep_))
            : store.error();
  if (trouble.empty()) return true;
  return refuse("the history", database_path_, trouble + "; the audit was not added to it");
}

}  // namespace srvwarden::tool
