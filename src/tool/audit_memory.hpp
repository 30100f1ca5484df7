// What an audit remembers and expects: --baseline, --policy, --save, --db and --keep.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "rules/link_policy.hpp"
#include "rules/snapshot.hpp"
#include "tool/audit_input.hpp"

namespace CLI {
class App;
}

namespace srvwarden::tool {

class AuditMemory {
 public:
  static std::shared_ptr<AuditMemory> add_to(CLI::App& command);

  /// Reads baseline and policy; says on standard error why one cannot be used.
  bool load();
  /// Adds what is otherwise than in the baseline and than the policy wants.
  void judge(rules::AuditResult& result) const;
  /// Saves the new baseline and adds to the history; says why that fails.
  bool keep(const rules::AuditResult& result, const AuditInputs& inputs) const;

 private:
  bool load_baseline();
  bool load_policy();
  bool add_to_history(const rules::AuditResult& result, const AuditInputs& inputs) const;

  std::string baseline_path_;
  std::string policy_path_;
  std::string save_path_;
  std::string database_path_;
  std::string keep_;
  std::optional<rules::Snapshot> baseline_;
  std::optional<rules::LinkPolicy> policy_;
};

}  // namespace srvwarden::tool
