// What both forms of a story say in the same words.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include "report/audit_report.hpp"
#include "report/story_report.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::report {

std::string clock_text(wire::Time time) {
  constexpr std::size_t after_date = 11;
  constexpr std::size_t size = 12;  // to the millisecond
  return time_text(time).substr(after_date, size);
}

std::string mac_text(const wire::Mac& mac) {
  std::array<char, 18> text{};
  std::snprintf(text.data(), text.size(), "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
                mac[3], mac[4], mac[5]);
  return text.data();
}

std::string duration_text(wire::Time::duration duration) {
  using namespace std::chrono;
  const auto milli = round<milliseconds>(duration).count();
  if (milli == 0 && duration.count() > 0) return "under 1 ms";
  if (milli < 1000) return std::to_string(milli) + " ms";
  if (milli >= 120'000) return std::to_string(milli / 60'000) + " min";
  const auto tenths = (milli + 50) / 100;
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text.append(1, '.').append(std::to_string(tenths % 10));
  return text + " s";
}

std::string source_text(std::string_view rule, const Reference& reference) {
  if (const RuleInfo* info = rule.empty() ? nullptr : find_rule(rule)) {
    return references_of(*info);
  }
  if (reference.section.empty()) return {};
  return reference.rfc == 0
             ? std::string(reference.section)
             : "RFC " + std::to_string(reference.rfc) + " §" + std::string(reference.section);
}

}  // namespace srvwarden::report
