// NameLabels: a wire name's labels by index, as names' shape_of wants them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "srvwarden/name_shape.hpp"
#include "srvwarden/wire_name.hpp"

namespace srvwarden::census {

/// A view of a name.
class NameLabels {
 public:
  explicit NameLabels(wire::NameView name) noexcept : octets_(name.octets().data()) {
    std::size_t at = 0;
    for (const std::string_view label : name) {
      starts_[count_++] = static_cast<std::uint8_t>(at);
      at += label.size() + 1;
    }
  }

  std::size_t count() const noexcept { return count_; }
  std::string_view operator[](std::size_t index) const noexcept {
    const char* const at = octets_ + starts_[index];
    return {at + 1, static_cast<unsigned char>(*at)};
  }

 private:
  const char* octets_;
  std::size_t count_ = 0;
  std::array<std::uint8_t, wire::NameView::max_size / 2> starts_;  // those up to count_ are set
};

/// What a name is in DNS-SD. `browsing`: it owns or is asked for by a PTR record.
inline NameShape shape_of_name(wire::NameView name, bool browsing) noexcept {
  return shape_of(NameLabels(name), browsing);
}

}  // namespace srvwarden::census
