// Line diffs: the longest common subsequence of the lines between the first and the last change.
// SPDX-License-Identifier: Apache-2.0
#include "report/line_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace srvwarden::report {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t context = 3;
constexpr std::size_t max_cells = std::size_t{1} << 22;

/// Each with its line break; the last may have none.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// One line of the diff.
struct Step {
  char kind;  ///< ' ', '-' or '+'
  std::string_view line;
};

/// From `old` to `now`: lengths of common subsequences, and then the way through them.
void add_changes(const Lines& old, const Lines& now, std::vector<Step>& steps) {
  const std::size_t width = now.size() + 1;
  if (old.size() + 1 > max_cells / width) {
    for (const auto line : old) steps.push_back({'-', line});
    for (const auto line : now) steps.push_back({'+', line});
    return;
  }
  std::vector<std::uint32_t> common((old.size() + 1) * width);
  for (std::size_t i = old.size(); i-- > 0;) {
    for (std::size_t j = now.size(); j-- > 0;) {
      common[i * width + j] =
          old[i] == now[j] ? common[(i + 1) * width + j + 1] + 1
                           : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < old.size() || j < now.size()) {
    if (i < old.size() && j < now.size() && old[i] == now[j]) {
      steps.push_back({' ', old[i++]});
      ++j;
    } else if (j == now.size() ||
               (i < old.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      steps.push_back({'-', old[i++]});
    } else {
      steps.push_back({'+', now[j++]});
    }
  }
}

std::vector<Step> steps_between(const Lines& old, const Lines& now) {
  const std::size_t shortest = std::min(old.size(), now.size());
  std::size_t head = 0;
  while (head < shortest && old[head] == now[head]) ++head;
  std::size_t tail = 0;
  while (tail < shortest - head && old[old.size() - 1 - tail] == now[now.size() - 1 - tail]) ++tail;
  const auto middle = [&](const Lines& all) {
    return Lines(all.begin() + static_cast<std::ptrdiff_t>(head),
                 all.end() - static_cast<std::ptrdiff_t>(tail));
  };
  std::vector<Step> steps;
  for (std::size_t i = 0; i < head; ++i) steps.push_back({' ', old[i]});
  add_changes(middle(old), middle(now), steps);
  for (std::size_t i = old.size() - tail; i < old.size(); ++i) steps.push_back({' ', old[i]});
  return steps;
}

std::string range(std::size_t first, std::size_t count) {
  return std::to_string(count == 0 ? first - 1 : first) + ',' + std::to_string(count);
}

/// Steps [from, to) as one hunk; `old` and `now` are the numbers of their first lines.
void append_hunk(std::string& out, const std::vector<Step>& steps, std::size_t from, std::size_t to,
                 std::size_t old, std::size_t now) {
  std::size_t removed = 0;
  std::size_t added = 0;
  for (std::size_t i = from; i < to; ++i) {
    removed += steps[i].kind != '+' ? 1 : 0;
    added += steps[i].kind != '-' ? 1 : 0;
  }
  out.append("@@ -").append(range(old, removed)).append(" +").append(range(now, added));
  out.append(" @@\n");
  for (std::size_t i = from; i < to; ++i) {
    out += steps[i].kind;
    out += steps[i].line;
    if (!steps[i].line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Step> steps = steps_between(lines_of(before), lines_of(after));
  std::string out;
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::string_view end = path.find(' ') == path.npos ? "\n" : "\t\n";  // as patch(1) asks
  out.append("--- a/").append(path).append(end).append("+++ b/").append(path).append(end);
  std::size_t old = 1;
  std::size_t now = 1;
  std::size_t at = 0;  // steps [0, at) are told, or unchanged and far from any change
  while (at < steps.size()) {
    const auto is_change = [](const Step& step) { return step.kind != ' '; };
    const auto here = steps.begin() + static_cast<std::ptrdiff_t>(at);
    const auto change =
        static_cast<std::size_t>(std::find_if(here, steps.end(), is_change) - steps.begin());
    if (change == steps.size()) break;
    const std::size_t from = std::max(at, change - std::min(change, context));
    std::size_t to = change;
    for (std::size_t i = change; i < steps.size() && i <= to + 2 * context; ++i) {
      if (is_change(steps[i])) to = i + 1;
    }
    to = std::min(to + context, steps.size());
    old += from - at;
    now += from - at;
    append_hunk(out, steps, from, to, old, now);
    for (std::size_t i = from; i < to; ++i) {
      old += steps[i].kind != '+' ? 1 : 0;
      now += steps[i].kind != '-' ? 1 : 0;
    }
    at = to;
  }
  return out;
}

}  // namespace srvwarden::report
