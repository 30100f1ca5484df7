// ControlDesk: answers requests of the control socket. No sockets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "control/answers.hpp"
#include "control/controlled.hpp"
#include "control/metrics.hpp"
#include "control/peer.hpp"
#include "control/request.hpp"
#include "log.hpp"

namespace srvwarden::daemon {

/// Keeps the status and its text until something changes, so that many readers cost one.
class ControlDesk {
 public:
  /// Services that one client may have advertised.
  static constexpr std::size_t max_advertised = 64;
  /// How old metrics may be.
  static constexpr std::chrono::seconds metrics_age{1};

  /// What a client of the desk has.
  struct Client {
    std::uint64_t number = 0;
    Peer peer;
    std::size_t advertised = 0;
    std::optional<std::string> watch_id;  ///< as JSON; set: it watches
    std::string watch_key;
  };

  /// All must outlive the desk.
  ControlDesk(Controlled& controlled, const Counters& counters, Log& log, Access access);

  /// Answers a line, whatever is in it.
  Line answer(Client& client, const std::string& line);
  /// The client is gone.
  void leave(const Client& client);

  /// Whether the client's watch has something new is for the caller to know.
  SharedText status_for(const std::string& key);
  SharedText metrics();
  void changed();

  const Access& access() const noexcept { return access_; }
  ControlCounters& counters() noexcept { return control_; }

 private:
  Line serve(Client& client, const Request& request);
  Line order(Client& client, const Request& request);
  Answer obey(Client& client, const Request& request);
  Answer advertise(Client& client, Advertisement wanted);
  const DaemonStatus& status();

  Controlled& controlled_;
  const Counters& counters_;
  Log& log_;
  Access access_;
  ControlCounters control_;
  std::optional<DaemonStatus> status_;
  SharedText whole_;  ///< of status_
  SharedText metrics_;
  std::chrono::steady_clock::time_point metrics_made_{};
};

}  // namespace srvwarden::daemon
