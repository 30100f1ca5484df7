// Service types at run time: the common spelling read sixteen bytes at once.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/service_type.hpp"

#include <array>
#include <bit>
#include <cstring>

#include "core/bytes.hpp"

namespace srvwarden {
namespace {

using bytes::Bytes;
using bytes::load;
using bytes::top_bits;
using bytes::Word;
using bytes::Words;

/// A constant text of at most eight bytes, the first lowest.
constexpr Word word_of(std::string_view text) noexcept {
  Word word = 0;
  for (std::size_t i = text.size(); i > 0; --i) {
    word = word << 8 | static_cast<unsigned char>(text[i - 1]);
  }
  return word;
}

/// What a name of n bytes is laid over: 0xFF where its bytes are, and its size in the last byte,
/// where a ServiceName has it.
struct alignas(16) Frame {
  std::array<unsigned char, 16> mask{};
  std::array<unsigned char, 16> size{};
};

constexpr std::array<Frame, ServiceName::max_size + 1> frames = [] {
  std::array<Frame, ServiceName::max_size + 1> all{};
  for (std::size_t n = 0; n < all.size(); ++n) {
    for (std::size_t i = 0; i < n; ++i) all[n].mask[i] = 0xFF;
    all[n].size[ServiceName::max_size] = static_cast<unsigned char>(n);
  }
  return all;
}();

Bytes bytes_of(const std::array<unsigned char, 16>& from) noexcept {
  Bytes bytes;
  std::memcpy(&bytes, from.data(), sizeof bytes);
  return bytes;
}

constexpr std::size_t around = 6;  // "_" before the name, "._tcp" after it

// What ends a type, its letters folded and its '_' as it is.
constexpr std::uint32_t label_folding = 0x20202000;
constexpr auto tcp_label = static_cast<std::uint32_t>(word_of("_tcp")) | label_folding;
constexpr auto udp_label = static_cast<std::uint32_t>(word_of("_udp")) | label_folding;

/// Sixteen bytes, the first `size` of them the name's: reads only what the type has, "._tcp"
/// included, so that eight bytes can be read from any place that leaves three of the name.
Bytes load_name(const char* from, std::size_t size) noexcept {
  if (size >= 11) return load<Bytes>(from);
  if (size <= 8) return (Bytes)Words{load<Word>(from), 0};
  return (Bytes)Words{load<Word>(from), load<Word>(from + size - 8) >> 8 * (16 - size)};
}

/// Which bytes of a name are what: a bit for each, the first lowest.
struct NameBits {
  NameBits(Bytes bytes, Bytes letters_of_it, std::size_t size) noexcept
      : all((1u << size) - 1),
        letters(top_bits(letters_of_it)),
        hyphens(top_bits((Bytes)(bytes == '-'))),
        strange(~(letters | hyphens | top_bits((Bytes)(bytes - '0' < 10))) & all) {}

  unsigned edges() const noexcept { return hyphens & (1u | (all + 1) >> 1); }
  unsigned runs() const noexcept { return hyphens & hyphens >> 1; }
  unsigned wrong() const noexcept { return strange | edges() | runs(); }

  unsigned all;
  unsigned letters;
  unsigned hyphens;
  unsigned strange;
};

Bytes letters_among(Bytes bytes) noexcept {
  return (Bytes)((bytes | 0x20) - 'a' < 26);  // comparisons give 0xFF or 0
}

/// The first violation in a name of which something is wrong, or which has no letter; its offset is
/// the type's.
Error violation(const NameBits& bits) noexcept {
  const unsigned wrong = bits.wrong();
  if (wrong == 0) return {Errc::service_name_no_letter, 1};
  const auto at = static_cast<unsigned>(std::countr_zero(wrong));
  const unsigned bit = 1u << at;
  if ((bits.edges() & bit) != 0) return {Errc::service_name_edge_hyphen, at + 1};
  if ((bits.runs() & bit) != 0) return {Errc::service_name_hyphen_run, at + 1};
  return {Errc::service_name_bad_character, at + 1};
}

// Out of line, so that the quick way does not pay for its stack.
[[gnu::noinline]] void read_general(std::string_view text, Result<ServiceType>& out) noexcept {
  out = ServiceTypeReader::read_any(text);
}
[[gnu::noinline]] bool is_valid_general(std::string_view text) noexcept {
  return ServiceTypeReader::read_any(text).has_value();
}

/// Whether there are more labels or escapes in what stands before the transport.
bool has_more(Bytes bytes) noexcept {
  return top_bits((Bytes)(bytes == '.') | (Bytes)(bytes == '\\')) != 0;
}

[[gnu::noinline]] void refuse(std::string_view text, Result<ServiceType>& out, Bytes bytes,
                              Bytes letters) noexcept {
  if (has_more(bytes)) return read_general(text, out);
  out = violation(NameBits(bytes, letters, text.size() - around));
}

/// What sixteen bytes at once tell of a text.
enum class Glance : std::uint8_t { right, wrong, unsure };

/// A text at a glance, with what was seen on the way.
struct Seen {
  const Frame* frame = nullptr;
  Bytes bytes{};
  Bytes letters{};
  Bytes folded{};
  Transport transport = Transport::tcp;

  /// Wrong means: in the name, unless has_more(bytes).
  [[gnu::always_inline]] Glance look(std::string_view text) noexcept {
    const std::size_t size = text.size() - around;
    if (std::endian::native != std::endian::little || size - 3 > ServiceName::max_size - 3) {
      return Glance::unsure;
    }
    const char* const from = text.data() + 1;
    const auto label = load<std::uint32_t>(from + size + 1) | label_folding;
    const bool tcp = label == tcp_label;
    if (from[-1] != '_' || from[size] != '.' || (!tcp && label != udp_label)) {
      return Glance::unsure;
    }
    transport = tcp ? Transport::tcp : Transport::udp;
    frame = &frames[size];
    const Bytes mask = bytes_of(frame->mask);
    bytes = load_name(from, size) & mask;
    letters = letters_among(bytes);
    folded = bytes | (letters & 0x20);
    if (top_bits((Bytes)(letters == mask)) == 0xFFFF) return Glance::right;
    const NameBits bits(bytes, letters, size);
    if (bits.letters == 0 || bits.wrong() != 0) return Glance::wrong;
    const bool dns_sd = size == 6 && ((Words)folded)[0] == word_of("dns-sd");
    return dns_sd ? Glance::unsure : Glance::right;
  }
};

}  // namespace

Result<ServiceType> ServiceTypeReader::read(std::string_view text) noexcept {
  Result<ServiceType> out{ServiceType()};
  read_into(text, out);
  return out;
}

void ServiceTypeReader::read_into(std::string_view text, Result<ServiceType>& out) noexcept {
  Seen seen;
  const Glance glance = seen.look(text);
  if (glance == Glance::unsure) return read_general(text, out);
  if (glance == Glance::wrong) return refuse(text, out, seen.bytes, seen.letters);
  const Bytes padded = seen.folded | bytes_of(seen.frame->size);
  std::memcpy(out->name_.bytes_.data(), &padded, sizeof padded);
  out->transport_ = seen.transport;
}

bool ServiceTypeReader::is_valid(std::string_view text) noexcept {
  Seen seen;
  const Glance glance = seen.look(text);
  if (glance == Glance::right) return true;
  if (glance == Glance::wrong && !has_more(seen.bytes)) return false;
  return is_valid_general(text);
}

std::string ServiceType::text() const {
  std::string out = "_";
  out += name_.text();
  out += '.';
  out += label_of(transport_);
  return out;
}

}  // namespace srvwarden
