// Gathering objects by host.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_hosts.hpp"

#include <algorithm>
#include <map>

#include "srvwarden/ascii.hpp"

namespace srvwarden::report {

namespace {

using rules::AuditedInstance;
using rules::AuditObject;
using rules::AuditResult;
using rules::ObjectKind;

/// Hosts by name without regard to case; each is spelt as it was met first.
class Gatherer {
 public:
  AuditedHost& host(const std::string& name) {
    std::string key = name;
    std::ranges::transform(key, key.begin(), ascii::fold);
    const auto [at, is_new] = hosts_.try_emplace(std::move(key));
    if (is_new) at->second.name = name;
    return at->second;
  }

  std::vector<AuditedHost> take() && {
    std::vector<AuditedHost> out;
    for (auto& [key, host] : hosts_) out.push_back(std::move(host));
    std::ranges::stable_sort(out, [](const AuditedHost& a, const AuditedHost& b) {
      if (a.worst() != b.worst()) return a.worst() > b.worst();
      return !a.name.empty() && b.name.empty();
    });
    return out;
  }

 private:
  std::map<std::string, AuditedHost> hosts_;
};

void add_once(std::vector<std::string>& out, const std::string& text) {
  if (std::ranges::find(out, text) == out.end()) out.push_back(text);
}

void add(AuditedHost& host, const AuditedInstance& instance) {
  host.instances.push_back(&instance);
  count(host.findings, instance.object);
  // With several hosts it is not known here which of them has which address.
  if (instance.services.size() != 1) return;
  for (const std::string& address : instance.addresses) add_once(host.addresses, address);
}

/// The host that an object is, or is the sender of; null for none.
const std::string* host_of(const AuditObject& object) noexcept {
  if (object.kind == ObjectKind::host) return &object.name;
  if (object.kind == ObjectKind::sender && !object.host.empty()) return &object.host;
  return nullptr;
}

}  // namespace

std::optional<Severity> AuditedHost::worst() const noexcept { return worst_of(findings); }

AuditGroups group_by_host(const AuditResult& result) {
  AuditGroups out;
  Gatherer gatherer;
  for (const AuditedInstance& instance : result.instances) {
    add(gatherer.host(instance.services.empty() ? "" : instance.services.front().host), instance);
  }
  for (const AuditObject& object : result.others) {
    const std::string* name = host_of(object);
    if (!name) {
      out.others.push_back(&object);
      continue;
    }
    AuditedHost& host = gatherer.host(*name);
    host.objects.push_back(&object);
    count(host.findings, object);
    if (object.kind == ObjectKind::sender) add_once(host.addresses, object.name);
  }
  out.hosts = std::move(gatherer).take();
  return out;
}

void count(FindingCounts& counts, const AuditObject& object) noexcept {
  for (const rules::AuditFinding& finding : object.findings) {
    const Severity severity = finding.finding.severity;
    ++(severity == Severity::error     ? counts.errors
       : severity == Severity::warning ? counts.warnings
                                       : counts.infos);
  }
}

std::optional<Severity> worst_of(const FindingCounts& counts) noexcept {
  if (counts.errors > 0) return Severity::error;
  if (counts.warnings > 0) return Severity::warning;
  if (counts.infos > 0) return Severity::info;
  return std::nullopt;
}

std::string words_of(const FindingCounts& counts) {
  std::string out;
  const auto add = [&out](std::size_t number, const std::string& words) {
    if (number == 0) return;
    out.append(out.empty() ? "" : ", ").append(words);
  };
  add(counts.errors, counted(counts.errors, "error"));
  add(counts.warnings, counted(counts.warnings, "warning"));
  add(counts.infos, std::to_string(counts.infos) + " info");
  return out;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return std::to_string(number).append(" ").append(noun).append(number == 1 ? "" : "s");
}

}  // namespace srvwarden::report
