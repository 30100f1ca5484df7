// The lint report as SARIF 2.1.0: one log, one run, for code scanning and its viewers.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/trim.hpp"
#include "report/finding_json.hpp"
#include "report/finding_text.hpp"
#include "report/lint_reports.hpp"
#include "report/regions.hpp"
#include "report/sarif_log.hpp"
#include "report/standard_output.hpp"
#include "report/terminal.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::report {
namespace {

using nlohmann::ordered_json;

ordered_json to_json(const Region& region) {
  return {{"startLine", region.line},
          {"startColumn", region.column},
          {"endLine", region.end_line},
          {"endColumn", region.end_column}};
}

/// Fingerprints of the findings of one file: the rule and the text of the line, whatever the white
/// space in it and wherever it stands, and how often they were met before.
class Fingerprints {
 public:
  explicit Fingerprints(const Regions& regions) : regions_(regions) {}

  std::string operator()(const RuleInfo& rule, std::size_t line) {
    if (line != line_) hash_ = hash_of_line(regions_.line(line));
    line_ = line;
    const std::uint64_t both = sarif_hash(rule.id, hash_);
    char text[40];
    std::snprintf(text, sizeof text, "%016llx:%zu", static_cast<unsigned long long>(both),
                  ++met_[both]);
    return text;
  }

 private:
  static std::uint64_t hash_of_line(std::string_view line) {
    std::uint64_t result = sarif_hash("");
    bool blank = false;
    for (const char c : trimmed(line)) {
      const bool was_blank = blank;
      blank = c == ' ' || c == '\t';
      if (blank) continue;
      if (was_blank) result = sarif_hash(" ", result);
      result = sarif_hash({&c, 1}, result);
    }
    return result;
  }

  const Regions& regions_;
  std::size_t line_ = 0;  // none
  std::uint64_t hash_ = 0;
  std::unordered_map<std::uint64_t, std::size_t> met_;
};

class SarifReport final : public LintReport {
 public:
  explicit SarifReport(const LintReportOptions& options) : version_(options.version) {
    put(sarif_head());
  }

  void file(const LintedFile& file) override {
    if (file.findings.empty()) return;
    const Regions regions(file.text);
    Fingerprints fingerprints(regions);
    for (const Finding& finding : file.findings) {
      ordered_json result = result_of(finding, sarif_artifact(file.path), regions);
      result["partialFingerprints"]["primaryLocationLineHash"] =
          fingerprints(*finding.rule, regions(finding.at).line);
      put(first_ ? "\n" : ",\n");
      first_ = false;
      put(dump(result));
    }
  }

  void unreadable(std::string_view path, std::string_view reason) override {
    notifications_.push_back(
        {{"level", "error"},
         {"message", sarif_message("cannot read " + shown(path) + ": " + shown(reason))},
         {"locations", {{{"physicalLocation", {{"artifactLocation", sarif_artifact(path)}}}}}}});
  }

  void end() override { put(sarif_tail(rules_, version_, std::move(notifications_))); }

 private:
  ordered_json result_of(const Finding& finding, const ordered_json& location,
                         const Regions& regions) {
    std::string text = message_of(finding);
    text.append(". ").append(help_of(finding));
    if (!finding.suggestion.empty()) text.append(" Try: ").append(finding.suggestion);
    const auto place = [&](Span span) {
      return ordered_json{{"physicalLocation",
                           {{"artifactLocation", location}, {"region", to_json(regions(span))}}}};
    };
    ordered_json result = {{"ruleId", finding.rule->id},
                           {"ruleIndex", rules_.index_of(*finding.rule)},
                           {"level", sarif_level(finding.severity)},
                           {"message", sarif_message(shown(text))},
                           {"locations", ordered_json::array({place(finding.at)})}};
    std::size_t id = 0;
    for (const Span span : finding.more) {
      ordered_json further = {{"id", ++id}, {"message", sarif_message("The same fault.")}};
      further.update(place(span));
      result["relatedLocations"].push_back(std::move(further));
    }
    if (is_writable(finding.fix)) {
      result["fixes"] = ordered_json::array({fix_of(finding, location, regions)});
    }
    return result;
  }

  /// JSON cannot hold other bytes.
  static bool is_writable(const std::vector<Edit>& fix) {
    for (const Edit& edit : fix) {
      if (utf8::find_ill_formed(edit.text) != edit.text.npos) return false;
    }
    return !fix.empty();
  }

  static ordered_json fix_of(const Finding& finding, const ordered_json& location,
                             const Regions& regions) {
    ordered_json replacements = ordered_json::array();
    for (const Edit& edit : finding.fix) {
      replacements.push_back({{"deletedRegion", to_json(regions(edit.at))},
                              {"insertedContent", {{"text", edit.text}}}});
    }
    return {{"description", sarif_message(shown(help_of(finding)))},
            {"artifactChanges",
             ordered_json::array(
                 {{{"artifactLocation", location}, {"replacements", std::move(replacements)}}})}};
  }

  std::string_view version_;
  bool first_ = true;
  SarifRules rules_;  // that were reported
  ordered_json notifications_ = ordered_json::array();
};

}  // namespace

std::unique_ptr<LintReport> sarif_report(const LintReportOptions& options) {
  return std::make_unique<SarifReport>(options);
}

}  // namespace srvwarden::report
