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
          ethernet(ipv4(udp(payload), 0x2000)), ethernet(ipv6(udp(payload)))};
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
    BOOST_TEST((
        capture->counts() ==
        FrameCounts{.frames = 4, .mdns = 2, .other = 1, .fragments = 1, .cut = 0, .malformed = 0}));
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
  for (const Octets& content : {Octets{}, octets("00"), octets("'this is no capture at all'"),
                                pcap({}, 105)}) {  // 105: 802.11
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
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
