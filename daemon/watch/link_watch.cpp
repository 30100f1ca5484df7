// The watch's rounds: audit, compare, tell, keep.
// SPDX-License-Identifier: Apache-2.0
#include "watch/link_watch.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/concat.hpp"
#include "history/store.hpp"
#include "report/audit_report.hpp"
#include "report/changes_report.hpp"
#include "report/finding_json.hpp"
#include "rules/judge_link.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::size_t most_posted = 1000;  // events in one report
constexpr std::chrono::milliseconds between_looks{2000};
constexpr std::chrono::seconds first_look_within{15};

wire::Time now() {
  return std::chrono::time_point_cast<wire::Time::duration>(std::chrono::system_clock::now());
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

Level level_of(const history::RecordedFinding& finding) {
  return finding.severity == name_of(Severity::info) ? Level::info : Level::warning;
}

}  // namespace

/// An auditor, and whoever asks for it.
struct LinkWatch::Generation {
  Generation(const Registry& registry, const WatchBounds& bounds)
      : auditor({.registry = &registry, .limits = bounds.records, .objects = bounds.objects}),
        half(bounds.records.records / 2) {}

  void hear(const wire::Packet& packet) {
    if (surveyor) surveyor->hear(packet);
    auditor.add(packet);
  }

  bool is_filling() const {
    return auditor.census().records().size() > half ||
           auditor.census().counts().records_dropped > 0;
  }

  rules::Auditor auditor;
  std::size_t half;  ///< of the records that there is room for
  std::unique_ptr<link::Surveyor> surveyor = {};
  Clock::time_point since = Clock::now();
};

LinkWatch::LinkWatch(boost::asio::io_context& context, Log& log, link::Listener& listener,
                     const Registry& registry, WatchSettings settings, WatchBounds bounds)
    : context_(context),
      log_(log),
      listener_(listener),
      registry_(registry),
      settings_(std::move(settings)),
      bounds_(bounds),
      timer_(context) {
  counts_.enabled = true;
}

LinkWatch::~LinkWatch() = default;

void LinkWatch::start() {
  files_ = read_watch_files(settings_);
  for (const std::string& fault : files_.faults) log_(Level::error, "watch", fault);
  if (!settings_.database.empty()) {
    read_last();
    writer_ = std::make_unique<HistoryWriter>(context_, log_, settings_.database, settings_.keep);
  }
  if (!settings_.webhook.empty()) {
    webhook_ = std::make_unique<Webhook>(context_, log_, settings_.webhook);
  }
  started_ = Clock::now();
  current_ = new_generation();
  log_(Level::info, "watch",
       concat({"watching the link ", settings_.active ? "actively" : "passively"}));
  timer_.expires_after(std::min<Clock::duration>(settings_.interval, first_look_within));
  wait();
}

std::unique_ptr<LinkWatch::Generation> LinkWatch::new_generation() {
  auto generation = std::make_unique<Generation>(registry_, bounds_);
  if (!settings_.active) return generation;
  generation->surveyor = std::make_unique<link::Surveyor>(
      context_, listener_, generation->auditor.census(),
      link::SurveyorOptions{
          .interfaces = settings_.interfaces, .look_again = between_looks, .refresh = true});
  generation->surveyor->start();
  return generation;
}

void LinkWatch::follow_generations() {
  const auto time = Clock::now();
  if (!next_ && (time - current_->since >= bounds_.lifetime || current_->is_filling())) {
    next_ = new_generation();
  }
  if (next_ && time - next_->since >= bounds_.overlap) current_ = std::move(next_);
}

/// What was announced when the daemon ran last.
void LinkWatch::read_last() {
  if (::access(settings_.database.c_str(), F_OK) != 0) return;
  auto store =
      history::Store::open_to_read(settings_.database, {.busy = std::chrono::milliseconds(500)});
  if (!store) return;  // the writer will say why
  if (auto last = store->last(inputs())) last_ = *std::move(last);
}

void LinkWatch::hear(const wire::Packet& packet) {
  const auto& only = settings_.interfaces;
  if (!current_) return;
  if (!only.empty() && std::ranges::find(only, packet.interface_name) == only.end()) return;
  ++counts_.packets;
  current_->hear(packet);
  if (next_) next_->hear(packet);
}

void LinkWatch::wait() {
  timer_.async_wait([this](boost::system::error_code error) {
    if (error || !current_) return;
    look();
    timer_.expires_after(settings_.interval);
    wait();
  });
}

bool LinkWatch::is_settled() const {
  const auto needed = settings_.active ? bounds_.settled_when_active : bounds_.settled_when_passive;
  return Clock::now() - started_ >= needed;
}

void LinkWatch::look() {
  follow_generations();
  const wire::Time time = now();
  rules::AuditResult result = current_->auditor.result(time);
  rules::Snapshot snapshot = rules::snapshot_of(result);
  judge(result, snapshot);
  const auto findings = history::findings_of(result);
  tell_changes(snapshot, time);
  tell_findings(findings, time);
  tell_of_losses();
  const bool is_new = !std::exchange(recorded_, true) || !events_.empty();
  post(time);
  counts_.instances = static_cast<std::uint64_t>(
      std::ranges::count_if(snapshot, [](const auto& one) { return !one.second.gone; }));
  if (last_) rules::remember(snapshot, *last_);
  last_ = snapshot;
  if (is_new) record(time, std::move(snapshot), findings);
}

/// Until everybody has had the time to speak, what was there is still there.
void LinkWatch::carry_over(rules::Snapshot& snapshot) const {
  for (const auto& [key, instance] : *last_) snapshot.try_emplace(key, instance);
}

void LinkWatch::judge(rules::AuditResult& result, rules::Snapshot& snapshot) {
  const bool settled = is_settled();
  if (last_ && !settled) carry_over(snapshot);
  rules::judge_link(result, {.baseline = files_.baseline ? &*files_.baseline : nullptr,
                             .policy = files_.policy ? &*files_.policy : nullptr,
                             .absence_is_known = settled});
}

/// At the very first look, everything would be new.
void LinkWatch::tell_changes(const rules::Snapshot& snapshot, wire::Time time) {
  if (!last_) return;
  for (rules::Change& change : rules::changes_between(*last_, snapshot)) {
    history::Event event;
    event.time = time;
    event.kind = history::EventKind::change;
    event.change = std::move(change);
    events_.push_back(std::move(event));
    ++counts_.changes;
    log(events_.back());
  }
}

/// A finding is told once, until it vanishes.
void LinkWatch::tell_findings(const std::vector<history::RecordedFinding>& findings,
                              wire::Time time) {
  std::map<FindingKey, history::RecordedFinding> now_known;
  counts_.findings.clear();
  for (const history::RecordedFinding& finding : findings) {
    ++counts_.findings[{finding.rule, finding.severity}];
    now_known.try_emplace({finding.rule, finding.object}, finding);
  }
  const auto tell = [&](history::EventKind kind, const auto& all, const auto& others) {
    for (const auto& [key, finding] : all) {
      if (others.contains(key)) continue;
      history::Event event;
      event.time = time;
      event.kind = kind;
      event.finding = finding;
      events_.push_back(std::move(event));
      if (kind == history::EventKind::appeared) log(events_.back());
    }
  };
  tell(history::EventKind::vanished, known_, now_known);
  tell(history::EventKind::appeared, now_known, known_);
  known_ = std::move(now_known);
}

void LinkWatch::log(const history::Event& event) {
  if (event.kind == history::EventKind::change) {
    const rules::Change& change = event.change;
    log_(Level::info, "link-change",
         concat({change.name, ": ", rules::name_of(change.kind), ": ",
                 rules::described(change.fields)}),
         {{"object", change.name}, {"change", std::string(rules::name_of(change.kind))}});
    return;
  }
  const history::RecordedFinding& finding = event.finding;
  log_(level_of(finding), "link-finding",
       concat({finding.object, ": ", finding.message, " [", finding.rule, "]"}),
       {{"object", finding.object}, {"rule", finding.rule}, {"severity", finding.severity}});
}

void LinkWatch::tell_of_losses() {
  counts_.records_dropped = current_->auditor.census().counts().records_dropped;
  if (counts_.records_dropped == 0) has_told_losses_ = false;
  if (counts_.records_dropped == 0 || std::exchange(has_told_losses_, true)) return;
  log_(Level::warning, "watch",
       "the link has more records than there is room for: some are not watched");
}

/// The JSON that the webhook gets; srvwardend(8) describes it.
void LinkWatch::post(wire::Time time) {
  std::vector<history::Event> events = std::exchange(events_, {});
  if (!webhook_ || events.empty()) return;
  const std::size_t told = std::min(events.size(), most_posted);
  nlohmann::ordered_json json = {{"host", host_name()},
                                 {"time", report::time_text(time)},
                                 {"events", nlohmann::ordered_json::array()},
                                 {"left_out", events.size() - told}};
  const std::string scope = history::scope_of(inputs());
  for (std::size_t i = 0; i < told; ++i) {
    events[i].inputs = scope;
    json["events"].push_back(report::to_json(events[i]));
  }
  webhook_->post(report::dump(json));
}

void LinkWatch::record(wire::Time time, rules::Snapshot snapshot,
                       std::vector<history::RecordedFinding> findings) {
  if (writer_) writer_->write({time, inputs(), std::move(snapshot), std::move(findings)});
}

std::vector<history::RecordedInput> LinkWatch::inputs() const {
  std::vector<history::RecordedInput> all;
  for (const std::string& name : settings_.interfaces) all.push_back({name, false, 0});
  if (all.empty()) all.push_back({"all interfaces", false, 0});
  for (history::RecordedInput& input : all) input.packets = counts_.packets;
  return all;
}

WatchCounts LinkWatch::counts() const {
  WatchCounts counts = counts_;
  if (writer_) {
    const HistoryWriter::Counts written = writer_->counts();
    counts.written = written.written;
    counts.write_faults = written.failed;
    counts.writes_dropped = written.dropped;
  }
  if (webhook_) {
    const WebhookCounts posted = webhook_->counts();
    counts.posts = posted.delivered;
    counts.posts_failed = posted.failed;
    counts.posts_dropped = posted.dropped;
  }
  return counts;
}

bool LinkWatch::stop() {
  timer_.cancel();
  current_.reset();
  next_.reset();
  const bool posted = !webhook_ || webhook_->stop();
  return (!writer_ || writer_->stop()) && posted;
}

}  // namespace srvwarden::daemon
