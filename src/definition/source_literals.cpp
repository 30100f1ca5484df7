// Reader of C and C++: string literals that look like service types.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/concat.hpp"
#include "definition/readers.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

bool is_word_byte(char c) { return ascii::is_alphanumeric(c) || c == '_'; }

/// The part of a literal that is a service type as people write it, rightly or not, with a subtype
/// before or ".local" behind it; empty: there is none. Of "_http._tcp,_printer", as Apple's
/// DNSServiceRegister takes it, the type alone.
std::string_view type_in(std::string_view text) {
  text = text.substr(0, text.find(','));
  if (!text.starts_with('_') || text.size() > 255) return {};
  if (text.find_first_of("%{}/\\ \t\r\n\"") != text.npos) return {};
  std::string_view rest = text;
  for (const std::string_view end : {".", ".local"}) {
    if (rest.ends_with(end)) rest.remove_suffix(end.size());
  }
  const std::size_t dot = rest.rfind('.');
  if (dot == rest.npos || dot < 2) return {};
  const std::string_view name = rest.substr(0, dot);
  constexpr std::array<std::string_view, 4> transports = {"_tcp", "_udp", "_sctp", "_dccp"};
  const bool known = std::ranges::any_of(
      transports, [&](std::string_view one) { return ascii::equal(one, rest.substr(dot + 1)); });
  // "_443._tcp" is a port: of TLSA records, RFC 6698.
  const bool port = std::all_of(name.begin() + 1, name.end(), ascii::is_digit);
  return known && !port ? text : std::string_view();
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
    const std::string_view type = type_in(text_.substr(begin, end - begin));
    if (type.empty()) return;
    DeclaredValue& value = reading_.definition.values.emplace_back();
    value.text = reading_.source.verbatim(begin, type.size());
    value.kind = std::nullopt;
  }

  const Reading& reading_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void read_source(const Reading& reading) { Literals(reading).run(); }

}  // namespace srvwarden::definition
