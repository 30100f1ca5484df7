// Registry: lookups in the registry that is compiled in.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <iterator>
#include <string>

#include "registry/csv_text.hpp"
#include "registry/image.hpp"
#include "srvwarden/registry_names.hpp"

using namespace srvwarden;

namespace {

constexpr auto tcp = TransportSet::of_label(false);
constexpr auto udp = TransportSet::of_label(true);

std::ptrdiff_t size(const RegistryRecords& records) {
  return std::distance(records.begin(), records.end());
}

}  // namespace

namespace srvwarden {

std::ostream& operator<<(std::ostream& out, PortMatch match) {
  return out << static_cast<int>(match);
}

}  // namespace srvwarden

BOOST_AUTO_TEST_SUITE(registry_lookup)

BOOST_AUTO_TEST_CASE(finds_names_in_any_case) {
  const Registry& registry = Registry::builtin();
  for (const char* name : {"http", "HTTP", "Http", "ipp", "s1-control", "gds_db", "914c/g", "x11",
                           "EtherNet-IP-2", "ethernet-ip-2", "dns-sd", "z39-50"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(registry.contains(name)); }
  }
  for (const char* name : {"", "h", "htt", "httpxx", "acme-widget", "_http", "http ",
                           "a-name-of-more-than-fifteen-bytes", "\xC3\xA9", "ht\xD4p"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(!registry.contains(name)); }
  }
}

BOOST_AUTO_TEST_CASE(finds_every_record_of_a_name) {
  const Registry& registry = Registry::builtin();
  BOOST_TEST(size(registry.find("discard")) == 4);
  BOOST_TEST(size(registry.find("discard", TransportSet(RegistryTransport::sctp))) == 1);
  BOOST_TEST(size(registry.find("discard", udp)) == 3);
  BOOST_TEST(registry.find("nothing-here").empty());
  const RegistryRecord dccp =
      registry.find("discard", TransportSet(RegistryTransport::dccp)).front();
  BOOST_TEST(dccp.service_code == 1145656131u);
  BOOST_TEST(dccp.references == "[RFC4340]");
  BOOST_TEST(dccp.title == "Discard");
}

BOOST_AUTO_TEST_CASE(tells_the_standing_of_a_name) {
  struct Row {
    const char* name;
    bool registered, for_tcp, for_udp, not_a_service;
    const char* replacement;
  };
  const Row rows[] = {
      {"acme-widget", false, false, false, false, ""},
      {"http", true, true, true, false, ""},
      {"HTTP", true, true, true, false, ""},
      {"login", true, true, false, false, ""},
      {"s1-control", true, false, true, false, ""},  // sctp
      {"raop", true, true, true, false, ""},         // no transport stated
      {"www", true, true, true, false, "http"},
      {"gds_db", true, true, true, false, "gds-db"},
      {"gds-db", true, true, true, false, ""},
      {"device-info", true, true, true, true, ""},
      {"dns-sd", true, true, true, true, ""},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.name) {
      const NameStanding standing = Registry::builtin().standing(row.name);
      BOOST_TEST(standing.registered == row.registered);
      BOOST_TEST(standing.for_tcp == row.for_tcp);
      BOOST_TEST(standing.for_udp == row.for_udp);
      BOOST_TEST(standing.not_a_service == row.not_a_service);
      BOOST_TEST(standing.replacement == row.replacement);
    }
  }
  BOOST_TEST(Registry::builtin().title("ipp") == "IPP (Internet Printing Protocol)");
}

BOOST_AUTO_TEST_CASE(tells_the_standing_of_a_port) {
  struct Row {
    std::uint16_t port;
    TransportSet transports;
    bool assigned, reserved, unassigned, unauthorized;
  };
  const Row rows[] = {
      {0, tcp, false, true, false, false},
      {4, tcp, false, false, true, false},
      {22, tcp, true, false, false, false},
      {80, tcp, true, false, false, false},
      {585, tcp, false, false, true, false},  // de-registered
      {1023, tcp, false, true, false, false},
      {1024, udp, false, true, false, false},
      {3300, tcp, true, false, false, true},
      {3300, udp, false, true, false, false},
      {6002, tcp, true, false, false, false},
      {6003, tcp, true, false, false, true},  // the one of 6000-6063 that is named
      {6063, tcp, true, false, false, false},
      {49100, tcp, false, false, true, false},
      {49151, tcp, false, true, false, false},
      {49152, tcp, false, false, false, false},
      {65535, udp, false, false, false, false},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.port) {
      const PortStanding standing = Registry::builtin().port_standing(row.port, row.transports);
      BOOST_TEST(standing.assigned == row.assigned);
      BOOST_TEST(standing.reserved == row.reserved);
      BOOST_TEST(standing.unassigned == row.unassigned);
      BOOST_TEST(standing.unauthorized_use == row.unauthorized);
    }
  }
}

BOOST_AUTO_TEST_CASE(compares_a_port_with_the_assigned_ones) {
  struct Row {
    const char* name;
    TransportSet transports;
    std::uint16_t port;
    PortMatch match;
  };
  const Row rows[] = {
      {"http", tcp, 80, PortMatch::matches},           {"http", tcp, 8080, PortMatch::differs},
      {"x11", tcp, 6000, PortMatch::matches},          {"x11", tcp, 6010, PortMatch::matches},
      {"x11", tcp, 6063, PortMatch::matches},          {"x11", tcp, 6064, PortMatch::differs},
      {"sql-net", tcp, 66, PortMatch::matches},        {"sql-net", tcp, 150, PortMatch::matches},
      {"sql-net", tcp, 151, PortMatch::differs},       {"raop", tcp, 5000, PortMatch::not_stated},
      {"no-such-name", tcp, 1, PortMatch::not_stated},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.name << ' ' << row.port) {
      BOOST_TEST(Registry::builtin().match_port(row.name, row.transports, row.port) == row.match);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_lookup_agrees_with_a_plain_search) {
  const Registry& registry = Registry::builtin();
  BOOST_TEST(registry.record_count() == static_cast<std::size_t>(size(registry.records())));
  std::ptrdiff_t with_ports = 0;
  for (const RegistryRecord record : registry.records()) {
    const auto same = [&](const RegistryRecord& other) { return other == record; };
    if (!record.name.empty()) {
      const auto found = registry.find(record.name);
      BOOST_TEST((std::find_if(found.begin(), found.end(), same) != found.end()));
    }
    if (!record.ports.present) continue;
    for (const std::uint16_t port : {record.ports.first, record.ports.last}) {
      const auto found = registry.find_port(port, TransportSet(record.transport));
      BOOST_TEST((std::find_if(found.begin(), found.end(), same) != found.end()));
    }
    with_ports += record.ports.last - record.ports.first + 1;
  }
  std::ptrdiff_t found = 0;
  for (unsigned port = 0; port <= 65535; ++port) {
    found += size(registry.find_port(static_cast<std::uint16_t>(port)));
  }
  BOOST_TEST(found == with_ports);
}

BOOST_AUTO_TEST_CASE(the_compile_time_names_are_the_same_ones) {
  static_assert(detail::is_registered_name("ipp", false));
  static_assert(!detail::is_registered_name("acme-widget", false));
  static_assert(detail::is_registered_name("s1-control", true));
  static_assert(!detail::is_registered_name("s1-control", false));
  static_assert(!detail::is_registered_name("", false));
  std::size_t valid = 0;
  for (const RegistryRecord record : Registry::builtin().records()) {
    std::string folded(record.name);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const NameStanding standing = Registry::builtin().standing(folded);
    const bool at_compile_time = detail::registered_transports(folded) != 0;
    valid += at_compile_time ? 1u : 0u;
    const bool old =
        folded.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos;
    BOOST_TEST_CONTEXT(folded) {
      BOOST_TEST(at_compile_time == (!folded.empty() && !old));
      if (at_compile_time) {
        BOOST_TEST(detail::is_registered_name(folded, false) == standing.for_tcp);
        BOOST_TEST(detail::is_registered_name(folded, true) == standing.for_udp);
      }
    }
  }
  BOOST_TEST(valid > 12000u);
}

BOOST_AUTO_TEST_CASE(suggests_names_that_are_near) {
  const Registry& registry = Registry::builtin();
  BOOST_TEST(registry.nearest("htp").front().name == "http");
  BOOST_TEST(registry.nearest("htpp").front().name == "http");
  BOOST_TEST(registry.nearest("htpp").front().distance == 1u);
  BOOST_TEST(registry.nearest("HTPP").front().name == "http");
  BOOST_TEST(registry.nearest("iip").front().distance == 1u);
  BOOST_TEST(registry.nearest("airplayy").front().name == "airplay");
  BOOST_TEST(registry.nearest("acme-widget-abc").empty());
  BOOST_TEST(registry.nearest("").empty());
  BOOST_TEST(registry.nearest("htpp", 0).empty());
  BOOST_TEST(registry.nearest("htpp", 2, 0).empty());
  BOOST_TEST(registry.nearest("htpp", 2, 1).size() == 1u);
  BOOST_TEST(registry.nearest(std::string(1000, 'a')).empty());
}

BOOST_AUTO_TEST_CASE(suggests_names_by_the_words_of_titles) {
  const auto found = Registry::builtin().find_in_titles("internet-printing", 3);
  BOOST_TEST_REQUIRE(!found.empty());
  BOOST_TEST(found.front().name == "ipp");
  BOOST_TEST(Registry::builtin().find_in_titles("q-x-1").empty());
}

BOOST_AUTO_TEST_CASE(an_empty_registry_has_nothing) {
  const Registry none;
  BOOST_TEST(!none.contains("http"));
  BOOST_TEST(none.find("http").empty());
  BOOST_TEST(none.find_port(80).empty());
  BOOST_TEST(none.records().empty());
  BOOST_TEST(none.nearest("http").empty());
  BOOST_TEST(!none.standing("http").registered);
}

BOOST_AUTO_TEST_CASE(knows_what_is_experimental) {
  BOOST_TEST(is_experimental_name("exp1"));
  BOOST_TEST(is_experimental_name("EXP2"));
  BOOST_TEST(!is_experimental_name("exp3"));
  BOOST_TEST(!is_experimental_name("exp"));
  BOOST_TEST(!is_experimental_port(1020));
  BOOST_TEST(is_experimental_port(1021));
  BOOST_TEST(is_experimental_port(1022));
  BOOST_TEST(!is_experimental_port(1023));
}

BOOST_AUTO_TEST_CASE(the_compiled_table_stays_small) {
  const registry::Image& image = registry::builtin_image;
  const std::size_t size = image.text_size + image.record_count * sizeof(registry::PackedRecord) +
                           image.extra_count * sizeof(registry::PackedExtra) +
                           image.people_count * sizeof(registry::PackedPeople) +
                           (image.name_count + 1) * sizeof(registry::PackedName) +
                           (image.named_count + image.port_count) * sizeof(std::uint32_t) +
                           image.port_count * 2 * sizeof(std::uint16_t) +
                           (std::size_t{image.slot_mask} + 1) * sizeof(registry::Slot);
  BOOST_TEST(size > 1'000'000u);
  BOOST_TEST(size < 1'200'000u);
}

BOOST_AUTO_TEST_CASE(joins_the_txt_keys_of_rows_that_differ) {
  const Registry& all = Registry::builtin();
  BOOST_TEST(to_text(all.txt_keys("HTTP", tcp)) ==
             "closed u=<username> p=<password> path=<path: path to document>");
  BOOST_TEST(to_text(all.txt_keys("googlecast")) == "none");
  BOOST_TEST(to_text(all.txt_keys("no-such-name")).empty());
  const auto import = read_registry(registry_tests::csv(
      "hammer,40,tcp,Hammer,,,,,,,,\"Defined TXT keys: txtvers, weight=1, head\"\r\n"
      "hammer,40,udp,Hammer,,,,,,,,\"Defined TXT keys: txtvers, weight=2, handle\"\r\n"));
  BOOST_TEST_REQUIRE(import.has_value());
  const Registry two(import->table);
  BOOST_TEST(to_text(two.txt_keys("hammer", tcp)) == "closed txtvers weight=1 head");
  BOOST_TEST(to_text(two.txt_keys("hammer", udp)) == "closed txtvers weight=2 handle");
  BOOST_TEST(to_text(two.txt_keys("hammer")) == "open txtvers weight? head handle");
}

BOOST_AUTO_TEST_SUITE_END()
