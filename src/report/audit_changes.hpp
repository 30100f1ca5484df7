// AuditChanges: what is new in an audit since it was last looked at.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "rules/audit.hpp"

namespace srvwarden::report {

enum class Change : std::uint8_t {
  appeared,   ///< told for the first time, or again after it was gone
  changed,    ///< an instance: other records than before
  withdrawn,  ///< an instance: none of its records is live any more
  resolved,   ///< a finding: later packets refute it
};

/// "new", "changed", "gone" or "resolved".
std::string_view name_of(Change change) noexcept;

/// One change. Points into the result, or for what is resolved into the AuditChanges.
struct AuditChange {
  Change change{};
  const rules::AuditedInstance* instance = nullptr;  ///< of an instance; else null
  const rules::AuditObject* object = nullptr;        ///< what the finding is about
  const rules::AuditFinding* finding = nullptr;
};

class AuditChanges {
 public:
  /// @return  instances first, then findings; valid until the next call, while the result lives.
  std::vector<AuditChange> update(const rules::AuditResult& result);

 private:
  struct Told {
    rules::AuditObject object;  ///< with this one finding
    std::uint64_t round = 0;    ///< in which it was last there
  };
  using Key = std::tuple<rules::ObjectKind, std::string, const RuleInfo*, Severity>;

  void look_at(const rules::AuditedInstance& instance, std::vector<AuditChange>& out);
  void look_at(const rules::AuditObject& object, std::vector<AuditChange>& out);

  std::unordered_map<std::string, std::size_t> instances_;  ///< the hash of what was told of each
  std::map<Key, Told> findings_;
  std::vector<Told> resolved_;
  std::uint64_t round_ = 0;
};

}  // namespace srvwarden::report
