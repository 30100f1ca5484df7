// LintReport: the findings of files, told as they come.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "srvwarden/definition.hpp"
#include "srvwarden/finding.hpp"
#include "srvwarden/place.hpp"

namespace srvwarden::report {

/// A file and what the rules said of it.
struct LintedFile {
  std::string_view path;  ///< as it was given, "-" for standard input
  std::string_view text;  ///< the whole file; findings count in it
  DefinitionFormat format = DefinitionFormat::avahi_service;
  const Findings& findings;
};

struct LintReportOptions {
  bool quiet = false;  ///< no summary
  bool colour = false;
  std::string_view version;  ///< srvwarden's own; must outlive the report
};

/// Writes to standard output.
class LintReport {
 public:
  virtual ~LintReport() = default;
  virtual void file(const LintedFile& file) = 0;
  /// A file that should have been linted; standard error tells of it in any case.
  virtual void unreadable(std::string_view path, std::string_view reason);
  virtual void end() {}  ///< after the last file
};

/// The names of the formats, for --format.
std::vector<std::string_view> lint_report_formats();

/// The report of a format.
std::unique_ptr<LintReport> lint_report(std::string_view format, const LintReportOptions& options);

/// Places of offsets in a text, quick for offsets that go up.
class Places {
 public:
  explicit Places(std::string_view text);

  /// Offsets beyond the end are the end. Columns are bytes.
  Place operator()(std::size_t offset);
  /// The line on which the last place was, without its line break.
  std::string_view line() const;

 private:
  std::string_view text_;
  std::size_t line_start_ = 0;
  std::size_t line_end_ = 0;  ///< where the line feed is, or the end
  std::uint32_t line_ = 1;
};

}  // namespace srvwarden::report
