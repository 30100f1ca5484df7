// ZoneLexer: one pass; an open parenthesis costs at most a few more.
// SPDX-License-Identifier: Apache-2.0
#include "definition/zone_lexer.hpp"
#include "srvwarden/utf8.hpp"

#include <algorithm>
#include <utility>

namespace srvwarden::definition {
namespace {

/// Parentheses that are looked for to the end of the file, in vain. Each costs a pass.
constexpr std::size_t max_unclosed = 8;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }
bool ends_word(char c) {
  return is_blank(c) || c == '\n' || c == ';' || c == '(' || c == ')' || c == '"';
}

}  // namespace

void ZoneProblems::operator()(ProblemCode code, std::size_t offset, std::size_t length,
                              std::string detail) {
  if (full()) return;
  reading_.problem(code, offset, length, std::move(detail));
  if (full()) {
    reading_.problem(ProblemCode::zone_syntax, offset, 0,
                     "too many problems; nothing more is read");
  }
}

ZoneLexer::ZoneLexer(std::string_view text, ZoneProblems& problems)
    : text_(text), problems_(problems), at_(utf8::mark_size(text)) {}

bool ZoneLexer::next(ZoneEntry& entry) {
  while (at_ < text_.size()) {
    entry.has_owner = !is_blank(text_[at_]);
    read_whole_entry(entry);
    if (!entry.tokens.empty()) return true;
  }
  return false;
}

/// Where a parenthesis is never closed, the entry ends before the next line that is not indented:
/// the rest of the file is not lost.
void ZoneLexer::read_whole_entry(ZoneEntry& entry) {
  const std::size_t start = at_;
  const std::size_t problems = problems_.count();
  end_ = text_.size();
  if (read_entry(entry)) return;
  if (unclosed_ < max_unclosed) ++unclosed_;
  problems_.truncate(problems);
  problems_(ProblemCode::zone_syntax, open_, 1, "this parenthesis is never closed");
  end_ = next_margin(open_);
  at_ = start;
  read_entry(entry);
}

/// Returns whether all parentheses were closed.
bool ZoneLexer::read_entry(ZoneEntry& entry) {
  entry.tokens.clear();
  depth_ = 0;
  bool bounded = unclosed_ < max_unclosed;
  behind_ = text_.size() + 1;
  while (at_ < end_) {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == ';') {
      at_ = std::min(text_.find('\n', at_), end_);
    } else if (c != '\n') {
      read_token(entry);
    } else {
      ++at_;
      if (depth_ == 0) return true;
      if (!bounded) end_ = std::min(end_, next_margin(open_));
      bounded = true;
    }
  }
  return depth_ == 0;
}

void ZoneLexer::read_token(ZoneEntry& entry) {
  switch (text_[at_]) {
    case '(':
      if (depth_++ == 0) open_ = at_;
      ++at_;
      return;
    case ')':
      if (depth_ == 0) {
        problems_(ProblemCode::zone_syntax, at_, 1, "this parenthesis was never opened");
      } else {
        --depth_;
      }
      ++at_;
      return;
    case '"':
      return read_quoted(entry);
    default:
      return read_word(entry);
  }
}

void ZoneLexer::read_quoted(ZoneEntry& entry) {
  const std::size_t quote = at_++;
  while (at_ < end_ && text_[at_] != '"' && text_[at_] != '\n') {
    const bool escape = text_[at_] == '\\' && at_ + 1 < end_ && text_[at_ + 1] != '\n';
    at_ += escape ? 2 : 1;
  }
  std::size_t end = at_;
  if (at_ < end_ && text_[at_] == '"') {
    ++at_;
  } else {
    if (end > quote + 1 && text_[end - 1] == '\r') --end;
    problems_(ProblemCode::zone_syntax, quote, end - quote,
              "the quotation mark is not closed on its line");
  }
  add(entry, quote + 1, end, true);
}

void ZoneLexer::read_word(ZoneEntry& entry) {
  const std::size_t begin = at_;
  while (at_ < end_ && !ends_word(text_[at_])) {
    const bool escape =
        text_[at_] == '\\' && at_ + 1 < end_ && text_[at_ + 1] != '\n' && text_[at_ + 1] != '\r';
    at_ += escape ? 2 : 1;
  }
  add(entry, begin, at_, false);
}

void ZoneLexer::add(ZoneEntry& entry, std::size_t begin, std::size_t end, bool quoted) {
  const std::size_t start = quoted ? begin - 1 : begin;
  const bool glued =
      start == behind_ && !(quoted && !entry.tokens.empty() && entry.tokens.back().quoted);
  entry.tokens.push_back({text_.substr(begin, end - begin), begin, quoted, glued});
  behind_ = at_;
}

/// The start of the first line behind `from` that is not indented and no comment.
std::size_t ZoneLexer::next_margin(std::size_t from) const {
  for (std::size_t at = text_.find('\n', from); at != text_.npos; at = text_.find('\n', at + 1)) {
    if (at + 1 == text_.size()) break;
    const char c = text_[at + 1];
    if (!is_blank(c) && c != '\n' && c != ';' && c != ')') return at + 1;
  }
  return text_.size();
}

}  // namespace srvwarden::definition
