// Publisher: what is to be announced goes in, what became of it comes out, all as plain values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace srvwarden::daemon {

enum class Protocol : std::uint8_t { any, ipv4, ipv6 };

/// "any", "IPv4" or "IPv6".
std::string_view name_of(Protocol protocol) noexcept;

/// One service to announce: one SRV, one TXT, one PTR and a PTR for each subtype.
struct Announcement {
  std::string key;                    ///< names it between us and the publisher; unique
  std::string instance;               ///< one label, raw UTF-8, wildcards replaced
  std::string type;                   ///< "_ipp._tcp"
  std::vector<std::string> subtypes;  ///< "_printer._sub._ipp._tcp"
  std::string domain;                 ///< empty: the host's, usually local
  std::string host;                   ///< SRV target; empty: this host
  std::uint16_t port = 0;
  std::vector<std::string> txt;  ///< 1 to 255 octets each; none: a record without attributes
  Protocol protocol = Protocol::any;
  std::vector<std::string> interfaces;  ///< names; none: all

  friend bool operator==(const Announcement&, const Announcement&) = default;
};

/// For people: "Lobby printer" _ipp._tcp.
std::string words_for(const Announcement& announcement);

enum class State : std::uint8_t {
  registering,  ///< probing for the name
  established,  ///< announced
  collision,    ///< the name is another's: nothing of it is announced
  failed,       ///< refused by the publisher: nothing of it is announced
};

/// "registering", "established", "collision" or "failed".
std::string_view name_of(State state) noexcept;

/// The publisher takes announcements. It knows none: publish all, also after each BackendDown.
struct BackendUp {
  std::string host;    ///< this host's name, one label
  std::string domain;  ///< "local"
  std::string detail;  ///< which responder, for people
  friend bool operator==(const BackendUp&, const BackendUp&) = default;
};

/// Nothing is announced any more. The publisher tries to come up again by itself.
struct BackendDown {
  std::string detail;         ///< why, and what it waits for
  bool cannot_start = false;  ///< something to be mended by people; waiting will hardly help
  friend bool operator==(const BackendDown&, const BackendDown&) = default;
};

struct StateChange {
  std::string key;
  std::string instance;  ///< of the announcement that it is about; there may be a later one
  State state = State::registering;
  std::string detail;  ///< why it failed, in words
  friend bool operator==(const StateChange&, const StateChange&) = default;
};

/// The answer to stop(): everything is withdrawn, and no event follows.
struct Stopped {
  friend bool operator==(const Stopped&, const Stopped&) = default;
};

/// Something worth a line in the log.
struct Remark {
  std::string text;
  friend bool operator==(const Remark&, const Remark&) = default;
};

using Event = std::variant<BackendUp, BackendDown, StateChange, Stopped, Remark>;

/// Called on the thread of the publisher's io_context, never from within a call to the publisher.
using EventHandler = std::function<void(Event)>;

/// A way to announce. No function blocks, and none throws but for want of memory.
class Publisher {
 public:
  Publisher() = default;
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;
  virtual ~Publisher() = default;

  virtual void start() = 0;
  /// Announces; in place of what has the same key, if there is. Where no more than TXT differs from
  /// that, its TXT record is updated without a goodbye. While down, nothing happens.
  virtual void publish(const Announcement& announcement) = 0;
  /// Withdraws with a goodbye. Keys that are not there are ignored.
  virtual void withdraw(const std::string& key) = 0;
  /// Withdraws everything with goodbyes; Stopped is the last event.
  virtual void stop() = 0;
};

}  // namespace srvwarden::daemon
