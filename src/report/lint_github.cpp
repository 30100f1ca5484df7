// The lint report for GitHub Actions: a workflow command a finding, which becomes an annotation.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "report/finding_text.hpp"
#include "report/lint_reports.hpp"
#include "report/regions.hpp"
#include "report/standard_output.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {
namespace {

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "notice";
  }
  return "";
}

/// What would end the command, or begin another, is written as the runner decodes it.
void append_escaped(std::string& out, std::string_view text, std::string_view escaped) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (escaped.find(c) == escaped.npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
  }
}

void append_data(std::string& out, std::string_view text) { append_escaped(out, text, "%\r\n"); }
void append_property(std::string& out, std::string_view text) {
  append_escaped(out, text, "%\r\n:,");
}

/// Annotations have columns only on one line.
void append_place(std::string& out, std::string_view path, const Region& region) {
  out += "file=";
  append_property(out, path);
  out.append(",line=").append(std::to_string(region.line));
  out.append(",endLine=").append(std::to_string(region.end_line));
  if (region.line == region.end_line) {
    out.append(",col=").append(std::to_string(region.column));
    out.append(",endColumn=").append(std::to_string(region.end_column));
  }
  out += ',';
}

class GithubReport final : public LintReport {
 public:
  void file(const LintedFile& file) override {
    if (file.findings.empty()) return;
    const Regions regions(file.text);
    for (const Finding& finding : file.findings) {
      const Region region = regions(finding.at);
      text_.assign("::").append(command_of(finding.severity)).append(" ");
      if (file.path != "-") append_place(text_, file.path, region);
      std::string title(finding.rule->id);
      append_property(text_, title.append(" ").append(finding.rule->name).insert(0, "title="));
      text_ += "::";
      append_data(text_, message_for(finding, file.path == "-" ? region.line : 0));
      text_ += '\n';
      put(text_);
    }
  }

 private:
  /// @param line  of standard input, which has no file to show it in; else 0.
  static std::string message_for(const Finding& finding, std::size_t line) {
    std::string message;
    if (line > 0) message.append("line ").append(std::to_string(line)).append(": ");
    message.append(shown(message_of(finding))).append("\n").append(shown(help_of(finding)));
    if (!finding.suggestion.empty()) message.append("\nTry: ").append(shown(finding.suggestion));
    return message.append("\n(").append(references_of(*finding.rule)).append(")");
  }

  std::string text_;
};

}  // namespace

std::unique_ptr<LintReport> github_report(const LintReportOptions&) {
  return std::make_unique<GithubReport>();
}

}  // namespace srvwarden::report
