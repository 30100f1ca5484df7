// Reading an observed record.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/census.hpp"
#include "wire/reader.hpp"

namespace srvwarden::census {

namespace {

wire::Bytes as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

wire::NameView Observation::target() const noexcept {
  if (target_size_ == 0) return {};
  return wire::NameView(rdata().substr(target_at_, target_size_));
}

std::optional<wire::SrvFields> Observation::srv() const noexcept {
  wire::Record record;
  record.type = type_;
  record.rdata = as_bytes(rdata_);
  return record.srv();
}

bool Observation::denies(wire::Type wanted) const noexcept {
  wire::Record record;
  record.type = type_;
  record.rdata = as_bytes(rdata_);
  record.after_names = static_cast<std::uint16_t>(target_at_ + target_size_);
  return type_ == wire::Type::nsec && !record.nsec_has(wanted);
}

bool Observation::is_live(wire::Time now) const noexcept {
  return !flushed_ && ttl_ > 0 && now - last_.time < std::chrono::seconds(ttl_);
}

}  // namespace srvwarden::census
