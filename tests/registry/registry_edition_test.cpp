// Whole editions of IANA's CSV, where they are beside the project: facts that were counted in them.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "registry/service_name_syntax.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/registry_diff.hpp"
#include "srvwarden/registry_service.hpp"
#include "srvwarden/registry_table.hpp"

using namespace srvwarden;

namespace {

/// The import of an edition, or nothing (said so) where its file is not there.
std::optional<RegistryImport> import_edition(const std::string& date) {
  const std::string path = std::string(SRVWARDEN_SOURCE_DIR) +
                           "/../shared/registry/service-names-port-numbers-" + date + ".csv";
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    BOOST_TEST_MESSAGE("skipped: there is no " << path);
    return {};
  }
  auto import = read_registry({std::istreambuf_iterator<char>(file), {}}, find_date(path));
  BOOST_TEST_REQUIRE(import.has_value());
  return std::move(import).value();
}

std::string folded(std::string_view name) {
  std::string text(name);
  std::transform(text.begin(), text.end(), text.begin(), ascii::fold);
  return text;
}

template <class Condition>
std::ptrdiff_t count(const RegistryTable& table, Condition condition) {
  return std::count_if(table.records().begin(), table.records().end(), condition);
}

std::set<std::string> names_of(const RegistryTable& table) {
  std::set<std::string> names;
  for (const RegistryRecord& record : table.records()) {
    if (!record.name.empty()) names.insert(folded(record.name));
  }
  return names;
}

std::ptrdiff_t issues(const RegistryImport& import, RegistryIssue issue) {
  return std::count_if(import.problems.begin(), import.problems.end(),
                       [&](const RegistryProblem& problem) { return problem.issue == issue; });
}

using Record = RegistryRecord;

void check_rows(const RegistryTable& table) {
  BOOST_TEST(table.records().size() == 14533u);
  const auto of = [&](RegistryTransport transport) {
    return count(table, [&](const Record& r) { return r.transport == transport; });
  };
  BOOST_TEST(of(RegistryTransport::tcp) == 6606);
  BOOST_TEST(of(RegistryTransport::udp) == 6356);
  BOOST_TEST(of(RegistryTransport::none) == 1467);
  BOOST_TEST(of(RegistryTransport::sctp) == 93);
  BOOST_TEST(of(RegistryTransport::dccp) == 11);
  BOOST_TEST(count(table, [](const Record& r) { return !r.name.empty() && !r.ports.present; }) ==
             1070);
  const auto one = [](const Record& r) { return r.ports.present && r.ports.first == r.ports.last; };
  const auto range = [](const Record& r) { return r.ports.first != r.ports.last; };
  // Six rows without a name state a range of one port.
  BOOST_TEST(count(table, [&](const Record& r) { return !r.name.empty() && one(r); }) == 11731);
  BOOST_TEST(count(table, [&](const Record& r) { return !r.name.empty() && range(r); }) == 8);
  BOOST_TEST(count(table, [&](const Record& r) { return r.name.empty() && one(r); }) == 966 + 6);
  BOOST_TEST(count(table, [&](const Record& r) { return r.name.empty() && range(r); }) == 758 - 6);
}

void check_statuses(const RegistryTable& table) {
  const auto of = [&](RegistryStatus status, bool plain) {
    return count(table, [&](const Record& r) {
      return r.name.empty() && r.status == status && r.title.empty() == plain;
    });
  };
  BOOST_TEST(of(RegistryStatus::unassigned, true) == 883 + 3);
  BOOST_TEST(of(RegistryStatus::unassigned, false) == 3);  // "Unassigned [was netstat]", ...
  BOOST_TEST(of(RegistryStatus::reserved, true) == 808);
  BOOST_TEST(of(RegistryStatus::reserved, false) == 1);  // "Reserved - IANA"
  BOOST_TEST(count(table, [](const Record& r) { return r.status == RegistryStatus::local_use; }) ==
             14);
  BOOST_TEST(count(table, [](const Record& r) {
               return r.status == RegistryStatus::historic_alias;
             }) == 184);
  BOOST_TEST(count(table, [](const Record& r) { return r.status == RegistryStatus::duplicate; }) ==
             4);
  BOOST_TEST(
      count(table, [](const Record& r) { return r.status == RegistryStatus::not_a_service; }) == 4);
  BOOST_TEST(count(table, [](const Record& r) { return r.unauthorized_use; }) == 112);
  BOOST_TEST(count(table, [](const Record& r) { return r.service_code != 0; }) == 4);
  // 410 rows; two have nothing but a person's address there.
  BOOST_TEST(count(table, [](const Record& r) { return !r.references.empty(); }) == 410 - 2);
}

void check_names(const RegistryTable& table) {
  const auto names = names_of(table);
  BOOST_TEST(names.size() == 7327u);
  BOOST_TEST(std::count_if(names.begin(), names.end(),
                           [](const auto& name) { return name.size() == 15; }) == 114);
  std::set<std::string_view> as_registered, invalid, aliases;
  std::map<std::string_view, std::set<std::uint16_t>> ports;
  for (const Record& record : table.records()) {
    if (record.name.empty()) continue;
    as_registered.insert(record.name);
    if (record.ports.present) ports[record.name].insert(record.ports.first);
    if (!registry::is_service_name(record.name)) invalid.insert(record.name);
    if (record.status == RegistryStatus::historic_alias) {
      aliases.insert(record.name);
      BOOST_TEST(names.contains(folded(record.replacement)));
    }
  }
  BOOST_TEST(as_registered.size() == names.size());
  BOOST_TEST(std::count_if(as_registered.begin(), as_registered.end(), [](auto name) {
               return std::any_of(name.begin(), name.end(), ascii::is_upper);
             }) == 39);
  BOOST_TEST(invalid.size() == 97u);
  BOOST_TEST(aliases.size() == 96u);
  BOOST_TEST(!aliases.contains("edi_service"));
  BOOST_TEST(count(table, [](const Record& r) {
               return !r.name.empty() && !registry::is_service_name(r.name);
             }) == 185);
  BOOST_TEST(std::count_if(ports.begin(), ports.end(),
                           [](const auto& row) { return row.second.size() > 1; }) == 34);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_edition)

BOOST_AUTO_TEST_CASE(has_the_counted_facts_of_2026_08_17) {
  const auto import = import_edition("2026-08-17");
  if (!import) return;
  BOOST_TEST(import->rows_read == 14533u);
  BOOST_TEST(import->rows_rejected == 0u);
  BOOST_TEST(issues(*import, RegistryIssue::name_syntax) == 1);    // edi_service
  BOOST_TEST(issues(*import, RegistryIssue::duplicate_row) == 1);  // rdp
  BOOST_TEST(issues(*import, RegistryIssue::address_left_out) == 2);
  BOOST_TEST(issues(*import, RegistryIssue::prose_left_out) == 1);
  BOOST_TEST(import->problems.size() == 5u);
  check_rows(import->table);
  check_statuses(import->table);
  check_names(import->table);
}

BOOST_AUTO_TEST_CASE(other_editions_differ_as_counted) {
  const auto now = import_edition("2026-08-17");
  const auto before = import_edition("2026-04-24");
  const auto old = import_edition("2018-02-12");
  if (!now || !before || !old) return;
  const auto difference = [](const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::count_if(a.begin(), a.end(), [&](const auto& name) { return !b.contains(name); });
  };
  const auto names = names_of(now->table);
  BOOST_TEST(difference(names, names_of(before->table)) == 14);
  BOOST_TEST(difference(names_of(before->table), names) == 0);
  BOOST_TEST(difference(names, names_of(old->table)) == 278);
  BOOST_TEST(difference(names_of(old->table), names) == 25);
  const Registry latest(now->table);
  const Registry first(old->table);
  const RegistryDiff diff = compare(first, latest);
  BOOST_TEST(diff.added.size() == 278u);
  BOOST_TEST(diff.removed.size() == 25u);
  BOOST_TEST(services_of(latest).size() == 7327u);
  BOOST_TEST(compare(latest, latest).empty());
}

BOOST_AUTO_TEST_CASE(the_table_of_the_project_is_the_edition) {
  const auto import = import_edition("2026-08-17");
  if (!import) return;
  std::ifstream file(SRVWARDEN_SOURCE_DIR "/data/registry.tsv", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  BOOST_TEST((write_registry_tsv(import->table) == text));
}

BOOST_AUTO_TEST_SUITE_END()
