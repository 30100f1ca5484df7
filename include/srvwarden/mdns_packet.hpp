// Packet: an mDNS payload with where it came from, whether from a link or from a capture.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "srvwarden/wire_name.hpp"

namespace srvwarden::wire {

/// An IPv4 or IPv6 address, inline.
class Address {
 public:
  constexpr Address() = default;  ///< no address
  /// @param octets  4 or 16 in network order; of any other size there is no address.
  explicit Address(Bytes octets) noexcept;
  /// Reads "192.0.2.1" or "2001:db8::1" (no zone, no port).
  static std::optional<Address> parse(std::string_view text) noexcept;

  constexpr bool is_ipv4() const noexcept { return size_ == 4; }
  constexpr bool is_ipv6() const noexcept { return size_ == 16; }
  constexpr Bytes octets() const noexcept { return Bytes(octets_).first(size_); }
  bool is_multicast() const noexcept;
  /// Dotted quad, or RFC 5952; "" for no address.
  std::string text() const;

  friend constexpr bool operator==(const Address&, const Address&) = default;
  friend constexpr auto operator<=>(const Address&, const Address&) = default;

 private:
  std::array<std::uint8_t, 16> octets_{};
  std::uint8_t size_ = 0;
};

struct Endpoint {
  Address address;
  std::uint16_t port = 0;

  friend constexpr bool operator==(const Endpoint&, const Endpoint&) = default;
};

constexpr std::uint16_t mdns_port = 5353;
/// 224.0.0.251 and ff02::fb. RFC 6762 §3.
Address mdns_group_ipv4() noexcept;
Address mdns_group_ipv6() noexcept;

using Mac = std::array<std::uint8_t, 6>;
/// Since 1970 in UTC: the capture's or the kernel's time, never ours.
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

/// A UDP payload to or from port 5353. A view: who hands it over keeps what it views.
struct Packet {
  Bytes payload;
  Endpoint source;
  Endpoint destination;
  std::optional<std::uint8_t> ttl;  ///< IP TTL or hop limit as received
  std::uint32_t interface = 0;      ///< index; 0: not known
  std::string_view interface_name;  ///< empty: not known
  std::optional<Mac> mac;           ///< of the sender's link layer
  Time time{};
  std::uint64_t number = 0;  ///< from 1, counting every frame of its capture or listener
  /// Octets of the IP packet with its headers, put together again where it came in fragments
  /// (without IPv6's fragment headers); 0: not known. RFC 6762 §17.
  std::uint32_t ip_size = 0;
  /// Octets of the largest fragment with its headers: so much the path carries. 0: it came whole.
  std::uint32_t largest_fragment = 0;
  std::uint16_t fragments = 0;  ///< in how many it came; 0: it came whole, or nobody counted them

  bool was_fragmented() const noexcept { return largest_fragment != 0; }

  bool to_group() const noexcept {
    return destination.address == mdns_group_ipv4() || destination.address == mdns_group_ipv6();
  }
};

}  // namespace srvwarden::wire
