// The lint report as SARIF 2.1.0: one log, one run, for code scanning and its viewers.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/trim.hpp"
#include "report/file_uri.hpp"
#include "report/finding_json.hpp"
#include "report/finding_text.hpp"
#include "report/lint_reports.hpp"
#include "report/regions.hpp"
#include "report/sarif_rule.hpp"
#include "report/standard_output.hpp"
#include "report/terminal.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::report {
namespace {

using nlohmann::ordered_json;

/// Plain text of a message: braces are doubled (SARIF §3.11.5), and nothing in it becomes a link
/// (§3.11.6), whatever the names are that it quotes.
std::string message_text(std::string_view text) {
  const bool link = text.find("](") != text.npos;
  std::string out;
  for (const char c : text) {
    if (c == '{' || c == '}') out += c;
    if (link && (c == '[' || c == ']' || c == '\\')) out += '\\';
    out += c;
  }
  return out;
}

ordered_json message(std::string_view text) { return {{"text", message_text(text)}}; }

ordered_json artifact_location(std::string_view path) {
  if (path == "-") return {{"uri", "file:///dev/stdin"}};
  ordered_json location = {{"uri", file_uri(path)}};
  if (!path.starts_with('/')) location["uriBaseId"] = "SRCROOT";
  return location;
}

ordered_json to_json(const Region& region) {
  return {{"startLine", region.line},
          {"startColumn", region.column},
          {"endLine", region.end_line},
          {"endColumn", region.end_column}};
}

constexpr std::uint64_t hash_seed = 0xCBF29CE484222325;  // FNV-1a, 64 bits

std::uint64_t hash(std::string_view text, std::uint64_t from = hash_seed) {
  for (const char c : text) from = (from ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return from;
}

/// Fingerprints of the findings of one file: the rule and the text of the line, whatever the white
/// space in it and wherever it stands, and how often they were met before.
class Fingerprints {
 public:
  explicit Fingerprints(const Regions& regions) : regions_(regions) {}

  std::string operator()(const RuleInfo& rule, std::size_t line) {
    if (line != line_) hash_ = hash_of_line(regions_.line(line));
    line_ = line;
    const std::uint64_t both = hash(rule.id, hash_);
    char text[40];
    std::snprintf(text, sizeof text, "%016llx:%zu", static_cast<unsigned long long>(both),
                  ++met_[both]);
    return text;
  }

 private:
  static std::uint64_t hash_of_line(std::string_view line) {
    std::uint64_t result = hash_seed;
    bool blank = false;
    for (const char c : trimmed(line)) {
      const bool was_blank = blank;
      blank = c == ' ' || c == '\t';
      if (blank) continue;
      if (was_blank) result = hash(" ", result);
      result = hash({&c, 1}, result);
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
    put("{\n\"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
        "sarif-schema-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{\n"
        "\"columnKind\": \"utf16CodeUnits\",\n\"results\": [");
  }

  void file(const LintedFile& file) override {
    if (file.findings.empty()) return;
    const Regions regions(file.text);
    Fingerprints fingerprints(regions);
    for (const Finding& finding : file.findings) {
      ordered_json result = result_of(finding, artifact_location(file.path), regions);
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
         {"message", message("cannot read " + shown(path) + ": " + shown(reason))},
         {"locations", {{{"physicalLocation", {{"artifactLocation", artifact_location(path)}}}}}}});
  }

  void end() override {
    ordered_json rules = ordered_json::array();
    for (const RuleInfo* rule : rules_) rules.push_back(sarif_rule(*rule));
    const ordered_json tool = {
        {"driver", {{"name", "srvwarden"}, {"version", version_}, {"rules", std::move(rules)}}}};
    ordered_json invocation = {{"executionSuccessful", notifications_.empty()}};
    if (!notifications_.empty()) {
      invocation["toolExecutionNotifications"] = std::move(notifications_);
    }
    const ordered_json bases = {
        {"SRCROOT", {{"description", message("The folder in which srvwarden was run.")}}}};
    put("\n],\n\"originalUriBaseIds\": " + dump(bases));
    put(",\n\"invocations\": [" + dump(invocation));
    put("],\n\"tool\": " + dump(tool) + "\n}]\n}\n");
  }

 private:
  /// The place of the rule among those of the run.
  std::size_t index_of(const RuleInfo& rule) {
    const auto [at, is_new] = indexes_.try_emplace(&rule, rules_.size());
    if (is_new) rules_.push_back(&rule);
    return at->second;
  }

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
                           {"ruleIndex", index_of(*finding.rule)},
                           {"level", sarif_level(finding.severity)},
                           {"message", message(shown(text))},
                           {"locations", ordered_json::array({place(finding.at)})}};
    std::size_t id = 0;
    for (const Span span : finding.more) {
      ordered_json further = {{"id", ++id}, {"message", message("The same fault.")}};
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
    return {{"description", message(shown(help_of(finding)))},
            {"artifactChanges",
             ordered_json::array(
                 {{{"artifactLocation", location}, {"replacements", std::move(replacements)}}})}};
  }

  std::string_view version_;
  bool first_ = true;
  std::vector<const RuleInfo*> rules_;  // that were reported
  std::map<const RuleInfo*, std::size_t> indexes_;
  ordered_json notifications_ = ordered_json::array();
};

}  // namespace

std::unique_ptr<LintReport> sarif_report(const LintReportOptions& options) {
  return std::make_unique<SarifReport>(options);
}

}  // namespace srvwarden::report
