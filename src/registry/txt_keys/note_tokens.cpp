// The tokenizer of IANA's "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include "registry/txt_keys/note_tokens.hpp"

#include <algorithm>
#include <array>

#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

constexpr string_view horizontal_ellipsis = "\xE2\x80\xA6";

bool is_blank(char c) noexcept { return c == ' ' || ascii::is_control(c); }

/// White space, separators and brackets.
constexpr std::array<bool, 256> word_ends = [] {
  std::array<bool, 256> ends{};
  for (std::size_t i = 0; i <= ' '; ++i) ends[i] = true;
  ends[0x7F] = true;
  for (const char c : string_view(",;=<>()[]{}|\"")) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

bool ends_word(char c) noexcept { return word_ends[static_cast<unsigned char>(c)]; }

class Tokenizer {
 public:
  explicit Tokenizer(string_view body) : body_(body) {}

  std::vector<Token> run() {
    tokens_.reserve(body_.size() / 6 + 8);
    for (skip_blanks(); at_ < body_.size(); skip_blanks()) read();
    return std::move(tokens_);
  }

 private:
  void skip_blanks() noexcept {
    gap_ = Gap::none;
    for (; at_ < body_.size() && is_blank(body_[at_]); ++at_) {
      const bool more = gap_ != Gap::none || body_[at_] == '\t';
      if (body_[at_] == '\n' || gap_ == Gap::line) {
        gap_ = Gap::line;
      } else if (body_[at_] != '\r') {
        gap_ = more ? Gap::wide : Gap::space;
      }
    }
  }

  void add(Kind kind, std::size_t end, std::size_t bracket = 0) {
    tokens_.push_back(
        {kind, gap_, true, body_.substr(at_ + bracket, end - at_ - 2 * bracket), at_, end});
    at_ = end;
    gap_ = Gap::none;
  }

  void read() {
    const char c = body_[at_];
    switch (c) {
      case '<':
        return read_group(Kind::angle, '>');
      case '(':
        return read_group(Kind::round, ')');
      case '[':
        return read_group(Kind::square, ']');
      case '{':
        return read_group(Kind::curly, '}');
      case '>':
      case ')':
      case ']':
      case '}':
        return add(Kind::stray, at_ + 1);
      case ',':
      case ';':
        return add(Kind::separator, at_ + 1);
      case ':':
        return add(Kind::colon, at_ + 1);
      case '=':
        return add(Kind::equals, end_of_run('='));
      case '|':
        return add(Kind::pipe, end_of_run('|'));
      default:
        break;
    }
    if ((c == '"' || c == '\'') && read_quoted(c)) return;
    if (read_dots() || read_url()) return;
    read_word();
  }

  std::size_t end_of_run(char c) const noexcept {
    return std::min(body_.find_first_not_of(c, at_), body_.size());
  }

  /// Up to the closing bracket of its kind, or to the end.
  void read_group(Kind kind, char closing) {
    const char opening = body_[at_];
    std::size_t depth = 0;
    for (std::size_t i = at_; i < body_.size(); ++i) {
      if (body_[i] == opening) ++depth;
      if (body_[i] == closing && --depth == 0) return add(kind, i + 1, 1);
    }
    const std::size_t begin = at_;
    add(kind, body_.size());
    tokens_.back().closed = false;
    tokens_.back().text = body_.substr(begin + 1);
  }

  /// A mark that nothing on the same line closes is part of a word.
  bool read_quoted(char mark) {
    const auto end =
        std::min(body_.find_first_of(mark == '"' ? "\"\n" : "'\n", at_ + 1), body_.size());
    if (end == body_.size() || body_[end] == '\n') return false;
    add(Kind::quoted, end + 1, 1);
    return true;
  }

  bool read_dots() {
    if (body_.substr(at_).starts_with(horizontal_ellipsis)) {
      add(Kind::ellipsis, at_ + horizontal_ellipsis.size());
      return true;
    }
    if (body_[at_] != '.') return false;
    const std::size_t end = end_of_run('.');
    if (end - at_ == 1 && end < body_.size() && !ends_word(body_[end])) return false;
    add(end - at_ == 1 ? Kind::stop : Kind::ellipsis, end);
    return true;
  }

  bool read_url() {
    const string_view rest = body_.substr(at_);
    const auto scheme =
        std::find_if_not(rest.begin(), rest.end(), ascii::is_alphanumeric) - rest.begin();
    const bool is_url =
        (scheme > 0 && rest.substr(static_cast<std::size_t>(scheme)).starts_with("://")) ||
        (rest.size() > 4 && ascii::equal(rest.substr(0, 4), "www."));
    if (!is_url) return false;
    std::size_t end = at_;
    while (end < body_.size() && !is_blank(body_[end]) &&
           string_view("<>\"[](){}").find(body_[end]) == string_view::npos) {
      ++end;
    }
    while (string_view(".,;:").find(body_[end - 1]) != string_view::npos) --end;
    add(Kind::url, end);
    return true;
  }

  void read_word() {
    std::size_t end = at_ + 1;
    while (end < body_.size() && !ends_word(body_[end]) && !is_mark_at(end)) ++end;
    add(Kind::word, end);
  }

  /// A colon or full stop before white space, or dots in a row: "td: x", "keys. And", "c0..c9".
  bool is_mark_at(std::size_t at) const noexcept {
    if (body_[at] == horizontal_ellipsis[0]) {
      return body_.substr(at).starts_with(horizontal_ellipsis);
    }
    if (body_[at] != ':' && body_[at] != '.') return false;
    if (body_.substr(at).starts_with("..")) return true;
    const bool last = at + 1 == body_.size() || ends_word(body_[at + 1]);
    return last && !(body_[at] == '.' && is_abbreviation(at));
  }

  /// Whether the word before this full stop is "e.g" or "i.e".
  bool is_abbreviation(std::size_t stop) const noexcept {
    if (stop < 3) return false;
    const string_view word = body_.substr(stop - 3, 3);
    return ascii::equal(word, "e.g") || ascii::equal(word, "i.e");
  }

  string_view body_;
  std::size_t at_ = 0;
  Gap gap_ = Gap::none;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(string_view body) { return Tokenizer(body).run(); }

}  // namespace srvwarden::registry::note
