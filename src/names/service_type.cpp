// Service types at run time: the common spelling read eight bytes at a time.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/service_type.hpp"

#include <bit>
#include <cstring>

namespace srvwarden {
namespace {

// Eight ASCII bytes in one word, the first lowest. A test yields 0x80 in each byte where it holds.
using Word = std::uint64_t;
constexpr Word each = 0x0101010101010101;
constexpr Word high = 0x80 * each;

constexpr Word at_least(Word bytes, unsigned char limit) noexcept {
  return (bytes + (0x80u - limit) * each) & high;
}
constexpr Word between(Word bytes, unsigned char first, unsigned char last) noexcept {
  return at_least(bytes, first) & ~at_least(bytes, static_cast<unsigned char>(last + 1));
}

// The n lowest bytes of a word; n from 0 to 8.
constexpr Word low_bytes(std::size_t n) noexcept {
  return n >= 8 ? ~Word{0} : (Word{1} << 8 * n) - 1;
}

Word load(const char* from, std::size_t size) noexcept {
  Word word = 0;
  std::memcpy(&word, from, size);
  return word;
}

struct Classes {
  Word folded, letters, hyphens, alphanumeric;
};

constexpr Classes classify(Word bytes) noexcept {
  const Word folded = bytes | between(bytes, 'A', 'Z') >> 2;  // 0x80 >> 2 is 'a' - 'A'
  const Word letters = between(folded, 'a', 'z');
  return {folded, letters, between(bytes, '-', '-'), letters | between(bytes, '0', '9')};
}

}  // namespace

bool ServiceTypeReader::read(std::string_view text, ServiceType& out) noexcept {
  constexpr std::size_t around = 6;  // "_" before the name, "._tcp" after it
  if constexpr (std::endian::native != std::endian::little) return false;
  if (text.size() <= around || text.size() > ServiceName::max_size + around) return false;
  const char* const from = text.data() + 1;
  const std::size_t size = text.size() - around;
  const Word suffix = load(from + size, 4) | 0x20200000u;  // "._t" or "._u", folded
  const Word ending = load(from + size + 3, 2) | 0x2020u;
  const bool tcp =
      suffix == (0x745F2Eu | Word{'c'} << 24) && ending == (Word{'c'} | Word{'p'} << 8);
  const bool udp =
      suffix == (0x755F2Eu | Word{'d'} << 24) && ending == (Word{'d'} | Word{'p'} << 8);
  if (text.front() != '_' || !(tcp || udp)) return false;

  // "._tcp" follows the name, so eight bytes can be read from any place that leaves three of it.
  const Word low = size >= 3 ? load(from, 8) & low_bytes(size) : load(from, 4) & low_bytes(size);
  const Word upper = size > 8 ? load(from + size - 8, 8) >> 8 * (16 - size) : 0;
  if (((low | upper) & high) != 0) return false;
  const Classes a = classify(low);
  const Classes b = classify(upper);
  const Word want_low = low_bytes(size) & high;
  const Word want_upper = size > 8 ? low_bytes(size - 8) & high : 0;
  if (((a.alphanumeric | a.hyphens) & want_low) != want_low) return false;
  if (((b.alphanumeric | b.hyphens) & want_upper) != want_upper) return false;
  if ((a.letters | b.letters) == 0) return false;
  const Word runs = (a.hyphens & (a.hyphens >> 8 | b.hyphens << 56)) | (b.hyphens & b.hyphens >> 8);
  if (runs != 0 || *from == '-' || from[size - 1] == '-') return false;
  if (size == 6 && a.folded == (load("dns-sd", 6))) return false;

  ServiceName name;
  std::memcpy(name.bytes_.data(), &a.folded, 8);
  std::memcpy(name.bytes_.data() + 8, &b.folded, 8);
  name.bytes_[ServiceName::max_size] = static_cast<char>(size);
  out = ServiceType(name, tcp ? Transport::tcp : Transport::udp);
  return true;
}

std::string ServiceType::text() const {
  std::string out = "_";
  out += name_.text();
  out += '.';
  out += label_of(transport_);
  return out;
}

}  // namespace srvwarden
