// What both forms of an audit's account say in the same words.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include "report/audit_report.hpp"

namespace srvwarden::report {

std::string time_text(wire::Time time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<microseconds>(time - day));
  std::array<char, 64> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
      static_cast<int>(clock.subseconds().count()));
  return std::string(text.data(), static_cast<std::size_t>(size));
}

FindingCounts count_findings(const rules::AuditResult& result) {
  FindingCounts counts;
  const auto add = [&](const rules::AuditObject& object) {
    for (const rules::AuditFinding& finding : object.findings) {
      const Severity severity = finding.finding.severity;
      ++(severity == Severity::error     ? counts.errors
         : severity == Severity::warning ? counts.warnings
                                         : counts.infos);
    }
  };
  for (const rules::AuditedInstance& instance : result.instances) add(instance.object);
  for (const rules::AuditObject& other : result.others) add(other);
  return counts;
}

std::string_view name_of(rules::ObjectKind kind) noexcept {
  switch (kind) {
    case rules::ObjectKind::instance:
      return "instance";
    case rules::ObjectKind::host:
      return "host";
    case rules::ObjectKind::type:
      return "type";
    case rules::ObjectKind::name:
      return "name";
    case rules::ObjectKind::sender:
      return "sender";
  }
  return "";
}

}  // namespace srvwarden::report
