// Fragments find their packet, their place, and each other.
// SPDX-License-Identifier: Apache-2.0
#include "link/reassembly.hpp"

#include <algorithm>
#include <utility>

namespace srvwarden::link {

/// The packet that a part belongs to, or a new one in the place of an aged or the oldest one.
Reassembly::Datagram& Reassembly::find(const Fragment& fragment, const wire::Packet& packet) {
  const auto is_aged = [&](const Datagram& datagram) {  // clocks may go backwards, too
    return packet.time - datagram.start > max_age || datagram.start - packet.time > max_age;
  };
  for (Datagram& datagram : datagrams_) {
    if (datagram.frames != 0 && datagram.id == fragment.id &&
        datagram.interface == packet.interface && datagram.source == packet.source.address &&
        datagram.destination == packet.destination.address && !is_aged(datagram)) {
      return datagram;
    }
  }
  auto room = std::ranges::find_if(
      datagrams_, [&](const Datagram& each) { return each.frames == 0 || is_aged(each); });
  if (room == datagrams_.end()) {
    room = datagrams_.size() < max_packets
               ? datagrams_.insert(datagrams_.end(), Datagram())
               : std::ranges::min_element(datagrams_, {}, &Datagram::start);
  }
  Datagram fresh{.source = packet.source.address,
                 .destination = packet.destination.address,
                 .interface = packet.interface,
                 .id = fragment.id,
                 .start = packet.time};
  fresh.parts = std::move(room->parts);  // their room is used again
  fresh.data = std::move(room->data);
  fresh.parts.clear();
  *room = std::move(fresh);
  return *room;
}

/// Puts a part where it belongs. Gives false where it may not.
bool Reassembly::place(Datagram& datagram, const Fragment& fragment) {
  const Part part{fragment.offset,
                  fragment.offset + static_cast<std::uint32_t>(fragment.data.size())};
  const auto at = std::ranges::lower_bound(datagram.parts, part.begin, {}, &Part::begin);
  if (at != datagram.parts.end() && at->begin == part.begin && at->end == part.end) {
    return std::equal(fragment.data.begin(), fragment.data.end(),
                      datagram.data.begin() + part.begin);  // an exact duplicate
  }
  const bool overlaps = (at != datagram.parts.end() && at->begin < part.end) ||
                        (at != datagram.parts.begin() && std::prev(at)->end > part.begin);
  const bool beyond = datagram.size != 0 && (part.end > datagram.size || !fragment.more);
  const bool short_end =
      !fragment.more && !datagram.parts.empty() && datagram.parts.back().end > part.end;
  if (overlaps || beyond || short_end || datagram.parts.size() == max_parts) return false;
  datagram.parts.insert(at, part);
  if (datagram.data.size() < part.end) datagram.data.resize(part.end);
  std::ranges::copy(fragment.data, datagram.data.begin() + part.begin);
  if (!fragment.more) datagram.size = part.end;
  return true;
}

/// Moves all that came of a packet to another counter, and what will come of it, too.
void Reassembly::pass_over(Datagram& datagram, State state, std::uint64_t& counter) noexcept {
  counts_.fragments -= datagram.frames;
  counts_.lost -= datagram.frames;
  counter += datagram.frames;
  datagram.state = state;
}

bool Reassembly::is_whole(const Datagram& datagram) const noexcept {
  std::uint32_t end = 0;
  for (const Part& part : datagram.parts) {
    if (part.begin != end) return false;
    end = part.end;
  }
  return datagram.size != 0 && end == datagram.size;
}

/// Gives the packet away, if it is mDNS, and forgets it.
bool Reassembly::finish(Datagram& datagram, wire::Packet& packet) {
  std::swap(whole_, datagram.data);
  packet.ip_size = datagram.header_size + datagram.size;
  packet.largest_fragment = datagram.largest;
  packet.fragments = static_cast<std::uint16_t>(datagram.parts.size());
  const wire::Bytes data = wire::Bytes(whole_).first(datagram.size);
  const bool is_mdns = read_upper(datagram.protocol, data, true, packet) == FrameKind::mdns;
  if (is_mdns) {
    counts_.lost -= datagram.frames;
    ++counts_.assembled;
  } else {
    pass_over(datagram, State::other, counts_.malformed);
  }
  datagram.frames = 0;
  return is_mdns;
}

bool Reassembly::add(const Fragment& fragment, wire::Packet& packet) {
  Datagram& datagram = find(fragment, packet);
  if (datagram.state == State::other) {
    ++counts_.other;
    return false;
  }
  ++counts_.fragments;
  ++counts_.lost;
  ++datagram.frames;
  if (datagram.state == State::lost) return false;
  if (!place(datagram, fragment)) {
    ++counts_.overlaps;
    datagram.state = State::lost;
    return false;
  }
  datagram.largest = std::max(datagram.largest, fragment.ip_size);
  if (fragment.offset == 0) {
    datagram.protocol = fragment.protocol;
    datagram.header_size = fragment.header_size;
    const FrameKind kind = read_first_fragment(fragment, packet);
    if (kind != FrameKind::mdns) {
      pass_over(datagram, State::other,
                kind == FrameKind::other ? counts_.other : counts_.malformed);
      return false;
    }
  }
  return is_whole(datagram) && finish(datagram, packet);
}

}  // namespace srvwarden::link
