// TXT records: RDATA checked and made.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/txt_record.hpp"

namespace srvwarden {
namespace {

constexpr std::size_t max_rdata = 65535;      // RFC 1035 §3.2.1
constexpr std::size_t max_mdns_rdata = 8900;  // RFC 6763 §6.1

Error check_size(std::size_t size, Context context) noexcept {
  if (size > max_rdata) return {Errc::txt_too_long, max_rdata};
  if (context != Context::unicast && size > max_mdns_rdata) {
    return {Errc::txt_exceeds_mdns_packet, max_mdns_rdata};
  }
  return {};
}

Error check_strings(std::string_view rdata) noexcept {
  TxtStrings strings(rdata);
  while (const auto string = strings.next()) {
    const auto at = static_cast<std::size_t>(string->data() - rdata.data());
    const Error error = detail::check_txt_string(*string);
    if (error.code != Errc::none) return {error.code, at + error.offset};
  }
  return {};
}

}  // namespace

Result<TxtRecord> TxtRecord::parse(std::string_view rdata, Context context) {
  if (rdata.empty()) return Error{Errc::txt_empty_rdata, 0};
  TxtStrings strings(rdata);
  while (strings.next()) {
  }
  if (!strings.rest().empty()) {
    return Error{Errc::txt_string_overrun, rdata.size() - strings.rest().size()};
  }
  if (const Error e = check_size(rdata.size(), context); e.code != Errc::none) return e;
  if (const Error e = check_strings(rdata); e.code != Errc::none) return e;
  TxtRecord record;
  record.rdata_ = rdata;
  return record;
}

Result<TxtRecord> TxtRecord::from_strings(std::span<const TxtString> strings, Context context) {
  TxtRecord record;
  if (strings.empty()) return record;
  record.rdata_.clear();
  for (const TxtString& string : strings) {
    record.rdata_ += static_cast<char>(static_cast<unsigned char>(string.text().size()));
    record.rdata_ += string.text();
  }
  if (const Error e = check_size(record.rdata_.size(), context); e.code != Errc::none) return e;
  return record;
}

}  // namespace srvwarden
