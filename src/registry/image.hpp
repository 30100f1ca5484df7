// Image: the registry as flat arrays with offsets, the same compiled in or made at run time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "registry/name_key.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry_record.hpp"

namespace srvwarden::registry {

/// Bytes of Image::text.
struct TextRef {
  std::uint32_t offset;
  std::uint16_t size;
};

/// Who a record belongs to: an index into Image::people; 0 stands for nobody.
struct PackedPeople {
  std::uint32_t assignee;  ///< offsets in Image::text
  std::uint32_t contact;
  std::uint16_t assignee_size;
  std::uint16_t contact_size;
};

/// What few records have; record 0 of Image::extras is the one that has nothing.
struct PackedExtra {
  TextRef references;
  TextRef replacement;
  TextRef txt_keys;
  std::uint32_t modified;  ///< as pack() makes it
  std::uint32_t service_code;
  std::uint16_t unauthorized_first;
  std::uint16_t unauthorized_last;
  std::uint8_t unauthorized;  ///< bit 0: unauthorized use; bit 1: the ports are stated
};

/// Twenty bytes a record; the widths hold RegistryTable's limits.
struct [[gnu::packed]] alignas(4) PackedRecord {
  std::uint64_t registered : 20;  ///< as pack() makes it
  std::uint64_t people : 18;      ///< index into Image::people
  std::uint64_t extra : 18;       ///< index into Image::extras
  std::uint64_t transport : 3;    ///< RegistryTransport
  std::uint64_t has_port : 1;
  std::uint64_t status : 4;  ///< RegistryStatus
  std::uint32_t title;       ///< offset in Image::text
  std::uint16_t title_size;
  std::uint16_t name;  ///< index into Image::names, or no_name
  std::uint16_t first_port;
  std::uint16_t last_port;
};
static_assert(sizeof(PackedRecord) == 20);
inline constexpr std::uint16_t no_name = 0xFFFF;

struct PackedName {
  NameKey key;
  std::uint32_t text;  ///< offset of the name as registered; its size is the key's top byte
  std::uint32_t first_and_standing;  ///< index into Image::by_name, and the bits below above it
};
/// Of all records of a name. The records are those from its first to the next name's first.
inline constexpr unsigned standing_shift = 28;
constexpr std::uint32_t first_of(const PackedName& name) noexcept {
  return name.first_and_standing & ((1u << standing_shift) - 1);
}
constexpr std::uint8_t standing_of(const PackedName& name) noexcept {
  return static_cast<std::uint8_t>(name.first_and_standing >> standing_shift);
}
inline constexpr std::uint8_t for_tcp = 1, for_udp = 2, not_a_service = 4, has_replacement = 8;

/// A slot of the hash table: the high half checks the hash, the low half is an index into names.
using Slot = std::uint32_t;
inline constexpr Slot empty_slot = 0xFFFFFFFF;

/// Views of everything. Text is one block; the name index is a hash table with linear probing.
struct Image {
  const char* text = nullptr;
  const PackedRecord* records = nullptr;
  const PackedExtra* extras = nullptr;
  const PackedPeople* people = nullptr;
  const PackedName* names = nullptr;       ///< name_count, and one that ends the last one's records
  const std::uint32_t* by_name = nullptr;  ///< records with a name, those of a name together
  const std::uint32_t* by_port = nullptr;  ///< records with a port, in order of the first port
  const std::uint16_t* port_first = nullptr;  ///< first_port of by_port[i]
  const std::uint16_t* port_reach = nullptr;  ///< the highest last_port of by_port[0..i]
  const Slot* slots = nullptr;
  std::uint32_t text_size = 0;
  std::uint32_t record_count = 0;
  std::uint32_t extra_count = 0;
  std::uint32_t people_count = 0;
  std::uint32_t name_count = 0;
  std::uint32_t named_count = 0;  ///< size of by_name
  std::uint32_t port_count = 0;   ///< size of by_port
  std::uint32_t slot_mask = 0;    ///< size of slots less one
  std::uint32_t edition = 0;

  std::string_view view(std::uint32_t offset, std::uint16_t size) const noexcept {
    return {text + offset, size};
  }
  std::string_view view(TextRef ref) const noexcept { return {text + ref.offset, ref.size}; }
  std::string_view view(const PackedName& name) const noexcept {
    return {text + name.text, static_cast<std::size_t>(name.key.high >> 56)};
  }
  /// How many records a name has.
  static std::uint32_t count(const PackedName& name) noexcept {
    return first_of(*(&name + 1)) - first_of(name);
  }
  RegistryRecord record(std::uint32_t index) const noexcept;
  /// The entry of a name in any case, or null.
  const PackedName* find(std::string_view name) const noexcept;
};

/// Twenty bits: years count from the one before first_year, so that 0 is no date.
inline constexpr std::uint16_t year_zero = 1900;
constexpr std::uint32_t pack(RegistryDate date) noexcept {
  if (!date) return 0;
  return static_cast<std::uint32_t>((date.year - year_zero) << 9 | date.month << 5 | date.day);
}
constexpr RegistryDate unpack_date(std::uint32_t packed) noexcept {
  if (packed == 0) return {};
  return {static_cast<std::uint16_t>((packed >> 9) + year_zero),
          static_cast<std::uint8_t>(packed >> 5 & 15), static_cast<std::uint8_t>(packed & 31)};
}

inline const PackedName* Image::find(std::string_view name) const noexcept {
  if (slots == nullptr) return nullptr;
  const NameKey key = make_key(name);
  const std::uint32_t h = hash(key);
  for (std::uint32_t at = h & slot_mask;; at = (at + 1) & slot_mask) {
    const Slot slot = slots[at];
    if (slot == empty_slot) return nullptr;
    if ((slot ^ h) >> 16 != 0) continue;
    const PackedName& entry = names[slot & 0xFFFF];
    if (entry.key != key) continue;
    if (name.size() <= 15 || ascii::equal(name, view(entry))) return &entry;
  }
}

/// The image that was compiled in; made by the table compiler.
extern const Image builtin_image;

}  // namespace srvwarden::registry
