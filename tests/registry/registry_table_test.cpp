// Our own table: written, read again, and refused where it is not as we write it.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_table.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "registry/csv_text.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

const std::string head =
    "# srvwarden registry table, version 2\n# edition: 2026-08-17\n"
    "name\tport\ttransport\ttitle\tassignee\tcontact\tregistered\tmodified\treferences\tstatus\t"
    "replacement\tunauthorized\tcode\ttxt-keys\n";

bool same(std::span<const RegistryRecord> a, std::span<const RegistryRecord> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_table)

BOOST_AUTO_TEST_CASE(writes_what_it_reads) {
  const auto import = read_registry(registry_tests::csv(registry_tests::mixed_rows));
  BOOST_TEST_REQUIRE(import.has_value());
  const std::string text = write_registry_tsv(import->table);
  const auto table = read_registry_tsv(text);
  BOOST_TEST_REQUIRE(table.has_value());
  BOOST_TEST(same(table->records(), import->table.records()));
  BOOST_TEST((table->edition() == import->table.edition()));
  BOOST_TEST(write_registry_tsv(*table) == text);
  BOOST_TEST(text.find("\nhammer\t40\ttcp,udp\tHammer Time\t[A_Smith]\t[A_Smith]\t2001-02\nhammer\t"
                       "40\tsctp\tHammer\t\t\t\t2020-02-29\t[RFC1][RFC2]\n") != text.npos);
  BOOST_TEST(text.find("\n\t42-49\n") != text.npos);
}

BOOST_AUTO_TEST_CASE(the_table_of_the_project_is_as_it_is_written) {
  std::ifstream file(SRVWARDEN_SOURCE_DIR "/data/registry.tsv", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto table = read_registry_tsv(text);
  BOOST_TEST_REQUIRE(table.has_value());
  BOOST_TEST((write_registry_tsv(*table) == text));
  const Registry& builtin = Registry::builtin();
  BOOST_TEST((builtin.edition() == table->edition()));
  const auto compiled = builtin.records();
  BOOST_TEST(std::equal(compiled.begin(), compiled.end(), table->records().begin(),
                        table->records().end()));
}

BOOST_AUTO_TEST_CASE(a_registry_can_be_made_from_a_table) {
  Registry registry;
  {
    const auto import = read_registry(registry_tests::csv(registry_tests::mixed_rows));
    BOOST_TEST_REQUIRE(import.has_value());
    registry = Registry(import->table);
  }
  Registry copy = registry;
  copy = Registry(registry);
  registry = Registry::builtin();
  BOOST_TEST(registry.contains("http"));
  BOOST_TEST(copy.record_count() == 11u);
  BOOST_TEST(copy.name_count() == 6u);
  BOOST_TEST(copy.contains("bellows"));
  BOOST_TEST(!copy.contains("http"));
  BOOST_TEST(copy.standing("anvil_set").replacement == "anvil-set");
  BOOST_TEST(copy.port_standing(55, TransportSet::of_label(true)).unauthorized_use);
  BOOST_TEST(!copy.port_standing(56, TransportSet::of_label(true)).unauthorized_use);
  BOOST_TEST(copy.nearest("forgee").empty());  // it is no service
  BOOST_TEST(copy.nearest("tonsg").front().name == "tongs");
}

BOOST_AUTO_TEST_CASE(long_names_are_told_apart) {
  const std::string_view rows =
      "Apple Remote Desktop (Net Assistant),1,tcp,,,,,,,,,\n"
      "Apple Remote Desktop (Net Assistent),2,tcp,,,,,,,,,\n";
  const auto import = read_registry(registry_tests::csv(rows));
  BOOST_TEST_REQUIRE(import.has_value());
  const Registry registry(import->table);
  BOOST_TEST(registry.name_count() == 2u);
  BOOST_TEST(registry.find("apple remote desktop (net assistent)").front().ports.first == 2u);
  BOOST_TEST(!registry.contains("Apple Remote Desktop (Net Assistint)"));
  BOOST_TEST(!registry.contains("Apple Remote De"));
}

BOOST_AUTO_TEST_CASE(either_format_is_told_from_its_start) {
  BOOST_TEST(read_registry(registry_tests::csv(registry_tests::mixed_rows))->rows_kept == 11u);
  BOOST_TEST(read_registry(head + "a1\t1\ttcp,udp\n")->rows_kept == 2u);
  BOOST_TEST(read_registry("").error().issue == RegistryIssue::unknown_format);
  BOOST_TEST(read_registry("#!/bin/sh\n").error().issue == RegistryIssue::unknown_format);
}

BOOST_AUTO_TEST_CASE(refuses_what_it_would_write_otherwise) {
  struct Row {
    std::string line;
    RegistryIssue issue;
    std::uint32_t column;
  };
  const Row rows[] = {
      {"\t\ttcp", RegistryIssue::bad_name, 1},
      {"a\x7F\t1", RegistryIssue::bad_name, 1},
      {" a\t1", RegistryIssue::bad_name, 1},
      {std::string(256, 'a') + "\t1", RegistryIssue::bad_name, 1},
      {"a\t65536", RegistryIssue::bad_port, 3},
      {"a\t7-7", RegistryIssue::not_canonical, 3},
      {"a\t8-7", RegistryIssue::bad_port, 3},
      {"a\t1\tsmtp", RegistryIssue::bad_transport, 5},
      {"a\t1\ttcp,", RegistryIssue::bad_transport, 5},
      {"a\t1\ttcp,tcp", RegistryIssue::bad_transport, 5},
      {"a\t1\ttcp\tx\xFF", RegistryIssue::bad_text, 9},
      {"a\t1\ttcp\tx ", RegistryIssue::bad_text, 9},
      {"a\t1\ttcp\tx\r", RegistryIssue::bad_text, 9},
      {"a\t1\ttcp\tjoe@example.com", RegistryIssue::address_left_out, 9},
      {"a\t1\ttcp\tx\t\t\t2001", RegistryIssue::bad_date, 13},
      {"a\t1\ttcp\tx\t\t\t\t2001-00", RegistryIssue::bad_date, 14},
      {"a\t1\ttcp\tx\t\t\t\t\t\tlost", RegistryIssue::bad_status, 16},
      {"a\t1\ttcp\tx\t\t\t\t\t\tassigned", RegistryIssue::not_canonical, 16},
      {"\t1\ttcp\t\t\t\t\t\t\tunassigned", RegistryIssue::not_canonical, 14},
      {"a\t1\ttcp\tx\t\t\t\t\t\t\tb\x01", RegistryIssue::bad_name, 17},
      {"a\t1\ttcp\tx\t\t\t\t\t\t\t\tno", RegistryIssue::bad_unauthorized, 18},
      {"a\t1\ttcp\tx\t\t\t\t\t\t\t\t\t0", RegistryIssue::bad_service_code, 19},
      {"a\t1\ttcp\tx\t\t\t\t\t\t\t\t\t1\tnone\t", RegistryIssue::field_count, 26},
      {"a\t1\ttcp\tx\ta@b.example", RegistryIssue::address_left_out, 11},
      {"a\t1\ttcp\tx\t\t[B]\x01", RegistryIssue::bad_text, 12},
      {"a\t1\ttcp\tx\t\t\t\t\t\t\t\t\t\tsome keys", RegistryIssue::bad_txt_keys, 20},
      {"a\t1\ttcp\t", RegistryIssue::not_canonical, 8},
      {"", RegistryIssue::bad_name, 1},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.line) {
      const auto table = read_registry_tsv(head + "z\t9\n" + row.line + '\n');
      BOOST_TEST_REQUIRE(!table.has_value());
      BOOST_TEST(table.error().issue == row.issue);
      BOOST_TEST(table.error().at.line == 5u);
      BOOST_TEST(table.error().at.column == row.column);
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_other_heads_and_ends) {
  const auto issue = [](const std::string& text) { return read_registry_tsv(text).error().issue; };
  BOOST_TEST(issue("") == RegistryIssue::truncated);
  BOOST_TEST(issue("name\n") == RegistryIssue::unknown_format);
  BOOST_TEST(issue("# srvwarden registry table, version 1\n") == RegistryIssue::bad_version);
  BOOST_TEST(issue("# srvwarden registry table, version 2\n# edition: soon\n") ==
             RegistryIssue::bad_edition);
  BOOST_TEST(issue("# srvwarden registry table, version 2\n# edition: \n") ==
             RegistryIssue::bad_edition);
  BOOST_TEST(issue(head.substr(0, head.size() - 1)) == RegistryIssue::truncated);
  BOOST_TEST(issue(head.substr(0, head.rfind('\t')) + '\n') == RegistryIssue::bad_header);
  const std::string counted =
      "# srvwarden registry table, version 2\n# edition: 2026-08-17\n# rows: ";
  const std::string names = head.substr(head.find("name\t"));
  BOOST_TEST(issue(counted + "3\n" + names + "a\t1\ttcp,udp\n") == RegistryIssue::truncated);
  BOOST_TEST(read_registry_tsv(counted + "2\n" + names + "a\t1\ttcp,udp\n").has_value());
  BOOST_TEST(issue(counted + "many\n" + names) == RegistryIssue::not_canonical);
  BOOST_TEST(issue(head + "a\t1") == RegistryIssue::truncated);
  BOOST_TEST(issue(head + "a\t1\ttcp\na\t1\tudp\n") == RegistryIssue::not_canonical);
  BOOST_TEST(read_registry_tsv(head + "a\t1\ttcp\na\t1\ttcp\n").has_value());
  BOOST_TEST(read_registry_tsv(head + "a\t1\na\t1\n").has_value());
  BOOST_TEST(read_registry_tsv(head).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
