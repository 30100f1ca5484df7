// Peers: their credentials come from the kernel, not from what they say.
// SPDX-License-Identifier: Apache-2.0
#include "control/peer.hpp"

#include <grp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

namespace srvwarden::daemon {

namespace {

constexpr std::size_t max_groups = 65536;  // NGROUPS_MAX of Linux

std::vector<gid_t> supplementary_groups(int socket) {
  std::vector<gid_t> groups(64);
  for (;;) {
    auto size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    if (getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) == 0) {
      groups.resize(size / sizeof(gid_t));
      return groups;
    }
    if (errno != ERANGE || groups.size() >= max_groups) return {};
    groups.resize(std::min(groups.size() * 4, max_groups));
  }
}

}  // namespace

std::optional<Peer> peer_of(int socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return std::nullopt;
  Peer peer{credentials.uid, credentials.pid, supplementary_groups(socket)};
  peer.groups.push_back(credentials.gid);
  return peer;
}

bool Access::may_order(const Peer& peer) const {
  if (peer.uid == 0 || peer.uid == own_) return true;
  return group_ && std::ranges::find(peer.groups, group_->id) != peer.groups.end();
}

std::string Access::refusal(const Peer& peer, std::string_view order) const {
  std::string words = "not permitted: \"" + std::string(order) + "\" is for root";
  if (own_ != 0)
    words += ", for the user that srvwardend runs as (uid " + std::to_string(own_) + ')';
  words += group_ ? " and for members of the group " + group_->name
                  : " (no group is configured that may give orders)";
  return words + "; you are uid " + std::to_string(peer.uid);
}

std::optional<Access::Group> group_named(const std::string& name) {
  if (const group* found = getgrnam(name.c_str())) return Access::Group{found->gr_gid, name};
  gid_t id = 0;
  const char* end = name.data() + name.size();
  const auto [at, error] = std::from_chars(name.data(), end, id);
  if (name.empty() || error != std::errc() || at != end) return std::nullopt;
  return Access::Group{id, name};
}

std::string Admission::enter(uid_t uid, bool may_order) {
  if (clients_ >= limits_.clients) {
    return "busy: " + std::to_string(limits_.clients) + " clients are connected already";
  }
  if (!may_order && readers_ >= limits_.readers) {
    return "busy: " + std::to_string(limits_.readers) +
           " clients that may only read are connected already";
  }
  const auto of_user = readers_of_.find(uid);
  if (!may_order && of_user != readers_of_.end() && of_user->second >= limits_.readers_of_user) {
    return "busy: " + std::to_string(limits_.readers_of_user) +
           " clients of your user are connected already";
  }
  ++clients_;
  if (!may_order) {
    ++readers_;
    ++readers_of_[uid];
  }
  return {};
}

void Admission::leave(uid_t uid, bool may_order) {
  --clients_;
  if (may_order) return;
  --readers_;
  const auto of_user = readers_of_.find(uid);
  if (--of_user->second == 0) readers_of_.erase(of_user);
}

}  // namespace srvwarden::daemon
