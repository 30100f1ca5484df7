// Comparing an audit with what was told of it before.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_changes.hpp"

#include <functional>

namespace srvwarden::report {

namespace {

using rules::AuditedInstance;
using rules::AuditFinding;
using rules::AuditObject;

/// All of an instance that a change of is worth telling: not when and from where it was seen.
std::size_t hash_of(const AuditedInstance& instance) {
  std::string all;
  const auto add = [&all](const auto& texts) {
    for (const std::string& text : texts) {
      all.append(std::to_string(text.size())).append(":").append(text);
    }
    all += ';';
  };
  for (const rules::AuditedService& service : instance.services) {
    all.append(service.host).append(" ").append(std::to_string(service.fields.port));
    all.append(" ").append(std::to_string(service.fields.priority));
    all.append(" ").append(std::to_string(service.fields.weight)).append(",");
  }
  add(instance.addresses);
  add(instance.txt);
  add(instance.subtypes);
  all += instance.gone ? '-' : '+';
  return std::hash<std::string>()(all);
}

}  // namespace

std::string_view name_of(Change change) noexcept {
  switch (change) {
    case Change::appeared:
      return "new";
    case Change::changed:
      return "changed";
    case Change::withdrawn:
      return "gone";
    case Change::resolved:
      return "resolved";
  }
  return "";
}

void AuditChanges::look_at(const AuditedInstance& instance, std::vector<AuditChange>& out) {
  const std::size_t hash = hash_of(instance);
  const auto [known, is_new] = instances_.try_emplace(instance.object.name, hash);
  if (!is_new && known->second == hash) return;
  known->second = hash;
  const Change change = instance.gone ? Change::withdrawn
                        : is_new      ? Change::appeared
                                      : Change::changed;
  out.push_back({.change = change, .instance = &instance});
}

void AuditChanges::look_at(const AuditObject& object, std::vector<AuditChange>& out) {
  for (const AuditFinding& finding : object.findings) {
    const Key key{object.kind, object.name, finding.finding.rule, finding.finding.severity};
    const auto [known, is_new] = findings_.try_emplace(key);
    known->second.round = round_;
    if (!is_new) continue;
    known->second.object = {object.kind, object.name, object.host, {finding}};
    out.push_back({.change = Change::appeared, .object = &object, .finding = &finding});
  }
}

std::vector<AuditChange> AuditChanges::update(const rules::AuditResult& result) {
  std::vector<AuditChange> out;
  ++round_;
  for (const AuditedInstance& instance : result.instances) look_at(instance, out);
  for (const AuditedInstance& instance : result.instances) look_at(instance.object, out);
  for (const AuditObject& other : result.others) look_at(other, out);
  resolved_.clear();
  for (auto at = findings_.begin(); at != findings_.end();) {
    if (at->second.round == round_) {
      ++at;
      continue;
    }
    resolved_.push_back(std::move(at->second));
    at = findings_.erase(at);
  }
  for (const Told& told : resolved_) {
    out.push_back({.change = Change::resolved,
                   .object = &told.object,
                   .finding = &told.object.findings.front()});
  }
  return out;
}

}  // namespace srvwarden::report
