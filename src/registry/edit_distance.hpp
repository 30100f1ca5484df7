// Edit distance: how many slips of the fingers lie between two words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {

/// Longer words are not compared: a service name has 15 bytes.
inline constexpr std::size_t longest_word = 64;

/// A word in lower case with what makes most comparisons short.
class FoldedWord {
 public:
  FoldedWord() = default;
  /// @param word  at most longest_word bytes; need not outlive the call.
  explicit FoldedWord(std::string_view word) noexcept {
    for (std::size_t at = 0; at < word.size(); ++at) {
      const char c = letter_at(word, at);
      bytes_[size_++] = c;
      kinds_ |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63);
    }
  }

  std::string_view text() const noexcept { return {bytes_.data(), size_}; }
  /// One bit for each of 64 kinds of bytes that it has: an edit changes two bits at most.
  std::uint64_t kinds() const noexcept { return kinds_; }

 private:
  /// The byte folded; of a letter of Latin-1 with an accent (two bytes of UTF-8) the plain letter.
  static char letter_at(std::string_view word, std::size_t& at) noexcept {
    constexpr std::string_view plain =
        "aaaaaaaceeeeiiiidnooooo/ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(word[i]); };
    const bool latin = byte(at) == 0xC3 && at + 1 < word.size() && byte(at + 1) >> 6 == 2;
    return latin ? plain[byte(++at) & 63] : ascii::fold(word[at]);
  }

  std::array<char, longest_word> bytes_;
  std::size_t size_ = 0;
  std::uint64_t kinds_ = 0;
};

inline std::size_t differing_kinds(const FoldedWord& a, const FoldedWord& b) noexcept {
  return static_cast<std::size_t>(std::popcount(a.kinds() ^ b.kinds()));
}

/// Optimal string alignment distance (insert, delete, replace, swap of neighbours), or more than
/// `most` where it is more.
std::size_t edit_distance(const FoldedWord& a, const FoldedWord& b, std::size_t most) noexcept;

}  // namespace srvwarden::registry
