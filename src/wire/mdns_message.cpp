// Reading the parts of a decoded message, and its codes and types in words.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/mdns_message.hpp"

#include <algorithm>
#include <string>

#include "wire/reader.hpp"

namespace srvwarden::wire {

std::string type_text(Type type) {
  struct Row {
    Type type;
    std::string_view text;
  };
  static constexpr Row rows[] = {
      {Type::a, "A"},         {Type::ns, "NS"},       {Type::cname, "CNAME"}, {Type::soa, "SOA"},
      {Type::ptr, "PTR"},     {Type::hinfo, "HINFO"}, {Type::mx, "MX"},       {Type::txt, "TXT"},
      {Type::rp, "RP"},       {Type::afsdb, "AFSDB"}, {Type::rt, "RT"},       {Type::px, "PX"},
      {Type::aaaa, "AAAA"},   {Type::srv, "SRV"},     {Type::naptr, "NAPTR"}, {Type::kx, "KX"},
      {Type::dname, "DNAME"}, {Type::opt, "OPT"},     {Type::rrsig, "RRSIG"}, {Type::nsec, "NSEC"},
      {Type::svcb, "SVCB"},   {Type::https, "HTTPS"}, {Type::any, "ANY"},
  };
  for (const Row& row : rows) {
    if (row.type == type) return std::string(row.text);
  }
  return "TYPE" + std::to_string(static_cast<unsigned>(type));
}

std::optional<SrvFields> Record::srv() const noexcept {
  if (type != Type::srv || !rdata_is_whole) return std::nullopt;
  Reader reader(rdata);
  SrvFields fields;
  fields.priority = reader.u16();
  fields.weight = reader.u16();
  fields.port = reader.u16();
  return fields;
}

bool Record::nsec_has(Type wanted) const noexcept {
  if (type != Type::nsec) return false;
  const auto number = static_cast<unsigned>(wanted);
  Reader reader(rdata, after_names);
  while (reader.left() > 0) {
    const unsigned block = reader.u8();
    const Bytes bits = reader.take(reader.u8());
    if (!reader.ok()) return false;
    if (block != number / 256) continue;
    const std::size_t octet = number % 256 / 8;
    return octet < bits.size() && (bits[octet] & (0x80u >> number % 8)) != 0;
  }
  return false;
}

void append_rdata(std::string& out, const Record& record) {
  if (record.name_count == 0) {
    out += as_text(record.rdata);
    return;
  }
  out += as_text(record.rdata.first(record.before_names));
  out += record.target.octets();
  if (record.name_count > 1) out += record.second.octets();
  out += as_text(record.rdata.subspan(record.after_names));
}

std::optional<std::string_view> next_string(Bytes& rdata) noexcept {
  Reader reader(rdata);
  const Bytes string = reader.take(reader.u8());
  if (!reader.ok()) return std::nullopt;
  rdata = rdata.subspan(reader.at());
  return as_text(string);
}

std::string_view rule_id(FaultCode code) noexcept {
  switch (code) {
    case FaultCode::message_truncated:
      return "MD094";
    case FaultCode::bad_pointer:
      return "MD092";
    case FaultCode::reserved_label_type:
      return "MD093";
    case FaultCode::name_too_long:
      return "NM002";
    case FaultCode::compression_not_allowed:
      return "MD091";
    case FaultCode::rdata_size:
      return "MD095";
    case FaultCode::trailing_octets:
      return "MD096";
    case FaultCode::srv_malformed:
      return "SR001";
    case FaultCode::txt_empty:
      return "TX001";
    case FaultCode::txt_overrun:
      return "TX002";
    case FaultCode::nsec_malformed:
      return "MD083";
  }
  return "";
}

bool Message::has(FaultCode code) const noexcept {
  return std::ranges::any_of(faults, [code](const Fault& fault) { return fault.code == code; });
}

}  // namespace srvwarden::wire
