// HttpHead: lines, of which two kinds matter. RFC 9112 §2 to §5.
// SPDX-License-Identifier: Apache-2.0
#include "health/http_head.hpp"

#include <algorithm>

namespace srvwarden::daemon {

namespace {

constexpr std::string_view version = "HTTP/1.";
constexpr std::size_t shortest_status_line = 12;  // "HTTP/1.1 200"; the reason may be missing

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

HttpHead::State HttpHead::add(std::string_view bytes) {
  if (state_ != State::incomplete) return state_;
  text_ += bytes.substr(0, limit - text_.size());
  while (state_ == State::incomplete) {
    const auto end = text_.find('\n', line_);
    if (end == text_.npos) break;
    std::string_view line = std::string_view(text_).substr(line_, end - line_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    line_ = end + 1;
    state_ = read_line(line);
  }
  if (state_ != State::incomplete) return state_;
  // What can never become a status line is told at once, not when the time is over.
  const std::string_view rest = std::string_view(text_).substr(line_);
  const std::size_t size = std::min(rest.size(), version.size());
  if (!in_fields_ && rest.substr(0, size) != version.substr(0, size)) {
    state_ = State::not_http;
  } else if (text_.size() == limit) {
    state_ = State::too_long;
  }
  return state_;
}

HttpHead::State HttpHead::read_line(std::string_view line) {
  if (!in_fields_) return read_status_line(line);
  if (line.empty()) {
    in_fields_ = false;
    const bool interim = status_ < 200 && status_ != 101;  // 101 is final: RFC 9110 §15.2.2
    return interim ? State::incomplete : State::complete;
  }
  const auto colon = line.find(':');
  if (colon != line.npos && same_name(line.substr(0, colon), "location")) {
    location_ = trimmed(line.substr(colon + 1));
  }
  return State::incomplete;
}

HttpHead::State HttpHead::read_status_line(std::string_view line) {
  const bool shaped = line.size() >= shortest_status_line && line.starts_with(version) &&
                      is_digit(line[7]) && line[8] == ' ' && line[9] >= '1' && line[9] <= '9' &&
                      is_digit(line[10]) && is_digit(line[11]) &&
                      (line.size() == shortest_status_line || line[12] == ' ');
  if (!shaped) return State::not_http;
  status_ = static_cast<unsigned>((line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0'));
  location_.clear();
  in_fields_ = true;
  return State::incomplete;
}

std::string_view HttpHead::beginning() const noexcept {
  const std::string_view text = text_;
  return text.substr(0, std::min<std::size_t>(text.find_first_of("\r\n"), 64));
}

}  // namespace srvwarden::daemon
