// LinkWatch: audits the link all the time, and tells what is new, wrong or otherwise than before.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "history/event.hpp"
#include "link/surveyor.hpp"
#include "log.hpp"
#include "rules/audit.hpp"
#include "rules/snapshot.hpp"
#include "watch/history_writer.hpp"
#include "watch/watch_counts.hpp"
#include "watch/watch_files.hpp"
#include "watch/watch_settings.hpp"
#include "watch/webhook.hpp"

namespace srvwarden::daemon {

/// How long what takes, and how much is remembered.
struct WatchBounds {
  census::Limits records = {.records = 100'000, .octets = 32u << 20, .questions = 20'000};
  std::size_t objects = 20'000;  ///< with findings
  /// What is asked for is answered within seconds; what is not asked for is said again before its
  /// TTL of 75 minutes is over, or is not there. RFC 6762 §10.
  std::chrono::milliseconds settled_when_active{15'000};
  std::chrono::milliseconds settled_when_passive = std::chrono::minutes(80);
  std::chrono::milliseconds lifetime = std::chrono::hours(24);   ///< of a census
  std::chrono::milliseconds overlap = std::chrono::minutes(80);  ///< of it and the next one
};

/// What it remembers has a bound: a census only ever grows, so that a fresh one takes its place
/// from time to time, after it has heard all that is announced.
class LinkWatch {
 public:
  /// Context, log and listener must outlive this. Others give it what the listener hears.
  ///
  /// @param registry  may be changed, but not moved.
  LinkWatch(boost::asio::io_context& context, Log& log, link::Listener& listener,
            const Registry& registry, WatchSettings settings, WatchBounds bounds = {});
  ~LinkWatch();

  void start();
  void hear(const wire::Packet& packet);
  WatchCounts counts() const;
  /// @return  false where a thread hangs in the system: leave without it.
  bool stop();

 private:
  struct Generation;
  using Clock = std::chrono::steady_clock;
  using FindingKey = std::pair<std::string, std::string>;  ///< rule and object

  std::unique_ptr<Generation> new_generation();
  void follow_generations();
  void read_last();
  void wait();
  void look();
  bool is_settled() const;
  void carry_over(rules::Snapshot& snapshot) const;
  void judge(rules::AuditResult& result, rules::Snapshot& snapshot);
  void tell_changes(const rules::Snapshot& snapshot, wire::Time time);
  void tell_findings(const std::vector<history::RecordedFinding>& findings, wire::Time time);
  void log(const history::Event& event);
  void tell_of_losses();
  void post(wire::Time time);
  void record(wire::Time time, rules::Snapshot snapshot,
              std::vector<history::RecordedFinding> findings);
  std::vector<history::RecordedInput> inputs() const;

  boost::asio::io_context& context_;
  Log& log_;
  link::Listener& listener_;
  const Registry& registry_;
  WatchSettings settings_;
  WatchBounds bounds_;
  WatchFiles files_;
  boost::asio::steady_timer timer_;
  std::unique_ptr<Generation> current_;
  std::unique_ptr<Generation> next_;  ///< hears already, and is not asked yet
  std::optional<rules::Snapshot> last_;
  std::map<FindingKey, history::RecordedFinding> known_;
  std::vector<history::Event> events_;  ///< of this look
  bool recorded_ = false;               ///< since the start
  Clock::time_point started_{};
  WatchCounts counts_;
  bool has_told_losses_ = false;
  std::unique_ptr<HistoryWriter> writer_;
  std::unique_ptr<Webhook> webhook_;
};

}  // namespace srvwarden::daemon
