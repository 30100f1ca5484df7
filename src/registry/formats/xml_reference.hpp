// Character and entity references of XML 1.0 without a DTD.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace srvwarden::registry {

struct XmlReference {
  std::size_t size;  ///< bytes, from "&" to ";"
  char32_t character;
};

/// The reference that text, from "&" on, starts with. XML 1.0 §4.1, §4.6.
std::optional<XmlReference> xml_reference_at(std::string_view text) noexcept;

}  // namespace srvwarden::registry
