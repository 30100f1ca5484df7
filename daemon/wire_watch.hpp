// WireWatch: listens on the link for our own announcements, and says what is heard of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "link/interfaces.hpp"
#include "link/listener.hpp"
#include "log.hpp"
#include "publisher.hpp"
#include "srvwarden/mdns_packet.hpp"
#include "verifier.hpp"

namespace srvwarden::daemon {

/// Multicast loopback brings the host's own packets back, whichever process sent them. Where
/// something that is established was not heard, it is asked for once; the answer is heard then.
class WireWatch {
 public:
  /// @param interfaces  names; none: all that can multicast. The log must outlive the watch.
  WireWatch(boost::asio::io_context& context, Log& log, std::vector<std::string> interfaces);

  void start();
  void set_host(const std::string& host, const std::string& domain);
  void expect(const Announcement& announcement);
  void forget(const std::string& key);
  /// The publisher says that it is announced: it must be heard soon.
  void established(const std::string& key);
  /// Whether a goodbye was heard for all that had been verified.
  bool all_gone() const { return verifier_.all_gone(); }
  void stop();

 private:
  struct Waiting {
    std::string words;
    int ticks = 0;
  };

  void tick();
  void follow_interfaces();
  void open();
  std::string listen();  ///< empty, or what is in the way
  void hear(const wire::Packet& packet, const wire::Message& message);
  void tell(const Observation& observation);
  bool chase(const std::string& key, Waiting& waiting);
  void ask(std::span<const std::string> keys);
  bool may_ask_for(const std::string& type);
  std::vector<std::string> unheard_on(const std::string& key) const;
  bool is_own(const wire::Address& address);
  void read_own_addresses();

  Log& log_;
  std::vector<std::string> names_;
  link::Listener listener_;
  Verifier verifier_;
  boost::asio::steady_timer timer_;
  std::vector<link::Interface> interfaces_;
  std::set<wire::Address> own_;
  std::chrono::steady_clock::time_point own_read_{};
  std::map<std::string, Announcement> expected_;
  std::map<std::string, Waiting> waiting_;
  std::map<std::string, std::chrono::steady_clock::time_point> not_asked_before_;  ///< by type
  std::string last_trouble_;
};

}  // namespace srvwarden::daemon
