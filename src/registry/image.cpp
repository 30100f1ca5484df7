// Reading an image: keys of names, the hash lookup, and unpacking a record.
// SPDX-License-Identifier: Apache-2.0
#include "registry/image.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {
namespace {

template <class Word>
std::uint64_t load(const char* at) noexcept {
  Word word;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    std::uint64_t swapped = 0;
    for (std::size_t i = 0; i < sizeof word; ++i) {
      swapped = swapped << 8 | (static_cast<std::uint64_t>(word) >> (8 * i) & 0xFF);
    }
    return swapped;
  }
  return word;
}

std::uint64_t byte(char c) noexcept { return static_cast<unsigned char>(c); }

/// Lower case for eight bytes at once.
constexpr std::uint64_t fold(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101u;
  const std::uint64_t low_bits = bytes & (0x7F * ones);
  const std::uint64_t from_a = low_bits + (0x80 - 'A') * ones;
  const std::uint64_t above_z = low_bits + (0x7F - 'Z') * ones;
  const std::uint64_t upper = (from_a ^ above_z) & ~bytes & (0x80 * ones);
  return bytes | upper >> 2;
}
static_assert(fold(0x5B5A41404F6FC1DAu) == 0x5B7A61406F6FC1DAu);

}  // namespace

NameKey make_key(std::string_view name) noexcept {
  const char* p = name.data();
  const std::size_t size = std::min<std::size_t>(name.size(), 15);
  NameKey key{0, 0};
  if (size > 8) {
    key.low = load<std::uint64_t>(p);
    key.high = load<std::uint64_t>(p + size - 8) >> (8 * (16 - size));
  } else if (size >= 4) {
    const std::uint64_t tail = load<std::uint32_t>(p + size - 4);
    key.low = load<std::uint32_t>(p) | tail << (8 * (size - 4));
  } else if (size > 0) {
    const std::size_t middle = size / 2;
    key.low = byte(p[0]) | byte(p[middle]) << (8 * middle) | byte(p[size - 1]) << (8 * (size - 1));
  }
  key.low = fold(key.low);
  key.high = fold(key.high) | std::uint64_t{std::min(name.size(), max_name_size)} << 56;
  return key;
}

const PackedName* Image::find(std::string_view name) const noexcept {
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

RegistryRecord Image::record(std::uint32_t index) const noexcept {
  const PackedRecord& packed = records[index];
  const PackedExtra& extra = extras[packed.extra];
  RegistryRecord record;
  if (packed.name != no_name) record.name = view(names[packed.name]);
  record.ports = {packed.first_port, packed.last_port, (packed.transport_and_port & has_port) != 0};
  record.transport = static_cast<RegistryTransport>(packed.transport_and_port & 7);
  record.status = static_cast<RegistryStatus>(packed.status);
  record.title = view(packed.title);
  record.replacement = view(extra.replacement);
  record.registered = unpack_date(packed.registered);
  record.modified = unpack_date(extra.modified);
  record.references = view(extra.references);
  record.service_code = extra.service_code;
  record.unauthorized_use = (extra.unauthorized & 1) != 0;
  record.unauthorized_ports = {extra.unauthorized_first, extra.unauthorized_last,
                               (extra.unauthorized & 2) != 0};
  return record;
}

}  // namespace srvwarden::registry
