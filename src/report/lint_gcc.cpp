// The lint report for editors: path:line:column: severity: message [rule].
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "report/finding_text.hpp"
#include "report/lint_reports.hpp"
#include "report/standard_output.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {
namespace {

/// g++ knows no info.
std::string_view word_of(Severity severity) {
  return severity == Severity::info ? "note" : name_of(severity);
}

class GccReport final : public LintReport {
 public:
  void file(const LintedFile& file) override {
    Places places(file.text);
    const std::string path = shown(file.path);
    for (const Finding& finding : file.findings) {
      const Place at = places(finding.at.offset);
      const std::string place =
          path + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": ";
      text_ = place;
      text_.append(word_of(finding.severity)).append(": ").append(shown(message_of(finding)));
      text_.append(" [").append(finding.rule->id).append("]\n");
      text_.append(place).append("note: ").append(shown(help_of(finding)));
      if (!finding.suggestion.empty()) text_.append("; try: ").append(shown(finding.suggestion));
      text_ += '\n';
      put(text_);
    }
  }

 private:
  std::string text_;
};

}  // namespace

std::unique_ptr<LintReport> gcc_report(const LintReportOptions&) {
  return std::make_unique<GccReport>();
}

}  // namespace srvwarden::report
