// One JSON object a line.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_lines.hpp"

#include <nlohmann/json.hpp>

#include "report/audit_json.hpp"
#include "report/finding_json.hpp"

namespace srvwarden::report {

namespace {

using nlohmann::ordered_json;

std::string line(ordered_json head, ordered_json value) {
  const std::string type = head["type"];
  head[type] = std::move(value);
  return dump(head) + '\n';
}

}  // namespace

std::string change_line(const AuditChange& change) {
  if (change.instance) {
    return line({{"type", "instance"}, {"event", name_of(change.change)}},
                instance_json(*change.instance));
  }
  return line({{"type", "finding"}, {"event", name_of(change.change)}},
              finding_json(*change.object, *change.finding));
}

std::vector<std::string> last_lines(const rules::AuditResult& result,
                                    const std::vector<AuditInput>& inputs) {
  std::vector<std::string> out;
  for (const AuditInput& input : inputs)
    out.push_back(line({{"type", "input"}}, input_json(input)));
  out.push_back(line({{"type", "summary"}}, summary_json(result)));
  return out;
}

}  // namespace srvwarden::report
