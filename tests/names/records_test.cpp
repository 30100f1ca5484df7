// TXT and SRV records: text and RDATA, both ways.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "srvwarden/srv_record.hpp"
#include "srvwarden/txt_record.hpp"

using namespace srvwarden;
using namespace std::string_literals;

namespace {

std::string rdata_of_size(std::size_t size) {
  std::string out;
  while (out.size() < size) {
    const std::size_t text = std::min<std::size_t>(size - out.size() - 1, 255);
    out += static_cast<char>(static_cast<unsigned char>(text));
    out.append(text, 'k');
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(records)

BOOST_AUTO_TEST_CASE(txt_strings) {
  struct Row {
    std::string in;
    Errc code;
    std::size_t offset;
  };
  const Row rows[] = {
      {"", Errc::none, 0},
      {"a", Errc::none, 0},
      {"a=", Errc::none, 0},
      {"a=\xFF\0"s, Errc::none, 0},
      {"=", Errc::txt_missing_key, 0},
      {"a\x1F=1", Errc::txt_key_bad_character, 1},
      {"a =1", Errc::none, 0},
      {"a~=1", Errc::none, 0},
      {"a\x7F=1", Errc::txt_key_bad_character, 1},
      {"\xC3\xA9=1", Errc::txt_key_bad_character, 0},
      {"k=" + std::string(253, 'v'), Errc::none, 0},
      {"k=" + std::string(254, 'v'), Errc::txt_string_too_long, 255},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.in) {
      const auto string = TxtString::parse(row.in);
      BOOST_TEST(string.has_value() == (row.code == Errc::none));
      if (!string) BOOST_TEST((string.error() == Error{row.code, row.offset}));
    }
  }
  BOOST_TEST(TxtString::parse("a=b=c")->value() == "b=c");
  BOOST_TEST(!TxtString::parse("a")->has_value());
  BOOST_TEST(TxtString::parse("a=")->has_value());
  BOOST_TEST(TxtString::parse("a=")->value() == "");
}

BOOST_AUTO_TEST_CASE(txt_records) {
  struct Row {
    std::string in;
    Errc code;
    std::size_t offset;
    Context context = Context::automatic;
  };
  const Row rows[] = {
      {"", Errc::txt_empty_rdata, 0},
      {"\0"s, Errc::none, 0},
      {"\3a=1"s, Errc::none, 0},
      {"\3a=1\0"s, Errc::none, 0},  // TX011 is a warning
      {"\4a=1"s, Errc::txt_string_overrun, 0},
      {"\1a\1"s, Errc::txt_string_overrun, 2},
      {"\1a\2=b"s, Errc::txt_missing_key, 3},
      {"\1a\2\tb"s, Errc::txt_key_bad_character, 3},
      {rdata_of_size(8900), Errc::none, 0},
      {rdata_of_size(8901), Errc::txt_exceeds_mdns_packet, 8900},
      {rdata_of_size(8901), Errc::none, 0, Context::unicast},
      {rdata_of_size(65535), Errc::none, 0, Context::unicast},
      {rdata_of_size(65536), Errc::txt_too_long, 65535, Context::unicast},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.in.size() << " octets") {
      const auto record = TxtRecord::parse(row.in, row.context);
      BOOST_TEST(record.has_value() == (row.code == Errc::none));
      if (record) {
        BOOST_TEST(record->rdata() == row.in);
      } else {
        BOOST_TEST((record.error() == Error{row.code, row.offset}));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(txt_records_of_strings) {
  const std::vector<TxtString> strings = {*TxtString::parse("a=1"), *TxtString::parse("flag")};
  const auto record = TxtRecord::from_strings(strings);
  BOOST_TEST_REQUIRE(record.has_value());
  BOOST_TEST(record->rdata() == "\3a=1\4flag");
  BOOST_TEST(TxtRecord::from_strings({})->rdata() == "\0"s);  // RFC 6763 §6.1
}

// The four results of RFC 6763 §6.4, and what receivers skip.
BOOST_AUTO_TEST_CASE(txt_attributes) {
  const std::string rdata = "\2=x\0\3A=1\3a=2\4flag\2e="s;
  const auto find = [&](std::string_view key) { return find_txt_attribute(rdata, key); };
  BOOST_TEST(find("a").value.value() == "1");  // the first, in any case
  BOOST_TEST(find("flag").present);
  BOOST_TEST(!find("flag").value.has_value());
  BOOST_TEST(find("e").value.value() == "");
  BOOST_TEST(!find("none").present);
  BOOST_TEST(!find("").present);
  BOOST_TEST(!find_txt_attribute("", "a").present);
  BOOST_TEST(!find_txt_attribute("\5a=1", "a").present);  // overruns: nothing is read beyond
}

BOOST_AUTO_TEST_CASE(srv_records) {
  struct Row {
    std::string in;
    std::string_view rule;
    std::size_t offset = 0;
    Context context = Context::automatic;
  };
  const Row rows[] = {
      {"0 0 631 h.local.", ""},       {"65535 65535 65535 h.local.", ""},
      {"  0\t0 0   h ", ""},          {"65536 0 0 h.", "SR010", 0},
      {"0 -1 0 h.", "SR010", 2},      {"0 0 65536 h.", "SR007", 4},
      {"0 0 +1 h.", "SR007", 4},      {"0 0 80", "SR001"},
      {"0 0 80 h. x", "SR001"},       {"", "SR001"},
      {"0 0 80 .", "SR005", 7},       {"0 0 80 .", "", 0, Context::unicast},
      {"0 0 80 1.2.3.4", "HN006", 7}, {"0 0 80 a\\ b.local.", ""},
      {"0 0 80 a..b", "NM003", 9},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.in) {
      const auto record = SrvRecord::parse(row.in, row.context);
      BOOST_TEST(record.has_value() == row.rule.empty());
      if (record) {
        const auto again = SrvRecord::parse_rdata(record->rdata());
        BOOST_TEST_REQUIRE(again.has_value());
        BOOST_TEST((*again == *record));
      } else {
        BOOST_TEST(rule_id(record.error().code) == row.rule);
        BOOST_TEST(record.error().offset == row.offset);
      }
    }
  }
  BOOST_TEST(SrvRecord::parse("0 0 631 H.local")->text() == "0 0 631 H.local.");
  BOOST_TEST(!SrvRecord::parse_rdata("\0\0\0\0\0\0"s).has_value());   // 6 octets
  BOOST_TEST(SrvRecord::parse_rdata("\0\0\0\0\0\0\0"s).has_value());  // 7: the root
  BOOST_TEST(!SrvRecord::parse_rdata("\0\0\0\0\0\0\0x"s).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
