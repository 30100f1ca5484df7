// Reading packets from text.
// SPDX-License-Identifier: Apache-2.0
#include "rules/wire_example.hpp"

#include <charconv>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {

namespace {

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_address(std::string_view text, wire::Address& out) {
  const auto address = wire::Address::parse(text);
  if (address) out = *address;
  return address.has_value();
}

bool read_word(std::string_view word, WirePacketText& out) {
  wire::Packet& packet = out.packet;
  if (word == "after-tc") return out.follows_truncated = true;
  const std::size_t equals = word.find('=');
  if (equals == word.npos) return false;
  const std::string_view key = word.substr(0, equals);
  const std::string_view value = word.substr(equals + 1);
  if (key == "from") return read_address(value, packet.source.address);
  if (key == "to") return read_address(value, packet.destination.address);
  if (key == "sport") return read_number(value, packet.source.port);
  if (key == "dport") return read_number(value, packet.destination.port);
  return key == "ttl" && read_number(value, packet.ttl.emplace());
}

bool read_payload(std::string_view text, std::size_t at, WirePacketText& out) {
  const auto push = [&](int value, std::size_t source) {
    out.payload.push_back(static_cast<std::uint8_t>(value));
    out.source.push_back(source);
  };
  std::size_t end = at;
  while (at < text.size()) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    if (text[at] == '\'') {
      const std::size_t close = text.find('\'', at + 1);
      if (close == text.npos) return false;
      for (++at; at < close; ++at) push(static_cast<unsigned char>(text[at]), at);
      end = at++;
      continue;
    }
    const int high = ascii::hex_digit(text[at]);
    const int low = at + 1 < text.size() ? ascii::hex_digit(text[at + 1]) : -1;
    if (high < 0 || low < 0) return false;
    push(high * 16 + low, at);
    at += 2;
    end = at;
  }
  out.source.push_back(end);
  return true;
}

}  // namespace

std::optional<WirePacketText> read_wire_packet(std::string_view text) {
  WirePacketText out;
  out.packet.source = {*wire::Address::parse("10.0.0.1"), wire::mdns_port};
  out.packet.destination = {wire::mdns_group_ipv4(), wire::mdns_port};
  out.packet.ttl = 255;
  out.packet.number = 1;
  std::size_t at = 0;
  for (;;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (!read_word(text.substr(at, end - at), out)) break;
    at = std::min(end + 1, text.size());
  }
  if (!read_payload(text, at, out)) return std::nullopt;
  out.packet.payload = out.payload;
  return out;
}

}  // namespace srvwarden::rules
