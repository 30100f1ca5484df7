// HashIndex: which of some items is equal to this one; the items themselves stay with the caller.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace srvwarden::registry {

/// Indices by hash, with linear probing.
class HashIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  explicit HashIndex(std::size_t expected = 0) {
    std::size_t size = 16;
    while (size < expected * 2) size *= 2;
    slots_.resize(size);
  }

  /// The item with this hash for which same(index) holds; else stores `index` and gives none.
  template <class Same>
  std::uint32_t find_or_add(std::uint32_t hash, std::uint32_t index, Same same) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = probe(hash, same);
    if (slot.index != none) return slot.index;
    slot = {hash, index};
    ++count_;
    return none;
  }

  template <class Same>
  std::uint32_t find(std::uint32_t hash, Same same) {
    return probe(hash, same).index;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t index = none;
  };

  template <class Same>
  Slot& probe(std::uint32_t hash, Same same) {
    for (std::size_t at = hash;; ++at) {
      Slot& slot = slots_[at & (slots_.size() - 1)];
      if (slot.index == none || (slot.hash == hash && same(slot.index))) return slot;
    }
  }

  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.index != none) probe(slot.hash, [](std::uint32_t) { return false; }) = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace srvwarden::registry
