// IndexTable: finds rows, kept elsewhere, by a hash that nobody outside can foresee.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "srvwarden/observation.hpp"

namespace srvwarden::census {

/// Open addressing over indices of rows; rows are never taken out.
class IndexTable {
 public:
  /// @param same  whether the row of an index is the one that is looked for.
  /// @return      its index, or no_index.
  template <class Same>
  std::uint32_t find(std::uint64_t hash, Same same) const {
    if (slots_.empty()) return no_index;
    const auto tag = static_cast<std::uint32_t>(hash);
    for (std::size_t at = tag & mask_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.index == no_index) return no_index;
      if (slot.tag == tag && same(slot.index)) return slot.index;
    }
  }

  /// Of a row that find does not give.
  void insert(std::uint64_t hash, std::uint32_t index) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    ++count_;
    place({static_cast<std::uint32_t>(hash), index});
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t index = no_index;
  };

  void place(Slot slot) {
    std::size_t at = slot.tag & mask_;
    while (slots_[at].index != no_index) at = (at + 1) & mask_;
    slots_[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.index != no_index) place(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t count_ = 0;
};

/// Hashes with a secret of this process: whoever sends packets cannot choose what collides.
class Hasher {
 public:
  Hasher();

  std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const noexcept {
    return mix(a ^ secret_, b ^ other_);
  }
  /// Octets as they are.
  std::uint64_t operator()(std::string_view octets, std::uint64_t seed = 0) const noexcept {
    return run<0>(octets, seed);
  }
  /// What is equal but for the case of ASCII letters has the same hash.
  std::uint64_t folded(std::string_view octets, std::uint64_t seed = 0) const noexcept {
    return run<0x2020202020202020u>(octets, seed);
  }

 private:
  __extension__ typedef unsigned __int128 Wide;

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  template <std::uint64_t Fold>
  std::uint64_t run(std::string_view octets, std::uint64_t seed) const noexcept {
    std::uint64_t hash = mix(seed ^ secret_, octets.size() ^ other_);
    const char* at = octets.data();
    std::size_t left = octets.size();
    for (; left > 16; left -= 16, at += 16) {
      hash = mix((load(at) | Fold) ^ secret_, (load(at + 8) | Fold) ^ hash);
    }
    char rest[16] = {};
    std::memcpy(rest, at, left);
    return mix((load(rest) | Fold) ^ secret_, (load(rest + 8) | Fold) ^ hash ^ other_);
  }

  static std::uint64_t load(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
  }

  std::uint64_t secret_;
  std::uint64_t other_;
};

}  // namespace srvwarden::census
