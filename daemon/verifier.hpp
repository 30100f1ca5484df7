// Verifier: compares what our host is heard to announce with what was asked. No I/O, no clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "publish/publisher.hpp"
#include "srvwarden/mdns_message.hpp"

namespace srvwarden::daemon {

/// What a packet showed about one announcement on one interface.
struct Observation {
  enum class What : std::uint8_t {
    verified,  ///< PTR, SRV and TXT were all heard as asked
    differs,   ///< our host announces something else under the name
    goodbye,   ///< our host takes it back: TTL 0
    rival,     ///< another host announces something else under the name
  };
  What what{};
  std::string key;
  std::string interface;
  std::string detail;  ///< what differs, or whose it is

  friend bool operator==(const Observation&, const Observation&) = default;
};

/// Where a message was heard.
struct Hearing {
  std::string interface;
  std::string source;   ///< the sender's address, in words
  bool is_own = false;  ///< the sender is this host
  std::chrono::steady_clock::time_point time{};
};

class Verifier {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// How long the old is still heard after the new was asked for.
  static constexpr std::chrono::seconds grace{3};

  /// Another host's or domain's name: the SRV targets change.
  void set_host(const std::string& host, const std::string& domain);
  /// Asked for, in place of what had the key; what stays the same stays verified.
  void expect(const Announcement& announcement, Time now);
  void forget(const std::string& key);

  /// Each thing is observed once, until it changes.
  std::vector<Observation> hear(const Hearing& hearing, const wire::Message& message);

  /// Nothing is heard any more on other interfaces than these.
  void listen_on(const std::set<std::string>& interfaces);
  /// Takes it for verified again only when its SRV and TXT are heard; whoever asks for the PTR asks
  /// every host of the type.
  void doubt(const std::string& key);
  /// Whether all of an announcement was heard on an interface.
  bool is_verified(const std::string& key, const std::string& interface) const;
  /// Whether a goodbye was heard for everything that had been verified.
  bool all_gone() const;
  /// The wire names to ask for to hear an announcement again: the instance's and the type's.
  struct Names {
    std::string instance;
    std::string type;
  };
  Names names(const std::string& key) const;

 private:
  struct Seen {
    bool ptr = false;
    bool srv = false;
    bool txt = false;
    bool verified = false;
    bool gone = false;
    std::string differs;  ///< the last difference told
    std::string rival;    ///< the last rival told
  };
  struct Expected {
    Announcement announcement;
    std::string instance;  ///< wire name
    std::string type;      ///< wire name
    std::string target;    ///< wire name
    Time since{};
    std::map<std::string, Seen> seen;  // by interface
  };

  void hear_record(const Hearing& hearing, const wire::Record& record, const std::string& key,
                   Expected& expected, std::vector<Observation>& out);
  void unindex(const std::string& key, const std::string& instance);
  std::string difference(const Expected& expected, const wire::Record& record) const;
  std::string target_of(const Announcement& announcement) const;

  std::string host_;
  std::string domain_ = "local";
  std::map<std::string, Expected> expected_;                       // by key
  std::unordered_multimap<std::string, std::string> by_instance_;  // folded wire name to key
};

}  // namespace srvwarden::daemon
