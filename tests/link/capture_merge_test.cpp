// Tests of reading several captures as one.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture_merge.hpp"

#include <boost/test/unit_test.hpp>

#include "link/synthesis.hpp"
#include "temporary_folder.hpp"

using namespace srvwarden;
using namespace srvwarden::link;
using namespace srvwarden::test;

namespace {

const Octets payload = octets("000084000000000000000000");

/// A capture whose frames were taken at these seconds.
Octets taken_at(std::initializer_list<unsigned> seconds) {
  Octets out = pcap({});
  const Octets frame = ethernet(ipv4(udp(payload)));
  for (const unsigned second : seconds) {
    append32_little(out, second);
    append32_little(out, 0);
    append32_little(out, frame.size());
    append32_little(out, frame.size());
    append(out, frame);
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(capture_merge)

BOOST_AUTO_TEST_CASE(gives_packets_by_time_and_numbers_them_by_file) {
  const tests::TemporaryFolder folder;
  CaptureMerge merge;
  const Octets files[] = {taken_at({1, 4, 4, 9}), taken_at({}), taken_at({2, 4, 3})};
  for (const Octets& content : files) {
    const std::string path = folder / "one.pcap";
    write_file(path, content);
    LinkError error;
    auto capture = Capture::open(path, error);
    std::filesystem::remove(path);  // it is open
    BOOST_TEST_REQUIRE(capture.has_value());
    merge.add(std::move(*capture));
  }
  std::string order;
  while (const auto next = merge.next()) {
    const auto time =
        std::chrono::duration_cast<std::chrono::seconds>(next->packet.time.time_since_epoch());
    order += std::to_string(next->capture) + ":" + std::to_string(next->packet.number) + "@" +
             std::to_string(time.count()) + " ";
  }
  // The third file is not in order itself: its last packet comes as early as it can.
  BOOST_TEST(order == "0:1@1 2:1@2 0:2@4 0:3@4 2:2@4 2:3@3 0:4@9 ");
  BOOST_TEST(merge.capture(2).counts().mdns == 3u);
}

BOOST_AUTO_TEST_CASE(of_nothing_there_is_nothing) {
  CaptureMerge merge;
  BOOST_TEST(!merge.next().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
