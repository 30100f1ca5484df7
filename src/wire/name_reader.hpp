// NameReader: decompresses the names of one message, each suffix only once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
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
  char* reserve(std::size_t size);
  void keep(std::size_t size) noexcept { used_ += size; }
  void clear() noexcept;

 private:
  static constexpr std::size_t block_size = 16384;
  static constexpr std::size_t blocks_kept = 4;

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

/// A name as far as it could be read.
struct NameRead {
  NameView name;
  std::optional<std::size_t> end;  ///< in the packet, after the name's own octets; if known
  std::optional<Fault> fault;
  bool compressed = false;
};

class NameReader {
 public:
  /// Forgets the names of the message before.
  void start(Bytes packet) noexcept;

  /// Reads the name at `at`, whose own octets must end by `limit` (a place in the packet).
  ///
  /// Each pointer must go below the name, and below the pointer before it, and not into the
  /// header: no loops, and bounded work. RFC 1035 §4.1.4.
  NameRead read(std::size_t at, std::size_t limit);

 private:
  struct Walk;
  struct Suffix {
    std::uint32_t message = 0;  ///< the message in which it was read
    std::uint32_t offset = 0;
    std::string_view octets;
  };

  const Suffix* find(std::size_t offset) const noexcept;
  bool add_label(Walk& walk);
  bool follow_pointer(Walk& walk);
  void remember(const Walk& walk, std::string_view octets) noexcept;
  std::optional<std::size_t> find_end(std::size_t at, std::size_t limit) const noexcept;

  Bytes packet_;
  Arena arena_;
  std::uint32_t message_ = 0;
  std::array<Suffix, 64> known_{};
};

}  // namespace srvwarden::wire
