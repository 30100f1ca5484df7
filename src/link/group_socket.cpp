// The socket options that mDNS needs, and ancillary data: TTL, interface, time, drops.
// SPDX-License-Identifier: Apache-2.0
#include "link/group_socket.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace srvwarden::link {

namespace {

constexpr int hop_limit = 255;

std::error_code last_error() noexcept { return {errno, std::generic_category()}; }

template <class Value>
bool set(int socket, int level, int option, const Value& value) noexcept {
  return setsockopt(socket, level, option, &value, sizeof value) == 0;
}

/// A socket address of either family.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress group_address(const Interface& interface, Family family) noexcept {
  SocketAddress address;
  if (family == Family::ipv4) {
    sockaddr_in group{};
    group.sin_family = AF_INET;
    group.sin_port = htons(wire::mdns_port);
    std::memcpy(&group.sin_addr, wire::mdns_group_ipv4().octets().data(), sizeof group.sin_addr);
    std::memcpy(&address.storage, &group, sizeof group);
    address.size = sizeof group;
    return address;
  }
  sockaddr_in6 group{};
  group.sin6_family = AF_INET6;
  group.sin6_port = htons(wire::mdns_port);
  std::memcpy(&group.sin6_addr, wire::mdns_group_ipv6().octets().data(), sizeof group.sin6_addr);
  group.sin6_scope_id = interface.index;
  std::memcpy(&address.storage, &group, sizeof group);
  address.size = sizeof group;
  return address;
}

bool join_ipv4(int socket, const Interface& interface) noexcept {
  ip_mreqn membership{};
  std::memcpy(&membership.imr_multiaddr, wire::mdns_group_ipv4().octets().data(),
              sizeof membership.imr_multiaddr);
  membership.imr_ifindex = static_cast<int>(interface.index);
  return set(socket, IPPROTO_IP, IP_MULTICAST_ALL, 0) &&
         set(socket, IPPROTO_IP, IP_MULTICAST_IF, membership) &&
         set(socket, IPPROTO_IP, IP_MULTICAST_TTL, hop_limit) &&
         set(socket, IPPROTO_IP, IP_RECVFRAGSIZE, 1) && set(socket, IPPROTO_IP, IP_RECVTTL, 1) &&
         set(socket, IPPROTO_IP, IP_PKTINFO, 1) &&
         set(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, membership);
}

bool join_ipv6(int socket, const Interface& interface) noexcept {
  ipv6_mreq membership{};
  std::memcpy(&membership.ipv6mr_multiaddr, wire::mdns_group_ipv6().octets().data(),
              sizeof membership.ipv6mr_multiaddr);
  membership.ipv6mr_interface = interface.index;
  return set(socket, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0) &&
         set(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, static_cast<int>(interface.index)) &&
         set(socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, hop_limit) &&
         set(socket, IPPROTO_IPV6, IPV6_RECVFRAGSIZE, 1) &&
         set(socket, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1) &&
         set(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) &&
         set(socket, IPPROTO_IPV6, IPV6_JOIN_GROUP, membership);
}

/// Shares the port as the host's own responder does: SO_REUSEADDR, or SO_REUSEPORT where the
/// other has only that.
bool bind_shared(int socket, const SocketAddress& address) noexcept {
  if (!set(socket, SOL_SOCKET, SO_REUSEADDR, 1)) return false;
  if (bind(socket, address.get(), address.size) == 0) return true;
  if (errno != EADDRINUSE || !set(socket, SOL_SOCKET, SO_REUSEPORT, 1)) return false;
  return bind(socket, address.get(), address.size) == 0;
}

bool prepare(int socket, const Interface& interface, Family family) noexcept {
  set(socket, SOL_SOCKET, SO_RCVBUF, 1 << 20);  // less will do, and losses are counted
  set(socket, SOL_SOCKET, SO_RXQ_OVFL, 1);
  if (!set(socket, SOL_SOCKET, SO_TIMESTAMPNS, 1)) return false;
  if (family == Family::ipv6 && !set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1)) return false;
  if (!bind_shared(socket, group_address(interface, family))) return false;
  return family == Family::ipv4 ? join_ipv4(socket, interface) : join_ipv6(socket, interface);
}

template <class Value>
Value read_data(const cmsghdr& header) noexcept {
  Value value{};
  std::memcpy(&value, CMSG_DATA(&header), sizeof value);
  return value;
}

wire::Address to_address(const void* octets, std::size_t size) noexcept {
  return wire::Address(wire::Bytes(static_cast<const std::uint8_t*>(octets), size));
}

void read_ancillary(const cmsghdr& header, Received& received) noexcept {
  wire::Packet& packet = received.packet;
  const auto is = [&](int level, int type) {
    return header.cmsg_level == level && header.cmsg_type == type;
  };
  if (is(IPPROTO_IP, IP_TTL) || is(IPPROTO_IPV6, IPV6_HOPLIMIT)) {
    packet.ttl = static_cast<std::uint8_t>(read_data<int>(header));
  } else if (is(IPPROTO_IP, IP_PKTINFO)) {
    const auto info = read_data<in_pktinfo>(header);
    packet.interface = static_cast<std::uint32_t>(info.ipi_ifindex);
    packet.destination.address = to_address(&info.ipi_addr, sizeof info.ipi_addr);
  } else if (is(IPPROTO_IPV6, IPV6_PKTINFO)) {
    const auto info = read_data<in6_pktinfo>(header);
    packet.interface = info.ipi6_ifindex;
    packet.destination.address = to_address(&info.ipi6_addr, sizeof info.ipi6_addr);
  } else if (is(IPPROTO_IP, IP_RECVFRAGSIZE) || is(IPPROTO_IPV6, IPV6_RECVFRAGSIZE)) {
    packet.largest_fragment = static_cast<std::uint32_t>(read_data<int>(header));
  } else if (is(SOL_SOCKET, SCM_TIMESTAMPNS)) {
    const auto time = read_data<timespec>(header);
    packet.time =
        wire::Time(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
  } else if (is(SOL_SOCKET, SO_RXQ_OVFL)) {
    received.drops = read_data<std::uint32_t>(header);
  }
}

wire::Endpoint source_of(const sockaddr_storage& storage) noexcept {
  if (storage.ss_family == AF_INET) {
    sockaddr_in address{};
    std::memcpy(&address, &storage, sizeof address);
    return {to_address(&address.sin_addr, sizeof address.sin_addr), ntohs(address.sin_port)};
  }
  sockaddr_in6 address{};
  std::memcpy(&address, &storage, sizeof address);
  return {to_address(&address.sin6_addr, sizeof address.sin6_addr), ntohs(address.sin6_port)};
}

}  // namespace

int open_group_socket(const Interface& interface, Family family, std::error_code& error) noexcept {
  const int domain = family == Family::ipv4 ? AF_INET : AF_INET6;
  const int opened = socket(domain, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);
  if (opened >= 0 && prepare(opened, interface, family)) return opened;
  error = last_error();
  if (opened >= 0) close(opened);
  return -1;
}

std::optional<Received> receive(int socket, std::span<std::uint8_t> buffer,
                                std::error_code& error) noexcept {
  alignas(cmsghdr) std::array<char, 512> control{};
  sockaddr_storage source{};
  iovec vector{buffer.data(), buffer.size()};
  msghdr header{};
  header.msg_name = &source;
  header.msg_namelen = sizeof source;
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  const ssize_t size = recvmsg(socket, &header, 0);
  if (size < 0) {
    error = last_error();
    return std::nullopt;
  }
  Received received;
  received.packet.payload = wire::Bytes(buffer).first(static_cast<std::size_t>(size));
  received.packet.source = source_of(source);
  received.packet.destination.port = wire::mdns_port;
  for (cmsghdr* at = CMSG_FIRSTHDR(&header); at; at = CMSG_NXTHDR(&header, at)) {
    read_ancillary(*at, received);
  }
  return received;
}

std::error_code send_to_group(int socket, const Interface& interface, Family family,
                              wire::Bytes message) noexcept {
  const SocketAddress group = group_address(interface, family);
  const ssize_t sent = sendto(socket, message.data(), message.size(), 0, group.get(), group.size);
  return sent < 0 ? last_error() : std::error_code();
}

}  // namespace srvwarden::link
