// ZoneJudge: single values of a zone before the rules, and the findings so far.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rules/checkers.hpp"
#include "rules/rule.hpp"
#include "srvwarden/check.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::rules {

/// A name as a zone has it, and where it is written. Views of the definition.
struct WrittenName {
  std::string_view value;   ///< with the origin behind it
  std::size_t written = 0;  ///< bytes of it that stand in the file
  Span at;

  bool is_relative() const;  ///< the origin is not known
};

WrittenName owner_of(const ZoneRecord& record);
WrittenName name_of(const DefinitionText& field);

/// From its type to its last field.
inline Span place_of(const ZoneRecord& record) { return {record.at.offset, record.length}; }

class ZoneJudge {
 public:
  using Keep = bool(const RuleInfo& rule);

  ZoneJudge(const Definition& zone, const CheckOptions& options);

  /// Checks a name and adds what is found. Returns whether there was something.
  ///
  /// @param known_from  findings that start at this byte of the value or behind are left out.
  /// @param keep        rules that are to speak; null: all.
  bool check(Kind kind, const WrittenName& name, bool registered = true,
             std::size_t known_from = std::string_view::npos, Keep* keep = nullptr);

  /// Whether no escape can make a name so long; then it is told. Such names are judged no further,
  /// since suggestions for each of their faults would take too long.
  bool is_too_long(const WrittenName& name);

  /// Checks a name for what no name server takes: ES and NM. The lengths of labels that may be a
  /// service's are for the rules of services.
  /// Returns whether there was nothing.
  bool check_syntax(const WrittenName& name);

  /// Reports by a row whose own check judges announcements.
  void report(std::string_view id, Span at, Note note = {});

  /// Runs rows on a value whose context is that of `name`.
  template <class Subject>
  void apply(Table<Subject> rows, const Subject& subject, const WrittenName& name,
             const SourceMap& map) {
    run(rows, subject, policy_for(name), map, findings_);
  }

  Policy policy_for(const WrittenName& name) const;
  const Registry* registry() const { return options_.registry; }
  Findings& findings() { return findings_; }

 private:
  Context context_for(const WrittenName& name) const;

  CheckOptions options_;
  bool is_unicast_;  ///< a zone with SOA record is unicast DNS, whatever it is called
  bool told_local_ = false;
  Checkers checkers_;
  Findings findings_;
};

}  // namespace srvwarden::rules
