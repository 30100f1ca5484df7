// The lint reports that have a file of their own; lint_report.cpp lists them all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "report/lint_report.hpp"

namespace srvwarden::report {

/// The maker of a report.
using MakeLintReport = std::unique_ptr<LintReport>(const LintReportOptions& options);

/// SARIF 2.1.0: one log with one run. Findings are written as they come.
MakeLintReport sarif_report;
/// Workflow commands, which GitHub Actions turns into annotations.
MakeLintReport github_report;
/// A line a finding and a line a help, as g++ writes them: for the error parsers of editors.
MakeLintReport gcc_report;

}  // namespace srvwarden::report
