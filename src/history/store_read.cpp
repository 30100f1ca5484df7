// Reading a history.
// SPDX-License-Identifier: Apache-2.0
#include "history/database.hpp"
#include "history/migrate.hpp"
#include "history/store.hpp"
#include "history/timeline.hpp"

namespace srvwarden::history {

Result<Store, std::string> Store::open_to_read(const std::string& path,
                                               const StoreOptions& options) {
  try {
    auto database = std::make_unique<Database>(path, Database::Mode::read, options.busy);
    expect_current(*database, schema_steps());
    return Store(std::move(database), options);
  } catch (const DatabaseFault& fault) {
    return std::string(fault.what());
  }
}

Result<std::optional<rules::Snapshot>, std::string> Store::last(
    const std::vector<RecordedInput>& inputs) {
  try {
    const std::string scope = scope_of(inputs);
    Statement audit = database_->prepare(
        "SELECT id FROM audit WHERE scope = ?1 ORDER BY time DESC, id DESC LIMIT 1");
    if (!audit.with(std::string_view(scope)).step()) return std::optional<rules::Snapshot>();
    Statement states = database_->prepare(
        "SELECT name, content FROM announced JOIN state ON state.id = announced.state JOIN "
        "instance ON instance.id = state.instance WHERE audit = ?1");
    states.with(audit.number(0));
    rules::Snapshot snapshot;
    while (states.step()) put(snapshot, instance_of(states.text(0), states.text(1)));
    return std::optional(std::move(snapshot));
  } catch (const DatabaseFault& fault) {
    return std::string(fault.what());
  }
}

std::string Store::changes(const ChangesQuery& query,
                           const std::function<void(const Event&)>& take) {
  try {
    // One transaction: what others write meanwhile is not seen by halves.
    database_->run("BEGIN");
    Timeline(*database_, query, take).run();
    database_->run("COMMIT");
    return "";
  } catch (const DatabaseFault& fault) {
    return fault.what();
  }
}

}  // namespace srvwarden::history
