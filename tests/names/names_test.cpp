// Instance, host, domain, browse and full names: both sides of each limit.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>

#include "srvwarden/browse_name.hpp"
#include "srvwarden/host_name.hpp"
#include "srvwarden/service_instance_name.hpp"

using namespace srvwarden;

namespace {

struct Row {
  std::string in;
  std::string_view rule;  ///< empty: valid
  std::size_t offset = 0;
};

template <class T, std::size_t N>
void expect(const Row (&rows)[N]) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.in) {
      const auto value = T::parse(row.in);
      BOOST_TEST(value.has_value() == row.rule.empty());
      if (value || row.rule.empty()) continue;
      BOOST_TEST(rule_id(value.error().code) == row.rule);
      BOOST_TEST(value.error().offset == row.offset);
    }
  }
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (; times > 0; --times) out += text;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(instance_names) {
  const Row rows[] = {
      {"", "IN001", 0},
      {" ", ""},
      {"Dr. Pepper \\", ""},  // raw: dots and backslashes are ordinary
      {std::string(63, 'a'), ""},
      {std::string(64, 'a'), "IN002", 63},
      {repeat("\xC3\xA9", 31) + "a", ""},
      {repeat("\xC3\xA9", 32), "IN002", 63},
      {repeat("\xF0\x9F\x98\x80", 15) + "abc", ""},
      {repeat("\xF0\x9F\x98\x80", 16), "IN002", 63},
      {"Caf\xE9", "IN003", 3},
      {"\xC1\x8A", "IN003", 0},      // Avahi 0.8 accepts it
      {"\xED\xA0\x80", "IN003", 0},  // and this surrogate
      {"a\x1F", "IN005", 1},
      {"a ", ""},
      {"~\x7F", "IN005", 1},
      {"\xC2\x9F", "IN007", 0},
      {"\xC2\xA0", ""},
      {"\xEF\xBB\xBF"
       "a",
       "IN008", 0},
      {"a\xEF\xBB\xBF", ""},
      {"\xEF\xBF\xBE", "IN009", 0},  // U+FFFE
      {"\xEF\xBF\xBD", ""},
      {"Cafe\xCC\x81", ""},  // not NFC: the sender's fault, which receivers accept
  };
  expect<InstanceName>(rows);
  BOOST_TEST((*InstanceName::parse("ABC") == *InstanceName::parse("abc")));
  BOOST_TEST(!(*InstanceName::parse("\xC3\x89") == *InstanceName::parse("\xC3\xA9")));
}

BOOST_AUTO_TEST_CASE(full_names) {
  const Row rows[] = {
      {"Foo._http._tcp.local.", ""},
      {"Foo._http._tcp", ""},  // DN001 is a warning
      {"Dr\\. Pepper._http._tcp.local", ""},
      {"Dr. Pepper._http._tcp.local", "IN004", 2},
      {"Foo\\._http._tcp.local.", "IN015", 0},
      {"_http._tcp.local.", "IN015", 0},
      {"h.local.", "IN015", 0},
      {"_p._sub._http._tcp.local.", "IN016", 0},
      {"_services._dns-sd._udp.local.", "IN017", 10},
      {"Foo._dns-sd._tcp.local.", "ST005", 4},
      {"_tcp._http._tcp.local.", ""},  // every label is a legal instance
      {"_sub._http._tcp.local.", ""},
      {"Foo._x._http._tcp.local.", "ST004", 4},
      {"Foo.http._tcp.local.", "ST001", 4},
      {"Foo._http.tcp.local.", "ST002", 10},
      {"Foo._http._quic.local.", "ST003", 10},
      {"a\\009b._http._tcp.local.", "IN005", 1},
      {"Foo._http-._tcp.local.", "SN005", 9},
      {std::string(63, 'a') + "._http._tcp." + std::string(63, 'b') + ".", ""},
      {"a._http._tcp." + std::string(64, 'b') + ".", "NM001", 76},
      {std::string(63, 'a') + "._http._tcp." + repeat(std::string(59, 'b') + ".", 2) +
           std::string(53, 'c') + ".local.",
       ""},  // 256 octets, in multicast DNS
      {std::string(63, 'a') + "._http._tcp." + repeat(std::string(59, 'b') + ".", 2) +
           std::string(52, 'c') + ".locals.",
       "NM002", 0},  // 256 octets, in unicast DNS
      {std::string(63, 'a') + "._http._tcp." + repeat(std::string(59, 'b') + ".", 2) +
           std::string(54, 'c') + ".local.",
       "NM002", 0},
  };
  expect<ServiceInstanceName>(rows);
}

BOOST_AUTO_TEST_CASE(full_names_keep_label_boundaries) {
  const auto name = ServiceInstanceName::parse("Dr\\.\\032Pep\\\\per\\195\\169._HTTP._tcp.Local");
  BOOST_TEST_REQUIRE(name.has_value());
  BOOST_TEST(name->instance().text() == "Dr. Pep\\per\xC3\xA9");
  BOOST_TEST(name->text() == "Dr\\. Pep\\\\per\xC3\xA9._http._tcp.Local.");
  BOOST_TEST((*ServiceInstanceName::parse(name->text()) == *name));
}

BOOST_AUTO_TEST_CASE(browse_names) {
  const Row rows[] = {
      {"_http._tcp.local.", ""},
      {"_http._tcp", ""},
      {"_p._sub._http._tcp.local.", ""},
      {"\\255._sub._http._tcp.local.", ""},
      {"_services._dns-sd._udp.local.", ""},
      {"x._dns-sd._udp.local.", ""},  // PT009 is a warning
      {"Foo._http._tcp.local.", "SB002", 0},
      {"a._b._sub._http._tcp.local.", "SB002", 0},
      {"h.local.", "ST004", 0},
      {"_dns-sd._udp.local.", "ST005", 0},
      {std::string(63, 's') + "._sub._http._tcp.local.", ""},
      {std::string(64, 's') + "._sub._http._tcp.local.", "SB001", 63},
      {"_printer._sub._http._quic.local.", "ST003", 20},
  };
  expect<BrowseName>(rows);
}

BOOST_AUTO_TEST_CASE(host_names) {
  const Row rows[] = {
      {"h.local.", ""},
      {"h", ""},
      {"", "HN001", 0},
      {".", "HN001", 0},
      {"192.168.1.5", "HN006", 0},
      {"192.168.1.256", ""},  // HN009 is a warning
      {"192.168.1", ""},
      {"::", "HN006", 0},
      {"fe80::1%eth0", "HN006", 0},
      {"[::1]", "HN006", 0},
      {"1:2:3:4:5:6:7:8", "HN006", 0},
      {"1:2:3:4:5:6:7", ""},
      {"::ffff:1.2.3.4", "HN006", 0},
      {"h.Invalid.", "HN008", 2},
      {"invalid.local.", ""},
      {std::string(64, 'h') + ".local.", "NM001", 63},
  };
  expect<HostName>(rows);
}

BOOST_AUTO_TEST_CASE(domain_names) {
  const Row rows[] = {
      {"local.", ""},
      {"", ""},
      {".", ""},
      {"a..b", "NM003", 2},
      {".a", "NM003", 0},
      {"a\\..b", ""},
      {std::string(63, 'a'), ""},
      {std::string(64, 'a'), "NM001", 63},
  };
  expect<DomainName>(rows);
  BOOST_TEST(DomainName::parse("a\\.b.C")->text() == "a\\.b.C.");
  BOOST_TEST(DomainName::parse("a\\.b.C")->wire() == "\3a.b\1C");
  BOOST_TEST((*DomainName::parse("LOCAL") == *DomainName::parse("local.")));
  BOOST_TEST(DomainName().text() == ".");
}

BOOST_AUTO_TEST_CASE(domain_names_from_the_wire) {
  using namespace std::string_literals;
  struct WireRow {
    std::string in;
    Errc code;
    std::size_t offset;
  };
  const WireRow rows[] = {
      {"\0"s, Errc::none, 0},
      {"\1a\0"s, Errc::none, 0},
      {""s, Errc::label_empty, 0},
      {"\1a"s, Errc::label_empty, 2},
      {"\2a"s, Errc::label_empty, 2},
      {"\1a\0x"s, Errc::label_empty, 2},
      {"\x40"s, Errc::label_too_long, 0},
  };
  for (const WireRow& row : rows) {
    const auto name = DomainName::from_wire(row.in);
    BOOST_TEST(name.has_value() == (row.code == Errc::none));
    if (!name) BOOST_TEST((name.error() == Error{row.code, row.offset}));
  }
}

BOOST_AUTO_TEST_SUITE_END()
