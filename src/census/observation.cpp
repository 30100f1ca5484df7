// Reading an observed record.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/observation.hpp"

#include "wire/reader.hpp"

namespace srvwarden::census {

namespace {

wire::Bytes as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

void Suspicion::add(wire::Time time) noexcept {
  if (times > 0 && time - last < std::chrono::seconds(1)) return;
  ++times;
  last = time;
}

bool may_be_one_host(const Sender& a, const Sender& b) noexcept {
  if (a.address == b.address) return true;
  if (a.mac && b.mac) return a.mac == b.mac || a.several_macs || b.several_macs;
  return a.address.is_ipv4() != b.address.is_ipv4();
}

bool is_same_interval(wire::Time::duration a, wire::Time::duration b) noexcept {
  constexpr auto shortest = std::chrono::seconds(10);
  const auto difference = a > b ? a - b : b - a;
  return a >= shortest && b >= shortest && difference <= b / 10;
}

wire::NameView Observation::target() const noexcept {
  if (target_size_ == 0) return {};
  return wire::NameView(rdata().substr(target_at_, target_size_));
}

std::optional<wire::SrvFields> Observation::srv() const noexcept {
  wire::Record record;
  record.type = type();
  record.rdata = as_bytes(rdata_);
  return record.srv();
}

bool Observation::denies(wire::Type wanted) const noexcept {
  wire::Record record;
  record.type = type();
  record.rdata = as_bytes(rdata_);
  record.after_names = static_cast<std::uint16_t>(target_at_ + target_size_);
  return type() == wire::Type::nsec && !record.nsec_has(wanted);
}

wire::Address Observation::address() const noexcept { return wire::Address(as_bytes(rdata_)); }

bool Observation::was_flushed() const noexcept {
  constexpr auto grace = std::chrono::seconds(1);
  return set_->flushed_at && *set_->flushed_at - last_.time > grace;
}

bool Observation::is_live(wire::Time now) const noexcept {
  return ttl_ > 0 && now - last_.time < std::chrono::seconds(ttl_) && !was_flushed();
}

}  // namespace srvwarden::census
