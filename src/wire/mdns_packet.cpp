// Addresses: read, written and compared without the C library's help, as the same everywhere.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/mdns_packet.hpp"

#include <algorithm>
#include <charconv>

#include "srvwarden/ascii.hpp"

namespace srvwarden::wire {

namespace {

constexpr std::size_t groups = 8;

std::optional<Address> parse_ipv4(std::string_view text) noexcept {
  std::array<std::uint8_t, 4> octets{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto [next, error] = std::from_chars(at, end, octets[i]);
    if (error != std::errc() || next - at > 3) return std::nullopt;
    at = next;
  }
  return at == end ? std::optional(Address(octets)) : std::nullopt;
}

/// Reads groups of 16 bits up to the end or "::". Gives how many, or nothing.
std::optional<std::size_t> parse_groups(std::string_view text, std::uint16_t* out,
                                        std::size_t room) noexcept {
  std::size_t count = 0;
  while (!text.empty()) {
    if (count == room) return std::nullopt;
    const auto [next, error] =
        std::from_chars(text.data(), text.data() + text.size(), out[count], 16);
    const auto size = static_cast<std::size_t>(next - text.data());
    if (error != std::errc() || size > 4) return std::nullopt;
    ++count;
    text.remove_prefix(size);
    if (text.empty()) break;
    if (text.front() != ':' || text.size() == 1) return std::nullopt;
    text.remove_prefix(1);
  }
  return count;
}

std::optional<Address> parse_ipv6(std::string_view text) noexcept {
  std::array<std::uint16_t, groups> values{};
  const std::size_t gap = text.find("::");
  const auto first = parse_groups(text.substr(0, gap), values.data(), groups);
  if (!first) return std::nullopt;
  if (gap == text.npos) {
    if (*first != groups) return std::nullopt;
  } else {
    if (*first == groups) return std::nullopt;
    std::array<std::uint16_t, groups> last{};
    const std::size_t room = groups - 1 - *first;
    const auto count = parse_groups(text.substr(gap + 2), last.data(), room);
    if (!count) return std::nullopt;
    std::copy_n(last.begin(), *count, values.end() - static_cast<std::ptrdiff_t>(*count));
  }
  std::array<std::uint8_t, 16> octets{};
  for (std::size_t i = 0; i < groups; ++i) {
    octets[2 * i] = static_cast<std::uint8_t>(values[i] >> 8);
    octets[2 * i + 1] = static_cast<std::uint8_t>(values[i]);
  }
  return Address(octets);
}

struct Run {
  std::size_t start = groups;
  std::size_t size = 1;  // a single zero group is written out
};

/// The longest run of zero groups, the first if there are several. RFC 5952 §4.2.
Run longest_zeros(const std::array<unsigned, groups>& values) noexcept {
  Run best;
  for (std::size_t i = 0; i < groups;) {
    std::size_t end = i;
    while (end < groups && values[end] == 0) ++end;
    if (end - i > best.size) best = {i, end - i};
    i = end + 1;
  }
  return best;
}

std::string ipv6_text(Bytes octets) {
  std::array<unsigned, groups> values{};
  for (std::size_t i = 0; i < groups; ++i) {
    values[i] = static_cast<unsigned>(octets[2 * i] << 8 | octets[2 * i + 1]);
  }
  const Run zeros = longest_zeros(values);
  std::string out;
  for (std::size_t i = 0; i < groups; ++i) {
    if (i == zeros.start) {
      out += "::";
      i += zeros.size - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    std::array<char, 4> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), values[i], 16).ptr;
    out.append(digits.data(), end);
  }
  return out;
}

}  // namespace

Address::Address(Bytes octets) noexcept {
  if (octets.size() != 4 && octets.size() != 16) return;
  size_ = static_cast<std::uint8_t>(octets.size());
  std::copy(octets.begin(), octets.end(), octets_.begin());
}

std::optional<Address> Address::parse(std::string_view text) noexcept {
  return text.find(':') == text.npos ? parse_ipv4(text) : parse_ipv6(text);
}

bool Address::is_multicast() const noexcept {
  return is_ipv4() ? (octets_[0] & 0xF0u) == 0xE0u : is_ipv6() && octets_[0] == 0xFF;
}

std::string Address::text() const {
  if (is_ipv6()) return ipv6_text(octets());
  std::string out;
  for (const std::uint8_t octet : octets()) {
    if (!out.empty()) out += '.';
    out += std::to_string(octet);
  }
  return out;
}

Address mdns_group_ipv4() noexcept {
  static constexpr std::array<std::uint8_t, 4> octets{224, 0, 0, 251};
  return Address(octets);
}

Address mdns_group_ipv6() noexcept {
  static constexpr std::array<std::uint8_t, 16> octets{0xFF, 0x02, 0, 0, 0, 0, 0, 0,
                                                       0,    0,    0, 0, 0, 0, 0, 0xFB};
  return Address(octets);
}

}  // namespace srvwarden::wire
