// Service types at run time: the common spelling read eight bytes at a time.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/service_type.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace srvwarden {
namespace {

using Word = std::uint64_t;

/// Sixteen bytes at once, on every machine that g++ and clang++ know vectors for. Between the two
/// views only casts go, never memory: a load of bytes just stored in parts would have to wait.
using Words [[gnu::vector_size(16)]] = Word;
using Bytes [[gnu::vector_size(16)]] = unsigned char;

template <class T>
Word load(const char* from) noexcept {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// A constant text of at most eight bytes, the first lowest.
constexpr Word word_of(std::string_view text) noexcept {
  Word word = 0;
  for (std::size_t i = text.size(); i > 0; --i) {
    word = word << 8 | static_cast<unsigned char>(text[i - 1]);
  }
  return word;
}

/// The lowest bit of the result stands for the first byte: set where its top bit is.
unsigned top_bits(Bytes bytes) noexcept {
#ifdef __SSE2__
  using Signed [[gnu::vector_size(16)]] = char;
  return static_cast<unsigned>(__builtin_ia32_pmovmskb128((Signed)bytes));
#else
  const auto words = (Words)bytes;
  const auto gather = [](Word w) { return (w & 0x8080808080808080) * 0x0002040810204081 >> 56; };
  return static_cast<unsigned>(gather(words[0]) | gather(words[1]) << 8);
#endif
}

/// Bytes of 0xFF, then of 0: sixteen from `ones + 16 - n` on have n of the first.
constexpr std::array<unsigned char, 32> ones = [] {
  std::array<unsigned char, 32> bytes{};
  for (std::size_t i = 0; i < 16; ++i) bytes[i] = 0xFF;
  return bytes;
}();

Bytes first_bytes(std::size_t n) noexcept {
  Bytes mask;
  std::memcpy(&mask, ones.data() + 16 - n, sizeof mask);
  return mask;
}

// What follows a name in a type, folded: that moves '_' to 0x7F and leaves '.'.
constexpr Word suffix_folding = 0x2020202000;
constexpr Word tcp_suffix = word_of("._tcp") | suffix_folding;
constexpr Word udp_suffix = word_of("._udp") | suffix_folding;

// Out of line, so that the quick way does not pay for its stack.
[[gnu::noinline]] void read_general(std::string_view text, Result<ServiceType>& out) noexcept {
  out = ServiceTypeReader::read_any(text);
}

}  // namespace

bool ServiceTypeReader::read_plain(std::string_view text, ServiceType& out) noexcept {
  constexpr std::size_t around = 6;  // "_" before the name, "._tcp" after it
  if constexpr (std::endian::native != std::endian::little) return false;
  if (text.size() <= around || text.size() > ServiceName::max_size + around) return false;
  const char* const from = text.data() + 1;
  const std::size_t size = text.size() - around;
  const Word suffix =
      (load<std::uint32_t>(from + size) | Word{static_cast<unsigned char>(text.back())} << 32) |
      suffix_folding;
  const bool tcp = suffix == tcp_suffix;
  if (text.front() != '_' || (!tcp && suffix != udp_suffix)) return false;

  // "._tcp" follows the name, so eight bytes can be read from any place that leaves three of it.
  const Word low = size >= 3 ? load<Word>(from) : load<std::uint32_t>(from);
  const Word upper = size > 8 ? load<Word>(from + size - 8) >> 8 * (16 - size) : 0;
  const Bytes bytes = (Bytes)Words{low, upper} & first_bytes(size);
  const auto letters = (Bytes)((bytes | 0x20) - 'a' < 26);  // comparisons give 0xFF or 0
  const unsigned letter_bits = top_bits(letters);
  const unsigned hyphen_bits = top_bits((Bytes)(bytes == '-'));
  const unsigned digit_bits = top_bits((Bytes)(bytes - '0' < 10));
  const unsigned all_bits = (1u << size) - 1;
  if ((letter_bits | hyphen_bits | digit_bits) != all_bits || letter_bits == 0) return false;
  const Bytes folded = bytes | (letters & 0x20);
  if (hyphen_bits != 0) {
    const unsigned edges = 1u | 1u << (size - 1);
    if ((hyphen_bits & (hyphen_bits >> 1 | edges)) != 0) return false;
    if (size == 6 && ((Words)folded)[0] == word_of("dns-sd")) return false;
  }
  const Words padded = (Words)folded | Words{0, Word{size} << 56};  // the last byte is the size
  std::memcpy(out.name_.bytes_.data(), &padded, sizeof padded);
  out.transport_ = tcp ? Transport::tcp : Transport::udp;
  return true;
}

Result<ServiceType> ServiceTypeReader::read(std::string_view text) noexcept {
  Result<ServiceType> type{ServiceType()};
  if (!read_plain(text, *type)) read_general(text, type);
  return type;
}

std::string ServiceType::text() const {
  std::string out = "_";
  out += name_.text();
  out += '.';
  out += label_of(transport_);
  return out;
}

}  // namespace srvwarden
