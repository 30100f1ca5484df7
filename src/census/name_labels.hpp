// NameLabels: a wire name's labels by index, as names' shape_of wants them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "srvwarden/name_shape.hpp"
#include "srvwarden/wire_name.hpp"

namespace srvwarden::census {

class NameLabels {
 public:
  explicit NameLabels(wire::NameView name) noexcept {
    for (const std::string_view label : name) labels_[count_++] = label;
  }

  std::size_t count() const noexcept { return count_; }
  std::string_view operator[](std::size_t index) const noexcept { return labels_[index]; }

 private:
  std::array<std::string_view, wire::NameView::max_size / 2> labels_;
  std::size_t count_ = 0;
};

/// What a name is in DNS-SD. `browsing`: it owns or is asked for by a PTR record.
inline NameShape shape_of_name(wire::NameView name, bool browsing) noexcept {
  return shape_of(NameLabels(name), browsing);
}

}  // namespace srvwarden::census
