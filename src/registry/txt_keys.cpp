// TxtKeys: names, canonical form and matching.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {

// The words that reports use.
std::string_view name_of(TxtKeysStatus status) noexcept {
  switch (status) {
    case TxtKeysStatus::unstated:
      return "";
    case TxtKeysStatus::none:
      return "none";
    case TxtKeysStatus::closed:
      return "closed";
    case TxtKeysStatus::open:
      return "open";
    case TxtKeysStatus::opaque:
      return "opaque";
    case TxtKeysStatus::reference:
      return "reference";
    case TxtKeysStatus::prose:
      return "prose";
  }
  return "";
}

std::string_view name_of(TxtValueType type) noexcept {
  switch (type) {
    case TxtValueType::any:
      return "";
    case TxtValueType::number:
      return "number";
    case TxtValueType::port:
      return "port";
    case TxtValueType::version:
      return "version";
    case TxtValueType::hex:
      return "hex";
    case TxtValueType::mac:
      return "mac";
    case TxtValueType::uuid:
      return "uuid";
    case TxtValueType::url:
      return "url";
    case TxtValueType::path:
      return "path";
    case TxtValueType::boolean:
      return "boolean";
    case TxtValueType::address:
      return "address";
    case TxtValueType::host:
      return "host";
    case TxtValueType::date:
      return "date";
  }
  return "";
}

std::string_view name_of(TxtKeyKind kind) noexcept {
  switch (kind) {
    case TxtKeyKind::bare:
      return "bare";
    case TxtKeyKind::literal:
      return "literal";
    case TxtKeyKind::enumeration:
      return "enumeration";
    case TxtKeyKind::placeholder:
      return "placeholder";
  }
  return "";
}

std::string to_text(const TxtKeys&) { return {}; }
std::optional<TxtKeys> parse_txt_keys(std::string_view) { return {}; }

}  // namespace srvwarden
