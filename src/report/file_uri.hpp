// The path of a file as a URI reference. RFC 3986, RFC 8089.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace srvwarden::report {

/// "a b/c%.service" -> "a%20b/c%25.service", "/etc/x" -> "file:///etc/x". Every byte that is not
/// unreserved is encoded, so what is relative stays relative ("c:d" -> "c%3Ad").
std::string file_uri(std::string_view path);

}  // namespace srvwarden::report
