// Suggestions: registered names that look like a name, or whose titles have its words.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "registry/edit_distance.hpp"
#include "registry/image.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden {
namespace {

/// A name that was found, and whether it has just the letters that were asked for: a slip of the
/// fingers ("htpp" or "htp", http) is likelier than another letter ("htpp", htcp). Few miss the
/// first one.
struct Near {
  Suggestion suggestion;
  bool same_letters;
  bool same_start;
};

bool by_likeness(const Near& a, const Near& b) {
  const std::size_t first = a.suggestion.distance;
  const std::size_t second = b.suggestion.distance;
  if (first != second) return first < second;
  if (a.same_letters != b.same_letters) return a.same_letters;
  if (a.same_start != b.same_start) return a.same_start;
  return ascii::less(a.suggestion.name, b.suggestion.name);
}

/// The best ones, in order.
template <class Found, class Before>
std::vector<Suggestion> best_of(std::vector<Found>& found, std::size_t limit, Before before) {
  const auto kept = found.begin() + static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
  std::partial_sort(found.begin(), kept, found.end(), before);
  std::vector<Suggestion> best;
  for (auto at = found.begin(); at != kept; ++at) best.push_back(at->suggestion);
  return best;
}

bool is_word_byte(char c) { return ascii::is_letter(c) || !ascii::is_ascii(c); }

/// Calls back with each run of letters.
template <class Callback>
void for_each_word(std::string_view text, Callback callback) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    while (at < text.size() && is_word_byte(text[at])) ++at;
    if (at > from) callback(text.substr(from, at - from));
    if (at < text.size()) ++at;
  }
}

constexpr std::size_t max_words = 8;
constexpr std::size_t shortest_word = 3;

/// How many of the words the title has.
std::size_t count_words(std::string_view title,
                        const std::array<std::string_view, max_words>& words, std::size_t size) {
  unsigned seen = 0;
  for_each_word(title, [&](std::string_view word) {
    for (std::size_t i = 0; i < size; ++i) {
      if (ascii::equal(word, words[i])) seen |= 1u << i;
    }
  });
  return static_cast<std::size_t>(std::popcount(seen));
}

}  // namespace

std::vector<Suggestion> Registry::nearest(std::string_view name, std::size_t max_distance,
                                          std::size_t limit) const {
  std::vector<Near> found;
  if (name.empty() || name.size() > registry::longest_word) return {};
  const registry::FoldedWord wanted(name);
  for (std::uint32_t i = 0; i < image_->name_count; ++i) {
    const std::string_view candidate = image_->view(image_->names[i]);
    if (candidate.size() > registry::longest_word ||
        candidate.size() > name.size() + max_distance ||
        candidate.size() + max_distance < name.size()) {
      continue;
    }
    const registry::FoldedWord other(candidate);
    const std::size_t edits = registry::edit_distance(wanted, other, max_distance);
    if (edits == 0 || edits > max_distance) continue;
    const NameStanding standing = this->standing(candidate);
    if (!standing.replacement.empty() || standing.not_a_service) continue;
    const bool same_letters = wanted.kinds() == other.kinds();
    const bool same_start = !candidate.empty() && wanted.text()[0] == other.text()[0];
    found.push_back({{candidate, title(candidate), edits}, same_letters, same_start});
  }
  return best_of(found, limit, by_likeness);
}

std::vector<Suggestion> Registry::find_in_titles(std::string_view text, std::size_t limit) const {
  std::array<std::string_view, max_words> words;
  std::size_t size = 0;
  for_each_word(text, [&](std::string_view word) {
    if (word.size() >= shortest_word && size < max_words) words[size++] = word;
  });
  struct Match {
    Suggestion suggestion;
    std::size_t words;
  };
  std::vector<Match> found;
  for (std::uint32_t i = 0; i < image_->name_count && size > 0 && limit > 0; ++i) {
    const NameStanding standing = this->standing(image_->view(image_->names[i]));
    const std::string_view title = this->title(standing.name);
    const std::size_t count = count_words(title, words, size);
    if (count == 0 || !standing.replacement.empty() || standing.not_a_service) continue;
    found.push_back({{standing.name, title, 0}, count});
  }
  return best_of(found, limit, [](const Match& a, const Match& b) {
    if (a.words != b.words) return a.words > b.words;
    if (a.suggestion.title.size() != b.suggestion.title.size()) {
      return a.suggestion.title.size() < b.suggestion.title.size();
    }
    return ascii::less(a.suggestion.name, b.suggestion.name);
  });
}

}  // namespace srvwarden
