// read_hcl_escape: what a backslash in a string of HCL or JSON stands for.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace srvwarden::definition {

struct HclEscape {
  std::string text;      ///< UTF-8; of what is no escape, the backslash and what follows it
  std::size_t size = 0;  ///< the bytes it is written in: 1 to 12, more than 0
};

/// @param rest  the file from a backslash on.
/// @param json  by RFC 8259 §7: code points beyond U+FFFF are pairs of surrogates. HCL has
///              "\UXXXXXXXX" too.
HclEscape read_hcl_escape(std::string_view rest, bool json);

}  // namespace srvwarden::definition
