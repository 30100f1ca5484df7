// TxtKeys: the words for its enumerations, and finding a key.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/txt_keys.hpp"

#include <algorithm>
#include <array>

#include "srvwarden/ascii.hpp"

namespace srvwarden {

std::string_view name_of(TxtKeysStatus status) noexcept {
  static constexpr std::array<std::string_view, 7> names = {"",       "none",      "closed", "open",
                                                            "opaque", "reference", "prose"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(TxtValueType type) noexcept {
  static constexpr std::array<std::string_view, 13> names = {
      "",    "number", "port",    "version", "hex",  "mac", "uuid",
      "url", "path",   "boolean", "address", "host", "date"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(TxtKeyKind kind) noexcept {
  static constexpr std::array<std::string_view, 4> names = {"bare", "literal", "enumeration",
                                                            "placeholder"};
  return names[static_cast<std::size_t>(kind)];
}

const TxtKey* TxtKeys::find(std::string_view key) const noexcept {
  const auto digits = std::find_if_not(key.rbegin(), key.rend(), ascii::is_digit) - key.rbegin();
  const TxtKey* series = nullptr;
  for (const TxtKey& known : keys) {
    if (!known.series && ascii::equal(known.key, key)) return &known;
    // A prefix may itself end in digits, so the number is what is left of the prefix.
    if (known.series && known.key.size() < key.size() &&
        key.size() - known.key.size() <= static_cast<std::size_t>(digits) &&
        ascii::equal(known.key, key.substr(0, known.key.size()))) {
      series = &known;
    }
  }
  return series;
}

}  // namespace srvwarden
