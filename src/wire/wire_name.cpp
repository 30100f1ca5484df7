// Comparing, cutting and writing names in wire format.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/wire_name.hpp"

#include <algorithm>
#include <cstring>

#include "srvwarden/ascii.hpp"
#include "srvwarden/presentation.hpp"

namespace srvwarden::wire {

std::size_t NameView::label_count() const noexcept {
  std::size_t count = 0;
  for (auto at = begin(); at != end(); ++at) ++count;
  return count;
}

std::string_view NameView::label(std::size_t index) const noexcept {
  for (const std::string_view label : *this) {
    if (index-- == 0) return label;
  }
  return {};
}

NameView NameView::without(std::size_t count) const noexcept {
  std::string_view rest = octets_;
  for (auto at = begin(); at != end() && count > 0; ++at, --count) {
    rest.remove_prefix((*at).size() + 1);
  }
  return NameView(rest);
}

bool NameView::is_under(NameView parent) const noexcept {
  NameView rest = *this;
  while (rest.octets_.size() > parent.octets_.size()) rest = rest.without(1);
  return rest == parent;
}

std::string NameView::text() const {
  if (is_root()) return ".";
  std::string out;
  out.reserve(octets_.size());
  for (const std::string_view label : *this) {
    append_presentation(out, label);
    out += '.';
  }
  return out;
}

bool operator==(NameView a, NameView b) noexcept {
  return ascii::equal(a.octets_, b.octets_);  // length octets are below 'A' and fold to themselves
}

/// Eight octets at a time, each with bit 0x20 set: what folding makes equal stays equal.
std::size_t hash_value(NameView name) noexcept {
  constexpr std::uint64_t folded = 0x2020202020202020u;
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15u;
  const std::string_view octets = name.octets();
  std::uint64_t hash = octets.size();
  for (std::size_t at = 0; at < octets.size(); at += sizeof hash) {
    std::uint64_t word = 0;
    std::memcpy(&word, octets.data() + at, std::min(sizeof word, octets.size() - at));
    hash = (hash ^ (word | folded)) * factor;
    hash ^= hash >> 32;
  }
  return static_cast<std::size_t>(hash);
}

std::string make_name(std::span<const std::string_view> labels) {
  std::string octets;
  for (const std::string_view label : labels) {
    if (label.empty() || label.size() > 63) return {};
    octets += static_cast<char>(label.size());
    octets += label;
  }
  octets += '\0';
  return octets.size() <= NameView::max_size ? octets : std::string();
}

std::string make_name(std::initializer_list<std::string_view> labels) {
  return make_name(std::span(labels.begin(), labels.size()));
}

}  // namespace srvwarden::wire
