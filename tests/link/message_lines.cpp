// Prints what we read of captures' messages, or makes a capture: for tshark_agrees_test.py.
// SPDX-License-Identifier: Apache-2.0
//
// message_lines FILE... prints a JSON object a line. message_lines --make SEED COUNT FILE writes a
// capture of random messages.
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>

#include "link/capture.hpp"
#include "link/synthesis.hpp"
#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_writer.hpp"

using namespace srvwarden;
using test::Octets;
using wire::Type;

namespace {

using nlohmann::json;

std::string hex(wire::Bytes octets) {
  std::string out;
  for (const std::uint8_t octet : octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += digits[octet >> 4];
    out += digits[octet & 15];
  }
  return out;
}
std::string hex(std::string_view text) {
  return hex(wire::Bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

json strings(wire::Bytes rdata) {
  json out = json::array();
  while (const auto string = wire::next_string(rdata)) out.push_back(hex(*string));
  return out;
}

json nsec_types(const wire::Record& record) {
  json out = json::array();
  for (unsigned type = 0; type < 65536; ++type) {
    if (record.nsec_has(static_cast<Type>(type))) out.push_back(type);
  }
  return out;
}

json rdata_of(const wire::Record& record) {
  if (!record.rdata_is_whole) return "fault";
  switch (record.type) {
    case Type::a:
    case Type::aaaa:
      return {{"address", hex(record.rdata)}};
    case Type::ptr:
    case Type::cname:
      return {{"target", hex(record.target.octets())}};
    case Type::srv:
      return {{"priority", record.srv()->priority},
              {"weight", record.srv()->weight},
              {"port", record.srv()->port},
              {"target", hex(record.target.octets())}};
    case Type::txt:
    case Type::hinfo:
      return {{"strings", strings(record.rdata)}};
    case Type::nsec:
      return {{"target", hex(record.target.octets())}, {"types", nsec_types(record)}};
    default:
      return {{"rdata", hex(record.rdata)}};
  }
}

json account_of(const wire::Packet& packet, const wire::Message& message) {
  json out = {{"frame", packet.number},        {"id", message.header.id},
              {"flags", message.header.flags}, {"counts", message.header.counts},
              {"questions", json::array()},    {"records", json::array()}};
  for (const wire::Question& question : message.questions) {
    out["questions"].push_back({{"name", hex(question.name.octets())},
                                {"type", static_cast<unsigned>(question.type)},
                                {"class", question.class_field}});
  }
  for (const wire::Record& record : message.records) {
    out["records"].push_back({{"section", static_cast<unsigned>(record.section)},
                              {"name", hex(record.owner.octets())},
                              {"type", static_cast<unsigned>(record.type)},
                              {"class", record.class_field},
                              {"ttl", record.ttl},
                              {"data", rdata_of(record)}});
  }
  return out;
}

int print(const std::string& path) {
  link::LinkError error;
  auto capture = link::Capture::open(path, error);
  if (!capture) return std::fprintf(stderr, "%s\n", error.words.c_str()), 1;
  wire::Decoder decoder;
  while (const auto packet = capture->next()) {
    std::puts(account_of(*packet, decoder.decode(packet->payload)).dump().c_str());
  }
  return capture->failure() ? 1 : 0;
}

/// Messages as a responder or a querier writes them, with names of all lengths and any letters.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Octets message() {
    names_.clear();
    wire::MessageWriter writer(one_of(2) ? 0x8400 : 0, static_cast<std::uint16_t>(below(65536)));
    for (unsigned i = below(4); i > 0; --i) {
      const std::string name = some_name();
      writer.question(wire::NameView(name), some_type(), one_of(2) ? 0x8001 : 1);
    }
    for (unsigned section = 0; section < 3; ++section) {
      for (unsigned i = below(5); i > 0; --i) record(writer, static_cast<wire::Section>(section));
    }
    return std::move(writer).take();
  }

 private:
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }
  bool one_of(unsigned cases) { return below(cases) == 0; }

  Type some_type() {
    constexpr Type types[] = {Type::a,   Type::aaaa, Type::ptr,   Type::srv,
                              Type::txt, Type::nsec, Type::hinfo, Type::cname};
    return types[below(std::size(types))];
  }

  std::string some_label() {
    constexpr std::string_view letters = "abcxyzABCXYZ0189-_ ";
    std::string label(one_of(20) ? 63 : 1 + below(12), 'x');
    for (char& letter : label) letter = letters[below(letters.size())];
    return label;
  }

  /// Often one of before with a label more, as compression wants it.
  std::string some_name() {
    std::string name = names_.empty() || one_of(3)
                           ? wire::make_name({"local"})
                           : names_[below(static_cast<unsigned>(names_.size()))];
    for (unsigned i = below(4); i > 0; --i) {
      const std::string label = some_label();
      if (name.size() + label.size() + 1 > 255) break;
      name.insert(0, static_cast<char>(label.size()) + label);
    }
    names_.push_back(name);
    return name;
  }

  Octets some_octets(std::size_t size) {
    Octets out(size);
    for (std::uint8_t& octet : out) octet = static_cast<std::uint8_t>(below(256));
    return out;
  }

  /// Strings of printable characters.
  Octets some_strings(unsigned count) {
    Octets out;
    for (; count > 0; --count) {
      const std::string text = some_label();
      out.push_back(static_cast<std::uint8_t>(text.size()));
      out.insert(out.end(), text.begin(), text.end());
    }
    return out;
  }

  Octets some_bitmap() {
    Octets bits(1 + below(32));
    for (std::uint8_t& octet : bits) octet = one_of(3) ? static_cast<std::uint8_t>(below(256)) : 0;
    if (bits.size() > 5) bits[5] &= 0xFE;  // NSEC's own bit. RFC 6762 §6.1
    bits[0] &= 0x7F;                       // there is no type 0. RFC 4034 §4.1.2
    bits.back() = static_cast<std::uint8_t>(bits.back() | (bits.size() == 6 ? 2u : 1u));
    Octets out{0, static_cast<std::uint8_t>(bits.size())};
    test::append(out, bits);
    return out;
  }

  void record(wire::MessageWriter& writer, wire::Section section) {
    const Type type = some_type();
    const std::string owner = some_name();
    const std::string target_name = some_name();
    const wire::NameView target(target_name);
    const bool has_name =
        type == Type::ptr || type == Type::srv || type == Type::nsec || type == Type::cname;
    Octets before;
    Octets after;
    if (type == Type::a) before = some_octets(4);
    if (type == Type::aaaa) before = some_octets(16);
    if (type == Type::srv) before = some_octets(6);
    if (type == Type::txt) before = some_strings(1 + below(5));
    if (type == Type::hinfo) before = some_strings(2);
    if (type == Type::nsec) after = some_bitmap();
    writer.record(section, wire::NameView(owner), type, one_of(2) ? 0x8001 : 1,
                  static_cast<std::uint32_t>(random_()), before, has_name ? &target : nullptr,
                  after);
  }

  std::mt19937 random_;
  std::vector<std::string> names_;
};

int make(unsigned seed, unsigned count, const std::string& path) {
  Maker maker(seed);
  std::vector<Octets> frames;
  for (unsigned i = 0; i < count; ++i) {
    const Octets datagram = test::udp(maker.message());
    frames.push_back(test::ethernet(i % 2 == 0 ? test::ipv4(datagram) : test::ipv6(datagram)));
  }
  test::write_file(path, test::pcap(frames));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 5 && std::strcmp(arguments[1], "--make") == 0) {
    return make(static_cast<unsigned>(std::atoi(arguments[2])),
                static_cast<unsigned>(std::atoi(arguments[3])), arguments[4]);
  }
  int status = count > 1 ? 0 : 2;
  for (int i = 1; i < count; ++i) status |= print(arguments[i]);
  return status;
}
