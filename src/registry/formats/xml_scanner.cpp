// XML 1.0 without a DTD.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/xml_scanner.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "registry/formats/xml_reference.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry {
namespace {

enum CharKind : std::uint8_t { ordinary, control, carriage_return, ampersand, bracket, less };

constexpr std::array<CharKind, 256> kinds = [] {
  std::array<CharKind, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = control;
  table['\t'] = table['\n'] = ordinary;
  table['\r'] = carriage_return;
  table['&'] = ampersand;
  table[']'] = bracket;
  table['<'] = less;
  return table;
}();

constexpr CharKind kind_of(char c) noexcept { return kinds[static_cast<unsigned char>(c)]; }

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

constexpr bool starts_name(char c) noexcept {
  return ascii::is_letter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr std::array<bool, 256> name_chars = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char c = static_cast<char>(i);
    table[i] = starts_name(c) || ascii::is_digit(c) || c == '-' || c == '.';
  }
  return table;
}();

}  // namespace

XmlScanner::XmlScanner(std::string_view text) : text_(text) {
  at_ = start_ = utf8::mark_size(text_);
}

XmlText XmlScanner::attribute(std::string_view name) const noexcept {
  for (const XmlAttribute& one : attributes_) {
    if (one.name == name) return one.value;
  }
  return {};
}

XmlEvent XmlScanner::fail(XmlFault fault, std::size_t offset) noexcept {
  fault_ = fault;
  event_at_ = offset;
  return XmlEvent::fault;
}

bool XmlScanner::looking_at(std::string_view token) const noexcept {
  return text_.substr(at_, token.size()) == token;
}

bool XmlScanner::cut_within(std::string_view token) const noexcept {
  const std::string_view rest = text_.substr(at_);
  return rest.size() < token.size() && token.starts_with(rest);
}

bool XmlScanner::append_content(std::string& out) {
  const std::size_t outside = depth() - 1;
  for (XmlEvent event = next(); depth() != outside; event = next()) {
    if (event == XmlEvent::fault) return false;
    if (event == XmlEvent::text) text().append_to(out);
  }
  return true;
}

XmlEvent XmlScanner::next() {
  if (fault_ != XmlFault::none) return XmlEvent::fault;
  if (ends_at_once_) {
    ends_at_once_ = false;
    open_.pop_back();
    return XmlEvent::end;
  }
  for (;;) {
    event_at_ = at_;
    if (at_ == text_.size()) {
      return open_.empty() && root_seen_ ? XmlEvent::done : truncated();
    }
    if (text_[at_] != '<') {
      if (!open_.empty()) return read_text();
      skip_space();
      if (at_ < text_.size() && text_[at_] != '<') return fail(XmlFault::stray_content, at_);
      continue;
    }
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c == '/') return read_end_tag();
    if (c != '!' && c != '?') return read_start_tag();
    if (looking_at("<![CDATA[")) return read_cdata();
    const bool skipped = c == '?'             ? skip_instruction()
                         : looking_at("<!--") ? skip_comment()
                                              : skip_doctype();
    if (!skipped) return XmlEvent::fault;
  }
}

XmlEvent XmlScanner::read_text() {
  content_ = {};
  const std::size_t from = at_;
  for (; at_ < text_.size() && text_[at_] != '<'; ++at_) {
    switch (kind_of(text_[at_])) {
      case ampersand:
        if (!read_reference(content_)) return XmlEvent::fault;
        break;
      case bracket:
        if (looking_at("]]>")) return fail(XmlFault::bad_character, at_);
        break;
      case control:
        return fail(XmlFault::bad_character, at_);
      case carriage_return:
        content_.plain = false;
        break;
      case ordinary:
      case less:
        break;
    }
  }
  content_.raw = text_.substr(from, at_ - from);
  return at_ == text_.size() ? truncated() : XmlEvent::text;
}

/// Leaves at_ on the semicolon.
bool XmlScanner::read_reference(XmlText& text) {
  text.plain = false;
  if (const auto reference = xml_reference_at(text_.substr(at_))) {
    at_ += reference->size - 1;
    return true;
  }
  const auto end =
      std::find_if_not(text_.begin() + static_cast<std::ptrdiff_t>(at_) + 1, text_.end(),
                       [](char c) { return ascii::is_alphanumeric(c) || c == '#'; });
  fail(end == text_.end() ? XmlFault::truncated : XmlFault::bad_reference,
       end == text_.end() ? text_.size() : at_);
  return false;
}

XmlEvent XmlScanner::read_cdata() {
  if (open_.empty()) return fail(XmlFault::stray_content, at_);
  constexpr std::string_view opening = "<![CDATA[";
  const std::size_t from = at_ + opening.size();
  if (!skip_past(from, "]]>")) return XmlEvent::fault;
  content_ = {text_.substr(from, at_ - 3 - from), false, true};
  for (std::size_t i = 0; i < content_.raw.size(); ++i) {
    if (kind_of(content_.raw[i]) == control) return fail(XmlFault::bad_character, from + i);
  }
  content_.plain = content_.raw.find('\r') == content_.raw.npos;
  return XmlEvent::text;
}

std::string_view XmlScanner::read_name() noexcept {
  const std::size_t from = at_;
  if (at_ == text_.size() || !starts_name(text_[at_])) return {};
  while (at_ < text_.size() && name_chars[static_cast<unsigned char>(text_[at_])]) ++at_;
  return text_.substr(from, at_ - from);
}

void XmlScanner::skip_space() noexcept {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

XmlEvent XmlScanner::read_start_tag() {
  if (open_.empty() && root_seen_) return fail(XmlFault::stray_content, at_);
  attributes_.clear();
  ++at_;
  name_ = read_name();
  if (at_ == text_.size()) return truncated();
  if (name_.empty()) return fail(XmlFault::bad_markup, event_at_);
  for (;;) {
    const bool spaced = is_space(text_[at_]);
    skip_space();
    if (at_ == text_.size() || cut_within("/>")) return truncated();
    if (text_[at_] == '>') break;
    if (looking_at("/>")) {
      ends_at_once_ = true;
      ++at_;
      break;
    }
    if (!spaced) return fail(XmlFault::bad_markup, at_);
    if (!read_attribute()) return XmlEvent::fault;
  }
  ++at_;
  root_seen_ = true;
  open_.push_back(name_);
  return XmlEvent::start;
}

bool XmlScanner::read_attribute() {
  const std::size_t from = at_;
  const std::string_view name = read_name();
  if (name.empty()) return fail(XmlFault::bad_attribute, from), false;
  for (const XmlAttribute& one : attributes_) {
    if (one.name == name) return fail(XmlFault::bad_attribute, from), false;
  }
  skip_space();
  const bool has_value = at_ < text_.size() && text_[at_] == '=';
  if (has_value) ++at_;
  skip_space();
  if (at_ == text_.size()) return truncated(), false;
  const char quote = text_[at_];
  if (!has_value || (quote != '"' && quote != '\'')) {
    return fail(XmlFault::bad_attribute, at_), false;
  }
  ++at_;
  attributes_.push_back({name, {}});
  return read_attribute_value(quote, attributes_.back().value);
}

bool XmlScanner::read_attribute_value(char quote, XmlText& value) {
  const std::size_t from = at_;
  for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
    const CharKind kind = kind_of(text_[at_]);
    if (kind == less) return fail(XmlFault::bad_attribute, at_), false;
    if (kind == control) return fail(XmlFault::bad_character, at_), false;
    if (kind == carriage_return) value.plain = false;
    if (kind == ampersand && !read_reference(value)) return false;
  }
  if (at_ == text_.size()) return truncated(), false;
  value.raw = text_.substr(from, at_ - from);
  ++at_;
  return true;
}

XmlEvent XmlScanner::read_end_tag() {
  at_ += 2;
  name_ = read_name();
  skip_space();
  if (at_ == text_.size()) return truncated();
  if (name_.empty() || text_[at_] != '>') return fail(XmlFault::bad_markup, event_at_);
  if (open_.empty() || open_.back() != name_) return fail(XmlFault::mismatched_tag, event_at_);
  ++at_;
  open_.pop_back();
  return XmlEvent::end;
}

bool XmlScanner::skip_past(std::size_t from, std::string_view end) noexcept {
  const auto found = from < text_.size() ? text_.find(end, from) : text_.npos;
  if (found == text_.npos) return truncated(), false;
  at_ = found + end.size();
  return true;
}

bool XmlScanner::skip_comment() {
  if (!skip_past(at_ + 4, "--")) return false;
  if (at_ == text_.size()) return truncated(), false;
  if (text_[at_] != '>') return fail(XmlFault::bad_markup, at_ - 2), false;
  ++at_;
  return true;
}

bool XmlScanner::skip_instruction() {
  const std::size_t from = at_;
  at_ += 2;
  const std::string_view target = read_name();
  const bool declares = ascii::equal(target, "xml");
  const bool misplaced = declares && (from != start_ || target != "xml");
  if (at_ == text_.size()) return truncated(), false;
  const bool ends_name = is_space(text_[at_]) || text_[at_] == '?';
  if (target.empty() || misplaced || !ends_name) return fail(XmlFault::bad_markup, from), false;
  const std::size_t body = at_;
  if (!skip_past(at_, "?>")) return false;
  return !declares || check_declaration(text_.substr(body, at_ - 2 - body));
}

bool XmlScanner::check_declaration(std::string_view declaration) {
  const auto word = declaration.find("encoding");
  if (word == declaration.npos) return true;
  const auto opening = declaration.find_first_of("\"'", word);
  const auto closing =
      opening == declaration.npos ? opening : declaration.find(declaration[opening], opening + 1);
  if (closing != declaration.npos) {
    const auto encoding = declaration.substr(opening + 1, closing - opening - 1);
    if (ascii::equal(encoding, "utf-8") || ascii::equal(encoding, "us-ascii")) return true;
  }
  return fail(XmlFault::bad_encoding,
              static_cast<std::size_t>(declaration.data() - text_.data()) + word),
         false;
}

/// An external subset is named, and never read.
bool XmlScanner::skip_doctype() {
  const std::size_t from = at_;
  for (const std::string_view token : {"<!DOCTYPE", "<![CDATA[", "<!--"}) {
    if (cut_within(token)) return truncated(), false;
  }
  if (!looking_at("<!DOCTYPE")) return fail(XmlFault::bad_markup, from), false;
  if (root_seen_ || doctype_seen_) return fail(XmlFault::stray_content, from), false;
  doctype_seen_ = true;
  char quote = '\0';
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      return fail(XmlFault::bad_markup, at_), false;
    } else if (c == '>') {
      ++at_;
      return true;
    }
  }
  return truncated(), false;
}

std::string_view xml_root(std::string_view text) {
  constexpr std::size_t prologue = 4096;
  XmlScanner scanner(text.substr(0, prologue));
  return scanner.next() == XmlEvent::start ? scanner.name() : std::string_view();
}

}  // namespace srvwarden::registry
