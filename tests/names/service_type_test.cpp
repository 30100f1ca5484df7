// Service types: the table of spellings on which others stumble, and both sides of each limit.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/service_type.hpp"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

using namespace srvwarden;
using namespace std::string_view_literals;

namespace {

struct Row {
  std::string_view in;
  std::string_view rule;  ///< empty: valid
  std::size_t offset = 0;
};

/// Every spelling, whatever reader takes it: the quick one or the general one.
void expect(const Row& row) {
  BOOST_TEST_CONTEXT(row.in) {
    const auto type = ServiceType::parse(row.in);
    BOOST_TEST(type.has_value() == row.rule.empty());
    if (type || row.rule.empty()) return;
    BOOST_TEST(rule_id(type.error().code) == row.rule);
    BOOST_TEST(type.error().offset == row.offset);
  }
}

/// The reader for run time and the general one, which constant evaluation uses too.
void expect_agreement(const std::string& text) {
  const auto quick = ServiceTypeReader::read(text);
  const auto general = ServiceTypeReader::read_any(text);
  const bool same = quick.has_value() == general.has_value() &&
                    (quick ? *quick == *general : quick.error() == general.error());
  const bool valid = ServiceType::is_valid(text) == general.has_value();
  if (!same || !valid) BOOST_ERROR("they differ on " << text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(service_types)

BOOST_AUTO_TEST_CASE(accepts_what_others_refuse) {
  for (const Row& row : {
           Row{"_a._tcp", ""},     // refused by Avahi
           Row{"_9pfs._tcp", ""},  // a digit first: refused by systemd and Zephyr
           Row{"_3com-tsmux._tcp", ""},
           Row{"_914c-g._udp", ""},
           Row{"_6a44._udp", ""},
           Row{"_HTTP._TCP", ""},  // upper case: refused by mdns-sd and dnssd.js
           Row{"_1-1-1-a._tcp", ""},
           Row{"_abcdefghijklmno._tcp", ""},  // 15 characters
           Row{"_http._tcp.", ""},
           Row{"\\095http.\\095tcp", ""},
       }) {
    expect(row);
  }
}

BOOST_AUTO_TEST_CASE(refuses_what_others_accept) {
  for (const Row& row : {
           // Avahi
           Row{"_12345._tcp", "SN004", 1},
           Row{"_-foo._tcp", "SN005", 1},
           Row{"_foo-._tcp", "SN005", 4},
           Row{"_foo--bar._tcp", "SN006", 4},
           Row{"_foo bar._tcp", "SN003", 4},
           Row{"_f\xC3\xB6\xC3\xB6._tcp", "SN003", 2},
           Row{"_foo\\.bar._tcp", "SN003", 4},
           Row{"_foo\n._tcp", "SN003", 4},
           Row{"_abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghij._tcp", "SN002", 16},
           // systemd, Apple: 16 characters
           Row{"_abcdefghijklmnop._tcp", "SN002", 16},
           // python-zeroconf
           Row{"_foo-\n._tcp", "SN003", 5},
           Row{"_foo._tcp\n", "ST003", 5},
           // mdns-sd
           Row{"_foo\0bar._tcp"sv, "SN003", 4},
           // Apple: an inner underscore
           Row{"_foo_bar._tcp", "SN003", 4},
       }) {
    expect(row);
  }
}

BOOST_AUTO_TEST_CASE(survives_what_crashes_others) {
  for (const Row& row : {
           Row{"_._tcp", "SN001", 1},
           Row{"_._tcp.local.", "ST004", 0},
           Row{"._tcp.local.", "NM003", 0},
           Row{"\xC3\xA9._tcp.local.", "ST004", 0},
           Row{"", "ST004", 0},
           Row{".", "ST004", 0},
           Row{"..", "NM003", 0},
           Row{"\\", "ES001", 0},
           Row{"_a._tcp\\", "ES001", 7},
           Row{"_a\\25._tcp", "ES003", 2},
           Row{"_a\\256._tcp", "ES002", 2},
           Row{"_tcp", "ST004", 0},
           Row{"_tcp._http", "ST003", 5},
           Row{"_http._sctp", "ST003", 6},
           Row{"_http.tcp", "ST002", 6},
           Row{"http._tcp", "ST001", 0},
           Row{"_dns-sd._udp", "ST005", 0},
           Row{"_Dns-Sd._tcp", "ST005", 0},
           Row{"_dns-sd2._udp", ""},
       }) {
    expect(row);
  }
  const std::string huge(1'000'000, 'a');
  expect({huge, "NM002", 0});
}

static_assert(ServiceType::is_valid("_ipp._tcp"));
static_assert(!ServiceType::is_valid("_ipp._sctp"));

BOOST_AUTO_TEST_CASE(keeps_names_in_lower_case) {
  const auto a = ServiceType::parse("_EtherNet-IP-1._TCP");
  const auto b = ServiceType::parse("\\095ethernet-ip-1._tcp.");  // by the general way
  BOOST_TEST_REQUIRE(a.has_value());
  BOOST_TEST_REQUIRE(b.has_value());
  BOOST_TEST((*a == *b));
  BOOST_TEST(a->text() == "_ethernet-ip-1._tcp");
  BOOST_TEST(a->name().text() == "ethernet-ip-1");
  BOOST_TEST((a->transport() == Transport::tcp));
  BOOST_TEST((*ServiceType::parse("_a._udp") > *ServiceType::parse("_a._tcp")));
}

BOOST_AUTO_TEST_CASE(quick_and_general_reader_agree_on_every_byte) {
  for (std::size_t size = 1; size <= 17; ++size) {
    for (std::size_t at = 0; at < size + 5; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string type = "_";
        type.append(size - 1, 'a').append("._udp");
        type[at] = static_cast<char>(byte);
        expect_agreement(type);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(quick_and_general_reader_agree_on_many_faults_at_once) {
  std::mt19937 random(6335);
  for (int round = 0; round < 200'000; ++round) {
    std::string name(random() % 18, 'a');
    for (char& c : name) c = "aZ09--._\\ "[random() % 10];
    expect_agreement("_" + name + (random() % 2 == 0 ? "._TCP" : "._udp"));
  }
  for (const char* text : {"_dns-sd._tcp", "_DNS-SD._udp", "_dns-s._tcp", "_dns-sda._tcp"}) {
    expect_agreement(text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
