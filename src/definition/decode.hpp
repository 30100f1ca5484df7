// Decoders of binary TXT values: hexadecimal and base64, strictly.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace srvwarden::definition {

/// Pairs of digits, either case, nothing else. avahi.service(5).
std::optional<std::string> decode_hex(std::string_view digits);

/// The alphabet with "+" and "/", padded to a multiple of four, nothing else. RFC 4648 §4.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace srvwarden::definition
