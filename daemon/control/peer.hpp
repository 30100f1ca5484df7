// Peer: who is at the other end of a Unix socket, and who may give orders.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::daemon {

/// As the kernel tells it, of the moment when the client connected.
struct Peer {
  uid_t uid = 0;
  pid_t pid = 0;
  std::vector<gid_t> groups;  ///< all of them
};

/// Nothing where the kernel does not tell.
std::optional<Peer> peer_of(int socket);

/// Who may give orders: root, the daemon's own user, and the members of one group.
class Access {
 public:
  struct Group {
    gid_t id = 0;
    std::string name;
  };
  explicit Access(uid_t own, std::optional<Group> group = std::nullopt)
      : own_(own), group_(std::move(group)) {}

  bool may_order(const Peer& peer) const;
  /// Why a peer may not.
  std::string refusal(const Peer& peer, std::string_view order) const;

 private:
  uid_t own_;
  std::optional<Group> group_;
};

/// A group by its name or number. Asks the system's databases, which may block.
std::optional<Access::Group> group_named(const std::string& name);

/// How many clients there may be.
struct AdmissionLimits {
  std::size_t clients = 64;
  std::size_t readers = 48;          ///< of them, those that may give no orders
  std::size_t readers_of_user = 16;  ///< of these, of one user
};

/// Counts clients, so that nobody can keep the administrators out.
class Admission {
 public:
  explicit Admission(const AdmissionLimits& limits) : limits_(limits) {}

  /// Counts a client in. @return  empty, or why there is no place for it.
  std::string enter(uid_t uid, bool may_order);
  void leave(uid_t uid, bool may_order);
  std::size_t clients() const noexcept { return clients_; }

 private:
  AdmissionLimits limits_;
  std::size_t clients_ = 0;
  std::size_t readers_ = 0;
  std::map<uid_t, std::size_t> readers_of_;
};

}  // namespace srvwarden::daemon
