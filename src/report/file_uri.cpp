// The path of a file as a URI reference.
// SPDX-License-Identifier: Apache-2.0
#include "report/file_uri.hpp"

#include "srvwarden/ascii.hpp"

namespace srvwarden::report {
namespace {

/// RFC 3986 §2.3, and the slash between segments.
bool stays(char c) {
  return ascii::is_letter(c) || ascii::is_digit(c) ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

}  // namespace

std::string file_uri(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  while (path.starts_with("./")) {
    path.remove_prefix(2);
    while (path.starts_with('/')) path.remove_prefix(1);
  }
  for (const char c : path) {
    if (stays(c)) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
  }
  return uri;
}

}  // namespace srvwarden::report
