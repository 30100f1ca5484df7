// Controlled: what clients of the control socket can ask of the daemon.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "status.hpp"
#include "watch/watch_counts.hpp"

namespace srvwarden::daemon {

/// The outcome of an order.
struct Answer {
  bool done = false;
  std::string words;         ///< for people: what was done, or why not
  std::size_t services = 0;  ///< how many it was about
  std::string key;           ///< of what was advertised, as the status has it; of others empty
};

/// A service that is announced while its client stays connected.
struct Advertisement {
  std::uint64_t client = 0;  ///< names the client; all of its services go with it
  std::string instance;      ///< raw UTF-8, 1 to 63 octets
  std::string type;          ///< "_ipp._tcp"
  std::uint16_t port = 0;
  std::vector<std::string> txt;
  std::vector<std::string> subtypes;  ///< "_printer"
  std::string domain;                 ///< empty: the host's
  std::string host;                   ///< empty: this host
};

/// All functions are called on the main loop, and return at once.
class Controlled {
 public:
  virtual ~Controlled() = default;

  virtual DaemonStatus status() const = 0;
  /// What is known of the link; for metrics.
  virtual WatchCounts watched() const { return {}; }
  /// Reads the configuration and all definitions anew.
  virtual Answer reload() = 0;
  /// Holds back, or announces again, every service of a name.
  ///
  /// @param name  an instance, an instance with its type ("Lobby printer._ipp._tcp"), a key, or a
  ///              definition's path or file name.
  virtual Answer withdraw(const std::string& name) = 0;
  virtual Answer announce(const std::string& name) = 0;
  /// Checks it by every rule of the definitions, and announces it; `words` has what is wrong.
  virtual Answer advertise(const Advertisement& advertisement) = 0;
  /// The client is gone: withdraws what it advertised.
  virtual void release(std::uint64_t client) = 0;
};

}  // namespace srvwarden::daemon
