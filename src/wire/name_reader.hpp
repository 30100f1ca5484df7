// NameReader: decompresses the names of one message, each suffix only once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "srvwarden/mdns_message.hpp"

namespace srvwarden::wire {

/// Octets that stay where they are until clear().
class Arena {
 public:
  /// Room for `size` octets (at most block_size); only what is kept of it is used up.
  char* reserve(std::size_t size) {
    if (blocks_.empty() || used_ + size > block_size) add_block();
    return blocks_[block_].get() + used_;
  }
  void keep(std::size_t size) noexcept { used_ += size; }
  void clear() noexcept;

 private:
  static constexpr std::size_t block_size = 16384;
  static constexpr std::size_t blocks_kept = 4;

  void add_block();

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

/// A name as far as it could be read.
struct NameRead {
  NameView name;  ///< views the packet where its octets stand there in one piece, else the reader
  std::size_t end = 0;  ///< in the packet, after the name's own octets; 0: not known
  std::optional<Fault> fault = {};
  bool compressed = false;
};

class NameReader {
 public:
  /// A name of max_size octets has fewer labels, and needs no more pointers than labels.
  static constexpr std::size_t max_pointers = 128;

  /// Forgets the names of the message before.
  void start(Bytes packet);

  /// Reads the name at `at`, whose own octets must end by `limit` (a place in the packet).
  ///
  /// Each pointer must go below the name, and below the pointer before it, and not into the
  /// header: no loops. What was read once is known from then on, so that the work grows with the
  /// packet alone, but for names with a fault, each of which may cost 2 * max_pointers steps.
  /// RFC 1035 §4.1.4, RFC 9267 §2.
  NameRead read(std::size_t at, std::size_t limit) {
    if (const Suffix* const known = find_pointed(at, limit)) {  // what most names are
      ++steps_;
      return {.name = NameView({known->octets, known->size}), .end = at + 2, .compressed = true};
    }
    return read_labels(at, limit);
  }

  /// Labels and pointers looked at in this message: tests hold it to its bound.
  std::size_t steps() const noexcept { return steps_; }

 private:
  struct Walk;
  /// The name that begins at an offset of the packet.
  struct Suffix {
    std::uint32_t message = 0;  ///< the message in which it was read
    std::uint32_t size = 0;     ///< octets
    const char* octets = nullptr;
  };
  static constexpr std::size_t pointable = 0x4000;  ///< offsets that 14 bits can say

  const Suffix* find(std::size_t offset) const noexcept {
    const Suffix& suffix = known_[offset];  // it is below one that is in the packet
    return suffix.message == message_ ? &suffix : nullptr;
  }
  /// The name that a pointer at `at` leads to, if it is known.
  const Suffix* find_pointed(std::size_t at, std::size_t limit) const noexcept {
    if (at + 2 > limit || limit > packet_.size() || packet_[at] < 0xC0) return nullptr;
    const std::size_t target = (packet_[at] & 0x3Fu) << 8 | packet_[at + 1];
    return target < at ? find(target) : nullptr;
  }
  NameRead read_labels(std::size_t at, std::size_t limit);
  bool pass_labels(Walk& walk) const noexcept;
  bool follow_pointer(Walk& walk);
  void copy_run(Walk& walk);
  void end_at_root(Walk& walk);
  bool end_at_known(Walk& walk, const Suffix& suffix);
  void end_with_root(Walk& walk);
  void remember(const Walk& walk) noexcept;
  std::size_t find_end(std::size_t at, std::size_t limit) const noexcept;

  Bytes packet_;
  Arena arena_;
  std::uint32_t message_ = 0;
  std::size_t steps_ = 0;
  std::vector<Suffix> known_;  ///< by offset
};

}  // namespace srvwarden::wire
