// Writing audits to a database.
// SPDX-License-Identifier: Apache-2.0
#include "history/store.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "history/database.hpp"
#include "history/instance_json.hpp"
#include "history/migrate.hpp"
#include "rules/octets_text.hpp"

namespace srvwarden::history {

namespace {

std::int64_t microseconds(wire::Time time) {
  return std::chrono::floor<std::chrono::microseconds>(time).time_since_epoch().count();
}

/// Puts the parts of a record into their tables.
class Writer {
 public:
  explicit Writer(Database& database)
      : database_(database),
        add_instance_(database.prepare(
            "INSERT INTO instance (key, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING")),
        find_instance_(database.prepare("SELECT id FROM instance WHERE key = ?1")),
        add_state_(database.prepare(
            "INSERT INTO state (instance, content) VALUES (?1, ?2) ON CONFLICT DO NOTHING")),
        find_state_(database.prepare("SELECT id FROM state WHERE instance = ?1 AND content = ?2")),
        announce_(database.prepare("INSERT INTO announced (audit, state) VALUES (?1, ?2)")),
        add_problem_(
            database.prepare("INSERT INTO problem (rule, severity, object, message) VALUES "
                             "(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")),
        find_problem_(
            database.prepare("SELECT id FROM problem WHERE rule = ?1 AND severity = ?2 AND "
                             "object = ?3 AND message = ?4")),
        find_(database.prepare("INSERT INTO found (audit, problem, count) VALUES (?1, ?2, ?3) "
                               "ON CONFLICT DO UPDATE SET count = count + excluded.count")) {}

  void write(const AuditRecord& record, wire::Time now) {
    const std::string scope = scope_of(record.inputs);
    database_.prepare("INSERT INTO audit (time, recorded, scope) VALUES (?1, ?2, ?3)")
        .with(microseconds(record.time), microseconds(now), std::string_view(scope))
        .run();
    audit_ = database_.last_id();
    for (const RecordedInput& input : record.inputs) write(input);
    for (const auto& [key, instance] : record.snapshot) {
      if (!instance.gone) write(key, instance);
    }
    for (const RecordedFinding& finding : record.findings) write(finding);
  }

 private:
  void write(const RecordedInput& input) {
    const std::string name = rules::octets_text(input.name);
    database_.prepare("INSERT INTO input (audit, name, kind, packets) VALUES (?1, ?2, ?3, ?4)")
        .with(audit_, std::string_view(name),
              std::string_view(input.is_capture ? "capture" : "interface"),
              static_cast<std::int64_t>(input.packets))
        .run();
  }

  void write(std::string_view key, const rules::SeenInstance& instance) {
    const std::string content = to_json(instance).dump();
    add_instance_.with(key, std::string_view(instance.name)).run();
    const std::int64_t id = only(find_instance_.with(key));
    add_state_.with(id, std::string_view(content)).run();
    announce_.with(audit_, only(find_state_.with(id, std::string_view(content)))).run();
  }

  void write(const RecordedFinding& finding) {
    const std::string_view rule = finding.rule;
    const std::string_view severity = finding.severity;
    const std::string_view object = finding.object;
    const std::string_view message = finding.message;
    add_problem_.with(rule, severity, object, message).run();
    const std::int64_t id = only(find_problem_.with(rule, severity, object, message));
    find_.with(audit_, id, static_cast<std::int64_t>(finding.count)).run();
  }

  static std::int64_t only(Statement& found) {
    const std::int64_t id = found.step() ? found.number(0) : 0;
    while (found.step()) {
    }
    return id;
  }

  Database& database_;
  Statement add_instance_;
  Statement find_instance_;
  Statement add_state_;
  Statement find_state_;
  Statement announce_;
  Statement add_problem_;
  Statement find_problem_;
  Statement find_;
  std::int64_t audit_ = 0;
};

/// What no audit points to any more.
void drop_orphans(Database& database) {
  for (const char* sql :
       {"DELETE FROM state WHERE NOT EXISTS (SELECT 1 FROM announced WHERE state = state.id)",
        "DELETE FROM instance WHERE NOT EXISTS (SELECT 1 FROM state WHERE instance = instance.id)",
        "DELETE FROM problem WHERE NOT EXISTS (SELECT 1 FROM found WHERE problem = problem.id)"}) {
    database.run(sql);
  }
}

void drop_older(Database& database, std::int64_t recorded) {
  const std::int64_t before = database.number("SELECT count(*) FROM audit");
  database.prepare("DELETE FROM audit WHERE recorded < ?1").with(recorded).run();
  if (database.number("SELECT count(*) FROM audit") != before) drop_orphans(database);
}

std::uint64_t used_octets(Database& database) {
  const auto pages =
      database.number("PRAGMA page_count") - database.number("PRAGMA freelist_count");
  return static_cast<std::uint64_t>(pages * database.number("PRAGMA page_size"));
}

/// The oldest go, a tenth at a time, until the others fit. The last one stays.
void make_room(Database& database, std::uint64_t max_size) {
  while (used_octets(database) > max_size) {
    const std::int64_t audits = database.number("SELECT count(*) FROM audit");
    if (audits <= 1) return;
    database
        .prepare(
            "DELETE FROM audit WHERE id IN (SELECT id FROM audit ORDER BY recorded, id "
            "LIMIT ?1)")
        .with(std::clamp<std::int64_t>(audits / 10, 1, audits - 1))
        .run();
    drop_orphans(database);
  }
}

/// A file may grow beyond its size while one audit is written, not by more than a quarter.
void set_bounds(Database& database, std::uint64_t max_size) {
  const auto page = static_cast<std::uint64_t>(database.number("PRAGMA page_size"));
  const std::uint64_t pages = std::max<std::uint64_t>(max_size + max_size / 4, 1 << 20) / page;
  database.run("PRAGMA max_page_count = " + std::to_string(pages));
}

}  // namespace

std::string scope_of(const std::vector<RecordedInput>& inputs) {
  std::vector<std::string> names;
  for (const RecordedInput& input : inputs) names.push_back(rules::octets_text(input.name));
  std::ranges::sort(names);
  std::string scope;
  for (const std::string& name : names) scope += (scope.empty() ? "" : ", ") + name;
  return scope;
}

Store::Store() = default;
Store::~Store() = default;
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::Store(std::unique_ptr<Database> database, const StoreOptions& options)
    : database_(std::move(database)), options_(options) {}

Result<Store, std::string> Store::open(const std::string& path, const StoreOptions& options) {
  try {
    auto database = std::make_unique<Database>(path, Database::Mode::write, options.busy);
    migrate(*database, schema_steps());
    if (database->number("SELECT 1 FROM pragma_journal_mode WHERE journal_mode = 'wal'") == 0) {
      database->run("PRAGMA journal_mode = WAL");
    }
    database->run("PRAGMA synchronous = NORMAL");
    database->run("PRAGMA foreign_keys = ON");
    set_bounds(*database, options.max_size);
    return Store(std::move(database), options);
  } catch (const DatabaseFault& fault) {
    return std::string(fault.what());
  }
}

std::string Store::append(const AuditRecord& record, wire::Time now,
                          std::optional<std::chrono::seconds> keep) {
  try {
    Transaction transaction(*database_);
    Writer(*database_).write(record, now);
    if (keep) drop_older(*database_, microseconds(now - *keep));
    make_room(*database_, options_.max_size);
    transaction.commit();
  } catch (const DatabaseFault& fault) {
    return fault.what();
  }
  try {
    database_->run("PRAGMA incremental_vacuum");
  } catch (const DatabaseFault&) {  // the next one gives back what is free
  }
  return "";
}

}  // namespace srvwarden::history
