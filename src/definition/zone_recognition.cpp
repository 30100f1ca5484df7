// Telling master files from other files, by their names and their first lines.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/trim.hpp"
#include "definition/formats.hpp"
#include "definition/readers.hpp"
#include "definition/zone_terms.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

/// The first words of a line up to a comment: enough to tell a record.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  line = line.substr(0, line.find(';'));
  while (words.size() < 8) {
    const std::size_t begin = line.find_first_not_of(white_space);
    if (begin == line.npos) break;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(white_space), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

bool is_zone_directive(const std::vector<std::string_view>& words) {
  if (words.size() != 2) return false;
  if (ascii::equal(words[0], "$TTL")) return read_time(words[1]).has_value();
  return ascii::equal(words[0], "$ORIGIN") && words[1].find_first_of("=\"'") == words[1].npos;
}

/// Whether a word is a type that zones have and that is no word of sentences; "a" needs an address.
bool tells_type(std::string_view word, std::string_view data) {
  constexpr std::string_view telling[] = {"AAAA", "CAA", "CNAME", "MX",  "NS",
                                          "PTR",  "SOA", "SRV",   "TXT", "TLSA"};
  const std::string type = type_named(word);
  if (type == "A") return ascii::is_digit(data.front());
  return std::ranges::find(telling, type) != std::end(telling);
}

/// Where in a line the type of a record seems to stand, or the number of words. Data must follow.
std::size_t find_type(const std::vector<std::string_view>& words) {
  for (std::size_t i = 0; i < 4 && i + 1 < words.size(); ++i) {
    const bool is_head = is_class(words[i]) || read_time(words[i]) || words[i].starts_with("[AGE:");
    if (i > 0 && is_head) continue;
    if (tells_type(words[i], words[i + 1])) return i;
    if (i > 0) break;
  }
  return words.size();
}

/// Whether a line is a SOA record, and no sentence about them: a parenthesis or the serial number
/// follows two names.
bool is_soa(const std::vector<std::string_view>& words) {
  const std::size_t type = find_type(words);
  if (type == 0 || type + 3 >= words.size() || type_named(words[type]) != "SOA") return false;
  const char next = words[type + 3].front();
  return next == '(' || ascii::is_digit(next);
}

}  // namespace

bool is_zone(std::string_view path, std::string_view text) {
  constexpr std::size_t most_lines = 50;
  const std::string_view name = file_name(path);
  const bool named = name.ends_with(".zone") || name.starts_with("db.") || name.ends_with(".db");
  if (name.ends_with(".zone") && (text.empty() || text.starts_with("\xFF\xFE"))) return true;
  text = first_text(text.substr(0, std::size_t{16} << 10));
  for (std::size_t lines = 0; lines < most_lines && !text.empty();) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto words = words_of(line);
    if (words.empty()) continue;
    if (is_zone_directive(words) || is_soa(words)) return true;
    if (!named) return false;
    if (find_type(words) < words.size()) return true;
    ++lines;
  }
  return false;
}

}  // namespace srvwarden::definition
