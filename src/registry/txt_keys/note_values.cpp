// Values in assignments: what stands after '=' in "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "registry/fields.hpp"
#include "registry/txt_keys/note_reader.hpp"
#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

bool is_keepable(string_view text) noexcept { return is_clean(text) && !has_address(text); }

/// A word directly before '='.
bool starts_assignment(const Body& body, std::size_t at) noexcept {
  return (body.is(at, Kind::word) || body.is(at, Kind::quoted)) && body.is(at + 1, Kind::equals) &&
         body.is_on_line(at + 1);
}

class ValueReader {
 public:
  ValueReader(const Body& body, std::size_t& at, TxtKey& key, KeyCollector& keys)
      : body_(body), at_(at), key_(key), keys_(keys) {}

  bool read() {
    if (is_absent()) return true;
    if (starts_description()) return read_description();
    const std::size_t begin = at_;
    at_ = term_end(begin);
    if (body_.is(at_, Kind::pipe)) return read_alternatives(begin);
    if (at_ - begin > 1) {
      set_placeholder(key_, body_.span(begin, at_));
      return !body_.is(at_, Kind::equals);
    }
    return read_term(body_.tokens[begin]);
  }

 private:
  bool is_absent() const noexcept {
    if (at_ >= body_.size()) return true;
    const Token& token = body_.tokens[at_];
    if (token.kind == Kind::separator || token.kind == Kind::stop) return true;
    if (token.gap == Gap::line && token.kind != Kind::angle) return true;
    return token.gap != Gap::none && starts_assignment(body_, at_);
  }

  /// What adjoins, such as <a>:<b> or a[,a].
  std::size_t term_end(std::size_t begin) const noexcept {
    std::size_t end = begin + 1;
    while (end < body_.size() && body_.tokens[end].gap == Gap::none &&
           !body_.is(end, Kind::separator) && !body_.is(end, Kind::stop) &&
           !body_.is(end, Kind::pipe) && !body_.is(end, Kind::equals) &&
           !body_.is(end, Kind::stray)) {
      ++end;
    }
    return end;
  }

  /// "a word and others": not a value but what is said of it. A number is a value for all that.
  bool starts_description() const noexcept {
    if (!body_.is(at_, Kind::word) || ascii::is_digit(body_.tokens[at_].text[0])) return false;
    const std::size_t next = term_end(at_);
    const bool word = body_.is(next, Kind::word) || body_.is(next, Kind::quoted);
    return word && body_.is_on_line(next) && !starts_assignment(body_, next) &&
           body_.bullet_size(next) == 0 && !starts_example(body_.tokens[next].text);
  }

  bool read_term(const Token& token) {
    switch (token.kind) {
      case Kind::angle:
        if (!token.closed) return false;
        set_from_angle(key_, token.text);
        return true;
      case Kind::quoted:
        return read_quoted(token.text);
      case Kind::word:
        return read_word(token);
      case Kind::curly:
        return read_curly(token);
      case Kind::square:
      case Kind::url:
        set_placeholder(key_, body_.text.substr(token.begin, token.end - token.begin));
        return true;
      default:
        return false;
    }
  }

  bool read_quoted(string_view text) {
    if (text.find_first_of("<=") != text.npos) {
      // A value that looks like a key and its value: the registrant may have meant another key.
      keys_.doubt();
      set_placeholder(key_, text);
    } else {
      set_literal(text);
    }
    return true;
  }

  bool read_word(const Token& token) {
    if (body_.is(at_, Kind::equals) && body_.is_on_line(at_)) return false;
    if (token.text == "?") return true;
    if (token.text.find('/') != token.text.npos && !token.text.starts_with('/')) {
      set_from_angle(key_, token.text);  // "0/1"; else words
    } else if (body_.is(at_, Kind::round) && body_.is_on_line(at_) && is_stand_in(token.text, {})) {
      set_placeholder(key_, body_.tokens[at_++].text);  // "value (string)"
    } else if (is_stand_in(token.text, key_.key) ||
               type_of_words(token.text) == TxtValueType::version) {
      set_placeholder(key_, token.text);
    } else {
      set_literal(token.text);
    }
    return true;
  }

  bool read_curly(const Token& token) {
    set_from_angle(key_, token.text);
    if (key_.kind != TxtKeyKind::enumeration) {
      set_placeholder(key_, body_.text.substr(token.begin, token.end - token.begin));
      key_.type = TxtValueType::any;
    }
    return token.closed;
  }

  void set_literal(string_view text) {
    if (!is_keepable(text)) return;
    key_.kind = TxtKeyKind::literal;
    key_.value = text;
  }

  /// a | b | "c"
  bool read_alternatives(std::size_t begin) {
    bool simple = at_ - begin == 1;
    std::vector<std::string> values{std::string(body_.tokens[begin].text)};
    const auto is_simple = [&](const Token& token) {
      return (token.kind == Kind::word || token.kind == Kind::quoted) && is_keepable(token.text);
    };
    simple = simple && is_simple(body_.tokens[begin]);
    while (body_.is(at_, Kind::pipe)) {
      if (++at_ == body_.size()) return false;
      const std::size_t part = at_;
      at_ = term_end(part);
      simple = simple && at_ - part == 1 && is_simple(body_.tokens[part]);
      values.emplace_back(body_.tokens[part].text);
    }
    if (simple) {
      key_.kind = TxtKeyKind::enumeration;
      key_.values = std::move(values);
    } else {
      set_placeholder(key_, body_.span(begin, at_));
      key_.type = TxtValueType::any;
    }
    return true;
  }

  /// Words up to the next assignment, which must start a line or follow a mark.
  bool read_description() {
    const std::size_t begin = at_;
    std::size_t words_end = 0;
    for (; at_ < body_.size(); ++at_) {
      const Token& token = body_.tokens[at_];
      if (at_ > begin && starts_assignment(body_, at_)) {
        if (token.gap != Gap::line && !body_.is(at_ - 1, Kind::separator)) return false;
        break;
      }
      if (token.kind == Kind::equals) return false;
      if (token.kind == Kind::separator && token.text == ";") break;
      const bool ends = token.kind == Kind::stop || token.kind == Kind::round ||
                        token.kind == Kind::square || token.kind == Kind::pipe;
      if (ends && words_end == 0) words_end = at_;
    }
    const string_view said = body_.span(begin, at_);
    key_.optional = says_optional(said);
    if (auto values = find_choices(body_, begin, at_); !values.empty()) {
      key_.kind = TxtKeyKind::enumeration;
      key_.values = std::move(values);
    } else {
      set_placeholder(key_, body_.span(begin, words_end == 0 ? at_ : words_end));
    }
    return true;
  }

  const Body& body_;
  std::size_t& at_;
  TxtKey& key_;
  KeyCollector& keys_;
};

}  // namespace

bool read_value(const Body& body, std::size_t& at, TxtKey& key, KeyCollector& keys) {
  return ValueReader(body, at, key, keys).read();
}

std::vector<std::string> find_choices(const Body& body, std::size_t from, std::size_t to) {
  std::vector<std::string> values;
  for (std::size_t at = from; at < to; ++at) {
    const bool one_of = at > from && body.is_word(at, "of") && body.is_word(at - 1, "one");
    if (!one_of && !body.is_word(at, "i.e.")) continue;
    std::size_t next = at + 1;
    for (; next < to; ++next) {
      if (body.is(next, Kind::quoted)) {
        if (!is_keepable(body.tokens[next].text)) return {};
        values.emplace_back(body.tokens[next].text);
      } else if (!body.is(next, Kind::separator) && !body.is_word(next, "or")) {
        break;
      }
    }
    if (values.size() > 1) return values;
    values.clear();
  }
  return values;
}

}  // namespace srvwarden::registry::note
