// WireWatch: listens on the link for our own announcements, and says what is heard of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "link/interfaces.hpp"
#include "link/listener.hpp"
#include "log.hpp"
#include "publish/publisher.hpp"
#include "srvwarden/mdns_packet.hpp"
#include "verifier.hpp"

namespace srvwarden::daemon {

/// Multicast loopback brings the host's own packets back, whichever process sent them. Where
/// something that is established was not heard, it is asked for once; the answer is heard then.
/// What was verified is asked for again from time to time, one service a second at most.
class WireWatch {
 public:
  /// From the end of one round of asking for everything to the start of the next.
  static constexpr std::chrono::minutes round_interval{10};

  /// @param interfaces  names; none: all that can multicast. The log must outlive the watch.
  /// @param on_change   another is heard, or not any more, where it should be: its key.
  WireWatch(boost::asio::io_context& context, Log& log, std::vector<std::string> interfaces,
            std::function<void(const std::string& key)> on_change);

  /// Calls with every packet that is heard, before it is looked at here.
  void listen_too(std::function<void(const wire::Packet&)> handler) { also_ = std::move(handler); }
  /// What it hears by, to ask others; it is closed and opened again as interfaces come and go.
  link::Listener& listener() noexcept { return listener_; }

  void start();
  void set_host(const std::string& host, const std::string& domain);
  void expect(const Announcement& announcement);
  void forget(const std::string& key);
  /// The publisher says that it is announced: it must be heard soon.
  void established(const std::string& key);
  /// Where an announcement has been heard as asked.
  struct Heard {
    std::vector<std::string> on;  ///< interfaces
    bool everywhere = false;      ///< on all that it is meant for, of which there is one at least
  };
  Heard heard(const std::string& key) const;
  /// The last that another host was heard to announce under the same name; empty: nothing.
  std::string rival_of(const std::string& key) const;
  /// Asks the link who has the name that an announcement lost, and logs who answers within seconds.
  void ask_who_has(const std::string& key);
  /// Whether a goodbye was heard for all that had been verified.
  bool all_gone() const { return verifier_.all_gone(); }
  void stop();

 private:
  struct Waiting {
    std::string words;
    int ticks = 0;
    bool again = false;  ///< it had been verified before
  };

  void tick();
  void follow_interfaces();
  void open();
  std::string listen();  ///< empty, or what is in the way
  void hear(const wire::Packet& packet, const wire::Message& message);
  void tell(const Observation& observation);
  void tell_owners(const Hearing& hearing, const wire::Message& message);
  bool chase(const std::string& key, Waiting& waiting);
  void ask(std::span<const std::string> keys);
  bool may_ask_for(const std::string& type);
  void doubt_next();
  std::vector<std::string> meant_for(const Announcement& announcement) const;
  std::vector<std::string> unheard_on(const std::string& key) const;
  bool is_own(const wire::Address& address);
  void read_own_addresses();

  Log& log_;
  std::function<void(const std::string& key)> on_change_;
  std::function<void(const wire::Packet&)> also_;
  std::vector<std::string> names_;
  link::Listener listener_;
  Verifier verifier_;
  boost::asio::steady_timer timer_;
  std::vector<link::Interface> interfaces_;
  std::set<wire::Address> own_;
  std::chrono::steady_clock::time_point own_read_{};
  std::map<std::string, Announcement> expected_;
  std::map<std::string, Waiting> waiting_;
  /// A name that somebody else has.
  struct Contest {
    std::string instance;  ///< wire name
    std::string words;
    std::chrono::steady_clock::time_point until;
  };
  static constexpr std::size_t most_contests = 100;

  std::map<std::string, std::string> rivals_;  // by key
  std::vector<Contest> contests_;
  std::string doubted_;  // the last key of this round
  std::chrono::steady_clock::time_point round_ended_ = std::chrono::steady_clock::now();
  std::map<std::string, std::chrono::steady_clock::time_point> not_asked_before_;  ///< by type
  std::string last_trouble_;
};

}  // namespace srvwarden::daemon
