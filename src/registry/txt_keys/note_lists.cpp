// Lists without values: "txtvers, id, c0, c1, ..." in "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "registry/txt_keys/note_reader.hpp"
#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

class ListReader {
 public:
  explicit ListReader(const Body& body) : body_(body), has_separators_(body.has(Kind::separator)) {}

  std::optional<TxtKeys> read() {
    if (auto words = read_word_list()) return words;
    while (!ended_ && at_ < body_.size()) {
      if (!read_item()) return {};
    }
    if (pairs_ == 1) return {};
    // A word alone may be the name of a thing as well; txtvers is a key by RFC 6763 §6.7.
    if (keys_.size() == 1 && !keys_.last().series) {
      if (is_connective(keys_.last().key)) return {};
      if (!is_txtvers(keys_.last().key)) keys_.doubt();
    }
    return std::move(keys_).result();
  }

 private:
  static bool is_txtvers(string_view word) noexcept { return ascii::equal(word, "txtvers"); }

  /// "txtvers name uuid": nothing but words with spaces between.
  std::optional<TxtKeys> read_word_list() const {
    constexpr std::size_t most = 16;
    if (body_.size() < 2 || body_.size() > most) return {};
    KeyCollector keys;
    for (std::size_t i = 0; i < body_.size(); ++i) {
      const string_view word = body_.tokens[i].text;
      if (!body_.is(i, Kind::word) || !is_plain_key(word) || is_connective(word)) return {};
      if (is_opaque_word(word) || starts_others(word)) return {};
      keys.add_bare(word);
    }
    const bool lines = std::all_of(body_.tokens.begin() + 1, body_.tokens.end(),
                                   [](const Token& token) { return token.gap == Gap::line; });
    if (lines || is_txtvers(body_.tokens[0].text)) return std::move(keys).result();
    // "Test Controller Card" is no list of keys, and "bus id" may be one key.
    for (const Token& token : body_.tokens) {
      if (has_capital(token.text)) return {};
    }
    keys.doubt();
    return std::move(keys).result();
  }

  /// A word that makes a sentence of those beside it.
  static bool is_connective(string_view word) noexcept {
    return is_sentence_word(word) || ascii::equal(word, "and") || ascii::equal(word, "or");
  }

  bool read_item() {
    if (const std::size_t bullet = body_.bullet_size(at_); bullet > 0) {
      at_ += bullet;
      separated_ = true;
      return true;
    }
    switch (const Token& token = body_.tokens[at_]; token.kind) {
      case Kind::separator:
        separated_ = true;
        break;
      case Kind::round:
      case Kind::square:
        read_remark(token);
        break;
      case Kind::ellipsis:
        keys_.go_on();
        break;
      case Kind::stray:
        break;
      case Kind::stop:
      case Kind::url:
        // What follows a list is a text, in which there may be more of it.
        if (token.kind == Kind::url || at_ + 1 < body_.size()) keys_.doubt();
        ended_ = true;
        return token.kind == Kind::stop || separated_;
      case Kind::word:
        return read_phrase();
      default:
        return false;
    }
    ++at_;
    return true;
  }

  /// What stands in brackets after a key is kept where it names a type.
  void read_remark(const Token& token) {
    keys_.remark(token);
    if (keys_.empty() || keys_.last().kind != TxtKeyKind::bare) return;
    TxtKey typed = keys_.last();
    set_placeholder(typed, token.text);
    if (typed.type != TxtValueType::any && typed.type != TxtValueType::path) {
      keys_.last() = std::move(typed);
    }
  }

  /// "and", "+", or a dash, which only goes before a URL.
  bool is_joint(std::size_t at) const noexcept {
    return body_.is_word(at, "and") || body_.is_word(at, "+") || body_.is_word(at, "-");
  }

  bool read_phrase() {
    std::size_t end = at_ + 1;
    while (body_.is(end, Kind::word) && (has_separators_ || body_.is_on_line(end)) &&
           body_.bullet_size(end) == 0 && !is_joint(end)) {
      ++end;
    }
    // "a, b - https://..."
    if (body_.is_word(at_, "-") && body_.is(at_ + 1, Kind::url)) {
      separated_ = true;
      ++at_;
      return true;
    }
    if (is_joint(at_) && !body_.is_word(at_, "-") && !keys_.empty()) {
      separated_ = true;
      if (++at_ == end) return true;
    }
    return read_words(end);
  }

  bool read_words(std::size_t end) {
    const string_view word = body_.tokens[at_].text;
    if (is_opaque_word(word) || starts_others(word)) {
      if (keys_.empty()) return false;
      keys_.doubt();
    } else if (ascii::equal(word, "where") && !keys_.empty()) {
      // "c0, c1, ..., where the number of c_n is variable" explains the series.
      if (!keys_.last().series) keys_.doubt();
      ended_ = true;
    } else if (!add_phrase(end)) {
      return false;
    }
    at_ = end;
    separated_ = false;
    return true;
  }

  bool add_phrase(std::size_t end) {
    if (end - at_ > 2) return false;
    for (std::size_t i = at_; i < end; ++i) {
      if (!is_plain_key(body_.tokens[i].text)) return false;
    }
    if (end - at_ == 2 && !add_pair()) return false;
    keys_.add_bare(collapse(body_.span(at_, end)));
    return true;
  }

  /// Two words may be one key, if the list has more such keys. One pair alone may have lost its
  /// separator, as has one over a line's end.
  bool add_pair() {
    const string_view first = body_.tokens[at_].text;
    const string_view second = body_.tokens[at_ + 1].text;
    if (!body_.is_on_line(at_ + 1) || !has_separators_) return false;
    if (is_connective(first) || is_connective(second) || starts_others(second)) return false;
    // "Machine ID" is a name that somebody chose; "local chat" may be one, or a description.
    if (has_capital(first) != has_capital(second)) return false;
    if (!has_capital(first)) keys_.doubt();
    ++pairs_;
    return true;
  }

  const Body& body_;
  const bool has_separators_;  ///< then a line break is white space
  std::size_t at_ = 0;
  KeyCollector keys_;
  bool separated_ = true;
  bool ended_ = false;
  std::size_t pairs_ = 0;
};

}  // namespace

std::optional<TxtKeys> read_list(const Body& body) { return ListReader(body).read(); }

}  // namespace srvwarden::registry::note
