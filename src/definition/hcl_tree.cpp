// HCL and JSON by one scanner that takes what both have in common and skips expressions.
// SPDX-License-Identifier: Apache-2.0
#include "definition/hcl_tree.hpp"

#include <algorithm>
#include <utility>

#include "core/trim.hpp"
#include "definition/formats.hpp"
#include "definition/hcl_escape.hpp"
#include "definition/text_builder.hpp"
#include "definition/unicode_text.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

constexpr std::size_t max_depth = 100;

bool starts_identifier(char c) { return ascii::is_letter(c) || c == '_'; }
bool is_in_identifier(char c) {
  return ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '.';
}

class HclReader {
 public:
  explicit HclReader(const Source& source)
      : source_(source),
        text_(source.text()),
        at_(text_.size() - first_text(text_).size()),
        json_(at_ < text_.size() && text_[at_] == '{') {}

  HclFile read() {
    HclFile file;
    file.root.kind = HclNode::Kind::object;
    if (json_) ++at_;
    body(file.root, json_);
    skip_space();
    if (!failure_ && at_ < text_.size()) fail("text behind the end");
    file.failure = std::move(failure_);
    return file;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool is_next(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  bool ended() const { return failure_.has_value() || at_ >= text_.size(); }

  void fail(std::string reason) { fail(std::move(reason), at_); }
  void fail(std::string reason, std::size_t at, bool too_deep = false) {
    if (!failure_) failure_ = HclFailure{std::move(reason), at, too_deep};
    at_ = text_.size();
  }

  void skip_space();
  bool skip_comment();
  void body(HclNode& object, bool closed);
  void entry(HclNode& object);
  bool key(HclEntry& entry);
  void value(HclNode& node);
  void list(HclNode& node);
  void string(HclNode& node);
  void interpolation(TextBuilder& out, std::size_t open);
  void heredoc();
  void expression(bool one_group = false);
  bool expression_goes_on();

  const Source& source_;
  std::string_view text_;
  std::size_t at_;
  bool json_;
  std::size_t depth_ = 0;
  std::optional<HclFailure> failure_;
};

bool HclReader::skip_comment() {
  const bool long_comment = is_next("/*");
  if (!long_comment && peek() != '#' && !is_next("//")) return false;
  const std::size_t end = text_.find(long_comment ? "*/" : "\n", at_ + (long_comment ? 2 : 0));
  if (long_comment && end == text_.npos) {
    fail("a comment without its end");
  } else {
    at_ = end == text_.npos ? text_.size() : end + (long_comment ? 2 : 1);
  }
  return true;
}

void HclReader::skip_space() {
  while (!ended() && (white_space.find(peek()) != white_space.npos || skip_comment())) {
    if (!ended() && white_space.find(peek()) != white_space.npos) ++at_;
  }
}

/// Entries up to "}" or the end of the file.
void HclReader::body(HclNode& object, bool closed) {
  const std::size_t open = at_ - (closed ? 1 : 0);
  if (++depth_ > max_depth) return fail("nested deeper than 100", open, true);
  for (;;) {
    skip_space();
    while (!ended() && (peek() == ',' || peek() == ';')) {
      ++at_;
      skip_space();
    }
    if (ended()) break;
    if (peek() != '}') {
      entry(object);
      continue;
    }
    if (!closed) return fail("} without {");
    ++at_;
    --depth_;
    return;
  }
  if (closed && !failure_) fail("{ without its }", open);
}

void HclReader::entry(HclNode& object) {
  HclEntry& entry = object.entries.emplace_back();
  entry.value.at = at_;
  if (!key(entry)) return fail("a name is expected here");
  skip_space();
  while (!json_ && !ended() && (peek() == '"' || starts_identifier(peek()))) {
    HclEntry label;
    label.value.at = at_;
    if (peek() == '"') {
      string(label.value);
    } else {
      key(label);
      label.value.text = source_.verbatim(label.value.at, label.key.size());
    }
    entry.labels.push_back(std::move(label.value.text));
    skip_space();
  }
  if (failure_) return;
  if (peek() == '{' && !json_) {
    entry.value.at = at_++;
    entry.value.kind = HclNode::Kind::object;
    return body(entry.value, true);
  }
  if (!entry.labels.empty()) return fail("a block's { is expected here");
  if (peek() != '=' && peek() != ':') {
    return fail(json_ ? ": is expected here" : "= or a block's { is expected here");
  }
  ++at_;
  skip_space();
  value(entry.value);
}

bool HclReader::key(HclEntry& entry) {
  if (peek() == '"') {
    HclNode quoted;
    string(quoted);
    entry.key = std::move(quoted.text.value);
    return true;
  }
  if (json_) return false;
  if (peek() == '(') {  // HCL2 computes keys of objects
    expression(true);
    return true;
  }
  const std::size_t start = at_;
  while (!ended() && is_in_identifier(peek())) ++at_;
  entry.key = text_.substr(start, at_ - start);
  return at_ > start;
}

void HclReader::value(HclNode& node) {
  node.at = at_;
  if (ended()) return fail("a value is expected here");
  const std::string_view rest = text_.substr(at_, 5);
  const std::string_view inner = trimmed(rest.substr(std::min<std::size_t>(1, rest.size())));
  const bool computed = inner.starts_with("for ") || inner == "for";
  if (peek() == '"') {
    string(node);
  } else if (peek() == '[' && !computed) {
    list(node);
  } else if (peek() == '{' && !computed) {
    ++at_;
    node.kind = HclNode::Kind::object;
    body(node, true);
  } else {
    expression();
    if (at_ == node.at) fail("a value is expected here");
    return;
  }
  if (!json_ && !failure_ && expression_goes_on()) {  // "a" == x
    expression();
    node.kind = HclNode::Kind::other;
  }
}

bool HclReader::expression_goes_on() {
  while (!ended() && (peek() == ' ' || peek() == '\t')) ++at_;
  return !ended() && std::string_view("=!<>&|?+-*%.[").find(peek()) != std::string_view::npos;
}

void HclReader::list(HclNode& node) {
  const std::size_t open = at_++;
  node.kind = HclNode::Kind::list;
  if (++depth_ > max_depth) return fail("nested deeper than 100", open, true);
  for (skip_space(); !ended() && peek() != ']'; skip_space()) {
    value(node.entries.emplace_back().value);
    skip_space();
    if (ended() || peek() == ']') break;
    if (peek() != ',') return fail("a comma or ] is expected here");
    ++at_;
  }
  if (ended()) return fail("[ without its ]", open);
  ++at_;
  --depth_;
}

void HclReader::string(HclNode& node) {
  const std::size_t open = at_++;
  node.kind = HclNode::Kind::string;
  TextBuilder out;
  while (!ended() && peek() != '"' && peek() != '\n') {
    const bool opens = (peek() == '$' || peek() == '%') && peek(1) == '{';
    if (opens && (peek() == '$' || !json_)) node.has_template = true;
    if (opens && !json_) {
      interpolation(out, open);
    } else if (peek() == '\\') {
      const HclEscape escape = read_hcl_escape(text_.substr(at_), json_);
      out.decoded(escape.text, at_, escape.size);
      at_ += escape.size;
    } else {
      const std::size_t end = std::min(text_.find_first_of("\"\\$%\n", at_ + 1), text_.size());
      out.copy(text_.substr(at_, end - at_), at_);
      at_ = end;
    }
  }
  if (ended() || peek() != '"') return fail("a string without its closing quote", open);
  ++at_;
  node.text = out.finish(source_, open + 1);
}

/// "${ ... }", in which strings and braces may stand. "$${" is text; it is no name either way.
void HclReader::interpolation(TextBuilder& out, std::size_t open) {
  const std::size_t start = at_;
  std::string closers;  // what closes what is open: } or "
  do {
    const char c = peek();
    if (c == '\n') return fail("a string without its closing quote", open);
    const bool in_string = !closers.empty() && closers.back() == '"';
    if (in_string && c == '\\') {
      ++at_;
    } else if ((c == '$' || c == '%') && peek(1) == '{') {
      closers += '}';
      ++at_;
    } else if (!closers.empty() && c == closers.back()) {
      closers.pop_back();
    } else if (!in_string && (c == '{' || c == '"')) {
      closers += c == '{' ? '}' : '"';
    }
    ++at_;
  } while (at_ < text_.size() && !closers.empty());
  if (!closers.empty()) return fail("${ without its }", start);
  out.copy(text_.substr(start, at_ - start), start);
}

/// "<<END" or "<<-END", up to the line that says END alone.
void HclReader::heredoc() {
  const std::size_t open = at_;
  at_ += is_next("<<-") ? 3 : 2;
  const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
  const std::string_view mark = trimmed(text_.substr(at_, line_end - at_));
  at_ = line_end;
  while (!mark.empty() && at_ < text_.size()) {
    const std::size_t start = ++at_;
    at_ = std::min(text_.find('\n', start), text_.size());
    if (trimmed(text_.substr(start, at_ - start)) == mark) return;
  }
  fail("a heredoc without its end", open);
}

/// Anything else: up to the end of the line, or a comma or bracket that is not its own; or one
/// group of brackets.
void HclReader::expression(bool one_group) {
  std::size_t brackets = 0;
  const std::size_t start = at_;
  while (!ended()) {
    const char c = peek();
    if (skip_comment()) {
      if (!ended() && brackets == 0 && text_[at_ - 1] == '\n') return;
    } else if (c == '"') {
      HclNode ignored;
      string(ignored);
    } else if (is_next("<<") && (starts_identifier(peek(2)) || peek(2) == '-')) {
      heredoc();
    } else if (c == '(' || c == '[' || c == '{') {
      ++brackets;
      ++at_;
    } else if (c == ')' || c == ']' || c == '}') {
      if (brackets == 0) return;
      --brackets;
      ++at_;
      if (one_group && brackets == 0) return;
    } else if (brackets == 0 && (c == '\n' || c == ',')) {
      return;
    } else {
      ++at_;
    }
  }
  if (brackets > 0) fail("a bracket without its end", start);
}

}  // namespace

HclFile read_hcl(const Source& source) { return HclReader(source).read(); }

HclNode read_hcl(const Reading& reading) {
  HclFile file = read_hcl(reading.source);
  if (!file.failure) return std::move(file.root);
  const std::string_view text = reading.source.text();
  const std::size_t action = std::min(text.find("[["), text.find("{{"));
  if (action != text.npos && !file.failure->too_deep) {
    reading.problem(ProblemCode::template_text, action, 2, {});
    reading.definition.problems.back().help = "Judge the file that it makes.";
    return {};
  }
  const auto code = file.failure->too_deep ? ProblemCode::too_large : ProblemCode::syntax;
  reading.problem(code, file.failure->at, 0, file.failure->reason);
  reading.definition.problems.back().help = "Nothing behind this place has been read.";
  return std::move(file.root);
}

bool is_key(std::string_view key, std::string_view wanted) noexcept {
  std::size_t at = 0;
  for (const char c : key) {
    if (c == '_') continue;
    if (at == wanted.size() || ascii::fold(c) != wanted[at]) return false;
    ++at;
  }
  return at == wanted.size();
}

const HclNode* find_value(const HclNode& object, std::string_view key) noexcept {
  for (const HclEntry& entry : object.entries) {
    if (is_key(entry.key, key)) return &entry.value;
  }
  return nullptr;
}

}  // namespace srvwarden::definition
