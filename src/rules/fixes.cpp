// Fixes: one row for each rule that has them.
// SPDX-License-Identifier: Apache-2.0
#include "rules/fixes.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/trim.hpp"
#include "rules/txt_extents.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden {
namespace {

/// The values of a file that suggestions replace the whole of, found by their places.
class Values {
 public:
  explicit Values(const Definition& definition) {
    for (const ServiceDefinition& service : definition.services) {
      if (service.type.present) texts_.push_back(&service.type);
      for (const DefinitionText& subtype : service.subtypes) texts_.push_back(&subtype);
    }
    for (const DeclaredValue& value : definition.values) texts_.push_back(&value.text);
    std::ranges::stable_sort(texts_, {}, place);
  }

  const DefinitionText* at(std::size_t offset) const {
    const auto after = std::ranges::upper_bound(texts_, offset, {}, place);
    if (after == texts_.begin()) return nullptr;
    const DefinitionText* text = *(after - 1);
    return offset <= text->at.offset + text->length ? text : nullptr;
  }

 private:
  static std::size_t place(const DefinitionText* text) { return text->at.offset; }

  std::vector<const DefinitionText*> texts_;
};

/// What a row works on.
struct Case {
  const Finding& finding;
  DefinitionFormat format;
  std::string_view text;
  const Values& values;
  const rules::TxtExtents& strings;
};

using Edits = std::vector<Edit>;

Edits replace_value(const Case& c) {
  const DefinitionText* value = c.values.at(c.finding.at.offset);
  if (value == nullptr || !value->verbatim || c.finding.suggestion.empty()) return {};
  return {{{value->at.offset, value->length}, c.finding.suggestion}};
}

/// A list of names for one port keeps its aliases: there the old name is meant.
Edits replace_alias(const Case& c) {
  return c.format == DefinitionFormat::services ? Edits{} : replace_value(c);
}

/// Only of "_sctp" and "_dccp" is it known what was meant.
Edits replace_transport(const Case& c) {
  const std::string_view label = c.text.substr(c.finding.at.offset, c.finding.at.length);
  const bool known = ascii::equal(label, "_sctp") || ascii::equal(label, "_dccp");
  return known ? replace_value(c) : Edits{};
}

Edits trim(const Case& c) {
  const std::string_view whole = c.text.substr(c.finding.at.offset, c.finding.at.length);
  const std::string_view rest = trimmed(whole);
  if (rest.empty() || rest.find('<') != rest.npos) return {};
  const std::size_t before = static_cast<std::size_t>(rest.data() - whole.data());
  const std::size_t end = c.finding.at.offset + whole.size();
  Edits edits;
  if (before > 0) edits.push_back({{c.finding.at.offset, before}, {}});
  const std::size_t after = whole.size() - before - rest.size();
  if (after > 0) edits.push_back({{end - after, after}, {}});
  return edits;
}

Edits remove_empty_element(const Case& c) {
  Span extent = c.finding.at;
  if (!c.text.substr(extent.offset, extent.length).ends_with("/>")) {
    constexpr std::string_view end = "</txt-record>";
    if (!c.text.substr(extent.offset + extent.length).starts_with(end)) return {};
    extent.length += end.size();
  }
  return {{rules::with_line(c.text, extent), {}}};
}

/// A comment beside an element may be about it: then both are left to a person.
bool has_comment_beside(std::string_view text, Span extent) {
  const Span line = rules::line_around(text, extent);
  return text.substr(line.offset, line.length).find("<!--") != text.npos;
}

/// The strings that the finding names: all but the first of a key, and empty ones.
Edits remove_strings(const Case& c) {
  Edits edits;
  std::vector<Span> places = c.finding.more;
  places.push_back(c.finding.at);
  std::ranges::sort(places, {}, &Span::offset);
  for (const Span place : places) {
    const auto removal = c.strings.removal_of(place.offset);
    if (!removal || has_comment_beside(c.text, *removal)) return {};
    const bool apart =
        edits.empty() || removal->offset >= edits.back().at.offset + edits.back().at.length;
    if (apart) edits.push_back({*removal, {}});  // the others in another round
  }
  return edits;
}

/// The string moves to the front, and those before it one place back.
Edits move_to_front(const Case& c) {
  const auto extents = c.strings.up_to(c.finding.at.offset);
  Edits edits;
  for (std::size_t i = 0; i < extents.size(); ++i) {
    if (has_comment_beside(c.text, extents[i])) return {};
    const Span from = extents[i == 0 ? extents.size() - 1 : i - 1];
    edits.push_back({extents[i], std::string(c.text.substr(from.offset, from.length))});
  }
  return edits;
}

struct Row {
  std::string_view rule;
  Edits (*edits)(const Case& c);
};

constexpr Row rows[] = {
    {"DF006", remove_empty_element}, {"DF012", trim},           {"RG003", replace_alias},
    {"ST001", replace_value},        {"ST002", replace_value},  {"ST003", replace_transport},
    {"TX011", remove_strings},       {"TX014", remove_strings}, {"TX020", move_to_front},
};

/// Two words of a line may leave the same blanks behind: then another round is to mend the second.
bool overlap_each_other(const Edits& edits) {
  for (std::size_t i = 1; i < edits.size(); ++i) {
    const Span before = edits[i - 1].at;
    if (edits[i].at.offset < before.offset + before.length) return true;
  }
  return false;
}

const Row* row_of(const RuleInfo& rule) {
  const Row* row = std::ranges::find(rows, rule.id, &Row::rule);
  return row == std::end(rows) ? nullptr : row;
}

}  // namespace

bool has_fixes(const RuleInfo& rule) { return row_of(rule) != nullptr; }

void add_fixes(Findings& findings, const Definition& definition, std::string_view text) {
  const auto fixable = [](const Finding& finding) { return has_fixes(*finding.rule); };
  if (std::ranges::none_of(findings, fixable)) return;
  const Values values(definition);
  const rules::TxtExtents strings(definition, text);
  for (Finding& finding : findings) {
    if (const Row* row = row_of(*finding.rule)) {
      finding.fix = row->edits({finding, definition.format, text, values, strings});
      if (overlap_each_other(finding.fix)) finding.fix.clear();
    }
  }
}

std::string apply_fixes(std::string_view text, const Findings& findings) {
  std::multimap<std::size_t, const Edit*> edits;  // by offset; none overlaps another
  const auto overlaps = [&](const Edit& edit) {
    const auto next = edits.lower_bound(edit.at.offset);
    if (next != edits.end() && next->first < edit.at.offset + edit.at.length) return true;
    if (next == edits.begin()) return false;
    const Edit& before = *std::prev(next)->second;
    return before.at.offset + before.at.length > edit.at.offset;
  };
  for (const Finding& finding : findings) {
    if (std::ranges::any_of(finding.fix, overlaps)) continue;
    for (const Edit& edit : finding.fix) edits.emplace(edit.at.offset, &edit);
  }
  std::string out;
  std::size_t at = 0;
  for (const auto& [offset, edit] : edits) {
    out.append(text.substr(at, offset - at)).append(edit->text);
    at = offset + edit->at.length;
  }
  return out.append(text.substr(at));
}

namespace {

std::size_t errors_of(const Findings& findings) {
  std::size_t errors = 0;
  for (const Finding& finding : findings) {
    if (finding.rule->severity == Severity::error) errors += 1 + finding.more.size();
  }
  return errors;
}

/// The file with some findings' fixes made, unless that makes it no other or a worse one.
std::optional<Mended> with_fixes(const Mended& file, const Findings& fixed,
                                 const std::function<Findings(std::string_view text)>& judge) {
  Mended better{apply_fixes(file.text, fixed), {}};
  if (better.text == file.text) return {};
  better.findings = judge(better.text);
  if (errors_of(better.findings) > errors_of(file.findings)) return {};
  return better;
}

}  // namespace

Mended mend(Mended file, const std::function<Findings(std::string_view text)>& judge) {
  constexpr int most_rounds = 100;
  for (int round = 0; round < most_rounds; ++round) {
    auto better = with_fixes(file, file.findings, judge);
    // Where not all are good together, some of them may be good alone.
    std::size_t tried = 0;
    for (std::size_t i = 0; i < file.findings.size() && !better && tried < 20; ++i) {
      if (file.findings[i].fix.empty()) continue;
      better = with_fixes(file, {file.findings[i]}, judge);
      ++tried;
    }
    if (!better) break;
    file = *std::move(better);
  }
  return file;
}

}  // namespace srvwarden
