// IANA's CSV: what becomes of each field, and where each fault is found.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>

#include "registry/csv_text.hpp"
#include "registry/refusals.hpp"
#include "srvwarden/registry_table.hpp"

using namespace srvwarden;
using registry_tests::csv;

namespace {

std::string row(std::string_view name, std::string_view port, std::string_view transport,
                std::string_view rest) {
  return std::string(name) + ',' + std::string(port) + ',' + std::string(transport) + ',' +
         std::string(rest) + "\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_csv)

BOOST_AUTO_TEST_CASE(reads_every_kind_of_row) {
  const auto import = read_registry(csv(registry_tests::mixed_rows), RegistryDate{2026, 1, 2});
  BOOST_TEST_REQUIRE(import.has_value());
  BOOST_TEST(import->problems.empty());
  BOOST_TEST(import->rows_read == 11u);
  BOOST_TEST(import->rows_kept == 11u);
  BOOST_TEST((import->table.edition() == RegistryDate{2026, 1, 2}));
  const auto records = import->table.records();
  BOOST_TEST_REQUIRE(records.size() == 11u);
  BOOST_TEST(records[0].status == RegistryStatus::reserved);
  BOOST_TEST(records[0].title == "");
  BOOST_TEST(records[2].title == "Hammer Time");
  BOOST_TEST((records[2].registered == RegistryDate{2001, 2, 0}));
  BOOST_TEST((records[4].modified == RegistryDate{2020, 2, 29}));
  BOOST_TEST(records[4].references == "[RFC1][RFC2]");
  BOOST_TEST(records[5].status == RegistryStatus::historic_alias);
  BOOST_TEST(records[5].replacement == "anvil-set");
  BOOST_TEST(records[6].title == "Anvil");
  BOOST_TEST(records[6].status == RegistryStatus::assigned);
  BOOST_TEST((records[7].ports == PortRange{42, 49, true}));
  BOOST_TEST(records[7].status == RegistryStatus::unassigned);
  BOOST_TEST(records[8].title == "Tongs, \"long\"");
  BOOST_TEST(records[8].unauthorized_use);
  BOOST_TEST((records[8].unauthorized_ports == PortRange{55, 55, true}));
  BOOST_TEST(records[9].name == "Bellows");
  BOOST_TEST(records[9].service_code == 4294967295u);
  BOOST_TEST(!records[9].unauthorized_ports.present);
  BOOST_TEST(records[10].status == RegistryStatus::not_a_service);
}

BOOST_AUTO_TEST_CASE(reads_other_line_ends_and_headers) {
  std::string text = csv(registry_tests::mixed_rows);
  std::string lf;
  for (const char c : text) {
    if (c != '\r') lf += c;
  }
  const auto with_lf = read_registry(lf);
  BOOST_TEST_REQUIRE(with_lf.has_value());
  BOOST_TEST(with_lf->rows_kept == 11u);
  BOOST_TEST((with_lf->table.edition() == RegistryDate{2024, 12, 20}));  // the newest date

  BOOST_TEST(read_registry("\xEF\xBB\xBF" + text)->rows_kept == 11u);

  const std::string_view now = "Unauthorized Use Reported";
  text.replace(text.find(now), now.size(), "Known Unauthorized Uses");
  BOOST_TEST(read_registry(text)->rows_kept == 11u);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_whole_file) {
  const std::string header(registry_tests::header);
  const std::string short_header = header.substr(0, header.rfind(','));
  const registry_tests::Refusal refusals[] = {
      {"", RegistryIssue::unknown_format, 1, 1},
      {"<html>\n", RegistryIssue::truncated, 2, 1},
      {short_header + "\r\n", RegistryIssue::bad_header, 1, 1},
      {short_header + ",Notes\r\n", RegistryIssue::bad_header, 1, 159},
      {header.substr(0, header.size() - 2) + ",More\r\n", RegistryIssue::bad_header, 1, 1},
      {header.substr(0, header.size() - 2), RegistryIssue::truncated, 1, 175},
      {csv("a1,1,tcp,,,,,,,,,"), RegistryIssue::truncated, 2, 18},
      {csv("a1,1,tcp,,,,,,,,,\r"), RegistryIssue::truncated, 2, 19},
      {csv("a1,1,tcp,\"x\ny,,,,,,,,\r\n"), RegistryIssue::truncated, 2, 10},  // the opening quote
      {csv("a1,1,tcp,,,,,,,,,\"x\"\r"), RegistryIssue::truncated, 2, 21},
      {csv("a1,1,tcp,,,,,,,,,\"x\""), RegistryIssue::truncated, 2, 21},
      {csv("a1,1,tcp,\"x\"y,,,,,,,,\n"), RegistryIssue::stray_quote, 2, 13},
      {csv("a1,1,tcp,\"x\n\"y,,,,,,,,\n"), RegistryIssue::stray_quote, 3, 2},
  };
  registry_tests::check(refusals);
}

BOOST_AUTO_TEST_CASE(every_cut_within_a_row_is_refused) {
  const std::string text = csv(registry_tests::mixed_rows);
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto import = read_registry(text.substr(0, size));
    const bool whole_rows =
        size >= registry_tests::header.size() && text[size - 1] == '\n' && text[size - 2] == '\r';
    BOOST_TEST_CONTEXT(size) { BOOST_TEST(import.has_value() == whole_rows); }
  }
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_with_a_row) {
  struct Row {
    std::string text;
    RegistryIssue issue;
    bool rejected;
    std::uint32_t column;
  };
  const Row rows[] = {
      {"a1,1,tcp\r\n", RegistryIssue::field_count, true, 1},
      {"a1,1,tcp,,,,,,,,,,\r\n", RegistryIssue::field_count, true, 1},
      {"\r\n", RegistryIssue::field_count, true, 1},
      {"a1,1,tcp,say \"x\",,,,,,,,\r\n", RegistryIssue::stray_quote, true, 14},
      {row("", "", "tcp", ",,,,,,,,"), RegistryIssue::bad_name, true, 1},
      {row("a\tb", "1", "tcp", ",,,,,,,,"), RegistryIssue::bad_name, true, 1},
      {row(std::string(256, 'a'), "1", "tcp", ",,,,,,,,"), RegistryIssue::bad_name, true, 1},
      {row(std::string(255, 'a'), "1", "tcp", ",,,,,,,,"), RegistryIssue::name_syntax, false, 1},
      {row("a1234567890123456", "1", "tcp", ",,,,,,,,"), RegistryIssue::name_syntax, false, 1},
      {row("a_1", "1", "tcp", ",,,,,,,,"), RegistryIssue::name_syntax, false, 1},
      {row("a1", "65536", "tcp", ",,,,,,,,"), RegistryIssue::bad_port, true, 4},
      {row("a1", "2-1", "tcp", ",,,,,,,,"), RegistryIssue::bad_port, true, 4},
      {row("a1", "01", "tcp", ",,,,,,,,"), RegistryIssue::bad_port, true, 4},
      {row("a1", "-", "tcp", ",,,,,,,,"), RegistryIssue::bad_port, true, 4},
      {row("a1", "1", "TCP", ",,,,,,,,"), RegistryIssue::bad_transport, true, 6},
      {row("a1", "1", "tcp", "x\xFF,,,,,,,,"), RegistryIssue::bad_text, false, 10},
      {row("a1", "1", "tcp", "x\x01y,,,,,,,,"), RegistryIssue::bad_text, false, 10},
      {row("a1", "1", "tcp", "x,,,2000,,,,,"), RegistryIssue::bad_date, false, 14},
      {row("a1", "1", "tcp", "x,,,,2001-02-29,,,,"), RegistryIssue::bad_date, false, 15},
      {row("a1", "1", "tcp", "x,,,,2001-13,,,,"), RegistryIssue::bad_date, false, 15},
      {row("a1", "1", "tcp", "x,,,,,,0,,"), RegistryIssue::bad_service_code, false, 17},
      {row("a1", "1", "tcp", "x,,,,,,4294967296,,"), RegistryIssue::bad_service_code, false, 17},
      {row("a1", "1", "tcp", "by joe@example.com,,,,,,,,"), RegistryIssue::address_left_out, false,
       10},
      {row("a1", "1", "tcp", "x,,,,,[Joe <joe&example.com>],,,"), RegistryIssue::address_left_out,
       false, 16},
      {row("a1", "1", "tcp", "x,,,,,\"[RFC1][of two\nlines]\",,,"), RegistryIssue::prose_left_out,
       false, 17},
      {row("a1", "1", "tcp", "x,,,,,,,,\"This entry is an alias to \"\"b1\"\".\""),
       RegistryIssue::unknown_replacement, false, 1},
      {row("", "1", "tcp", "whatever,,,,,,,,"), RegistryIssue::bad_status, false, 8},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const auto import = read_registry(csv(row.text + ",9,tcp,Unassigned,,,,,,,,\r\n"));
      BOOST_TEST_REQUIRE(import.has_value());
      BOOST_TEST_REQUIRE(import->problems.size() == 1u);
      const RegistryProblem& problem = import->problems.front();
      BOOST_TEST(problem.issue == row.issue);
      BOOST_TEST(problem.rejected == row.rejected);
      BOOST_TEST(problem.at.line == 2u);
      BOOST_TEST(problem.at.column == row.column);
      BOOST_TEST(import->rows_read == 2u);
      BOOST_TEST(import->rows_rejected == (row.rejected ? 1u : 0u));
      BOOST_TEST(import->table.records().size() == (row.rejected ? 1u : 2u));
    }
  }
}

BOOST_AUTO_TEST_CASE(keeps_no_address_and_no_prose) {
  const auto import = read_registry(
      csv(row("a1", "1", "tcp", "by joe@example.com here,,,,,,,,") +
          row("a2", "2", "tcp", "a Miele@home,,,,,[RFC1][Joe <joe&example.com> 2009][RFC2],,,") +
          row("a3", "3", "tcp", "x\xFFy,,,,,\"[RFC1][of two\nlines]\",,,")));
  BOOST_TEST_REQUIRE(import.has_value());
  const auto records = import->table.records();
  BOOST_TEST(records[0].title == "by here");
  BOOST_TEST(records[1].title == "a Miele@home");
  BOOST_TEST(records[1].references == "[RFC1][RFC2]");
  BOOST_TEST(records[2].title == "x\xEF\xBF\xBDy");
  BOOST_TEST(records[2].references == "[RFC1]");
}

BOOST_AUTO_TEST_CASE(finds_rows_that_are_there_twice) {
  const auto import =
      read_registry(csv(row("a1", "1", "tcp", ",,,,,,,,") + row("a1", "1", "udp", ",,,,,,,,") +
                        row("a1", "2", "tcp", ",,,,,,,,") + row("A1", "1", "tcp", ",,,,,,,,")));
  BOOST_TEST_REQUIRE(import.has_value());
  BOOST_TEST(import->rows_kept == 4u);
  BOOST_TEST_REQUIRE(import->problems.size() == 1u);
  BOOST_TEST(import->problems[0].issue == RegistryIssue::duplicate_row);
  BOOST_TEST(import->problems[0].at.line == 5u);
}

BOOST_AUTO_TEST_CASE(finds_a_date_in_a_file_name) {
  BOOST_TEST(
      (find_date("/x/service-names-port-numbers-2026-08-17.csv") == RegistryDate{2026, 8, 17}));
  BOOST_TEST((find_date("2026-08") == RegistryDate{2026, 8, 0}));
  BOOST_TEST(!find_date("service-names-port-numbers.csv"));
  BOOST_TEST(!find_date("12026-08-17"));
  BOOST_TEST(!find_date("2026-13-01"));
  BOOST_TEST(!find_date(""));
}

BOOST_AUTO_TEST_CASE(reads_which_ports_are_used_without_authorization) {
  struct Row {
    std::string_view ports, text;
    PortRange named;
  };
  const Row rows[] = {
      {"40", "yes", {}},
      {"40", "Known Unauthorized Use on port 40", {}},
      {"40", "Use on ports 40 and 41", {}},
      {"40", "Use on 41", {41, 41, true}},
      {"40-49", "Ports 44 and 45", {44, 45, true}},
      {"40-49", "ports 44, 45 and 46", {44, 46, true}},
      {"40-49", "ports 44-46", {44, 46, true}},
      {"40-49", "ports 44 & 46", {}},  // not one range
      {"40-49", "ports 40-49", {}},
      {"40-49", "krb44 uses it, see [RFC4146] and 70000", {}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      std::string line = "a,";
      line.append(row.ports).append(",tcp,A,,,,,,,\"").append(row.text).append("\",\r\n");
      const auto import = read_registry(csv(line));
      BOOST_TEST_REQUIRE(import.has_value());
      const RegistryRecord& record = import->table.records()[0];
      BOOST_TEST(record.unauthorized_use);
      BOOST_TEST((record.unauthorized_ports == row.named));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
