// The tables of a history, and how files get them.
// SPDX-License-Identifier: Apache-2.0
#include "history/migrate.hpp"

#include <array>
#include <string>

namespace srvwarden::history {

namespace {

// Times are microseconds since 1970, UTC. An instance's state is kept once, however many audits see
// it; so is a problem. Names and messages are as octets_text writes them.
constexpr std::array<std::string_view, 1> steps_of_ours = {R"sql(
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  scope TEXT NOT NULL
) STRICT;
CREATE INDEX audit_scope ON audit (scope, time);
CREATE INDEX audit_time ON audit (time);
CREATE INDEX audit_recorded ON audit (recorded);
CREATE TABLE input (
  audit INTEGER NOT NULL REFERENCES audit ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  packets INTEGER NOT NULL
) STRICT;
CREATE INDEX input_audit ON input (audit);
CREATE TABLE instance (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;
CREATE TABLE state (
  id INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance ON DELETE CASCADE,
  content TEXT NOT NULL,
  UNIQUE (instance, content)
) STRICT;
CREATE TABLE announced (
  audit INTEGER NOT NULL REFERENCES audit ON DELETE CASCADE,
  state INTEGER NOT NULL REFERENCES state ON DELETE CASCADE,
  PRIMARY KEY (audit, state)
) STRICT, WITHOUT ROWID;
CREATE INDEX announced_state ON announced (state);
CREATE TABLE problem (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  object TEXT NOT NULL,
  message TEXT NOT NULL,
  UNIQUE (rule, severity, object, message)
) STRICT;
CREATE TABLE found (
  audit INTEGER NOT NULL REFERENCES audit ON DELETE CASCADE,
  problem INTEGER NOT NULL REFERENCES problem ON DELETE CASCADE,
  count INTEGER NOT NULL,
  PRIMARY KEY (audit, problem)
) STRICT, WITHOUT ROWID;
CREATE INDEX found_problem ON found (problem);
CREATE VIEW announcement AS
  SELECT audit.id AS audit, datetime(audit.time / 1000000, 'unixepoch') AS time, instance.name,
    json_extract(content, '$.services[0].host') AS host,
    json_extract(content, '$.services[0].port') AS port,
    json_extract(content, '$.addresses') AS addresses, json_extract(content, '$.txt') AS txt
  FROM announced JOIN audit ON audit.id = announced.audit JOIN state ON state.id = announced.state
    JOIN instance ON instance.id = state.instance;
)sql"};

/// How many steps a file has behind it; refuses what is not ours.
std::int64_t version_of(Database& database, std::size_t steps) {
  const std::int64_t version = database.number("PRAGMA user_version");
  const std::int64_t application = database.number("PRAGMA application_id");
  const bool is_empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (application != application_id && !(is_empty && application == 0 && version == 0)) {
    throw DatabaseFault("it is another program's database");
  }
  if (version < 0 || version > static_cast<std::int64_t>(steps)) {
    throw DatabaseFault("it was made by a newer srvwarden: its version is " +
                        std::to_string(version) + ", and this one knows up to " +
                        std::to_string(steps));
  }
  return version;
}

}  // namespace

std::span<const std::string_view> schema_steps() { return steps_of_ours; }

void migrate(Database& database, std::span<const std::string_view> steps) {
  if (version_of(database, steps.size()) == static_cast<std::int64_t>(steps.size())) return;
  if (database.number("PRAGMA page_count") == 0) {
    database.run("PRAGMA auto_vacuum = INCREMENTAL");  // only possible before there is a table
  }
  Transaction transaction(database);
  // Another program may have been quicker.
  const auto version = static_cast<std::size_t>(version_of(database, steps.size()));
  for (const std::string_view step : steps.subspan(version)) database.run(std::string(step));
  database.run("PRAGMA application_id = " + std::to_string(application_id));
  database.run("PRAGMA user_version = " + std::to_string(steps.size()));
  transaction.commit();
}

void expect_current(Database& database, std::span<const std::string_view> steps) {
  const std::int64_t version = version_of(database, steps.size());
  if (version == static_cast<std::int64_t>(steps.size())) return;
  throw DatabaseFault(version == 0 ? "there is no audit in it yet"
                                   : "an older srvwarden made it: `srvwarden audit --db` brings "
                                     "it up to date");
}

}  // namespace srvwarden::history
