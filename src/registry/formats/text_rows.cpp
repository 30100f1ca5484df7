// Readings of a block of lines as rows, from which the only or best one is taken.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/text_rows.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace srvwarden::registry {
namespace {

/// Rows have some 20 lines at most; with a bound, no text takes long.
constexpr std::size_t max_height = 200;
constexpr std::size_t max_readings = 64;  ///< of one row

/// One row in one reading.
struct Choice {
  std::size_t top;
  std::size_t height;
  bool wrapped;            ///< each line of a cell is as full as it can be
  std::uint64_t cost = 0;  ///< of the best reading up to and with this row
  std::size_t end() const { return top + height; }
};

class BlockReader {
 public:
  BlockReader(std::span<const TextCells> lines, const TextColumns& columns)
      : lines_(lines), columns_(columns) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (is_main_line(lines[i])) mains_.push_back(i);
    }
  }

  std::optional<std::vector<TextRow>> read() {
    if (!find_choices()) return {};
    std::vector<TextRow> rows(mains_.size());
    // Where a row can only begin at one line, what stands above is settled by itself.
    for (std::size_t from = 0; from < mains_.size();) {
      std::size_t to = from + 1;
      while (to < mains_.size() && !begins_at_one_line(to)) ++to;
      settle(from, to, rows);
      from = to;
    }
    return rows;
  }

 private:
  bool find_choices() {
    choices_.resize(mains_.size());
    std::vector<std::size_t> tops = {0};
    for (std::size_t k = 0; k < mains_.size(); ++k) {
      const bool last = k + 1 == mains_.size();
      const std::size_t limit = last ? lines_.size() : mains_[k + 1];
      for (const std::size_t top : tops) add_choices(k, top, limit);
      tops.clear();
      for (const Choice& choice : choices_[k]) tops.push_back(choice.end());
      std::sort(tops.begin(), tops.end());
      tops.erase(std::unique(tops.begin(), tops.end()), tops.end());
      if (tops.empty() || tops.size() > max_readings) return false;
    }
    return !mains_.empty() && drop_dead_ends();
  }

  void add_choices(std::size_t k, std::size_t top, std::size_t limit) {
    if (top > mains_[k]) return;
    const std::size_t above = mains_[k] - top;
    for (const std::size_t height : {2 * above + 1, 2 * above + 2}) {
      if (height > max_height || top + height > limit || !is_row(top, height)) continue;
      choices_[k].push_back({top, height, is_wrapped(top, height)});
    }
  }

  /// Whether each cell is centred within these lines, and one fills them.
  bool is_row(std::size_t top, std::size_t height) const {
    std::size_t tallest = 0;
    for (std::size_t column = 0; column < column_count; ++column) {
      std::size_t first = height, last = 0;
      for (std::size_t i = 0; i < height; ++i) {
        if (lines_[top + i][column].empty()) continue;
        first = std::min(first, i);
        last = i;
      }
      if (first == height) continue;
      const std::size_t size = last - first + 1;
      if (first != (height - size) / 2) return false;
      tallest = std::max(tallest, size);
    }
    return tallest == height;
  }

  bool is_wrapped(std::size_t top, std::size_t height) const {
    for (std::size_t column = 0; column < column_count; ++column) {
      for (std::size_t i = top; i + 1 < top + height; ++i) {
        const auto line = lines_[i][column], next = lines_[i + 1][column];
        if (line.empty() || next.empty()) continue;
        const std::size_t word = text_width(next.substr(0, next.find(' ')));
        if (text_width(line) + 1 + word <= columns_.width(column)) return false;
      }
    }
    return true;
  }

  /// Keeps the choices through which the block's last line can be reached.
  bool drop_dead_ends() {
    std::vector<std::size_t> goals = {lines_.size()};
    for (std::size_t k = mains_.size(); k-- > 0;) {
      std::erase_if(choices_[k], [&](const Choice& choice) {
        return std::find(goals.begin(), goals.end(), choice.end()) == goals.end();
      });
      goals.clear();
      for (const Choice& choice : choices_[k]) goals.push_back(choice.top);
      if (goals.empty()) return false;
    }
    return true;
  }

  bool begins_at_one_line(std::size_t k) const {
    return std::all_of(choices_[k].begin(), choices_[k].end(),
                       [&](const Choice& choice) { return choice.top == choices_[k][0].top; });
  }

  /// Keeps the choices of rows [from, to) that are part of a way through them all.
  static void keep_ways(std::span<std::vector<Choice>> rows) {
    for (std::size_t k = 1; k < rows.size(); ++k) {
      std::erase_if(rows[k], [&](const Choice& choice) {
        return std::none_of(rows[k - 1].begin(), rows[k - 1].end(),
                            [&](const Choice& before) { return before.end() == choice.top; });
      });
    }
    for (std::size_t k = rows.size() - 1; k-- > 0;) {
      std::erase_if(rows[k], [&](const Choice& choice) {
        return std::none_of(rows[k + 1].begin(), rows[k + 1].end(),
                            [&](const Choice& after) { return after.top == choice.end(); });
      });
    }
  }

  void settle(std::size_t from, std::size_t to, std::vector<TextRow>& out) {
    std::vector<std::vector<Choice>> rows(choices_.begin() + static_cast<std::ptrdiff_t>(from),
                                          choices_.begin() + static_cast<std::ptrdiff_t>(to));
    std::vector<std::vector<Choice>> wrapped = rows;
    for (auto& row : wrapped) std::erase_if(row, [](const Choice& c) { return !c.wrapped; });
    keep_ways(wrapped);
    if (!wrapped.front().empty() && !wrapped.back().empty()) rows = std::move(wrapped);
    add_up(rows);
    const auto cheaper = [](const Choice& a, const Choice& b) { return a.cost < b.cost; };
    std::size_t end = 0;
    for (std::size_t k = rows.size(); k-- > 0;) {
      auto& row = rows[k];
      const bool sure = row.size() == 1;
      if (k + 1 < rows.size()) std::erase_if(row, [&](const Choice& c) { return c.end() != end; });
      const Choice& best = *std::min_element(row.begin(), row.end(), cheaper);
      out[from + k] = {mains_[from + k], best.top, best.height, sure};
      end = best.top;
    }
  }

  /// The sum of the heights' squares is least where they are most even.
  static void add_up(std::span<std::vector<Choice>> rows) {
    for (std::size_t k = 0; k < rows.size(); ++k) {
      for (Choice& choice : rows[k]) {
        std::uint64_t least = k == 0 ? 0 : std::numeric_limits<std::uint64_t>::max();
        if (k > 0) {
          for (const Choice& before : rows[k - 1]) {
            if (before.end() == choice.top) least = std::min(least, before.cost);
          }
        }
        choice.cost = least + choice.height * choice.height;
      }
    }
  }

  std::span<const TextCells> lines_;
  const TextColumns& columns_;
  std::vector<std::size_t> mains_;
  std::vector<std::vector<Choice>> choices_;  ///< of each row
};

}  // namespace

bool is_main_line(const TextCells& cells) noexcept {
  return !cells[name].empty() || !cells[ports].empty() || !cells[transport].empty();
}

std::optional<std::vector<TextRow>> read_text_rows(std::span<const TextCells> lines,
                                                   const TextColumns& columns) {
  return BlockReader(lines, columns).read();
}

}  // namespace srvwarden::registry
