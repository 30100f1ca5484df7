// Setting two devices side by side.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/story/differences.hpp"

namespace srvwarden::rules::story {

namespace {

void add(const DifferenceRow& row, const Profile& good, const Profile& bad,
         std::vector<Difference>& out) {
  std::vector<Sided> found;
  row.find(good, bad, found);
  for (Sided& one : found) {
    out.push_back(
        {.id = row.id,
         .what = std::move(one.what),
         .good = std::move(one.good),
         .bad = std::move(one.bad),
         .weight = one.weight,
         .fault = one.weight == Weight::noise ? Fault::nobody : one.fault.value_or(row.fault),
         .rule = one.rule.empty() ? row.rule : one.rule,
         .reference = row.reference,
         .why = row.why});
  }
}

/// A device that is not heard lacks everything: that need not be said record by record.
void drop_consequences(std::vector<Difference>& differences) {
  const bool is_silent =
      std::ranges::any_of(differences, [](const Difference& one) { return one.id == "silence"; });
  if (!is_silent) return;
  std::erase_if(differences, [](const Difference& one) { return one.id != "silence"; });
}

/// A rule that another difference names already.
void drop_repeated_rules(std::vector<Difference>& differences) {
  std::set<std::string_view> named;
  for (const Difference& one : differences) {
    if (one.id != "rule" && one.weight != Weight::noise) named.insert(one.rule);
  }
  std::erase_if(differences, [&](const Difference& one) {
    return one.id == "rule" && named.contains(one.rule);
  });
}

}  // namespace

std::string_view name_of(Weight weight) noexcept {
  switch (weight) {
    case Weight::noise:
      return "noise";
    case Weight::manners:
      return "manners";
    case Weight::some:
      return "some";
    case Weight::breaks:
      return "breaks";
  }
  return "";
}

std::string_view name_of(Fault fault) noexcept {
  switch (fault) {
    case Fault::nobody:
      return "nobody";
    case Fault::sender:
      return "sender";
    case Fault::network:
      return "network";
    case Fault::receiver:
      return "receiver";
  }
  return "";
}

Comparison compare(const Profile& good, const Profile& bad) {
  Comparison out;
  out.good_name = good.scene.subject.view().text();
  out.bad_name = bad.scene.subject.view().text();
  out.good_verdicts = good.verdicts;
  out.bad_verdicts = bad.verdicts;
  out.good_responses = good.responses;
  out.bad_responses = bad.responses;
  for (const auto& rows : {record_differences(), packet_differences(), conduct_differences()}) {
    for (const DifferenceRow& row : rows) add(row, good, bad, out.differences);
  }
  drop_consequences(out.differences);
  drop_repeated_rules(out.differences);
  std::ranges::stable_sort(out.differences, std::greater(), &Difference::weight);
  if (out.differences.empty()) return out;
  out.worst = out.differences.front().weight;
  if (out.worst >= Weight::some) out.fault = out.differences.front().fault;
  return out;
}

}  // namespace srvwarden::rules::story
