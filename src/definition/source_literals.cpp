// Reader of C and C++: string literals that look like service types.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <string>

#include "core/concat.hpp"
#include "definition/readers.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

bool is_word_byte(char c) { return ascii::is_alphanumeric(c) || c == '_'; }

/// "_x._y", as people write service types, rightly or not; no format strings, paths or sentences.
bool looks_like_type(std::string_view text) {
  if (!text.starts_with('_') || text.size() > 255) return false;
  if (text.find_first_of("%{}/\\ \t\r\n\"") != text.npos) return false;
  const std::size_t dot = text.find("._");
  return dot != text.npos && dot > 1 && dot + 2 < text.size();
}

class Literals {
 public:
  explicit Literals(const Reading& reading) : reading_(reading), text_(reading.source.text()) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (text_.substr(at_, 2) == "//") {
        skip_line();
      } else if (text_.substr(at_, 2) == "/*") {
        at_ = after("*/", at_ + 2);
      } else if (c == '\'') {
        skip_character();
      } else if (c == '"') {
        read_literal();
      } else {
        ++at_;
      }
    }
  }

 private:
  std::size_t after(std::string_view end, std::size_t from) const {
    const std::size_t found = text_.find(end, from);
    return found == text_.npos ? text_.size() : found + end.size();
  }

  /// A backslash before the line break takes the next line along.
  void skip_line() {
    do {
      at_ = after("\n", at_);
    } while (at_ >= 2 && at_ < text_.size() && text_[at_ - 2] == '\\');
  }

  /// 'a', or the mark between digits: 1'000.
  void skip_character() {
    const bool between_digits = at_ > 0 && is_word_byte(text_[at_ - 1]) && !is_prefix_before(at_);
    ++at_;
    if (between_digits) return;
    while (at_ < text_.size() && text_[at_] != '\'' && text_[at_] != '\n') {
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    ++at_;
  }

  /// Whether u8, u, U or L alone stands before the quote.
  bool is_prefix_before(std::size_t quote) const {
    std::size_t from = quote;
    while (from > 0 && is_word_byte(text_[from - 1])) --from;
    const std::string_view word = text_.substr(from, quote - from);
    return word == "u8" || word == "u" || word == "U" || word == "L";
  }

  bool is_raw() const {
    std::size_t from = at_;
    while (from > 0 && is_word_byte(text_[from - 1])) --from;
    const std::string_view prefix = text_.substr(from, at_ - from);
    return prefix == "R" || prefix == "u8R" || prefix == "uR" || prefix == "UR" || prefix == "LR";
  }

  void read_literal() {
    if (is_raw()) return read_raw();
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n') {
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    at_ = std::min(at_, text_.size());
    if (at_ < text_.size() && text_[at_] == '"') add(begin, at_);
    ++at_;
  }

  /// R"delimiter(...)delimiter", the delimiter of at most 16 characters.
  void read_raw() {
    const std::size_t open = text_.find('(', at_);
    if (open == text_.npos || open - at_ > 17) {
      ++at_;
      return;
    }
    const std::string end = concat({")", text_.substr(at_ + 1, open - at_ - 1), "\""});
    const std::size_t close = text_.find(end, open + 1);
    if (close != text_.npos) add(open + 1, close);
    at_ = close == text_.npos ? text_.size() : close + end.size();
  }

  void add(std::size_t begin, std::size_t end) {
    if (!looks_like_type(text_.substr(begin, end - begin))) return;
    DeclaredValue& value = reading_.definition.values.emplace_back();
    value.text = reading_.source.verbatim(begin, end - begin);
    value.kind = std::nullopt;
  }

  const Reading& reading_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void read_source(const Reading& reading) { Literals(reading).run(); }

}  // namespace srvwarden::definition
