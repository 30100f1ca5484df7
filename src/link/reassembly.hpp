// Reassembly: puts IP fragments together, in bounded memory, by the packets' own clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "link/ip_packet.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

/// Where the fragments went. One that turns out to be no mDNS moves from `fragments` to `other`.
struct FragmentCounts {
  std::uint64_t fragments = 0;  ///< of what is mDNS, or of which no one can know any more
  std::uint64_t lost = 0;       ///< of these: those of packets that are not whole (yet)
  std::uint64_t overlaps = 0;   ///< of these: those that overlap others, which ends their packet
  std::uint64_t other = 0;
  std::uint64_t malformed = 0;  ///< the first part has no UDP header
  std::uint64_t assembled = 0;  ///< packets put together
};

/// Overlapping fragments make a packet lost, exact duplicates do not. RFC 5722, RFC 8200 §4.5; the
/// same is held for IPv4, where overlaps serve only to deceive.
class Reassembly {
 public:
  static constexpr std::size_t max_packets = 64;      ///< at a time; then the oldest is given up
  static constexpr std::size_t max_parts = 256;       ///< of a packet
  static constexpr std::chrono::seconds max_age{60};  ///< from its first part to its last

  /// Takes a part.
  ///
  /// @param packet  the fragment's addresses, time and interface. Where the part makes it whole
  ///                and mDNS, it gets what read_frame() fills; its payload lives until the next
  ///                call. Time and number are then those of the last part.
  /// @return        whether it did.
  bool add(const Fragment& fragment, wire::Packet& packet);

  const FragmentCounts& counts() const noexcept { return counts_; }

 private:
  struct Part {
    std::uint32_t begin;
    std::uint32_t end;
  };
  enum class State : std::uint8_t {
    collecting,
    lost,   ///< parts overlapped: what else comes of it is refused
    other,  ///< no mDNS: what else comes of it is passed over
  };
  struct Datagram {
    wire::Address source;
    wire::Address destination;
    std::uint32_t interface = 0;
    std::uint32_t id = 0;
    wire::Time start{};
    State state = State::collecting;
    std::uint32_t frames = 0;   ///< fragments that came, duplicates too
    std::uint8_t protocol = 0;  ///< by the first part
    std::uint32_t header_size = 0;
    std::uint32_t largest = 0;     ///< octets of the largest part with its headers
    std::uint32_t size = 0;        ///< octets of data, once the last part is there
    std::vector<Part> parts = {};  ///< in order, apart from each other
    std::vector<std::uint8_t> data = {};
  };

  Datagram& find(const Fragment& fragment, const wire::Packet& packet);
  bool place(Datagram& datagram, const Fragment& fragment);
  void pass_over(Datagram& datagram, State state, std::uint64_t& counter) noexcept;
  bool is_whole(const Datagram& datagram) const noexcept;
  bool finish(Datagram& datagram, wire::Packet& packet);

  std::vector<Datagram> datagrams_;
  std::vector<std::uint8_t> whole_;  ///< the data of the packet given last
  FragmentCounts counts_;
};

}  // namespace srvwarden::link
