// Edit distance, three rows of the usual table at a time.
// SPDX-License-Identifier: Apache-2.0
#include "registry/edit_distance.hpp"

namespace srvwarden::registry {
namespace {

std::size_t count_edits(std::string_view a, std::string_view b, std::size_t most) noexcept {
  std::array<std::array<std::uint8_t, longest_word + 1>, 3> rows;
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    std::size_t best = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      std::size_t cost =
          std::min<std::size_t>({above[j] + 1u, row[j - 1] + 1u, above[j - 1] + (same ? 0u : 1u)});
      const bool swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swap) cost = std::min<std::size_t>(cost, rows[(i - 2) % 3][j - 2] + 1u);
      row[j] = static_cast<std::uint8_t>(cost);
      best = std::min(best, cost);
    }
    if (best > most) return most + 1;
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::size_t edit_distance(const FoldedWord& a, const FoldedWord& b, std::size_t most) noexcept {
  const std::size_t long_one = std::max(a.text().size(), b.text().size());
  const std::size_t short_one = std::min(a.text().size(), b.text().size());
  if (long_one - short_one > most || differing_kinds(a, b) > 2 * most) return most + 1;
  return count_edits(a.text(), b.text(), most);
}

}  // namespace srvwarden::registry
