// SRV records as RDATA and as text.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/srv_record.hpp"

namespace srvwarden {
namespace {

std::uint16_t read16(std::string_view bytes, std::size_t at) noexcept {
  const auto octet = [&](std::size_t i) {
    return static_cast<unsigned>(static_cast<unsigned char>(bytes[i]));
  };
  return static_cast<std::uint16_t>(octet(at) << 8 | octet(at + 1));
}

void append16(std::string& out, std::uint16_t value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value & 0xFF);
}

}  // namespace

Result<SrvRecord> SrvRecord::parse_rdata(std::string_view rdata) noexcept {
  if (rdata.size() < 7) return Error{Errc::srv_malformed, rdata.size()};
  SrvRecord record;
  record.priority = read16(rdata, 0);
  record.weight = read16(rdata, 2);
  record.port = read16(rdata, 4);
  const auto target = DomainName::from_wire(rdata.substr(6));
  if (!target) return Error{Errc::srv_malformed, 6 + target.error().offset};
  record.target = *target;
  return record;
}

std::string SrvRecord::rdata() const {
  std::string out;
  append16(out, priority);
  append16(out, weight);
  append16(out, port);
  out += target.wire();
  out += '\0';
  return out;
}

std::string SrvRecord::text() const {
  return std::to_string(priority) + ' ' + std::to_string(weight) + ' ' + std::to_string(port) +
         ' ' + target.text();
}

}  // namespace srvwarden
