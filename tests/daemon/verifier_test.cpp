// The verifier: what it makes of messages of our own host and of others.
// SPDX-License-Identifier: Apache-2.0
#include "verifier.hpp"

#include <boost/test/unit_test.hpp>

#include "srvwarden/mdns_writer.hpp"

namespace {

using namespace srvwarden;
using namespace srvwarden::daemon;
using What = Observation::What;
using wire::NameView;
using wire::Section;

constexpr std::uint16_t response = 0x8400;
constexpr std::uint16_t unique = 0x8001;

const std::string type = wire::make_name({"_http", "_tcp", "local"});
const std::string instance = wire::make_name({"Lobby", "_http", "_tcp", "local"});
const std::string host = wire::make_name({"host", "local"});
const std::string other_host = wire::make_name({"other", "local"});

wire::Bytes bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// A message with the three records, or some of them.
struct Packet {
  std::uint32_t ttl = 120;
  unsigned char port = 80;
  const std::string& target = host;
  std::string txt = "\3k=v";
  std::uint16_t flags = response;
  bool ptr = true;
  bool srv = true;

  std::vector<std::uint8_t> octets() const {
    wire::MessageWriter writer(flags);
    const NameView name(instance);
    const NameView target_name(target);
    const std::uint8_t fixed[] = {0, 0, 0, 0, 0, port};
    if (ptr) writer.record(Section::answer, NameView(type), wire::Type::ptr, 1, ttl, {}, &name);
    if (srv) {
      writer.record(Section::answer, name, wire::Type::srv, unique, ttl, fixed, &target_name);
    }
    writer.record(Section::answer, name, wire::Type::txt, unique, ttl, bytes(txt));
    return std::move(writer).take();
  }
};

struct House {
  Verifier verifier;
  wire::Decoder decoder;
  Verifier::Time now{std::chrono::hours(1)};

  House() {
    verifier.set_host("host", "local");
    expect({"k=v"});
  }
  void expect(std::vector<std::string> txt, std::string name = "Lobby") {
    Announcement announcement;
    announcement.key = "key";
    announcement.instance = std::move(name);
    announcement.type = "_http._tcp";
    announcement.port = 80;
    announcement.txt = std::move(txt);
    verifier.expect(announcement, now);
  }
  std::vector<What> hear(const Packet& packet, bool own = true, const char* interface = "eth0") {
    const auto octets = packet.octets();
    std::vector<What> whats;
    for (const auto& seen :
         verifier.hear({interface, "10.77.0.9", own, now}, decoder.decode(octets))) {
      whats.push_back(seen.what);
    }
    return whats;
  }
};

using Whats = std::vector<What>;

}  // namespace

BOOST_AUTO_TEST_CASE(verifies_each_interface_once) {
  House house;
  BOOST_TEST((house.hear({}) == Whats{What::verified}));
  BOOST_TEST((house.hear({}) == Whats{}));
  BOOST_TEST(house.verifier.is_verified("key", "eth0"));
  BOOST_TEST(!house.verifier.is_verified("key", "eth1"));
  BOOST_TEST((house.hear({}, true, "eth1") == Whats{What::verified}));
}

BOOST_AUTO_TEST_CASE(needs_all_three_records_in_whatever_packets) {
  House house;
  BOOST_TEST((house.hear({.ptr = false, .srv = false}) == Whats{}));
  BOOST_TEST((house.hear({.ptr = false}) == Whats{}));
  BOOST_TEST((house.hear({.srv = false}) == Whats{What::verified}));
}

BOOST_AUTO_TEST_CASE(believes_only_answers_of_its_own_host) {
  House house;
  BOOST_TEST((house.hear({.flags = 0}) == Whats{}));  // a probe
  BOOST_TEST((house.hear({}, false) == Whats{}));     // another host that says the same
  BOOST_TEST(!house.verifier.is_verified("key", "eth0"));
}

BOOST_AUTO_TEST_CASE(says_what_differs_once_the_old_is_gone) {
  const Packet rows[] = {
      {.port = 81},
      {.target = other_host},
      {.txt = "\3k=w"},
      {.txt = std::string(1, '\0')},
  };
  for (const Packet& row : rows) {
    House house;
    house.now += Verifier::grace - std::chrono::milliseconds(1);
    BOOST_TEST((house.hear(row) == Whats{}));
    house.now += std::chrono::milliseconds(1);
    BOOST_TEST((house.hear(row) == Whats{What::differs}));
    BOOST_TEST((house.hear(row) == Whats{}));
    BOOST_TEST((house.hear({}) == Whats{What::verified}));
  }
}

BOOST_AUTO_TEST_CASE(names_a_rival_with_other_data) {
  House house;
  const Packet theirs{.target = other_host};
  BOOST_TEST((house.hear(theirs, false) == Whats{What::rival}));
  BOOST_TEST((house.hear(theirs, false) == Whats{}));
  BOOST_TEST((house.hear({.ttl = 0, .target = other_host}, false) == Whats{}));
}

BOOST_AUTO_TEST_CASE(hears_goodbyes) {
  House house;
  BOOST_TEST(house.verifier.all_gone());
  house.hear({});
  BOOST_TEST(!house.verifier.all_gone());
  BOOST_TEST((house.hear({.ttl = 0}) == Whats{What::goodbye}));
  BOOST_TEST(house.verifier.all_gone());
  BOOST_TEST((house.hear({}) == Whats{What::verified}));  // it came back
}

BOOST_AUTO_TEST_CASE(forgets_what_was_heard_on_an_interface_that_went) {
  House house;
  house.hear({});
  house.hear({}, true, "eth1");
  house.verifier.listen_on({"eth1"});
  BOOST_TEST(!house.verifier.is_verified("key", "eth0"));
  BOOST_TEST(house.verifier.is_verified("key", "eth1"));
  BOOST_TEST((house.hear({}) == Whats{What::verified}));
}

BOOST_AUTO_TEST_CASE(verifies_again_after_a_change) {
  House house;
  house.hear({});
  house.expect({"k=w"});
  BOOST_TEST(!house.verifier.is_verified("key", "eth0"));
  BOOST_TEST((house.hear({.txt = "\3k=w", .ptr = false, .srv = false}) == Whats{What::verified}));
  house.expect({"k=w"}, "Lobby (2)");
  BOOST_TEST((house.hear({.txt = "\3k=w"}) == Whats{}));  // the old name
  house.verifier.forget("key");
  BOOST_TEST((house.hear({}) == Whats{}));
}

BOOST_AUTO_TEST_CASE(verifies_again_after_a_doubt) {
  House house;
  house.hear({});
  house.verifier.doubt("key");
  house.verifier.doubt("nobody's");
  BOOST_TEST(!house.verifier.is_verified("key", "eth0"));
  BOOST_TEST((house.hear({.ptr = false, .srv = false}) == Whats{}));
  BOOST_TEST((house.hear({.ptr = false}) == Whats{What::verified}));
}

BOOST_AUTO_TEST_CASE(takes_an_empty_record_for_no_strings) {
  House house;
  house.expect({});
  BOOST_TEST((house.hear({.txt = std::string(1, '\0')}) == Whats{What::verified}));
}
