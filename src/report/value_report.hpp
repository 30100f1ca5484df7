// ValueReport: the findings of checked values, told as they come.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "srvwarden/finding.hpp"
#include "srvwarden/kind.hpp"

namespace srvwarden {
class Registry;
}

namespace srvwarden::report {

/// Where a value came from: "argument" 2, "line" 17.
struct ValuePlace {
  std::string_view word;
  std::size_t number = 0;  ///< from 1
};

/// A value and what the rules said of it.
struct CheckedValue {
  std::string_view value;
  Kind kind;
  bool guessed;
  ValuePlace place;
  const Findings& findings;
};

struct ValueReportOptions {
  const Registry* registry = nullptr;  ///< for titles; may be null
  bool quiet = false;                  ///< nothing about values without findings
  bool colour = false;
};

/// Writes to standard output.
class ValueReport {
 public:
  virtual ~ValueReport() = default;
  virtual void value(const CheckedValue& value) = 0;
  virtual void end() {}  ///< after the last value
};

/// The report of a format: "text", "json" (one array) or "jsonl" (one object a line).
std::unique_ptr<ValueReport> value_report(std::string_view format,
                                          const ValueReportOptions& options);

}  // namespace srvwarden::report
