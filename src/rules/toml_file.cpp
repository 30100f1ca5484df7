// Reading TOML: what toml++ must not see is refused first.
// SPDX-License-Identifier: Apache-2.0
#include "rules/toml_file.hpp"

#include <algorithm>
#include <utility>

#include "core/concat.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::rules {
namespace {

/// What stands before a key or a value, blanks apart. A quote behind anything else is a fault.
constexpr std::string_view before_string = "\n=,[{.";

/// Where the string ends that begins at `at`: behind its closing quotes, where its line ends, or
/// at a letter beyond ASCII that a backslash stands before, blanks and line breaks apart.
std::size_t end_of_string(std::string_view toml, std::size_t at) {
  const char quote = toml[at];
  const bool escapes = quote == '"';
  const std::string_view three = quote == '"' ? R"(""")" : "'''";
  const bool long_string = toml.substr(at).starts_with(three);
  for (at += long_string ? 3 : 1; at < toml.size(); ++at) {
    if (escapes && toml[at] == '\\') {
      const std::size_t next = std::min(toml.find_first_not_of(" \t\r\n", at + 1), toml.size());
      if (next < toml.size() && !ascii::is_ascii(toml[next])) return next;
      ++at;
    } else if (long_string ? toml.substr(at).starts_with(three) : toml[at] == quote) {
      return at + (long_string ? 3 : 1);
    } else if (!long_string && toml[at] == '\n') {
      return at;
    }
  }
  return toml.size();
}

/// The first byte beyond ASCII that stands neither in a string nor in a comment, or that follows a
/// backslash, or npos. TOML 1.0 has such letters only where a backslash ends a line of a long
/// string and one begins the next; toml++ 3.3 runs into undefined behaviour there as elsewhere.
///
/// A byte order mark at the start is passed over.
std::size_t find_stray_letter(std::string_view toml) noexcept {
  char before = '\n';
  std::size_t at = utf8::mark_size(toml);
  while (at < toml.size()) {
    const char c = toml[at];
    if (!ascii::is_ascii(c)) return at;
    if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size());
      continue;
    }
    const bool quote = c == '"' || c == '\'';
    at = quote && before_string.find(before) != before_string.npos ? end_of_string(toml, at)
                                                                   : at + 1;
    if (c != ' ' && c != '\t') before = c;
  }
  return toml.npos;
}

}  // namespace

TomlFile::TomlFile(std::string_view text) : text_(text) {
  if (text.size() > max_size) {
    fail(0, "larger than 1 MiB");
  } else if (const std::size_t odd = utf8::find_ill_formed(text); odd != text.npos) {
    fail(odd, "not UTF-8");
  } else if (const std::size_t stray = find_stray_letter(text); stray != text.npos) {
    fail(stray,
         "letters beyond ASCII may only stand in strings and comments, and behind no backslash");
  } else {
    parse();
  }
}

void TomlFile::parse() {
  try {
    root_ = toml::parse(text_);
  } catch (const toml::parse_error& error) {
    fault_ = {place_of(error.source().begin), std::string(error.description())};
  }
}

void TomlFile::fail(std::size_t offset, std::string message) {
  fault_ = {registry::place_in(text_, 0, 1, offset), std::move(message)};
}

std::vector<TomlFault> TomlFile::unknown_keys(const toml::table& table,
                                              std::span<const std::string_view> known) const {
  std::vector<TomlFault> faults;
  for (const auto& [key, node] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    faults.push_back({place_of(node), concat({"unknown key \"", key.str(), "\""})});
  }
  return faults;
}

/// toml++ counts lines and columns from 1, the latter in code points.
Place TomlFile::place_of(toml::source_position position) const {
  Place place{0, position.line, position.column};
  for (std::uint32_t line = 1; line < position.line; ++line) {
    const std::size_t end = text_.find('\n', place.offset);
    if (end == text_.npos) break;
    place.offset = end + 1;
  }
  std::size_t left = position.column > 0 ? position.column - 1 : 0;
  while (left > 0 && place.offset < text_.size()) {
    ++place.offset;
    const bool continues = place.offset < text_.size() &&
                           (static_cast<unsigned char>(text_[place.offset]) & 0xC0) == 0x80;
    if (!continues) --left;
  }
  return place;
}

}  // namespace srvwarden::rules
