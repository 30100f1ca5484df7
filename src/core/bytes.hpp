// Sixteen bytes at once, on every machine that g++ and clang++ know vectors for.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

namespace srvwarden::bytes {

using Word = std::uint64_t;

/// Between the two views only casts go, never memory: a load of bytes just stored in parts would
/// have to wait.
using Words [[gnu::vector_size(16)]] = Word;
/// Comparisons give 0xFF where they hold, and 0 elsewhere.
using Bytes [[gnu::vector_size(16)]] = unsigned char;

template <class T>
T load(const char* from) noexcept {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// The lowest bit of the result stands for the first byte: set where its top bit is.
inline unsigned top_bits(Bytes bytes) noexcept {
#ifdef __SSE2__
  using Signed [[gnu::vector_size(16)]] = char;
  return static_cast<unsigned>(__builtin_ia32_pmovmskb128((Signed)bytes));
#else
  const auto words = (Words)bytes;
  const auto gather = [](Word w) { return (w & 0x8080808080808080) * 0x0002040810204081 >> 56; };
  return static_cast<unsigned>(gather(words[0]) | gather(words[1]) << 8);
#endif
}

}  // namespace srvwarden::bytes
