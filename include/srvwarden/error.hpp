// Error: why an input is no value, and where.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace srvwarden {

/// The first violation that a parse met. Each code is one error rule of the catalogue.
enum class Errc : std::uint8_t {
  none,
  service_name_empty,
  service_name_too_long,
  service_name_bad_character,
  service_name_no_letter,
  service_name_edge_hyphen,
  service_name_hyphen_run,
  service_underscore_missing,
  transport_underscore_missing,
  transport_unknown,
  service_type_label_count,
  dns_sd_is_no_service_type,
  subtype_too_long,
  subtype_structure,
  escape_dangling,
  escape_above_255,
  escape_too_few_digits,
  label_too_long,
  name_too_long,
  label_empty,
  instance_empty,
  instance_too_long,
  instance_not_utf8,
  instance_unescaped_dot,
  instance_control_character,
  instance_c1_control,
  instance_byte_order_mark,
  instance_noncharacter,
  not_an_instance_name,
  subtype_as_instance,
  reserved_name_as_instance,
  host_name_empty,
  host_name_is_address,
  host_name_invalid_domain,
  txt_empty_rdata,
  txt_string_overrun,
  txt_too_long,
  txt_exceeds_mdns_packet,
  txt_missing_key,
  txt_key_bad_character,
  txt_string_too_long,
  srv_malformed,
  srv_root_target,
  srv_port_out_of_range,
  srv_priority_or_weight_out_of_range,
};

struct Error {
  Errc code = Errc::none;
  std::size_t offset = 0;  ///< bytes from the start of the input

  friend constexpr bool operator==(const Error&, const Error&) = default;
};

/// The catalogue's id of the rule behind a code ("SN002"); empty for Errc::none.
constexpr std::string_view rule_id(Errc code) noexcept {
  switch (code) {
    case Errc::none:
      return "";
    case Errc::service_name_empty:
      return "SN001";
    case Errc::service_name_too_long:
      return "SN002";
    case Errc::service_name_bad_character:
      return "SN003";
    case Errc::service_name_no_letter:
      return "SN004";
    case Errc::service_name_edge_hyphen:
      return "SN005";
    case Errc::service_name_hyphen_run:
      return "SN006";
    case Errc::service_underscore_missing:
      return "ST001";
    case Errc::transport_underscore_missing:
      return "ST002";
    case Errc::transport_unknown:
      return "ST003";
    case Errc::service_type_label_count:
      return "ST004";
    case Errc::dns_sd_is_no_service_type:
      return "ST005";
    case Errc::subtype_too_long:
      return "SB001";
    case Errc::subtype_structure:
      return "SB002";
    case Errc::escape_dangling:
      return "ES001";
    case Errc::escape_above_255:
      return "ES002";
    case Errc::escape_too_few_digits:
      return "ES003";
    case Errc::label_too_long:
      return "NM001";
    case Errc::name_too_long:
      return "NM002";
    case Errc::label_empty:
      return "NM003";
    case Errc::instance_empty:
      return "IN001";
    case Errc::instance_too_long:
      return "IN002";
    case Errc::instance_not_utf8:
      return "IN003";
    case Errc::instance_unescaped_dot:
      return "IN004";
    case Errc::instance_control_character:
      return "IN005";
    case Errc::instance_c1_control:
      return "IN007";
    case Errc::instance_byte_order_mark:
      return "IN008";
    case Errc::instance_noncharacter:
      return "IN009";
    case Errc::not_an_instance_name:
      return "IN015";
    case Errc::subtype_as_instance:
      return "IN016";
    case Errc::reserved_name_as_instance:
      return "IN017";
    case Errc::host_name_empty:
      return "HN001";
    case Errc::host_name_is_address:
      return "HN006";
    case Errc::host_name_invalid_domain:
      return "HN008";
    case Errc::txt_empty_rdata:
      return "TX001";
    case Errc::txt_string_overrun:
      return "TX002";
    case Errc::txt_too_long:
      return "TX003";
    case Errc::txt_exceeds_mdns_packet:
      return "TX004";
    case Errc::txt_missing_key:
      return "TX010";
    case Errc::txt_key_bad_character:
      return "TX012";
    case Errc::txt_string_too_long:
      return "TX019";
    case Errc::srv_malformed:
      return "SR001";
    case Errc::srv_root_target:
      return "SR005";
    case Errc::srv_port_out_of_range:
      return "SR007";
    case Errc::srv_priority_or_weight_out_of_range:
      return "SR010";
  }
  return "";
}

}  // namespace srvwarden
