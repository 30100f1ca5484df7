// HttpHead: the head of an HTTP/1 response, read as its bytes come, and never more than a limit.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace srvwarden::daemon {

class HttpHead {
 public:
  static constexpr std::size_t limit = 16384;  ///< bytes, interim responses among them

  enum class State : std::uint8_t {
    incomplete,  ///< more bytes are needed
    complete,    ///< status() is that of the final response
    not_http,    ///< the first line is none of HTTP/1
    too_long,    ///< no end within the limit
  };

  /// Takes what was received, in pieces of any size. After complete, not_http and too_long it
  /// stays as it is.
  State add(std::string_view bytes);
  State state() const noexcept { return state_; }
  /// Of the final response, or of the last interim one before it; 0: none yet.
  unsigned status() const noexcept { return status_; }
  /// The value of the final response's Location; untrusted, may be empty.
  const std::string& location() const noexcept { return location_; }
  /// The first line so far, for what is no HTTP; untrusted, at most 64 bytes.
  std::string_view beginning() const noexcept;

 private:
  State read_line(std::string_view line);
  State read_status_line(std::string_view line);

  State state_ = State::incomplete;
  std::string text_;        // all that came
  std::size_t line_ = 0;    // where the line begins that is not complete yet
  bool in_fields_ = false;  // after the status line
  unsigned status_ = 0;
  std::string location_;
};

}  // namespace srvwarden::daemon
