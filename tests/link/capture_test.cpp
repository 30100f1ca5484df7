// Tests of reading captures: of our own making, and real ones where they are at hand.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string_view>

#include "link/synthesis.hpp"
#include "srvwarden/mdns_message.hpp"

using namespace srvwarden;
using namespace srvwarden::link;
using namespace srvwarden::test;

namespace {

const Octets payload = octets("0000 8400 0000 0000 0000 0000");

struct TemporaryFile {
  explicit TemporaryFile(const Octets& content)
      : path((std::filesystem::temp_directory_path() /
              ("srvwarden-capture-" + std::to_string(++count)))
                 .string()) {
    write_file(path, content);
  }
  ~TemporaryFile() { std::filesystem::remove(path); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  std::string path;
  static inline int count = 0;
};

std::vector<Octets> some_frames() {
  return {ethernet(ipv4(udp(payload))), ethernet(ipv4(udp(payload, 53, 53))),
          ethernet(ipv4_fragment(octets("14E914E9 00140000"), 0, true)),
          ethernet(ipv6(udp(payload)))};
}

/// Each packet as "number seconds.nanoseconds interface:name", and the counts.
struct Account {
  std::vector<std::string> packets;
  FrameCounts counts;
  bool failed = false;
};

std::optional<Account> account_of(const Octets& content) {
  const TemporaryFile file(content);
  LinkError error;
  auto capture = Capture::open(file.path, error);
  if (!capture) return std::nullopt;
  Account out;
  while (const auto packet = capture->next()) {
    out.packets.push_back(std::to_string(packet->number) + " " +
                          std::to_string(packet->time.time_since_epoch().count()) + " " +
                          std::to_string(packet->interface) + ":" +
                          std::string(packet->interface_name));
  }
  out.counts = capture->counts();
  out.failed = capture->failure().has_value();
  const FrameCounts& counts = out.counts;
  BOOST_TEST(counts.frames == counts.mdns - counts.assembled + counts.other + counts.fragments +
                                  counts.cut + counts.malformed + counts.encrypted +
                                  counts.unsupported);
  return out;
}

std::string swapped(std::string hex_of_four) {
  return hex_of_four.substr(6) + hex_of_four.substr(4, 2) + hex_of_four.substr(2, 2) +
         hex_of_four.substr(0, 2);
}

const std::string section = "0A0D0D0A 1C000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF 1C000000";

/// An enhanced packet block.
Octets packet_block(std::size_t interface, std::uint64_t stamp, const Octets& frame) {
  Octets body;
  append32_little(body, interface);
  append32_little(body, stamp >> 32);
  append32_little(body, stamp & 0xFFFFFFFFu);
  append32_little(body, frame.size());
  append32_little(body, frame.size());
  append(body, frame);
  return block(6, body);
}

Octets joined(std::initializer_list<Octets> parts) {
  Octets out;
  for (const Octets& part : parts) append(out, part);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(capture)

BOOST_AUTO_TEST_CASE(counts_every_frame) {
  for (const Octets& content : {pcap(some_frames()), pcapng(some_frames())}) {
    const TemporaryFile file(content);
    LinkError error;
    auto capture = Capture::open(file.path, error);
    BOOST_TEST_REQUIRE(capture.has_value());
    const auto first = capture->next();
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(first->number == 1u);
    BOOST_TEST((first->time.time_since_epoch() ==
                std::chrono::seconds(1'700'000'000) + std::chrono::milliseconds(1)));
    const auto second = capture->next();
    BOOST_TEST_REQUIRE(second.has_value());
    BOOST_TEST(second->number == 4u);
    BOOST_TEST(second->source.address.text() == "fe80::1");
    BOOST_TEST(!capture->next());
    BOOST_TEST(!capture->failure());
    FrameCounts expected;
    expected.frames = 4;
    expected.mdns = 2;
    expected.other = expected.fragments = expected.lost = 1;
    BOOST_TEST((capture->counts() == expected));
  }
}

BOOST_AUTO_TEST_CASE(reads_gzip_by_its_magic) {
  for (const Octets& content : {pcap(some_frames()), pcapng(some_frames())}) {
    const auto plain = account_of(content);
    const auto packed = account_of(gzip(content));
    BOOST_TEST_REQUIRE((plain && packed));
    BOOST_TEST(packed->packets == plain->packets, boost::test_tools::per_element());
    BOOST_TEST((packed->counts == plain->counts));
    BOOST_TEST(!packed->failed);
  }
}

BOOST_AUTO_TEST_CASE(gzip_members_follow_each_other) {
  const Octets content = pcap(some_frames());
  const Octets first = gzip(part_of(content, 0, 30));
  const Octets second = gzip(part_of(content, 30, content.size()));
  const auto two = account_of(joined({first, second}));
  BOOST_TEST_REQUIRE(two.has_value());
  BOOST_TEST(two->counts.frames == 4u);
  BOOST_TEST(!two->failed);
  const auto padded = account_of(joined({first, second, Octets(700)}));
  BOOST_TEST((padded && !padded->failed));
  const auto followed = account_of(joined({first, second, octets("00 41")}));
  BOOST_TEST((followed && followed->failed));
  BOOST_TEST(followed->counts.frames == 4u);
}

BOOST_AUTO_TEST_CASE(damaged_gzip_gives_what_it_has_and_says_so) {
  const Octets packed = gzip(pcap(std::vector<Octets>(1000, ethernet(ipv4(udp(payload))))));
  const auto cut = account_of(part_of(packed, 0, packed.size() - 20));
  BOOST_TEST_REQUIRE(cut.has_value());
  BOOST_TEST(cut->failed);
  BOOST_TEST(cut->counts.mdns > 100u);
  Octets damaged = packed;
  damaged[packed.size() - 6] ^= 1;  // in the check sum
  const auto wrong = account_of(damaged);
  BOOST_TEST_REQUIRE(wrong.has_value());
  BOOST_TEST(wrong->failed);
  BOOST_TEST(wrong->counts.mdns == 1000u);
}

BOOST_AUTO_TEST_CASE(pcap_in_both_orders_and_two_precisions) {
  const Octets frame = ethernet(ipv4(udp(payload)));
  struct Row {
    std::string_view magic;
    bool big;
    std::string_view time;
  };
  const Row rows[] = {
      {"A1B2C3D4", false, "1 1700000000000777000 0:"},
      {"A1B2C3D4", true, "1 1700000000000777000 0:"},
      {"A1B23C4D", false, "1 1700000000000000777 0:"},
      {"A1B23C4D", true, "1 1700000000000000777 0:"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.magic << row.big) {
      const auto number = [&](const char* hex) {
        return row.big ? std::string(hex) : swapped(hex);
      };
      Octets content =
          octets(number(std::string(row.magic).c_str()) + (row.big ? "0002 0004" : "0200 0400") +
                 "00000000 00000000" + number("00040000") + number("00000001") +
                 number("6553F100") + number("00000309"));
      for (int i = 0; i < 2; ++i) {
        Octets size;
        append32_little(size, frame.size());
        if (row.big) std::reverse(size.begin(), size.end());
        append(content, size);
      }
      append(content, frame);
      const auto account = account_of(content);
      BOOST_TEST_REQUIRE(account.has_value());
      BOOST_TEST_REQUIRE(account->packets.size() == 1u);
      BOOST_TEST(account->packets[0] == row.time);
    }
  }
}

BOOST_AUTO_TEST_CASE(pcapng_has_interfaces_and_sections) {
  const Octets ip = ipv4(udp(payload));
  const Octets named = block(1, octets("0100 0000 00000400 0200 0400 'eth0' 0900 0100 09000000"));
  const Octets raw = block(1, octets("6500 0000 00000000 0900 0100 83000000"));  // eighths
  const Octets strange = block(1, octets("9300 0000 00000000"));                 // USER0
  const std::string big_section =
      "0A0D0D0A 0000001C 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF 0000001C"
      "00000001 00000014 0065 0000 00000000 00000014";
  Octets simple;
  append32_little(simple, ip.size());
  append(simple, ip);
  Octets old = octets("0100 0000");
  append32_little(old, 0);
  append32_little(old, 16);
  append32_little(old, ip.size());
  append32_little(old, ip.size());
  append(old, ip);
  const auto account = account_of(joined({
      octets(section),
      named,
      raw,
      strange,
      packet_block(0, 5, ethernet(ip)),
      packet_block(1, 9, ip),
      packet_block(2, 0, ip),
      block(5, octets("00000000")),  // statistics
      block(2, old),
      octets(section),
      raw,
      packet_block(0, 24, ip),
      block(3, simple),
      octets(big_section),
  }));
  BOOST_TEST_REQUIRE(account.has_value());
  const std::vector<std::string> expected = {
      "1 5 1:eth0", "2 1125000000 2:", "4 2000000000 2:", "5 3000000000 4:", "6 3000000000 4:"};
  BOOST_TEST(account->packets == expected, boost::test_tools::per_element());
  BOOST_TEST(account->counts.unsupported == 1u);
  BOOST_TEST(!account->failed);
}

BOOST_AUTO_TEST_CASE(damaged_pcapng_says_so) {
  const Octets interface = block(1, octets("6500 0000 00000000"));
  const Octets good = packet_block(0, 0, ipv4(udp(payload)));
  Octets two_sizes = good;
  two_sizes[two_sizes.size() - 4] ^= 4;
  const Octets bad[] = {
      packet_block(1, 0, {}),                                     // of an unknown interface
      two_sizes,                                                  //
      octets("06000000 0B000000 000000"),                         // shorter than itself
      octets("06000000 0E000000 0000 0E000000"),                  // no multiple of four
      octets("06000000 F0FFFFFF"),                                // 4 GB
      block(6, octets("00000000 00000000 00000000 FF000000")),    // a frame beyond the block
      block(1, octets("0100 0000 00000000 0200 FF00")),           // an option beyond the block
      block(1, octets("0100 0000 00000000 0900 0100 14000000")),  // 10^-20 s
      block(1, octets("0100 0000")),
      octets("0A0D0D0A 1C000000 00000000 0100 0000 FFFFFFFFFFFFFFFF 1C000000"),
      octets("0A0D0D0A 1C000000 4D3C2B1A 0200 0000 FFFFFFFFFFFFFFFF 1C000000"),
      octets("060000"),
  };
  for (const Octets& block : bad) {
    const auto account = account_of(joined({octets(section), interface, good, block, good}));
    BOOST_TEST_REQUIRE(account.has_value());
    BOOST_TEST(account->packets.size() == 1u);
    BOOST_TEST(account->failed);
  }
}

BOOST_AUTO_TEST_CASE(no_time_stamp_is_too_large) {
  for (const std::string resolution : {"00", "06", "13", "80", "9E", "BF"}) {
    const Octets interface = block(
        1,
        octets("6500 0000 00000000 0E00 0800 FFFFFFFFFFFFFF7F 0900 0100 " + resolution + "000000"));
    const auto account = account_of(joined(
        {octets(section), interface, packet_block(0, ~std::uint64_t{0}, ipv4(udp(payload)))}));
    BOOST_TEST_REQUIRE(account.has_value());
    BOOST_TEST(account->packets.size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(a_cut_file_gives_what_it_has_and_says_so) {
  Octets content = pcap(some_frames());
  content.resize(content.size() - 3);
  const TemporaryFile file(content);
  LinkError error;
  auto capture = Capture::open(file.path, error);
  BOOST_TEST_REQUIRE(capture.has_value());
  BOOST_TEST(capture->next().has_value());
  BOOST_TEST(!capture->next());
  BOOST_TEST(capture->failure().has_value());
  BOOST_TEST(capture->counts().frames == 3u);
}

BOOST_AUTO_TEST_CASE(what_is_no_capture_is_refused) {
  LinkError error;
  BOOST_TEST(!Capture::open("/nonexistent/file.pcap", error));
  BOOST_TEST((error.code == std::errc::no_such_file_or_directory));
  BOOST_TEST(!Capture::open("/", error));
  for (const Octets& content :
       {Octets{}, octets("00"), octets("'this is no capture at all'"), pcap({}, 147),  // USER0
        octets("1F8B"), gzip({}), gzip(octets("'no capture'")), octets("28B52FFD 00"),
        octets("D4C3B2A1 0200"), octets("0A0D0D0A 1C000000"),
        octets("D4C3B2A1 0300 0400 00000000 00000000 00000400 01000000")}) {
    const TemporaryFile file(content);
    error = {};
    BOOST_TEST(!Capture::open(file.path, error));
    BOOST_TEST((error.code == std::errc::invalid_argument));
  }
}

// How many packets tshark finds with a DNS dissection, and records in the answer sections.
BOOST_AUTO_TEST_CASE(real_captures) {
  const auto folder = std::filesystem::path(SRVWARDEN_SOURCE_DIR) / "../shared/captures";
  if (!std::filesystem::is_directory(folder)) {
    BOOST_TEST_MESSAGE("skipped: no real captures beside the source");
    return;
  }
  wire::Decoder decoder;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".pcap") continue;
    BOOST_TEST_CONTEXT(entry.path().filename()) {
      LinkError error;
      auto capture = Capture::open(entry.path().string(), error);
      BOOST_TEST_REQUIRE(capture.has_value());
      while (const auto packet = capture->next()) {
        const wire::Message& message = decoder.decode(packet->payload);
        const bool bad = std::ranges::any_of(message.faults, [&](const wire::Fault& fault) {
          return fault.offset > packet->payload.size();
        });
        BOOST_TEST(!bad);
      }
      BOOST_TEST(!capture->failure());
      BOOST_TEST(capture->counts().other == 0u);
      BOOST_TEST(capture->counts().unsupported == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_frame_has_a_limit) {
  Octets content = pcap({});
  append(content, Octets(8));
  append32_little(content, 0x100001);
  append32_little(content, 0x100001);
  content.resize(content.size() + 0x100001);
  const auto account = account_of(content);
  BOOST_TEST((account && account->failed && account->counts.frames == 0));
  content[32] = 0;  // 0x100000
  content.resize(content.size() - 1);
  const auto largest = account_of(content);
  BOOST_TEST((largest && !largest->failed && largest->counts.frames == 1));
}

BOOST_AUTO_TEST_SUITE_END()
