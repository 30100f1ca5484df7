// Tests of the wire rules: every example of their rows, and what examples cannot show.
// SPDX-License-Identifier: Apache-2.0
#include "rules/wire_message.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "rules/wire_example.hpp"

using namespace srvwarden;
using namespace srvwarden::rules;

namespace {

constexpr auto tables = {wire_header_rules, wire_size_rules,   wire_fault_rules,
                         wire_flag_rules,   wire_record_rules, wire_pointer_rules};

Findings check(const wire::Packet& packet, const SourceMap& map, bool follows_truncated) {
  static wire::Decoder decoder;
  static MessageLooker looker;
  const wire::Message& message = decoder.decode(packet.payload);
  Findings findings;
  run_wire_rules(looker.look(packet, message, follows_truncated), {}, map, findings);
  return findings;
}

Findings check(std::string_view text) {
  const auto example = read_wire_packet(text);
  BOOST_TEST_REQUIRE(example.has_value());
  return check(example->packet, SourceMap(example->source), example->follows_truncated);
}

std::set<std::string_view> ids(const Findings& findings) {
  std::set<std::string_view> ids;
  for (const Finding& finding : findings) ids.insert(finding.rule->id);
  return ids;
}

/// Carets under the octets of the finding; spaces between octets belong to none.
std::string marks_of(const Finding& finding, std::string_view text) {
  std::string marks;
  const auto mark = [&](const Span& span) {
    for (std::size_t at = span.offset; at < span.offset + span.length; ++at) {
      if (text[at] == ' ') continue;
      marks.resize(std::max(marks.size(), at + 1), ' ');
      marks[at] = '^';
    }
  };
  mark(finding.at);
  for (const Span& span : finding.more) mark(span);
  return marks;
}

/// Findings about a DNS payload of a size with so many whole records.
std::set<std::string_view> ids_of_size(std::size_t size, unsigned records, bool ipv6) {
  auto text = read_wire_packet("0000 8400 0000 0000 0000 0000").value();
  text.payload[7] = static_cast<std::uint8_t>(records);
  // Each has the root as owner, type 65280, class IN, and 4500 s; the last takes all the room.
  for (unsigned i = 0; i < records; ++i) {
    const std::size_t rdata = i + 1 < records ? 0 : size - text.payload.size() - 11;
    for (const unsigned octet : {0x00u, 0xFFu, 0x00u, 0x00u, 0x01u, 0x00u, 0x00u, 0x11u, 0x94u}) {
      text.payload.push_back(static_cast<std::uint8_t>(octet));
    }
    text.payload.push_back(static_cast<std::uint8_t>(rdata >> 8));
    text.payload.push_back(static_cast<std::uint8_t>(rdata));
    text.payload.resize(text.payload.size() + rdata);
  }
  text.packet.payload = text.payload;
  if (ipv6) text.packet.destination.address = wire::mdns_group_ipv6();
  return ids(check(text.packet, SourceMap(), false));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wire_rules)

BOOST_AUTO_TEST_CASE(every_bad_example_breaks_its_rule_alone) {
  for (const auto table : tables) {
    for (const auto& row : table()) {
      for (const Example& example : row.info.bad) {
        BOOST_TEST_CONTEXT(row.info.id << ": " << example.input) {
          const Findings findings = check(example.input);
          BOOST_TEST((ids(findings) == std::set{row.info.id}));
          if (example.marks.empty() || findings.empty()) continue;
          BOOST_TEST(marks_of(findings.front(), example.input) == example.marks);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(every_good_example_is_clean) {
  for (const auto table : tables) {
    for (const auto& row : table()) {
      BOOST_TEST((row.info.bad.size() == 0 || row.info.good.size() > 0));
      for (const Example& example : row.info.good) {
        BOOST_TEST_CONTEXT(row.info.id << ": " << example.input) {
          BOOST_TEST((ids(check(example.input)).empty()));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(sizes) {
  using Ids = std::set<std::string_view>;
  BOOST_TEST((ids_of_size(1472, 1, false) == Ids{}));
  BOOST_TEST((ids_of_size(1473, 1, false) == Ids{"MD100"}));
  BOOST_TEST((ids_of_size(1473, 2, false) == Ids{"MD099"}));
  BOOST_TEST((ids_of_size(1452, 1, true) == Ids{}));
  BOOST_TEST((ids_of_size(1453, 1, true) == Ids{"MD100"}));
  BOOST_TEST((ids_of_size(8972, 1, false) == Ids{"MD100"}));
  BOOST_TEST((ids_of_size(8973, 1, false) == Ids{"MD098"}));
  BOOST_TEST((ids_of_size(8952, 1, true) == Ids{"MD100"}));
  BOOST_TEST((ids_of_size(8953, 1, true) == Ids{"MD098"}));
}

// What must break several rules at once, or hides one behind another.
BOOST_AUTO_TEST_CASE(several_at_once) {
  struct Row {
    std::string_view packet;
    std::set<std::string_view> ids;
  };
  const Row rows[] = {
      {"0000 8400 0001 0000 0000 0000 00 000C 0001", {"MD012", "MD022"}},
      {"0000 7801 0001 0000 0000 0000 00 000C 0001", {"MD013", "MD021"}},
      {"0000 C600 0000 0000 0000 0000", {"MD013", "MD015"}},
      // A mixed set hides that a PTR must not, and an A should, flush.
      {"0000 8400 0000 0002 0000 0000 05'_http'04'_tcp'05'local'00 000C 8001 00001194 0006 "
       "03'Foo'C00C C00C 000C 0001 00001194 0006 03'Bar'C00C",
       {"MD033"}},
      {"to=10.0.0.2 dport=40000 0000 8400 0000 0000 0000 0000", {"MD102"}},
      {"sport=40000 to=10.0.0.2 ttl=3 0000 8400 0000 0000 0000 0000", {"MD001", "MD004"}},
      {"0000 8400 0000 0001 0000 0000 05'local'00 0006 8001 00000001 0018 00 00 "
       "00000000 00000000 00000000 00000000 00000000 0000",
       {"MD041", "MD086", "MD095"}},
      // PT001 or PT004 hides PT002.
      {"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 00001194 0013 "
       "03'Foo'02'_p'04'_sub'04'_ipp'C012",
       {"PT004"}},
      {"0000 8400 0000 0001 0000 0000 09'_services'07'_dns-sd'04'_udp'05'local'00 000C 0001 "
       "00001194 000C 05'_http'04'_tcp'00",
       {"PT006"}},
      {"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 0000003C 0003 0A0000",
       {"MD040", "MD095"}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.packet) {
      BOOST_TEST(ids(check(row.packet)) == row.ids, boost::test_tools::per_element());
    }
  }
}

// What is right and could be shorter is told by audits alone.
BOOST_AUTO_TEST_CASE(economy) {
  const auto found = [](std::string_view text) {
    const auto example = read_wire_packet(text);
    BOOST_TEST_REQUIRE(example.has_value());
    wire::Decoder decoder;
    MessageLooker looker;
    Findings findings;
    run(wire_economy_rules(), looker.look(example->packet, decoder.decode(example->packet.payload)),
        {}, SourceMap(), findings);
    return ids(findings);
  };
  for (const auto& row : wire_economy_rules()) {
    for (const Example& example : row.info.bad) {
      BOOST_TEST(found(example.input).contains(row.info.id), example.input);
    }
    for (const Example& example : row.info.good) {
      BOOST_TEST(found(example.input).empty(), example.input);
    }
  }
  const std::string list = "05'_http'04'_tcp'05'local'00 000C 0001 00001194 0006 03'Foo'C00C ";
  const std::string service = "C028 0021 8001 00000078 000A 0000 0000 0050 01'h'C017 ";
  const std::string text = "C028 0010 8001 00001194 0001 00 ";
  const std::string address = "C040 0001 8001 00000078 0004 0A000001";
  using Ids = std::set<std::string_view>;
  BOOST_TEST((found("0000 8400 0000 0004 0000 0000 " + list + service + text + address) == Ids{}));
  BOOST_TEST((found("0000 8400 0000 0003 0000 0000 " + list + service + text) == Ids{"PT011"}));
  BOOST_TEST((found("0000 8400 0000 0002 0000 0000 " + list + service) == Ids{"PT011"}));
  // A goodbye needs nothing beside it, and a query's known answers do not.
  BOOST_TEST((found("0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 00000000 "
                    "0006 03'Foo'C00C") == Ids{}));
  BOOST_TEST((found("0000 0000 0000 0001 0000 0000 " + list) == Ids{}));
  // One name in full, and one that shares a single label with it.
  BOOST_TEST(
      (found("0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 0A000001 "
             "01'i'05'local'00 0001 8001 00000078 0004 0A000001") == Ids{}));
  BOOST_TEST(
      (found("0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 0A000001 "
             "01'h'05'LOCAL'00 0001 8001 00000078 0004 0A000002") == Ids{"MD090"}));
}

BOOST_AUTO_TEST_CASE(packets_in_text) {
  BOOST_TEST(!read_wire_packet("zz"));
  BOOST_TEST(!read_wire_packet("000"));
  BOOST_TEST(!read_wire_packet("ttl=256 00"));
  BOOST_TEST(!read_wire_packet("what=1 00"));
  BOOST_TEST(!read_wire_packet("00 'open"));
  const auto packet = read_wire_packet("to=ff02::fb ttl=1 00 'ab'");
  BOOST_TEST_REQUIRE(packet.has_value());
  BOOST_TEST(packet->payload.size() == 3u);
  BOOST_TEST(packet->source.at(0) == 18u);
  BOOST_TEST(packet->source.at(2) == 23u);
  BOOST_TEST(packet->packet.ttl.value() == 1u);
  BOOST_TEST(packet->packet.to_group());
}

BOOST_AUTO_TEST_SUITE_END()
