// Guessing what a value is meant to be, when nobody says.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "core/hex.hpp"
#include "rules/decoded_name.hpp"
#include "srvwarden/check.hpp"
#include "srvwarden/host_name.hpp"
#include "srvwarden/name_shape.hpp"
#include "srvwarden/srv_record.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, ascii::is_digit);
}

bool is_txt_rdata(std::string_view value) {
  std::string octets;
  std::vector<std::size_t> source;
  if (value.empty() || read_hex(value, octets, source)) return false;
  TxtStrings strings(octets);
  while (strings.next()) {
  }
  return strings.rest().empty();
}

/// Blanks and line ends around a name are a slip, not a reason to take it for something else.
std::optional<Kind> guess_name(std::string_view value) {
  constexpr std::string_view blanks = " \t\r\n";
  value.remove_prefix(std::min(value.find_first_not_of(blanks), value.size()));
  value = value.substr(0, value.find_last_not_of(blanks) + 1);
  rules::DecodedName name;
  name.decode(value);
  const NameShape shape = shape_of(name, true);
  const bool bare = shape.domain == name.count();
  switch (shape.role) {
    case NameRole::none:
      return std::nullopt;
    case NameRole::browse:
      return bare ? Kind::service_type : Kind::browse_name;
    case NameRole::subtype:
      return bare ? Kind::subtype : Kind::browse_name;
    case NameRole::enumeration:
      return Kind::browse_name;
    case NameRole::instance:
    case NameRole::split:
      break;
  }
  return Kind::full_name;
}

}  // namespace

Kind guess_kind(std::string_view value) {
  const SrvFields split = split_srv(value);
  if (split.count >= 3 && is_number(split.fields[0]) && is_number(split.fields[1])) {
    return Kind::srv;
  }
  if (const auto kind = guess_name(value)) return *kind;
  if (value.starts_with('_')) return Kind::service_type;
  if (value.find('=') != value.npos) return Kind::txt;
  if (is_address_literal(value)) return Kind::host_name;
  if (is_txt_rdata(value)) return Kind::txt_rdata;
  if (value == "." || ascii::equal(value, "local") || ascii::equal(value, "local.")) {
    return Kind::domain;
  }
  const bool has_space = value.find(' ') != value.npos;
  if (!has_space && value.find('.') != value.npos) return Kind::host_name;
  const auto in_service_names = [](char c) {
    return ascii::is_alphanumeric(c) || c == '-' || c == '_' || c == '+' || c == '/';
  };
  return std::ranges::all_of(value, in_service_names) ? Kind::service_name : Kind::instance;
}

}  // namespace srvwarden
