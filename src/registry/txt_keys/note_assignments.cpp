// Assignments: "u=<username> p=<password>" in "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "registry/txt_keys/note_reader.hpp"
#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

class AssignmentReader {
 public:
  AssignmentReader(const Body& body, std::size_t from) : body_(body), at_(from) {}

  std::optional<TxtKeys> read() {
    while (at_ < body_.size()) {
      if (body_.tokens[at_].gap == Gap::line) start_item();
      if (!read_item()) return {};
    }
    return std::move(keys_).result();
  }

 private:
  void start_item() noexcept {
    fresh_ = true;
    described_ = false;
  }

  bool read_item() {
    const Token& token = body_.tokens[at_];
    switch (token.kind) {
      case Kind::separator:
        fresh_ = true;
        if (token.text == ";") described_ = false;
        break;
      case Kind::round:
      case Kind::square:
        keys_.remark(token);
        break;
      case Kind::ellipsis:
        keys_.go_on();
        break;
      case Kind::url:
        keys_.doubt();
        break;
      case Kind::stop:
      case Kind::stray:
        break;
      case Kind::word:
      case Kind::quoted:
        return read_phrase();
      default:
        return false;
    }
    ++at_;
    return true;
  }

  bool read_phrase() {
    if (const std::size_t bullet = body_.bullet_size(at_); bullet > 0) {
      at_ += bullet;
      start_item();
      return true;
    }
    if (starts_example(body_.tokens[at_].text)) return read_example();
    std::size_t end = at_ + 1;
    while (body_.is(end, Kind::word) && body_.is_on_line(end)) ++end;
    const bool assigns = body_.is(end, Kind::equals) && body_.is_on_line(end);
    return assigns ? read_assignment(end) : read_bare(end);
  }

  /// The words before '=' are one key only where nothing else can have ended before it.
  bool read_assignment(std::size_t end) {
    if (end - at_ == 2 && fresh_ && body_.is_word(at_, "txtvers")) {
      keys_.add_bare(body_.tokens[at_++].text);
    } else if (end - at_ > 1) {
      if (!fresh_ || !is_key_phrase(end)) return false;
    } else if (described_) {
      keys_.doubt();
    }
    TxtKey key;
    if (!read_key(end, key)) return false;
    at_ = end + 1;
    if (!read_value(body_, at_, key, keys_)) return false;
    keys_.add(std::move(key));
    fresh_ = described_ = false;
    const Token& last = body_.tokens[at_ - 1];
    may_go_on_ = last.kind == Kind::word && !ascii::is_digit(last.text[0]);
    return true;
  }

  bool is_key_phrase(std::size_t end) {
    for (std::size_t i = at_; i < end; ++i) {
      if (!body_.is(i, Kind::word) || is_sentence_word(body_.tokens[i].text)) return false;
      if (has_capital(body_.tokens[i].text)) continue;
      if (body_.tokens[at_].gap != Gap::line) return false;
      keys_.doubt();
    }
    return true;
  }

  bool read_key(std::size_t end, TxtKey& key) {
    // "key=value pairs" is said of keys and names none.
    if (body_.is_word(at_, "key") && body_.is_word(end + 1, "value")) return false;
    for (std::size_t i = at_; i < end; ++i) {
      if (!is_assignable_key(body_.tokens[i].text)) return false;
      if (!is_plain_key(body_.tokens[i].text)) keys_.doubt();
    }
    key.key = collapse(end - at_ == 1 ? body_.tokens[at_].text : body_.span(at_, end));
    return true;
  }

  /// Words without '=': a key, what explains the key before, or prose.
  bool read_bare(std::size_t end) {
    if (!fresh_) {
      described_ = true;
      at_ = end;
      return true;
    }
    // "mode=on, off" has one key, "mode=on, port" two.
    if (may_go_on_ && body_.is(at_ - 1, Kind::separator)) return false;
    const string_view word = body_.tokens[at_].text;
    if (described_ || is_opaque_word(word) || starts_others(word) || body_.is(end, Kind::colon)) {
      return skip_line();
    }
    if (end - at_ > 2 || (end - at_ == 2 && !is_listed_pair(end))) return skip_line();
    for (std::size_t i = at_; i < end; ++i) {
      if (!body_.is(i, Kind::word) || !is_plain_key(body_.tokens[i].text)) return false;
    }
    if (end < body_.size() && body_.tokens[end].gap == Gap::none &&
        (body_.is(end, Kind::angle) || body_.is(end, Kind::pipe) || body_.is(end, Kind::curly))) {
      return false;
    }
    keys_.add_bare(collapse(body_.span(at_, end)));
    at_ = end;
    fresh_ = false;
    return true;
  }

  /// Two words of which each has a capital, beside a comma: "Machine ID,".
  bool is_listed_pair(std::size_t end) const noexcept {
    const bool beside = body_.is(end, Kind::separator) ||
                        (at_ > 0 && body_.is(at_ - 1, Kind::separator) && end == body_.size());
    return beside && has_capital(body_.tokens[at_].text) && has_capital(body_.tokens[at_ + 1].text);
  }

  /// Prose up to the line's end. Keys in it would be missed, so there must be none.
  bool skip_line() {
    keys_.doubt();
    do {
      if (body_.is(at_, Kind::equals)) return false;
      ++at_;
    } while (body_.is_on_line(at_));
    return true;
  }

  /// An example goes to the end. It must not show keys that were not defined.
  bool read_example() {
    for (; at_ < body_.size(); ++at_) {
      if (body_.is(at_, Kind::word) && body_.is(at_ + 1, Kind::equals) &&
          !keys_.has(body_.tokens[at_].text)) {
        keys_.doubt();
      }
    }
    return true;
  }

  const Body& body_;
  std::size_t at_;
  KeyCollector keys_;
  bool fresh_ = true;       ///< a separator or a line's start is before this token
  bool described_ = false;  ///< words explain the last key
  bool may_go_on_ = false;  ///< the last value is a word, which may have been the first of several
};

}  // namespace

std::optional<TxtKeys> read_assignments(const Body& body, std::size_t from) {
  return AssignmentReader(body, from).read();
}

}  // namespace srvwarden::registry::note
