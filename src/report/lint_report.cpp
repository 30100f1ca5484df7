// The list of lint reports; text and JSON.
// SPDX-License-Identifier: Apache-2.0
#include "report/lint_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "report/finding_json.hpp"
#include "report/finding_text.hpp"
#include "report/json_writer.hpp"
#include "report/lint_reports.hpp"
#include "report/standard_output.hpp"
#include "report/summary.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {
namespace {

/// A finding whose places count in its line instead of the file.
Finding in_line(const Finding& finding, std::size_t line_start) {
  Finding moved = finding;
  moved.at.offset -= line_start;
  std::erase_if(moved.more, [&](Span span) { return span.offset < line_start; });
  for (Span& span : moved.more) span.offset -= line_start;
  return moved;
}

class TextReport final : public LintReport {
 public:
  explicit TextReport(const LintReportOptions& options) : options_(options) {}

  void file(const LintedFile& file) override {
    ++files_;
    Places places(file.text);
    const std::string path = shown(file.path);
    for (const Finding& finding : file.findings) {
      summary_.count(finding);
      const Place at = places(finding.at.offset);
      const std::string place =
          path + ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
      text_.clear();
      append_finding(text_, in_line(finding, at.offset - (at.column - 1)), place, places.line(),
                     Colour(options_.colour));
      put(text_);
    }
  }

  void end() override {
    if (!options_.quiet) put(summary_.text(files_, "file"));
  }

 private:
  LintReportOptions options_;
  std::string text_;
  std::size_t files_ = 0;
  Summary summary_;
};

/// One object a finding.
template <JsonWriter::Form form>
class JsonReport final : public LintReport {
 public:
  void file(const LintedFile& file) override {
    Places places(file.text);
    for (const Finding& finding : file.findings) {
      const Place at = places(finding.at.offset);
      nlohmann::ordered_json out = {{"file", file.path},
                                    {"format", name_of(file.format)},
                                    {"line", at.line},
                                    {"column", at.column}};
      out.update(to_json(finding));
      writer_.put(out);
    }
  }

  void end() override { writer_.end(); }

 private:
  JsonWriter writer_{form};
};

template <class Report>
std::unique_ptr<LintReport> make(const LintReportOptions&) {
  return std::make_unique<Report>();
}
template <>
std::unique_ptr<LintReport> make<TextReport>(const LintReportOptions& options) {
  return std::make_unique<TextReport>(options);
}

struct Row {
  std::string_view name;
  std::unique_ptr<LintReport> (*make)(const LintReportOptions& options);
};

constexpr Row rows[] = {
    {"text", make<TextReport>},
    {"json", make<JsonReport<JsonWriter::Form::array>>},
    {"jsonl", make<JsonReport<JsonWriter::Form::lines>>},
    {"sarif", sarif_report},
    {"github", github_report},
    {"gcc", gcc_report},
};

}  // namespace

std::vector<std::string_view> lint_report_formats() {
  std::vector<std::string_view> names;
  for (const Row& row : rows) names.push_back(row.name);
  return names;
}

std::unique_ptr<LintReport> lint_report(std::string_view format, const LintReportOptions& options) {
  return std::ranges::find(rows, format, &Row::name)->make(options);
}

void LintReport::unreadable(std::string_view, std::string_view) {}

Places::Places(std::string_view text)
    : text_(text), line_end_(std::min(text.find('\n'), text.size())) {}

Place Places::operator()(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset < line_start_) *this = Places(text_);
  while (line_end_ < offset) {
    line_start_ = line_end_ + 1;
    line_end_ = std::min(text_.find('\n', line_start_), text_.size());
    ++line_;
  }
  return {offset, line_, static_cast<std::uint32_t>(offset - line_start_ + 1)};
}

std::string_view Places::line() const {
  std::string_view line = text_.substr(line_start_, line_end_ - line_start_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace srvwarden::report
