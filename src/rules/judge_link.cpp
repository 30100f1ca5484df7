// Changes and expectations as findings of the audit's objects.
// SPDX-License-Identifier: Apache-2.0
#include "rules/judge_link.hpp"

#include <algorithm>
#include <utility>

#include "rules/audit_result.hpp"
#include "rules/glob.hpp"
#include "rules/link_rules.hpp"
#include "rules/octets_text.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {

namespace {

std::string_view without_dot(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool is_about(const Expectation& wanted, const AuditedInstance& instance) {
  return is_like(wanted.type, instance.type) && is_like(wanted.instance, instance.label);
}

bool has_txt(const AuditedInstance& instance, const Expectation::Txt& wanted) {
  const auto found = std::ranges::find_if(instance.txt, [&](const std::string& string) {
    return ascii::equal(txt_key(string), wanted.key);
  });
  if (found == instance.txt.end()) return false;
  return !wanted.value || txt_value(*found) == std::string_view(*wanted.value);
}

/// What is otherwise than expected; empty: nothing.
std::string difference(const Expectation& wanted, const AuditedInstance& instance) {
  std::string out;
  const auto add = [&](const std::string& words) { out += (out.empty() ? "" : "; ") + words; };
  const auto has_service = [&](auto fits) { return std::ranges::any_of(instance.services, fits); };
  if (!wanted.host.empty() && !has_service([&](const AuditedService& service) {
        return is_like(without_dot(wanted.host), without_dot(service.host));
      })) {
    add("host is not " + wanted.host);
  }
  if (wanted.port && !has_service([&](const AuditedService& service) {
        return service.fields.port == *wanted.port;
      })) {
    add("port is not " + std::to_string(*wanted.port));
  }
  for (const Expectation::Txt& txt : wanted.txt) {
    if (has_txt(instance, txt)) continue;
    add("txt has no " + octets_text(txt.value ? txt.key + '=' + *txt.value : txt.key));
  }
  return out;
}

class LinkJudge {
 public:
  LinkJudge(AuditResult& result, const LinkJudgement& judgement)
      : result_(result), judgement_(judgement) {
    if (judgement.policy != nullptr) policy_ = judgement.policy;
  }

  void run() {
    for (std::size_t i = 0; i < result_.instances.size(); ++i) {
      index_.emplace(snapshot_key(result_.instances[i].object.name), i);
    }
    if (judgement_.baseline != nullptr) compare();
    if (!policy_->expected.empty()) expect();
    sort_worst_first(result_);
  }

 private:
  void compare() {
    const auto changes =
        changes_between(*judgement_.baseline, snapshot_of(result_), judgement_.absence_is_known);
    for (const Change& change : changes) {
      const auto at = index_.find(snapshot_key(change.name));
      const LinkDifference difference{.change = &change};
      if (at != index_.end()) {
        AuditedInstance& instance = result_.instances[at->second];
        report(difference, instance.object,
               change.kind == ChangeKind::gone ? instance.last : instance.first);
      } else {
        report_absent(difference, change.name);
      }
    }
  }

  void expect() {
    std::vector<bool> found(policy_->expected.size());
    for (AuditedInstance& instance : result_.instances) {
      if (!instance.gone) judge(instance, found);
    }
    for (std::size_t i = 0; i < found.size() && judgement_.absence_is_known; ++i) {
      if (!found[i]) report_missing(policy_->expected[i]);
    }
  }

  void judge(AuditedInstance& instance, std::vector<bool>& found) {
    ExpectationOutcome outcome{Expected::unexpected, {}};
    bool is_right = false;
    std::size_t about = found.size();
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Expectation& wanted = policy_->expected[i];
      if (!is_about(wanted, instance)) continue;
      std::string differs = difference(wanted, instance);
      if (differs.empty()) {
        found[i] = true;
        is_right = true;
      } else if (outcome.outcome == Expected::unexpected) {
        outcome = {Expected::otherwise, std::move(differs) + " (" + place_of(wanted) + ')'};
        about = i;
      }
    }
    if (is_right) return;
    if (about < found.size()) found[about] = true;  // it is told here what is wrong with it
    report({.outcome = &outcome}, instance.object, instance.first);
  }

  void report_missing(const Expectation& wanted) {
    const ExpectationOutcome outcome{Expected::missing, place_of(wanted)};
    const auto or_any = [](const std::string& pattern) { return pattern.empty() ? "*" : pattern; };
    report_absent({.outcome = &outcome}, or_any(wanted.instance) + '.' + or_any(wanted.type));
  }

  std::string place_of(const Expectation& wanted) const {
    return policy_->path + ':' + std::to_string(wanted.at.line);
  }

  void report(const LinkDifference& difference, AuditObject& object, wire::Time time) {
    Findings found;
    srvwarden::rules::run(link_rules(), difference, {}, SourceMap(), found);
    for (Finding& finding : found) {
      const auto severity = policy_->severity_of(*finding.rule);
      if (!severity) continue;
      finding.severity = *severity;
      Evidence evidence;
      evidence.sighting.time = time;
      object.findings.push_back({std::move(finding), 1, evidence, evidence});
    }
    sort_findings(object.findings);
  }

  void report_absent(const LinkDifference& difference, std::string name) {
    AuditObject object;
    object.kind = ObjectKind::instance;
    object.name = std::move(name);
    report(difference, object, result_.last);
    if (!object.findings.empty()) result_.others.push_back(std::move(object));
  }

  AuditResult& result_;
  const LinkJudgement& judgement_;
  const LinkPolicy none_;
  const LinkPolicy* policy_ = &none_;
  std::map<std::string, std::size_t> index_;
};

}  // namespace

void judge_link(AuditResult& result, const LinkJudgement& judgement) {
  LinkJudge(result, judgement).run();
}

}  // namespace srvwarden::rules
