// What all forms of an audit's account say in the same words.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include "core/concat.hpp"
#include "report/audit_hosts.hpp"

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
  for (const rules::AuditedInstance& instance : result.instances) count(counts, instance.object);
  for (const rules::AuditObject& other : result.others) count(counts, other);
  return counts;
}

std::vector<std::string> losses_of(const rules::AuditResult& result,
                                   const std::vector<AuditInput>& inputs) {
  std::vector<std::string> out;
  const auto lost = [&](std::uint64_t number, std::string_view noun, std::string_view how,
                        const std::string& where) {
    if (number > 0) out.push_back(concat({where, ": ", counted(number, noun), " ", how}));
  };
  for (const AuditInput& input : inputs) {
    const std::string& where = input.name;
    lost(input.fragments, "IP fragment", "not put together", where);
    lost(input.overlaps, "IP fragment", "refused because they overlap others", where);
    lost(input.cut, "packet", "cut short by the capture", where);
    lost(input.malformed, "packet", "with malformed headers", where);
    lost(input.encrypted, "frame", "encrypted by 802.11", where);
    lost(input.unsupported, "frame", "with a framing that is not read here", where);
    lost(input.dropped, "packet", "lost because they came too fast", where);
    if (!input.failure.empty()) out.push_back(input.failure);
  }
  lost(result.counts.records_dropped, "record", "left out for want of room", "memory");
  lost(result.counts.questions_dropped, "question", "left out for want of room", "memory");
  lost(result.findings_dropped, "finding", "left out for want of room", "memory");
  return out;
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
