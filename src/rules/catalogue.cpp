// The catalogue: the one list of all tables.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/catalogue.hpp"

#include <algorithm>
#include <vector>

#include "rules/declared_rules.hpp"
#include "rules/definition_rules.hpp"
#include "rules/instance_set.hpp"
#include "rules/link_rules.hpp"
#include "rules/sequence_end.hpp"
#include "rules/service_subjects.hpp"
#include "rules/subjects.hpp"
#include "rules/suppressions.hpp"
#include "rules/traffic.hpp"
#include "rules/wire_message.hpp"
#include "rules/zone_rules.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden {
namespace {

struct Entry {
  const RuleInfo* rule;
  std::optional<Kind> kind;  ///< of the examples; none: packets or files
};

template <class Subject>
void add(std::vector<Entry>& out, rules::Table<Subject> table, std::optional<Kind> kind) {
  for (const auto& row : table) {
    out.push_back({&row.info, row.info.examples_as ? row.info.examples_as : kind});
  }
}

std::vector<Entry> collect() {
  using namespace rules;
  std::vector<Entry> out;
  add(out, presentation_rules(), Kind::full_name);
  add(out, name_structure_rules(), Kind::service_type);
  add(out, name_size_rules(), Kind::full_name);
  add(out, label_rules(), Kind::domain);
  add(out, service_name_rules(), Kind::service_name);
  add(out, service_pair_rules(), Kind::service_type);
  add(out, subtype_rules(), Kind::subtype);
  add(out, instance_size_rules(), Kind::instance);
  add(out, instance_encoding_rules(), Kind::instance);
  add(out, instance_content_rules(), Kind::instance);
  add(out, domain_rules(), Kind::domain);
  add(out, host_structure_rules(), Kind::host_name);
  add(out, host_content_rules(), Kind::host_name);
  add(out, txt_string_rules(), Kind::txt);
  add(out, txt_structure_rules(), Kind::txt_rdata);
  add(out, txt_record_rules(), Kind::txt_rdata);
  add(out, srv_structure_rules(), Kind::srv);
  add(out, srv_rules(), Kind::srv);
  add(out, enumeration_rules(), Kind::browse_name);
  add(out, registry_name_rules(), Kind::service_type);
  add(out, value_rules(), Kind::txt_rdata);
  add(out, instance_set_rules(), std::nullopt);
  add(out, withdrawal_rules(), std::nullopt);
  add(out, announcer_rules(), std::nullopt);
  add(out, question_end_rules(), std::nullopt);
  for (const TrafficTable& table : traffic_tables()) add(out, table.rows(), std::nullopt);
  for (const auto table : {wire_header_rules, wire_size_rules, wire_fault_rules, wire_flag_rules,
                           wire_record_rules, wire_pointer_rules, wire_economy_rules}) {
    add(out, table(), std::nullopt);
  }
  add(out, repeated_subtype_rules(), std::nullopt);
  add(out, txt_beside_srv_rules(), std::nullopt);
  add(out, registry_port_rules(), std::nullopt);
  add(out, defined_txt_string_rules(), std::nullopt);
  add(out, defined_txt_record_rules(), std::nullopt);
  add(out, definition_problem_rules(), std::nullopt);
  add(out, instance_template_rules(), std::nullopt);
  add(out, subtype_of_type_rules(), std::nullopt);
  add(out, service_among_others_rules(), std::nullopt);
  add(out, suppression_rules(), std::nullopt);
  add(out, deployment_problem_rules(), std::nullopt);
  add(out, declared_name_rules(), std::nullopt);
  add(out, declared_again_rules(), std::nullopt);
  add(out, bonjour_type_rules(), std::nullopt);
  add(out, zone_rules(), std::nullopt);
  add(out, link_rules(), std::nullopt);
  std::ranges::sort(out, {}, [](const Entry& entry) { return entry.rule->id; });
  return out;
}

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = collect();
  return all;
}

}  // namespace

std::span<const RuleInfo* const> catalogue() {
  static const std::vector<const RuleInfo*> all = [] {
    std::vector<const RuleInfo*> rules;
    for (const Entry& entry : entries()) rules.push_back(entry.rule);
    return rules;
  }();
  return all;
}

const RuleInfo* find_rule(std::string_view id_or_name) {
  for (const RuleInfo* rule : catalogue()) {
    if (ascii::equal(rule->id, id_or_name) || rule->name == id_or_name) return rule;
  }
  return nullptr;
}

std::optional<Kind> examples_kind(const RuleInfo& rule) {
  for (const Entry& entry : entries()) {
    if (entry.rule == &rule) return entry.kind;
  }
  return std::nullopt;
}

}  // namespace srvwarden
