// Going through audits in order of time; of two, only the instances that differ are read.
// SPDX-License-Identifier: Apache-2.0
#include "history/timeline.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "history/instance_json.hpp"
#include "rules/glob.hpp"

namespace srvwarden::history {

namespace {

std::int64_t microseconds(wire::Time time) {
  return std::chrono::floor<std::chrono::microseconds>(time).time_since_epoch().count();
}

}  // namespace

rules::SeenInstance instance_of(std::string_view name, std::string_view content) {
  rules::SeenInstance instance;
  instance.name = name;
  const auto json = nlohmann::ordered_json::parse(content, nullptr, false);
  const std::string fault = json.is_discarded() ? "no JSON" : from_json(json, instance);
  if (!fault.empty()) throw DatabaseFault("it is damaged: the state of an instance: " + fault);
  return instance;
}

Timeline::Timeline(Database& database, const ChangesQuery& query,
                   const std::function<void(const Event&)>& take)
    : database_(database),
      query_(query),
      take_(take),
      states_(database.prepare("SELECT state.instance, state.id FROM announced JOIN state ON "
                               "state.id = announced.state WHERE announced.audit = ?1")),
      problems_(database.prepare(
          "SELECT rule, severity, object, message, count FROM found JOIN problem ON "
          "problem.id = found.problem WHERE found.audit = ?1 ORDER BY rule, object, severity")),
      content_(database.prepare("SELECT name, content FROM state JOIN instance ON instance.id = "
                                "state.instance WHERE state.id = ?1")),
      earlier_(database.prepare(
          "SELECT 1 FROM state JOIN announced ON announced.state = state.id JOIN audit ON "
          "audit.id = announced.audit WHERE state.instance = ?1 AND audit.scope = ?2 AND "
          "(audit.time, audit.id) < (?3, ?4) LIMIT 1")) {}

void Timeline::run() {
  const std::int64_t since = query_.since ? microseconds(*query_.since) : 0;
  const std::int64_t until =
      query_.until ? microseconds(*query_.until) : std::numeric_limits<std::int64_t>::max();
  if (query_.since) start_before(since);
  Statement audits = database_.prepare(
      "SELECT id, time, scope FROM audit WHERE time >= ?1 AND time <= ?2 ORDER BY time, id");
  audits.with(since, until);
  while (audits.step()) {
    const Audit audit{audits.number(0), audits.number(1), std::string(audits.text(2))};
    Seen now = read(audit.id);
    const auto last = last_.find(audit.scope);
    if (last == last_.end()) {
      Event event;
      event.instances = now.states.size();
      give(audit, std::move(event));
      last_.emplace(audit.scope, std::move(now));
    } else {
      tell(audit, last->second, now);
      last->second = std::move(now);
    }
  }
}

/// For each scope the last audit before what was asked for.
void Timeline::start_before(std::int64_t since) {
  Statement audits = database_.prepare(
      "SELECT id, scope FROM audit AS one WHERE time < ?1 AND NOT EXISTS (SELECT 1 FROM audit "
      "WHERE scope = one.scope AND time < ?1 AND (time, id) > (one.time, one.id))");
  audits.with(since);
  while (audits.step()) last_[std::string(audits.text(1))] = read(audits.number(0));
}

Timeline::Seen Timeline::read(std::int64_t audit) {
  Seen seen;
  states_.with(audit);
  while (states_.step()) seen.states.emplace(states_.number(0), states_.number(1));
  problems_.with(audit);
  while (problems_.step()) {
    RecordedFinding finding{
        std::string(problems_.text(0)), std::string(problems_.text(1)),
        std::string(problems_.text(2)), std::string(problems_.text(3)),
        static_cast<std::uint64_t>(std::max<std::int64_t>(problems_.number(4), 0))};
    seen.problems.try_emplace({finding.rule, finding.object}, finding);
  }
  return seen;
}

void Timeline::tell(const Audit& audit, const Seen& before, const Seen& now) {
  tell_changes(audit, before.states, now.states);
  tell_findings(audit, before.problems, now.problems);
}

void Timeline::tell_changes(const Audit& audit, const States& before, const States& now) {
  rules::Snapshot was;
  rules::Snapshot is;
  for (const auto& [instance, state] : before) {
    const auto same = now.find(instance);
    if (same == now.end() || same->second != state) load(state, was);
  }
  for (const auto& [instance, state] : now) {
    const auto known = before.find(instance);
    if (known != before.end() && known->second == state) continue;
    load(state, is);
    if (known != before.end() || !was_there_before(audit, instance)) continue;
    rules::Snapshot earlier;
    load(state, earlier);
    remember(was, earlier);
  }
  for (rules::Change& change : rules::changes_between(was, is)) {
    if (!is_wanted(change.name)) continue;
    Event event;
    event.kind = EventKind::change;
    event.change = std::move(change);
    give(audit, std::move(event));
  }
}

void Timeline::tell_findings(const Audit& audit, const Problems& before, const Problems& now) {
  const auto tell_new = [&](EventKind kind, const Problems& all, const Problems& others) {
    for (const auto& [key, finding] : all) {
      if (others.contains(key) || !is_wanted(finding.object)) continue;
      Event event;
      event.kind = kind;
      event.finding = finding;
      give(audit, std::move(event));
    }
  };
  tell_new(EventKind::vanished, before, now);
  tell_new(EventKind::appeared, now, before);
}

void Timeline::load(std::int64_t state, rules::Snapshot& into) {
  content_.with(state);
  if (!content_.step()) throw DatabaseFault("it is damaged: the state of an instance is missing");
  put(into, instance_of(content_.text(0), content_.text(1)));
}

bool Timeline::was_there_before(const Audit& audit, std::int64_t instance) {
  return earlier_.with(instance, std::string_view(audit.scope), audit.time, audit.id).step();
}

bool Timeline::is_wanted(const std::string& name) const {
  if (query_.type.empty() && query_.instance.empty()) return true;
  const auto parts = rules::parts_of_name(name);
  return parts && rules::is_like(query_.type, parts->type) &&
         rules::is_like(query_.instance, parts->label);
}

void Timeline::give(const Audit& audit, Event event) const {
  event.time = wire::Time(std::chrono::microseconds(audit.time));
  event.inputs = audit.scope;
  take_(event);
}

}  // namespace srvwarden::history
