// IEEE 802.11 frames, bare or behind what a driver put before them.
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "link/link_layer.hpp"

namespace srvwarden::link {

namespace {

using wire::Bytes;
using wire::Packet;
using wire::Reader;

/// Driver headers are in the order of little-endian machines.
unsigned little16(Reader& reader) noexcept {
  const unsigned low = reader.u8();
  return low | static_cast<unsigned>(reader.u8()) << 8;
}
std::uint32_t little32(Reader& reader) noexcept {
  const std::uint32_t low = little16(reader);
  return low | static_cast<std::uint32_t>(little16(reader)) << 16;
}

/// Bits of the second octet of a frame's control field.
enum FrameBit : unsigned {
  to_ds = 1,
  from_ds = 2,
  more_fragments = 4,
  is_protected = 64,
  order = 128
};

constexpr unsigned data_frame = 2;
constexpr unsigned no_data = 4;  // bits of a data frame's subtype
constexpr unsigned with_qos = 8;

/// The sender's address among those of the header. IEEE 802.11-2020, table 9-30.
Bytes sender_of(unsigned bits, const std::array<Bytes, 3>& addresses, Bytes fourth) noexcept {
  if ((bits & to_ds) == 0) return addresses[(bits & from_ds) != 0 ? 2 : 1];
  return (bits & from_ds) != 0 ? fourth : addresses[1];
}

/// A radiotap header's flags, the second of its fields; 0 where it has none.
unsigned radiotap_flags(Reader reader, Reader fields) noexcept {
  constexpr std::uint32_t has_time = 1;
  constexpr std::uint32_t has_flags = 2;
  constexpr std::uint32_t more_words = std::uint32_t{1} << 31;
  const std::uint32_t present = little32(reader);
  for (std::uint32_t word = present; (word & more_words) != 0 && reader.ok();) {
    word = little32(reader);
  }
  if ((present & has_flags) == 0 || !reader.ok()) return 0;
  fields.skip(reader.at());
  if ((present & has_time) != 0) fields.skip((8 - fields.at() % 8) % 8 + 8);  // it is aligned
  return fields.u8();
}

}  // namespace

LinkPayload read_wifi(Bytes frame, Packet& packet, bool padded) noexcept {
  Reader reader(frame);
  const unsigned control = reader.u8();
  const unsigned bits = reader.u8();
  const unsigned subtype = control >> 4;
  if ((control >> 2 & 3u) != data_frame || (subtype & no_data) != 0) return {};
  reader.skip(2);
  std::array<Bytes, 3> addresses;
  for (Bytes& address : addresses) address = reader.take(6);
  const unsigned fragment = reader.u8() & 0xFu;
  reader.skip(1);
  const Bytes fourth = (bits & to_ds) != 0 && (bits & from_ds) != 0 ? reader.take(6) : Bytes();
  unsigned qos = 0;
  if ((subtype & with_qos) != 0) {
    qos = reader.u8();
    reader.skip((bits & order) != 0 ? 5 : 1);  // with the HT control field
  }
  if (!reader.ok()) return {};
  if ((bits & is_protected) != 0) return {FrameKind::encrypted, {}};
  constexpr unsigned aggregated = 128;  // several frames in one
  const bool is_partial = fragment != 0 || (bits & more_fragments) != 0;
  if (is_partial || (qos & aggregated) != 0) return {FrameKind::unsupported, {}};
  if (padded) reader.skip((4 - reader.at() % 4) % 4);
  take_mac(sender_of(bits, addresses, fourth), packet);
  return read_llc(reader);
}

LinkPayload read_radiotap(Bytes frame, Packet& packet) noexcept {
  Reader reader(frame);
  const unsigned version = reader.u8();
  reader.skip(1);
  const std::size_t size = little16(reader);
  if (!reader.ok() || version != 0 || size < 8 || size > frame.size()) return {};
  constexpr unsigned is_padded = 0x20;
  constexpr unsigned bad_check_sequence = 0x40;
  const Bytes header = frame.first(size);
  const unsigned flags = radiotap_flags(Reader(header, 4), Reader(header));
  if ((flags & bad_check_sequence) != 0) return {FrameKind::malformed, {}};
  return read_wifi(frame.subspan(size), packet, (flags & is_padded) != 0);
}

LinkPayload read_ppi(Bytes frame, Packet& packet) noexcept {
  Reader reader(frame);
  reader.skip(2);
  const std::size_t size = little16(reader);
  const std::uint32_t link_type = little32(reader);
  if (!reader.ok() || size < 8 || size > frame.size()) return {};
  if (link_type != link_type_wifi) return {FrameKind::unsupported, {}};
  constexpr unsigned common_80211 = 2;
  constexpr unsigned bad_check_sequence = 4;
  Reader fields(frame.first(size), reader.at());
  while (fields.left() >= 4) {
    const unsigned type = little16(fields);
    const std::size_t field_size = little16(fields);
    Reader field(fields.take(field_size));
    if (!fields.ok()) return {FrameKind::malformed, {}};
    field.skip(8);
    if (type == common_80211 && (little16(field) & bad_check_sequence) != 0) {
      return {FrameKind::malformed, {}};
    }
  }
  return read_wifi(frame.subspan(size), packet);
}

}  // namespace srvwarden::link
