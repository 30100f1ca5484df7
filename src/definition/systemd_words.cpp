// Words of a value, as systemd's extract_first_word() and cunescape_one() take them.
// SPDX-License-Identifier: Apache-2.0
#include "definition/systemd_words.hpp"

#include <utility>

#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

/// An escape after its backslash.
struct Escape {
  std::size_t size = 0;  ///< bytes after the backslash; 0: not an escape
  std::string octets;
};

/// A number of exactly `digits` digits; NUL is refused, as systemd does.
std::optional<std::uint32_t> number(std::string_view text, std::size_t digits, int base) {
  if (text.size() < digits) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, digits)) {
    const int digit = ascii::hex_digit(c);
    if (digit < 0 || digit >= base) return std::nullopt;
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  if (value == 0) return std::nullopt;
  return value;
}

Escape octet_escape(std::string_view digits, std::size_t count, int base, std::size_t size) {
  const auto value = number(digits, count, base);
  if (!value || *value > 0xFF) return {};
  return {size, {static_cast<char>(*value)}};
}

Escape code_point_escape(std::string_view digits, std::size_t count) {
  const auto value = number(digits, count, 16);
  if (!value || *value > 0x10FFFF || (*value >= 0xD800 && *value <= 0xDFFF)) return {};
  Escape escape{count + 1, {}};
  utf8::append(escape.octets, *value);
  return escape;
}

Escape read_escape(std::string_view text) {
  if (text.empty()) return {};
  constexpr std::string_view letters = "abfnrtvs\\\"'";
  constexpr std::string_view meant = "\a\b\f\n\r\t\v \\\"'";
  const auto at = letters.find(text[0]);
  if (at != letters.npos) return {1, {meant[at]}};
  if (text[0] == 'x') return octet_escape(text.substr(1), 2, 16, 3);
  if (text[0] == 'u') return code_point_escape(text.substr(1), 4);
  if (text[0] == 'U') return code_point_escape(text.substr(1), 8);
  return octet_escape(text, 3, 8, 3);
}

class Splitter {
 public:
  Splitter(const Reading& reading, const MappedText& value) : reading_(reading), value_(value) {}

  std::optional<std::vector<Word>> run() {
    const std::string_view bytes = value_.bytes;
    while (at_ < bytes.size()) {
      const char c = bytes[at_];
      if (c == '\\') {
        take_escape();
      } else if (quote_ != 0 ? c == quote_ : c == '"' || c == '\'') {
        take_quote(c);
      } else if (quote_ == 0 && is_space(c)) {
        end_word();
        ++at_;
      } else {
        take(1);
      }
    }
    if (quote_ != 0) {
      const Span at = value_.span(quote_at_, quote_at_ + 1);
      reading_.problem(ProblemCode::bad_value, at.offset, at.length,
                       "quote not closed: the line is left out");
      return std::nullopt;
    }
    end_word();
    return std::move(words_);
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  void begin_word() {
    if (!std::exchange(in_word_, true)) word_.at = value_.offsets[at_];
  }

  void take(std::size_t size) {
    begin_word();
    value_.add_to(word_.text, reading_.source, at_, at_ + size);
    at_ += size;
  }

  void take_quote(char c) {
    begin_word();
    if (quote_ == 0) quote_at_ = at_;
    quote_ = quote_ == 0 ? c : '\0';
    ++at_;
  }

  void take_escape() {
    begin_word();
    const Escape escape = read_escape(std::string_view(value_.bytes).substr(at_ + 1));
    if (escape.size == 0) {
      const std::size_t size = std::min<std::size_t>(2, value_.bytes.size() - at_);
      const Span at = value_.span(at_, at_ + size);
      reading_.problem(ProblemCode::unknown_escape, at.offset, at.length,
                       "the backslash stays in the text");
      take(size);
      return;
    }
    const Span at = value_.span(at_, at_ + 1 + escape.size);
    word_.text.decoded(escape.octets, at.offset, at.length);
    at_ += 1 + escape.size;
  }

  void end_word() {
    if (in_word_) words_.push_back(std::move(word_));
    word_ = Word();
    in_word_ = false;
  }

  const Reading& reading_;
  const MappedText& value_;
  std::vector<Word> words_;
  Word word_;
  std::size_t at_ = 0;
  std::size_t quote_at_ = 0;
  char quote_ = 0;
  bool in_word_ = false;
};

}  // namespace

std::optional<std::vector<Word>> split_words(const Reading& reading, const MappedText& value) {
  return Splitter(reading, value).run();
}

}  // namespace srvwarden::definition
