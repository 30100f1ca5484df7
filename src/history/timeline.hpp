// Timeline: audits of a database one after another, each compared with the one before it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "history/database.hpp"
#include "history/event.hpp"
#include "history/store.hpp"

namespace srvwarden::history {

/// Reads the state of an instance.
///
/// @throws DatabaseFault  where the content is not what we write.
rules::SeenInstance instance_of(std::string_view name, std::string_view content);

class Timeline {
 public:
  Timeline(Database& database, const ChangesQuery& query,
           const std::function<void(const Event&)>& take);
  void run();

 private:
  /// Instances to their states, both by their number.
  using States = std::map<std::int64_t, std::int64_t>;
  /// Rule and object.
  using Problems = std::map<std::pair<std::string, std::string>, RecordedFinding>;
  struct Audit {
    std::int64_t id = 0;
    std::int64_t time = 0;
    std::string scope;
  };
  struct Seen {
    States states;
    Problems problems;
  };

  void start_before(std::int64_t since);
  Seen read(std::int64_t audit);
  void tell(const Audit& audit, const Seen& before, const Seen& now);
  void tell_changes(const Audit& audit, const States& before, const States& now);
  void tell_findings(const Audit& audit, const Problems& before, const Problems& now);
  void load(std::int64_t state, rules::Snapshot& into);
  bool was_there_before(const Audit& audit, std::int64_t instance);
  bool is_wanted(const std::string& name) const;
  void give(const Audit& audit, Event event) const;

  Database& database_;
  const ChangesQuery& query_;
  const std::function<void(const Event&)>& take_;
  Statement states_;
  Statement problems_;
  Statement content_;
  Statement earlier_;
  std::map<std::string, Seen> last_;  // by scope
};

}  // namespace srvwarden::history
