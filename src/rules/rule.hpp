// Rule: one row of the catalogue with its check, and Report, through which a check speaks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "srvwarden/finding.hpp"

namespace srvwarden::rules {

/// What a check may add to its rule's fixed words.
struct Note {
  std::string detail = {};      ///< this input's part of the message
  std::string suggestion = {};  ///< the repaired input
  std::string help = {};        ///< instead of the rule's own help
};

/// From a place in a subject to the place in the input that it was decoded from.
class SourceMap {
 public:
  /// The subject is the input from byte `base` on, unchanged.
  explicit SourceMap(std::size_t base = 0) : base_(base) {}
  /// The same for the subject's first `most` bytes; all behind them stand at their end.
  SourceMap(std::size_t base, std::size_t most) : base_(base), most_(most) {}
  /// base + offsets[i] is where octet i came from; one entry more gives the end. Must outlive this.
  explicit SourceMap(std::span<const std::size_t> offsets, std::size_t base = 0)
      : base_(base), offsets_(offsets) {}

  Span operator()(Span in_subject) const {
    const std::size_t start = at(in_subject.offset);
    return {start, at(in_subject.offset + in_subject.length) - start};
  }

 private:
  std::size_t at(std::size_t i) const {
    return base_ +
           (offsets_.empty() ? std::min(i, most_) : offsets_[std::min(i, offsets_.size() - 1)]);
  }

  std::size_t base_ = 0;
  std::size_t most_ = std::string_view::npos;
  std::span<const std::size_t> offsets_;
};

/// How findings are judged: strictness is the context's, advice only for those who ask.
struct Policy {
  Context context = Context::mdns;  ///< decided: never automatic
  bool advice = false;
};

/// Collects what one rule finds in one object: one Finding, however many places it has.
class Report {
 public:
  Report(const RuleInfo& rule, const Policy& policy, const SourceMap& map, Findings& out)
      : rule_(rule), policy_(policy), map_(map), out_(out), first_(out.size()) {}

  void operator()(Span in_subject, Note note = {}) {
    if (out_.size() > first_) {
      out_.back().more.push_back(map_(in_subject));
    } else {
      each(in_subject, std::move(note));
    }
  }

  /// One finding for each place, with its own note: where they are about different objects.
  void each(Span in_subject, Note note) {
    const bool unicast = policy_.context == Context::unicast;
    out_.push_back(
        {.rule = &rule_,
         .severity = unicast ? rule_.in_unicast.value_or(rule_.severity) : rule_.severity,
         .at = map_(in_subject),
         .more = {},
         .detail = std::move(note.detail),
         .suggestion = std::move(note.suggestion),
         .help = std::move(note.help),
         .fix = {}});
  }

  /// The same with a severity that depends on more than the context (NM002, MD081).
  void operator()(Span in_subject, Severity severity, Note note) {
    (*this)(in_subject, std::move(note));
    out_.back().severity = severity;
  }

  /// Whether nothing was reported yet: the first place takes the note, further ones need none.
  bool is_first() const { return out_.size() == first_; }

  Context context() const { return policy_.context; }

 private:
  const RuleInfo& rule_;
  const Policy& policy_;
  const SourceMap& map_;
  Findings& out_;
  std::size_t first_;
};

/// A row: what is known of the rule, and how it checks a subject. A check reads its subject alone.
template <class Subject>
struct Rule {
  RuleInfo info;
  void (*check)(const Subject& subject, Report& report);
};

/// The rows of one subject.
template <class Subject>
using Table = std::span<const Rule<Subject>>;

/// Runs every row on one object. Returns whether any of them found something.
template <class Subject>
bool run(Table<Subject> rows, const Subject& subject, const Policy& policy, const SourceMap& map,
         Findings& out) {
  const std::size_t before = out.size();
  for (const Rule<Subject>& row : rows) {
    if (row.info.advice && !policy.advice) continue;
    Report report(row.info, policy, map, out);
    row.check(subject, report);
  }
  return out.size() > before;
}

}  // namespace srvwarden::rules
