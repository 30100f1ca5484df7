// Suppressions: found by lines, heeded by places.
// SPDX-License-Identifier: Apache-2.0
#include "rules/suppressions.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "core/lines.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden {
namespace rules {
namespace {

constexpr Reference manual{0, "srvwarden(1)"};

constexpr Rule<Suppression> rows[] = {
    {{
         .id = "LT001",
         .name = "suppression-of-unknown-rule",
         .severity = Severity::error,
         .references = {manual},
         .message = "there is no such rule to ignore",
         .help = "`srvwarden rules` lists them. A reason may follow: \"because ...\".",
         .bad = {{"# srvwarden: ignore SN999\n[Service]\nName=n\nType=_http._tcp\nPort=80",
                  "                    ^^^^^"}},
         .good = {{"[Service]\nName=n\n# srvwarden: ignore SN006 because it is sold as that\n"
                   "Type=_a--b._tcp\nPort=80"}},
         .why = "A misspelt id silences nothing, and the finding that was to go stays.",
     },
     [](const Suppression& one, Report& report) {
       if (!one.known) report(one.at);
     }},
    {{
         .id = "LT002",
         .name = "suppression-unused",
         .severity = Severity::info,
         .references = {manual},
         .message = "the rule finds nothing here to ignore",
         .help = "Remove it from the comment, so that it hides nothing later.",
         .bad = {{"[Service]\nName=n\n# srvwarden: ignore SN006\nType=_http._tcp\nPort=80",
                  "                                     ^^^^^"}},
         .good = {{"[Service]\nName=n\n# srvwarden: ignore SN006\nType=_a--b._tcp\nPort=80"}},
         .why = "What was silenced for a fault that is gone hides the next one.",
     },
     [](const Suppression& one, Report& report) {
       if (one.known && !one.used) report(one.at);
     }},
};

}  // namespace

Table<Suppression> suppression_rules() { return rows; }

}  // namespace rules

namespace {

constexpr std::string_view blanks = " \t";

/// A suppression and the bytes that it is for.
struct Scoped {
  rules::Suppression suppression;
  const RuleInfo* rule;
  Span scope;
};

class Comments {
 public:
  Comments(DefinitionFormat format, std::string_view text) : format_(format), text_(text) {}

  std::vector<Scoped> find() {
    std::size_t at = 0;
    while ((at = text_.find(marker, at)) != text_.npos) at = read(at);
    return std::move(found_);
  }

 private:
  static constexpr std::string_view marker = "srvwarden:";

  /// The line that `at` is on; looked for once where comments share it.
  Span line_of(std::size_t at) {
    if (at < line_.offset || at >= line_.offset + line_.length) {
      line_.offset = line_start(text_, at);
      line_.length = line_end(text_, at) - line_.offset;
    }
    return line_;
  }

  /// Where what stands before text[at] on its line ends, blanks apart.
  std::size_t end_before(std::size_t at) const {
    while (at > 0 && blanks.find(text_[at - 1]) != blanks.npos) --at;
    return at;
  }
  bool starts_line(std::size_t at) const { return at == 0 || text_[at - 1] == '\n'; }

  /// Whether the marker at `at` begins a comment, and whether that is alone on its line.
  bool begins_comment(std::size_t at, bool& alone) const {
    const std::size_t mark_end = end_before(at);
    for (const std::string_view mark : comment_marks(format_)) {
      if (!text_.substr(0, mark_end).ends_with(mark)) continue;
      const std::size_t mark_at = mark_end - mark.size();
      const std::size_t before = end_before(mark_at);
      alone = starts_line(before);
      if (!alone && mark == "#" && before == mark_at) return false;  // '#' within a text
      return alone || comments_may_follow(format_);
    }
    return false;
  }

  bool is_comment_or_blank(std::string_view line) const {
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    return line.empty() || std::ranges::any_of(comment_marks(format_), [&](std::string_view mark) {
             return line.starts_with(mark);
           });
  }

  /// The line below that is neither blank nor a comment: for all comments above it the same.
  Span next_line(std::size_t at) {
    if (at >= searched_from_ && at < next_.offset) return next_;
    searched_from_ = at;
    for (at = line_end(text_, at); at < text_.size(); at = line_end(text_, at)) {
      ++at;
      const std::string_view line = text_.substr(at, line_end(text_, at) - at);
      if (!is_comment_or_blank(line)) return next_ = {at, line.size()};
    }
    return next_ = {text_.size(), 0};
  }

  /// Takes what the comment at the marker asks for; returns the end of what was read, so that many
  /// comments on a line are each read once.
  std::size_t read(std::size_t at) {
    const std::size_t from = at + marker.size();
    bool alone = false;
    if (!begins_comment(at, alone)) return from;
    const Span line = line_of(at);
    std::string_view words = text_.substr(from, line.offset + line.length - from);
    const std::string_view verb = next_word(words);
    if (verb != "ignore" && verb != "ignore-file") return from;
    Span scope{0, text_.size()};
    if (verb == "ignore") scope = alone ? next_line(at) : line;
    for (bool last = false; !last;) {
      std::string_view word = next_word(words);
      for (const std::string_view end : {"-->", "*/"}) {
        last = last || word.find(end) != word.npos;
        word = word.substr(0, word.find(end));
      }
      if (word.empty() || word == "because" || word == "--") break;
      const RuleInfo* rule = find_rule(word);
      const Span place{static_cast<std::size_t>(word.data() - text_.data()), word.size()};
      found_.push_back({{word, place, rule != nullptr, false}, rule, scope});
    }
    return static_cast<std::size_t>(words.data() - text_.data());
  }

  static std::string_view next_word(std::string_view& words) {
    constexpr std::string_view between = " \t\r,";
    words.remove_prefix(std::min(words.find_first_not_of(between), words.size()));
    const std::string_view word = words.substr(0, words.find_first_of(between));
    words.remove_prefix(word.size());
    return word;
  }

  DefinitionFormat format_;
  std::string_view text_;
  std::vector<Scoped> found_;
  Span line_;  ///< the last
  Span next_;  ///< the last next line, and where the search for it began
  std::size_t searched_from_ = 0;
};

}  // namespace

void heed_suppressions(Findings& findings, DefinitionFormat format, std::string_view text) {
  std::vector<Scoped> all = Comments(format, text).find();
  if (all.empty()) return;
  // By rule and place, so that the one for a finding is found by halving; comments are in order,
  // and of several about one line the last counts.
  std::ranges::stable_sort(
      all, {}, [](const Scoped& one) { return std::tuple(one.rule, one.scope.offset); });
  std::erase_if(findings, [&](const Finding& finding) {
    const auto after = std::ranges::upper_bound(
        all, std::tuple(finding.rule, finding.at.offset), {},
        [](const Scoped& one) { return std::tuple(one.rule, one.scope.offset); });
    const auto silences = [&](Scoped& one) {
      const bool inside = finding.at.offset >= one.scope.offset &&
                          finding.at.offset <= one.scope.offset + one.scope.length;
      return one.rule == finding.rule && inside && (one.suppression.used = true);
    };
    if (after != all.begin() && silences(*(after - 1))) return true;
    // A comment about the whole file comes first among those of its rule.
    const auto first = std::ranges::lower_bound(all, finding.rule, {}, &Scoped::rule);
    return first != all.end() && silences(*first);
  });
  // Of a file that could not be read to its end, nobody knows what would have been found.
  const bool cut = std::ranges::any_of(
      findings, [](const Finding& finding) { return finding.rule->id == "DF001"; });
  for (Scoped& one : all) {
    one.suppression.used = one.suppression.used || cut;
    rules::run(rules::suppression_rules(), one.suppression, {}, rules::SourceMap(), findings);
  }
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) { return finding.at.offset; });
}

}  // namespace srvwarden
