// Store: audits in a file, appended one by one, and what happened between them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "history/event.hpp"
#include "history/record.hpp"
#include "srvwarden/result.hpp"

namespace srvwarden::history {

class Database;

struct StoreOptions {
  std::chrono::milliseconds busy{5000};             ///< how long a lock is waited for
  std::uint64_t max_size = std::uint64_t{1} << 30;  ///< octets; the oldest audits make room
};

/// What is asked of a history.
struct ChangesQuery {
  std::optional<wire::Time> since;  ///< audits at or after it are compared with the one before
  std::optional<wire::Time> until;  ///< the same, at or before it
  std::string type;                 ///< pattern of "_ipp._tcp"; empty: any
  std::string instance;             ///< pattern of the instance name; empty: any
};

/// A SQLite file of ours. Every function says what is in the way in one line that a message may end
/// with; then nothing was changed.
class Store {
 public:
  Store();
  ~Store();
  Store(Store&& other) noexcept;
  Store& operator=(Store&& other) noexcept;

  /// Opens a file to write, and makes it where there is none.
  static Result<Store, std::string> open(const std::string& path, const StoreOptions& options = {});
  /// Opens a file that is there, and never changes it.
  static Result<Store, std::string> open_to_read(const std::string& path,
                                                 const StoreOptions& options = {});

  /// Adds an audit, and forgets those that were recorded longer than `keep` before `now`; all of it
  /// or, with a reason, nothing.
  std::string append(const AuditRecord& record, wire::Time now,
                     std::optional<std::chrono::seconds> keep = {});

  /// What the last audit of these inputs saw; nothing where there was none.
  Result<std::optional<rules::Snapshot>, std::string> last(
      const std::vector<RecordedInput>& inputs);

  /// Calls back with what happened, in order of time and of name. Audits are compared with the one
  /// before of the same inputs.
  std::string changes(const ChangesQuery& query, const std::function<void(const Event&)>& take);

 private:
  explicit Store(std::unique_ptr<Database> database, const StoreOptions& options);

  std::unique_ptr<Database> database_;
  StoreOptions options_;
};

/// The names of inputs in one line, so that the same inputs have the same.
std::string scope_of(const std::vector<RecordedInput>& inputs);

}  // namespace srvwarden::history
