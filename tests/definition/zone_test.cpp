// Tests of the reader of master files.
// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

using enum ProblemCode;

Definition read(std::string_view text) {
  return read_definition("x", text, DefinitionFormat::zone);
}

/// "owner TYPE field field", a line for each record.
std::string records_of(const Definition& zone) {
  std::string out;
  for (const ZoneRecord& record : zone.records) {
    out += record.owner + ' ' + record.type;
    for (const DefinitionText& field : record.fields) out += ' ' + field.value;
    out += '\n';
  }
  return out;
}

/// "zone_syntax `text`" for each problem: what it is about.
std::string problems_of(std::string_view file) {
  std::string out;
  const Definition zone = read(file);
  for (const Problem& problem : zone.problems) {
    out += std::to_string(problem.at.line) + ':' + std::to_string(problem.at.column) + " `" +
           std::string(under(file, problem)) + "`\n";
  }
  return out;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(zone)

BOOST_AUTO_TEST_CASE(reads_names_heads_and_comments) {
  struct Row {
    std::string_view file;
    std::string_view records;
  };
  const Row rows[] = {
      {"a.example. A 192.0.2.1\n", "a.example. A 192.0.2.1\n"},
      {"a.example. A 192.0.2.1", "a.example. A 192.0.2.1\n"},
      {"a.example.\tA\t192.0.2.1\r\n", "a.example. A 192.0.2.1\n"},
      {"a A 192.0.2.1\n@ NS a\n", "a A 192.0.2.1\n@ NS a\n"},
      {"$ORIGIN example.com.\na A 192.0.2.1\n@ NS a\n",
       "a.example.com. A 192.0.2.1\nexample.com. NS a.example.com.\n"},
      {"$origin com.\n$ORIGIN example\na NS b.\n", "a.example.com. NS b.\n"},
      {"$ORIGIN .\na NS .\n", "a. NS .\n"},
      {"$ORIGIN x.\na\\. NS @\n\\@ NS a\\\\.\n", "a\\..x. NS x.\n\\@.x. NS a\\\\.\n"},
      {"a. NS b.\n NS c.\n\tNS d.\n", "a. NS b.\na. NS c.\na. NS d.\n"},
      {"a. 1h30m IN NS b.\na. IN 60 NS b.\na. ch ns b.\n", "a. NS b.\na. NS b.\na. NS b.\n"},
      {"; one\n\n  ; two\na. NS b. ; three\n;four", "a. NS b.\n"},
      {"a. SOA ns. h. ( 1 ; serial\n 1D\n\n 2h ;)\n 1w ) 300\n", "a. SOA ns. h. 1 1D 2h 1w 300\n"},
      {"a. ( NS\nb. )\n", "a. NS b.\n"},
      {"a. TXT \"x y\" z \"\" \"\\\"\\065\\;\" \\;\n", "a. TXT x y z  \"A; ;\n"},
      {"a. TXT \"x;(y\"\n", "a. TXT x;(y\n"},
      {"a\\ b\\;c. NS \\040d.\n", "a\\ b\\;c. NS \\040d.\n"},
      {"\"a b.\" NS c.\n", "a b. NS c.\n"},
      {"a. TYPE65280 \\# 2 0Aff\n", "a. TYPE65280\n"},
      {"a. IN TYPE33 \\# 2 0A ff\n", "a. SRV\n"},
      {"a. A \\# 0\n", "a. A\n"},
      {"a. TLSA 3 1 1 0aFF\n", "a. TLSA 3 1 1 0aFF\n"},
      {"a. HTTPS 1 . alpn=\"h2\"\n", "a. HTTPS 1 . alpn= h2\n"},
      {"a. [AGE:3526837] 900 A 192.0.2.1\n", "a. A 192.0.2.1\n"},
      {"3600 IN NS b.\n", "3600 NS b.\n"},
      {"example.org. SOA a b 1 2 3 4 5\nx NS y\n",
       "example.org. SOA a.example.org. b.example.org. 1 2 3 4 5\n"
       "x.example.org. NS y.example.org.\n"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      const Definition zone = read(row.file);
      BOOST_TEST(records_of(zone) == row.records);
      BOOST_TEST(zone.problems.size() == 0U);
      BOOST_TEST(!zone.partial);
    }
  }
}

BOOST_AUTO_TEST_CASE(keeps_places) {
  const std::string_view file =
      "$ORIGIN x.\n"
      "$TTL 5\n"
      "My\\032Web._http._tcp SRV 0 0 80 host\n"
      "  1m TXT \"a\\061b\"\n";
  const Definition zone = read(file);
  BOOST_TEST_REQUIRE(zone.records.size() == 2U);
  const ZoneRecord& srv = zone.records[0];
  BOOST_TEST(srv.at == (Place{file.find("SRV"), 3, 22}));
  BOOST_TEST(file.substr(srv.at.offset, srv.length) == "SRV 0 0 80 host");
  BOOST_TEST((srv.owner_at == Span{file.find("My"), 20}));
  BOOST_TEST(srv.owner == "My\\032Web._http._tcp.x.");
  BOOST_TEST(srv.ttl == 5U);
  const DefinitionText& target = srv.fields[3];
  BOOST_TEST(target.value == "host.x.");
  BOOST_TEST(target.at == (Place{file.find("host"), 3, 33}));
  BOOST_TEST(target.length == 4U);
  BOOST_TEST(!target.verbatim);
  BOOST_TEST(target.offsets.size() == 5U);
  BOOST_TEST(target.offsets.back() == file.find("host") + 4);
  const ZoneRecord& txt = zone.records[1];
  BOOST_TEST(txt.owner == srv.owner);
  BOOST_TEST((txt.owner_at == srv.owner_at));
  BOOST_TEST(txt.ttl == 60U);
  BOOST_TEST(txt.fields[0].value == "a=b");
  BOOST_TEST(txt.fields[0].offsets[1] == file.find("\\061"));
}

BOOST_AUTO_TEST_CASE(tells_what_the_origin_is) {
  BOOST_TEST(read("$ORIGIN a.\n@ SOA b c 1 2 3 4 5\n").origin == "a.");
  BOOST_TEST(read("@ SOA b c 1 2 3 4 5\n").origin == "@");
  BOOST_TEST(read("$ORIGIN a.\nx NS y\n").origin == "");
}

BOOST_AUTO_TEST_CASE(every_fault_has_its_place_and_the_rest_is_read) {
  struct Row {
    std::string_view file;
    std::string_view problems;
    std::size_t records = 1;  ///< the last one is fine
  };
  const Row rows[] = {
      {"a.\nb. NS c.\n", "1:1 `a.`\n"},
      {" NS a.\nb. NS c.\n", "1:2 `NS`\n"},
      {"a. 1 IN\nb. NS c.\n", "1:6 `IN`\n"},
      {"a. NS b. c.\nb. NS c.\n", "1:10 `c.`\n", 2},
      {"a. NS\nb. NS c.\n", "1:4 `NS`\n", 2},
      {"a. A 1.2.3\nb. NS c.\n", "1:6 `1.2.3`\n", 2},
      {"a. A 256.2.3.4\nb. NS c.\n", "1:6 `256.2.3.4`\n", 2},
      {"a. AAAA ::g\nb. NS c.\n", "1:9 `::g`\n", 2},
      {"a. MX 65536 b.\nb. NS c.\n", "1:7 `65536`\n", 2},
      {"a. MX 65535 b.\nb. NS c.\n", "", 2},
      {"a. SOA b. c. 4294967296 1 1 1 1\nb. NS c.\n", "1:14 `4294967296`\n", 2},
      {"a. SOA b. c. 4294967295 1 1 1 1\nb. NS c.\n", "", 2},
      {"a. SOA b. c. 1 1 1 1\nb. NS c.\n", "1:4 `SOA`\n", 2},
      {"a. SOA b. c. 1 1 1 1x 1\nb. NS c.\n", "1:20 `1x`\n", 2},
      {"a. 2147483648 NS b.\nb. NS c.\n", "1:4 `2147483648`\n", 2},
      {"a. 2147483647 NS b.\nb. NS c.\n", "", 2},
      {"a. 3550w NS b.\nb. NS c.\n", "", 2},
      {"a. 3551w NS b.\nb. NS c.\n", "1:4 `3551w`\n", 2},
      {"a. SVR 0 0 1 b.\nb. NS c.\n", "1:4 `SVR`\n", 2},
      {"a. TYPE65536 \\# 0\nb. NS c.\n", "1:4 `TYPE65536`\n", 2},
      {"a. TYPE65535 \\# 0\nb. NS c.\n", "", 2},
      {"a. @ b.\nb. NS c.\n", "1:4 `@`\n"},
      {"a. \"TXT\" b.\nb. NS c.\n", "1:5 `TXT`\n"},
      {"\"\" NS b.\nb. NS c.\n", "1:2 ``\n"},
      {"a. NS \"\"\nb. NS c.\n", "1:8 ``\n", 2},
      {"a. TXT\nb. NS c.\n", "1:4 `TXT`\n", 2},
      {"a. TXT b=\"c\"\nb. NS c.\n", "1:11 `c`\n", 2},
      {"a. TXT \"b\"c\nb. NS c.\n", "1:11 `c`\n", 2},
      {"a. TXT \"b\"\"c\"\nb. NS c.\n", "", 2},
      {"a. TXT \\256 \"\\25\" x\\\nb. NS c.\n", "1:8 `\\256`\n1:14 `\\25`\n1:20 `\\`\n", 2},
      {"a. TXT \\255 \\000\nb. NS c.\n", "", 2},
      {"a. TYPE1 \\# x 00\nb. NS c.\n", "1:10 `\\#`\n", 2},
      {"a. TYPE1 \\# 1 0g\nb. NS c.\n", "1:15 `0g`\n", 2},
      {"a. TYPE1 \\# 2 00\nb. NS c.\n", "1:13 `2`\n", 2},
      {"$TTL\nb. NS c.\n", "1:1 `$TTL`\n"},
      {"$TTL x\nb. NS c.\n", "1:6 `x`\n"},
      {"$TTL 1 2\nb. NS c.\n", "1:8 `2`\n"},
      {"$ORIGIN \"\"\nb. NS c.\n", "1:10 ``\n"},
      {"$UNKNOWN x\nb. NS c.\n", "1:1 `$UNKNOWN`\n"},
      {"$INCLUDE x y\nb. NS c.\n", "1:1 `$INCLUDE`\n"},
      {"$GENERATE 1-9 a$ A 10.0.0.$\nb. NS c.\n", "1:1 `$GENERATE`\n"},
      {"a. NS b. )\nb. NS c.\n", "1:10 `)`\n", 2},
      {"a. SOA b. c. ( 1 2\n 3 4 5\nb. NS c.\n", "1:14 `(`\n", 2},
      {"a. SOA b. c. ( 1 2\n 3 4 5\n; x\n\n)\nb. NS c.\n", "", 2},
      {"a. TXT \"b\nb. NS c.\n", "1:8 `\"b`\n", 2},
      {"a. TXT \"b\r\nb. NS c.\n", "1:8 `\"b`\n", 2},
      {"\xEF\xBB\xBF"
       "b. NS c.\n",
       "1:1 `\xEF\xBB\xBF`\n"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      BOOST_TEST(problems_of(row.file) == row.problems);
      const Definition zone = read(row.file);
      BOOST_TEST_REQUIRE(zone.records.size() == row.records);
      BOOST_TEST(zone.records.back().owner == "b.");
      BOOST_TEST(zone.records.back().fields.at(0).value == "c.");
    }
  }
}

BOOST_AUTO_TEST_CASE(records_that_are_not_here_make_a_zone_partial) {
  BOOST_TEST(read("$INCLUDE x\na. NS b.\n").partial);
  BOOST_TEST(read("$GENERATE 1-2 a$ A 10.0.0.$\n").partial);
  BOOST_TEST(read("a.\n").partial);
  BOOST_TEST(!read("a. A 1.2.3\n").partial);
  BOOST_TEST(!read("a. WHAT x\n").partial);
}

BOOST_AUTO_TEST_CASE(what_is_no_text_has_one_finding) {
  using namespace std::string_view_literals;
  BOOST_TEST(problems_of("") == "1:1 ``\n");
  BOOST_TEST(problems_of("; nothing\n") == "1:1 ``\n");
  BOOST_TEST(problems_of("\xFF\xFE"
                         "a\0 \0"sv) == "1:1 `\xFF\xFE`\n");
  BOOST_TEST(problems_of("\xFE\xFF\0a"sv) == "1:1 `\xFE\xFF`\n");
  BOOST_TEST(problems_of("a. NS b.\nc. NS \0"sv).starts_with("2:4 `NS`\n2:7 `"));
  BOOST_TEST(read("a. NS b.\nc. NS \0"sv).records.size() == 2U);
}

BOOST_AUTO_TEST_CASE(limits_hold_on_both_sides) {
  const std::string_view bad = "a\n";
  Definition zone = read(repeated(bad, max_zone_problems - 1));
  BOOST_TEST(zone.problems.size() == max_zone_problems - 1);
  zone = read(repeated(bad, max_zone_problems + 1));
  BOOST_TEST(zone.problems.size() == max_zone_problems + 1);
  BOOST_TEST(zone.problems.back().length == 0U);  // that there are more

  zone = read(repeated("a. X 1\n", 2).append("b. NS ").append(1 << 20, 'x'));
  BOOST_TEST(zone.records.size() == 3U);

  zone = read("a. LUA" + repeated(" 1", max_zone_fields));
  BOOST_TEST(zone.problems.size() == 0U);
  BOOST_TEST(zone.records.size() == 1U);
  zone = read("a. LUA" + repeated(" 1", max_zone_fields + 1));
  BOOST_TEST((codes(zone) == std::vector{too_large}));
  BOOST_TEST(zone.partial);

  zone = read("a. NS b.\n" + repeated(" NS b\n", max_zone_records - 1));
  BOOST_TEST(zone.problems.size() == 0U);
  zone = read("a. NS b.\n" + repeated(" NS b\n", max_zone_records));
  BOOST_TEST((codes(zone) == std::vector{too_large}));
  BOOST_TEST(zone.records.size() == max_zone_records);
}

BOOST_AUTO_TEST_CASE(an_origin_cannot_grow_without_end) {
  const Definition zone = read(repeated("$ORIGIN aaaaaaaaa\n", 200) + "a NS b\n");
  BOOST_TEST(zone.problems.size() == 98U);  // 102 are 1019 bytes
  BOOST_TEST(zone.records.at(0).owner.size() == 1021U);
}

BOOST_AUTO_TEST_CASE(hostile_files_take_no_longer_than_others) {
  constexpr std::size_t size = std::size_t{4} << 20;
  const std::string files[] = {
      std::string(size, '('),
      repeated("(\n", size / 2),
      repeated("a (\n b\n", size / 7),
      repeated("a. NS b. ( )", size / 12),
      "a. TXT (" + repeated("\n x", size / 3),
      repeated("\"\n", size / 2),
      std::string(size, '\\'),
      std::string(size, ')'),
      repeated("a. TXT (\n", size / 9),
      repeated("x ( )", size / 5) + "(",
  };
  for (const std::string& file : files) {
    BOOST_TEST_CONTEXT(file.substr(0, 8)) {
      const auto start = std::chrono::steady_clock::now();
      const Definition zone = read(file);
      BOOST_TEST(zone.problems.size() > 0U);
      BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(20)));
    }
  }
}

BOOST_AUTO_TEST_CASE(tells_zones_from_other_files) {
  struct Row {
    std::string_view path;
    std::string_view text;
    bool is_zone;
  };
  const Row rows[] = {
      {"x", "$TTL 1h\n", true},
      {"x", "; c\n\n$ORIGIN example.com.\n", true},
      {"x", "\xEF\xBB\xBF$ORIGIN example.com.", true},
      {"x", "$TTL = 3600;\n", false},
      {"x", "$ORIGIN = 'x'\n", false},
      {"x", "@ IN SOA ns host (\n", true},
      {"x", "example.com. 3600 IN SOA ns. host. 1 2 3 4 5\n", true},
      {"x", "The SOA record of a zone\n", false},
      {"x", "SOA ns host (\n", false},
      {"x", "hello\n@ IN SOA ns host (\n", false},
      {"x", "www IN A 192.0.2.1\n", false},
      {"x.zone", "www IN A 192.0.2.1\n", true},
      {"a/db.example.com", "www A 192.0.2.1\n", true},
      {"x.db", " NS ns\n", true},
      {"db.a/x", "www A 192.0.2.1\n", false},
      {"x.db", "SQLite format 3", false},
      {"x.db", "not a database of names\nthe key of all\n", false},
      {"x.db", "; no\n\nx a 192.0.2.1", true},
      {"x.zone", "<?xml version=\"1.0\"?>\n<zone>\n", false},
      {"x.zone", "", true},
      {"x", "", false},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.path << ": " << row.text) {
      const auto format = find_definition_format(row.path, row.text);
      BOOST_TEST((format == DefinitionFormat::zone) == row.is_zone);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
