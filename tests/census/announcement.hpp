// Announcements written record by record, as packets for the census and the auditor.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/mdns_packet.hpp"
#include "srvwarden/mdns_writer.hpp"
#include "wire/hex.hpp"

namespace srvwarden::test {

/// "Foo._http._tcp.local" without escapes; the first label may hold dots if it ends in '|'.
inline std::string name(std::string_view text) {
  std::vector<std::string_view> labels;
  if (const auto bar = text.find('|'); bar != text.npos) {
    labels.push_back(text.substr(0, bar));
    text.remove_prefix(bar + 1);
  }
  while (!text.empty()) {
    const auto dot = std::min(text.find('.'), text.size());
    labels.push_back(text.substr(0, dot));
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return wire::make_name(labels);
}

/// A message under construction, with what a packet says of it.
class Announcement {
 public:
  explicit Announcement(std::uint16_t flags = 0x8400) : writer_(flags) {
    packet_.source = {*wire::Address::parse("10.77.0.1"), wire::mdns_port};
    packet_.destination = {wire::mdns_group_ipv4(), wire::mdns_port};
    packet_.ttl = 255;
    packet_.number = 1;
    packet_.interface = 2;
    packet_.interface_name = "eth0";
  }

  /// @param class_field  0x8001 has the unicast-response bit.
  Announcement& ask(std::string_view question, wire::Type type = wire::Type::ptr,
                    std::uint16_t class_field = 1) {
    writer_.question(wire::NameView(name(question)), type, class_field);
    return *this;
  }
  /// A probe's question: for all records, to be answered by unicast.
  Announcement& probe(std::string_view owner) { return ask(owner, wire::Type::any, 0x8001); }
  /// The section of the records that follow: known answers of a query are answers, what a probe
  /// proposes is authority.
  Announcement& in(wire::Section section) {
    section_ = section;
    return *this;
  }
  Announcement& ptr(std::string_view owner, std::string_view target, std::uint32_t ttl = 4500) {
    return add(owner, wire::Type::ptr, 0x0001, ttl, "", target);
  }
  Announcement& srv(std::string_view owner, std::string_view host, std::string_view port_hex,
                    std::uint32_t ttl = 120) {
    return add(owner, wire::Type::srv, unique(), ttl, "00000000" + std::string(port_hex), host);
  }
  Announcement& txt(std::string_view owner, std::string_view hex = "00", std::uint32_t ttl = 4500) {
    return add(owner, wire::Type::txt, unique(), ttl, hex);
  }
  Announcement& a(std::string_view owner, std::string_view hex, std::uint32_t ttl = 120) {
    return add(owner, wire::Type::a, unique(), ttl, hex);
  }
  Announcement& add(std::string_view owner, wire::Type type, std::uint16_t class_field,
                    std::uint32_t ttl, std::string_view hex, std::string_view target = "",
                    std::string_view after = "") {
    const std::string octets = name(target);
    const wire::NameView view(octets);
    writer_.record(section_, wire::NameView(name(owner)), type, class_field, ttl, test::octets(hex),
                   target.empty() ? nullptr : &view, test::octets(after));
    return *this;
  }

  /// As `add`, in the Authority section, with which a query becomes a probe. RFC 6762 §8.1.
  Announcement& propose(std::string_view owner, wire::Type type, std::string_view hex,
                        std::string_view target = "") {
    const std::string octets = name(target);
    const wire::NameView view(octets);
    writer_.record(wire::Section::authority, wire::NameView(name(owner)), type, 0x0001, 120,
                   test::octets(hex), target.empty() ? nullptr : &view);
    return *this;
  }
  Announcement& ask_by_unicast(std::string_view question, wire::Type type) {
    writer_.question(wire::NameView(name(question)), type, 0x8001);
    return *this;
  }

  Announcement& mac(std::uint8_t last) {
    packet_.mac = wire::Mac{2, 0, 0, 0, 0, last};
    return *this;
  }
  Announcement& ip_ttl(std::uint8_t ttl) {
    packet_.ttl = ttl;
    return *this;
  }
  Announcement& from(std::string_view address) {
    packet_.source.address = *wire::Address::parse(address);
    return *this;
  }
  Announcement& from_port(std::uint16_t port) {
    packet_.source.port = port;
    return *this;
  }
  /// By unicast to an address, or to the group of IPv6.
  Announcement& to(std::string_view address, std::uint16_t port = wire::mdns_port) {
    packet_.destination = {*wire::Address::parse(address), port};
    return *this;
  }
  /// From an address of IPv6, to the group of that family.
  Announcement& from_ipv6(std::string_view address) {
    from(address);
    packet_.destination.address = wire::mdns_group_ipv6();
    return *this;
  }
  Announcement& at(std::chrono::milliseconds time) {
    packet_.time = wire::Time(time);
    return *this;
  }
  Announcement& number(std::uint64_t value) {
    packet_.number = value;
    return *this;
  }
  Announcement& on(std::uint32_t interface, std::string_view interface_name) {
    packet_.interface = interface;
    packet_.interface_name = interface_name;
    return *this;
  }

  /// Views this.
  wire::Packet packet() const {
    wire::Packet packet = packet_;
    packet.payload = writer_.bytes();
    return packet;
  }

 private:
  /// The class of unique records: what a probe proposes has no cache-flush bit. RFC 6762 §10.2.
  std::uint16_t unique() const { return section_ == wire::Section::authority ? 1 : 0x8001; }

  wire::MessageWriter writer_;
  wire::Section section_ = wire::Section::answer;
  wire::Packet packet_;
};

}  // namespace srvwarden::test
