// Search: registered names by words, in names and titles, with slips of the fingers allowed.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "registry/edit_distance.hpp"
#include "registry/image.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden {
namespace {

using registry::FoldedWord;

constexpr std::size_t max_words = 8;

bool is_word_byte(char c) { return ascii::is_alphanumeric(c) || !ascii::is_ascii(c); }

/// Calls back with each run of letters and digits.
template <class Callback>
void for_each_word(std::string_view text, Callback callback) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    while (at < text.size() && is_word_byte(text[at])) ++at;
    const std::string_view word = text.substr(from, at - from);
    if (!word.empty() && word.size() <= registry::longest_word) callback(word);
    if (at < text.size()) ++at;
  }
}

/// Kinds of likeness, best first.
enum class Likeness : std::uint8_t { name, word_of_name, word_of_title, part, slip, none };

struct Likeliest {
  Likeness likeness = Likeness::none;
  std::size_t edits = 0;

  void consider(Likeness other, std::size_t other_edits = 0) {
    if (other < likeness || (other == likeness && other_edits < edits)) {
      likeness = other;
      edits = other_edits;
    }
  }
};

/// A word that is asked for.
struct Wanted {
  explicit Wanted(std::string_view text) : word(text) {}

  std::string_view text() const { return word.text(); }
  /// How many slips are still the same word: none in short ones, which would be like everything.
  std::size_t slips() const { return text().size() < 4 ? 0 : text().size() < 8 ? 1 : 2; }
  /// Whether a part of a longer word counts: "print" in "printer", but not "a" in it.
  bool counts_as_part() const { return text().size() >= 3; }

  FoldedWord word;
};

void compare(const Wanted& wanted, const FoldedWord& word, Likeness whole, Likeliest& best) {
  if (word.text() == wanted.text()) return best.consider(whole);
  if (wanted.counts_as_part() && word.text().size() > wanted.text().size() &&
      word.text().find(wanted.text()) != std::string_view::npos) {
    return best.consider(Likeness::part);
  }
  if (best.likeness < Likeness::slip || wanted.slips() == 0) return;
  const std::size_t edits = registry::edit_distance(wanted.word, word, wanted.slips());
  if (edits <= wanted.slips()) best.consider(Likeness::slip, edits);
}

struct Found {
  RegistryMatch match;
  std::size_t cost = 0;
};

bool is_better(const Found& a, const Found& b) {
  if (a.match.words != b.match.words) return a.match.words > b.match.words;
  if (a.cost != b.cost) return a.cost < b.cost;
  if (a.match.edits != b.match.edits) return a.match.edits < b.match.edits;
  if (a.match.title.size() != b.match.title.size()) {
    return a.match.title.size() < b.match.title.size();
  }
  return ascii::less(a.match.name, b.match.name);
}

/// How a name and its title suit all the words; cost 0 is best.
Found judge(std::string_view name, std::string_view title, const std::vector<Wanted>& wanted) {
  std::array<Likeliest, max_words> best;
  const auto compare_all = [&](std::string_view word, Likeness whole) {
    const FoldedWord folded(word);
    for (std::size_t i = 0; i < wanted.size(); ++i) compare(wanted[i], folded, whole, best[i]);
  };
  if (name.size() <= registry::longest_word) compare_all(name, Likeness::name);
  for_each_word(name, [&](std::string_view word) {
    if (word.size() < name.size()) compare_all(word, Likeness::word_of_name);
  });
  for_each_word(title, [&](std::string_view word) { compare_all(word, Likeness::word_of_title); });
  Found found;
  found.match.name = name;
  found.match.title = title;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (best[i].likeness == Likeness::none) continue;
    ++found.match.words;
    found.match.edits += best[i].edits;
    found.cost += static_cast<std::size_t>(best[i].likeness);
  }
  return found;
}

/// The best of a name's rows: those of rdp are two protocols.
Found judge_rows(const registry::Image& image, const registry::PackedName& name,
                 const std::vector<Wanted>& wanted) {
  Found best;
  const std::uint32_t* rows = image.by_name + registry::first_of(name);
  for (std::uint32_t i = 0; i < registry::Image::count(name); ++i) {
    const registry::PackedRecord& row = image.records[rows[i]];
    // A title that rows share is kept once.
    if (i > 0 && row.title == image.records[rows[i - 1]].title) continue;
    const Found one = judge(image.view(name), image.view(row.title, row.title_size), wanted);
    // The first row's title is the name's, unless another suits the words better.
    const auto rank = [](const Found& found) {
      return std::tuple(max_words - found.match.words, found.cost, found.match.edits);
    };
    if (i == 0 || rank(one) < rank(best)) best = one;
  }
  return best;
}

/// The words between blanks and, of "dns-sd", first the whole and then its parts.
std::vector<Wanted> words_of(std::string_view text) {
  std::vector<Wanted> wanted;
  const auto add = [&](std::string_view word) {
    if (wanted.size() < max_words) wanted.emplace_back(word);
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const bool compound = !std::all_of(word.begin(), word.end(), is_word_byte);
    if (compound && word.size() <= registry::longest_word) add(word);
    for_each_word(word, add);
    at = end + 1;
  }
  return wanted;
}

}  // namespace

std::vector<RegistryMatch> Registry::search(std::string_view words, std::size_t limit) const {
  const std::vector<Wanted> wanted = words_of(words);
  std::vector<Found> found;
  for (std::uint32_t i = 0; i < image_->name_count && !wanted.empty() && limit > 0; ++i) {
    const NameStanding standing = this->standing(image_->view(image_->names[i]));
    Found one = judge_rows(*image_, image_->names[i], wanted);
    if (one.match.words == 0) continue;
    one.match.replacement = standing.replacement;
    // An old spelling comes after what replaces it, but before other words.
    one.cost = 2 * one.cost + (standing.replacement.empty() ? 0 : 1);
    found.push_back(one);
  }
  const auto kept = found.begin() + static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
  std::partial_sort(found.begin(), kept, found.end(), is_better);
  std::vector<RegistryMatch> best;
  for (auto at = found.begin(); at != kept; ++at) best.push_back(at->match);
  return best;
}

}  // namespace srvwarden
