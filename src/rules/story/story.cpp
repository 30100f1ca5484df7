// Putting a story together: events, the state at the end, the diagnosis, findings.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/story.hpp"

#include <algorithm>
#include <set>

#include "rules/story/diagnosis.hpp"
#include "rules/story/narrator.hpp"

namespace srvwarden::rules::story {

namespace {

using wire::NameView;

std::string_view name_of(Leaving leaving) noexcept {
  switch (leaving) {
    case Leaving::goodbye:
      return "goodbye";
    case Leaving::replaced:
      return "replaced";
    case Leaving::expired:
      return "expired";
    case Leaving::not_yet:
      break;
  }
  return "";
}

std::vector<StateRecord> state_of(const BrowserCache& cache, const Scene& scene) {
  constexpr std::size_t most = 64;
  const wire::Time at = scene.last;
  std::vector<StateRecord> state;
  for (const CachedRecord& known : cache.records()) {
    if (known.record.part == Part::denial) continue;
    state.push_back({.words = full_words(known.record, scene.subject.kind),
                     .is_live = known.is_live(at),
                     .gone = name_of(known.how(at)),
                     .ttl = known.record.ttl,
                     .seen = known.seen,
                     .ends = known.ends,
                     .packet = known.packet,
                     .sender = known.sender});
  }
  std::ranges::stable_sort(state, std::greater(), &StateRecord::is_live);
  if (state.size() > most) state.resize(most);
  return state;
}

/// Findings about the subject's names and about those who announce it.
class Relations {
 public:
  explicit Relations(const Scene& scene) {
    const Subject& subject = scene.subject;
    for (const std::string* name : {&subject.name, &subject.type}) add(*name);
    for (const auto* names : {&subject.hosts, &subject.subtypes}) {
      for (const std::string& name : *names) add(name);
    }
    for (const Moment& moment : scene.moments) {
      const bool speaks = moment.is_response() && !moment.records.empty();
      if (speaks) objects_.insert(moment.packet->source.address.text());
    }
  }

  std::vector<RelatedFinding> findings(const AuditResult& result) const {
    std::vector<RelatedFinding> out;
    for (const AuditedInstance& instance : result.instances) add_findings(instance.object, out);
    for (const AuditObject& object : result.others) add_findings(object, out);
    std::ranges::stable_sort(out, std::greater(), &RelatedFinding::severity);
    return out;
  }

 private:
  void add(const std::string& name) {
    if (!name.empty()) objects_.insert(NameView(name).text());
  }

  void add_findings(const AuditObject& object, std::vector<RelatedFinding>& out) const {
    if (!objects_.contains(object.name)) return;
    for (const AuditFinding& finding : object.findings) {
      out.push_back({.object = object.name,
                     .rule = finding.finding.rule,
                     .severity = finding.finding.severity,
                     .count = finding.count,
                     .packet = finding.first.sighting.packet,
                     .detail = finding.finding.detail});
    }
  }

  std::set<std::string> objects_;
};

std::map<wire::Address, std::string> host_names(const census::Census& census) {
  std::map<wire::Address, std::string> names;
  for (const census::Observation& record : census.records()) {
    if (record.type() != wire::Type::a && record.type() != wire::Type::aaaa) continue;
    names.try_emplace(record.address(), record.owner().text());
  }
  return names;
}

}  // namespace

std::string_view name_of(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::answered:
      return "answered";
    case Outcome::nobody:
      return "nobody";
    case Outcome::known:
      return "known";
    case Outcome::by_unicast:
      return "unicast";
    case Outcome::cut:
      return "cut";
    case Outcome::none:
      break;
  }
  return "";
}

std::string_view name_of(Found found) noexcept {
  switch (found) {
    case Found::yes:
      return "yes";
    case Found::no:
      return "no";
    case Found::unsure:
      return "unsure";
  }
  return "";
}

std::vector<RelatedFinding> findings_about(const Scene& scene, const AuditResult& result) {
  return Relations(scene).findings(result);
}

Story tell(const PacketLog& log, const Subject& subject, const census::Census& census,
           const AuditResult& result, const StoryOptions& options) {
  const Scene scene = look_at(log, subject);
  BrowserCache cache;
  Story story;
  story.kind = subject.kind;
  story.name = subject.view().text();
  story.first = scene.first;
  story.last = scene.last;
  story.packets = scene.packets;
  story.moments = scene.moments.size();
  story.dropped = log.dropped();
  story.events = fold_events(narrate(scene, cache));
  story.left_out = shorten(story.events, options.events);
  story.state = state_of(cache, scene);
  if (subject.kind == SubjectKind::instance) story.verdicts = diagnose(scene, cache);
  story.findings = findings_about(scene, result);
  story.hosts = host_names(census);
  for (const AuditedInstance& instance : result.instances) {
    if (instance.object.name == story.name) story.title = instance.title;
  }
  return story;
}

}  // namespace srvwarden::rules::story
