// A comparison for programs.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "report/comparison_report.hpp"
#include "report/finding_json.hpp"
#include "report/story_report.hpp"

namespace srvwarden::report {

namespace {

using namespace rules::story;
using nlohmann::ordered_json;

ordered_json side(const std::string& name, std::uint64_t responses,
                  const std::vector<Verdict>& verdicts) {
  ordered_json out = {{"name", name}, {"responses", responses}, {"found", nullptr}};
  if (!verdicts.empty()) out["found"] = name_of(verdicts.back().found);
  return out;
}

ordered_json json(const Difference& one) {
  const auto or_null = [](const auto& text) {
    return text.empty() ? ordered_json() : ordered_json(text);
  };
  return {{"id", one.id},
          {"what", one.what},
          {"good", one.good},
          {"bad", one.bad},
          {"weight", name_of(one.weight)},
          {"fault", name_of(one.fault)},
          {"rule", or_null(one.rule)},
          {"reference", or_null(source_text(one.rule, one.reference))},
          {"why", one.why}};
}

}  // namespace

std::string comparison_json(const Comparison& comparison) {
  ordered_json differences = ordered_json::array();
  for (const Difference& one : comparison.differences) differences.push_back(json(one));
  return dump(
             {{"good",
               side(comparison.good_name, comparison.good_responses, comparison.good_verdicts)},
              {"bad", side(comparison.bad_name, comparison.bad_responses, comparison.bad_verdicts)},
              {"worst", name_of(comparison.worst)},
              {"fault", name_of(comparison.fault)},
              {"differences", differences}}) +
         '\n';
}

}  // namespace srvwarden::report
