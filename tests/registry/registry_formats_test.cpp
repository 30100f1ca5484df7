// Every form of an edition says the same; and what the excerpts that are beside the project say.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "registry/csv_text.hpp"
#include "registry/formats/formats.hpp"
#include "registry/shared_files.hpp"
#include "srvwarden/ascii.hpp"

using namespace srvwarden;
using registry_tests::edition_file;
using registry_tests::shared_file;

namespace {

/// Runs of white space as one space.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || ascii::is_control(c);
    if (!space) out += c;
    if (space && !out.empty() && out.back() != ' ') out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

struct Form {
  RegistryImport import;
  std::vector<std::string> notes;   ///< of each row read
  std::vector<std::size_t> starts;  ///< the offset at which each row read begins
};

std::optional<Form> read(std::optional<std::string> text) {
  if (!text) return {};
  Form form;
  registry::ImportSettings settings;
  settings.see_row = [&](const registry::SourceRow& row) {
    form.notes.push_back(folded(row[registry::notes].text));
    std::size_t start = row[0].at;
    for (const auto& cell : row) start = std::min(start, cell.at);
    form.starts.push_back(start);
  };
  auto import = registry::read_any_format(std::move(*text), settings);
  BOOST_TEST_REQUIRE(import.has_value());
  form.import = std::move(import).value();
  return form;
}

/// Rows of which something is told to be unclear.
std::set<std::size_t> unclear_rows(const Form& form) {
  std::set<std::size_t> rows;
  for (const RegistryProblem& problem : form.import.problems) {
    if (problem.issue != RegistryIssue::unclear_cells) continue;
    const auto after = std::upper_bound(form.starts.begin(), form.starts.end(), problem.at.offset);
    rows.insert(static_cast<std::size_t>(after - form.starts.begin()) - 1);
  }
  return rows;
}

std::size_t count(const RegistryImport& import, RegistryIssue issue) {
  return static_cast<std::size_t>(
      std::count_if(import.problems.begin(), import.problems.end(),
                    [&](const RegistryProblem& problem) { return problem.issue == issue; }));
}

std::size_t count(const RegistryImport& import, RegistryStatus status) {
  const auto records = import.table.records();
  return static_cast<std::size_t>(
      std::count_if(records.begin(), records.end(),
                    [&](const RegistryRecord& record) { return record.status == status; }));
}

/// Whether two rows say the same, each field of them.
void check_record(const RegistryRecord& a, const RegistryRecord& b) {
  BOOST_TEST(a.name == b.name);
  BOOST_TEST((a.ports == b.ports));
  BOOST_TEST((a.transport == b.transport));
  BOOST_TEST(a.status == b.status);
  BOOST_TEST(folded(a.title) == folded(b.title));
  BOOST_TEST(a.replacement == b.replacement);
  BOOST_TEST(a.assignee == b.assignee);
  BOOST_TEST(a.contact == b.contact);
  // A form that has lost the notes' line breaks may be unsure of the keys, but never wrong.
  if (b.txt_keys != "prose") BOOST_TEST(a.txt_keys == b.txt_keys);
  BOOST_TEST((a.registered == b.registered));
  BOOST_TEST((a.modified == b.modified));
  BOOST_TEST(a.references == b.references);
  BOOST_TEST(a.service_code == b.service_code);
  BOOST_TEST(a.unauthorized_use == b.unauthorized_use);
  BOOST_TEST((a.unauthorized_ports == b.unauthorized_ports));
}

/// Compares an edition's form with its CSV; rows of which the form says that they are unclear may
/// have other titles, notes and uses.
void compare(const Form& csv, const Form& other) {
  const auto expected = csv.import.table.records();
  const auto records = other.import.table.records();
  BOOST_TEST_REQUIRE(records.size() == expected.size());
  BOOST_TEST_REQUIRE(other.notes.size() == expected.size());
  const std::set<std::size_t> unclear = unclear_rows(other);
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i] == expected[i] && other.notes[i] == csv.notes[i]) continue;
    BOOST_TEST_CONTEXT(expected[i].name << ' ' << expected[i].ports.first) {
      RegistryRecord known = records[i];
      if (unclear.contains(i)) {
        known.title = expected[i].title;
        known.unauthorized_use = expected[i].unauthorized_use;
        known.unauthorized_ports = expected[i].unauthorized_ports;
      } else {
        BOOST_TEST(other.notes[i] == csv.notes[i]);
      }
      // Without its line breaks, a note may define no more than some prose; never other keys.
      const bool lost = !other.import.losses.empty() && known.txt_keys == "prose";
      if (lost || unclear.contains(i)) known.txt_keys = expected[i].txt_keys;
      check_record(known, expected[i]);
    }
  }
}

/// The one record that a question is about.
RegistryRecord only(const RegistryImport& import, std::string_view name, std::uint16_t port,
                    RegistryTransport transport = RegistryTransport::none) {
  std::vector<RegistryRecord> found;
  for (const RegistryRecord& record : import.table.records()) {
    const bool same_port = port == 0 ? !record.ports.present : record.ports.contains(port);
    if (same_port && record.transport == transport && (name.empty() || record.name == name)) {
      found.push_back(record);
    }
  }
  BOOST_TEST_REQUIRE(found.size() == 1u);
  return found.front();
}

std::optional<RegistryImport> excerpt(const std::string& name) {
  auto text = shared_file("seeds/" + name);
  if (!text) return {};
  auto import = read_registry(std::move(*text));
  BOOST_TEST_REQUIRE(import.has_value());
  BOOST_TEST(import->rows_rejected == 0u);
  // Nothing is left open but whether a date alone is the first or the last.
  for (const RegistryProblem& problem : import->problems) {
    BOOST_TEST(problem.issue == RegistryIssue::unclear_cells);
    BOOST_TEST(find_date(problem.detail).has_value());
    BOOST_TEST(problem.detail.size() <= 10u);
  }
  return std::move(import).value();
}

constexpr auto tcp = RegistryTransport::tcp;
constexpr auto udp = RegistryTransport::udp;

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_formats)

BOOST_AUTO_TEST_CASE(every_form_of_2026_08_17_says_the_same) {
  const auto csv = read(edition_file("2026-08-17", "csv"));
  if (!csv) return;
  for (const std::string name : {"xml", "xhtml", "txt"}) {
    const auto form = read(edition_file("2026-08-17", name));
    if (!form) continue;
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(form->import.format == (name == "txt" ? "text" : name));
      BOOST_TEST((form->import.table.edition() == RegistryDate{2026, 8, 17}));
      BOOST_TEST(form->import.rows_read == 14533u);
      BOOST_TEST(form->import.rows_rejected == 0u);
      BOOST_TEST(form->import.contacts_read == 5615u);
      BOOST_TEST(count(form->import, RegistryIssue::name_syntax) == 1u);
      BOOST_TEST(count(form->import, RegistryIssue::duplicate_row) == 1u);
      BOOST_TEST(count(form->import, RegistryIssue::address_left_out) == 2u);
      BOOST_TEST(count(form->import, RegistryIssue::prose_left_out) == 1u);
      const std::size_t unclear = count(form->import, RegistryIssue::unclear_cells);
      BOOST_TEST(unclear == (name == "txt" ? 267u : 0u));
      BOOST_TEST(form->import.problems.size() == 5u + unclear);
      compare(*csv, *form);
      BOOST_TEST(count(form->import, RegistryStatus::historic_alias) == 184u);
      BOOST_TEST(count(form->import, RegistryStatus::duplicate) == 4u);
      BOOST_TEST(count(form->import, RegistryStatus::not_a_service) == 4u);
      const auto records = form->import.table.records();
      BOOST_TEST(std::count_if(records.begin(), records.end(),
                               [](const RegistryRecord& r) { return r.unauthorized_use; }) == 112);
      const auto noted =
          std::count_if(form->notes.begin(), form->notes.end(), [](const std::string& note) {
            return note.find("TXT") != note.npos || note.find("txt") != note.npos;
          });
      BOOST_TEST(noted == 1025);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_xml_of_2026_04_24_says_what_its_csv_says) {
  const auto csv = read(edition_file("2026-04-24", "csv"));
  const auto xml = read(edition_file("2026-04-24", "xml"));
  if (!csv || !xml) return;
  BOOST_TEST((xml->import.table.edition() == RegistryDate{2026, 4, 24}));
  BOOST_TEST(xml->import.contacts_read == 5598u);
  compare(*csv, *xml);
}

BOOST_AUTO_TEST_CASE(another_registry_is_refused) {
  auto text = shared_file("registry/dns-parameters-2026-08-20.xml");
  if (!text) return;
  const auto import = read_registry(std::move(*text));
  BOOST_TEST_REQUIRE(!import.has_value());
  BOOST_TEST(import.error().issue == RegistryIssue::bad_header);
  BOOST_TEST(import.error().detail == "dns-parameters");
}

BOOST_AUTO_TEST_CASE(ports_7787_to_8033_as_a_page) {
  const auto import = excerpt("000_101a202205fdc47d.txt");
  if (!import) return;
  BOOST_TEST(import->format == "page");
  BOOST_TEST((import->table.edition() == RegistryDate{2025, 9, 29}));
  BOOST_TEST(import->rows_kept == 101u);
  BOOST_TEST(count(*import, RegistryStatus::assigned) == 72u);
  BOOST_TEST(count(*import, RegistryStatus::reserved) == 15u);
  BOOST_TEST(count(*import, RegistryStatus::unassigned) == 14u);
  BOOST_TEST(import->contacts_read == 51u);
  BOOST_TEST(import->problems.size() == 54u);
  BOOST_TEST(only(*import, "", 7787, udp).name == "popup-reminders");
  BOOST_TEST(only(*import, "", 7788).status == RegistryStatus::unassigned);
  BOOST_TEST(only(*import, "", 7788).unauthorized_use);
  BOOST_TEST(only(*import, "", 7998, tcp).status == RegistryStatus::reserved);
  BOOST_TEST(only(*import, "", 7998, udp).name == "usicontentpush");
  // Nobody is named who uses 8010, of which no transport is stated.
  BOOST_TEST(only(*import, "", 8010).unauthorized_use);
  BOOST_TEST(only(*import, "", 8010).status == RegistryStatus::reserved);
  BOOST_TEST((only(*import, "", 8010).modified == RegistryDate{2018, 1, 9}));
  BOOST_TEST(only(*import, "asr", 7800, tcp).assignee == "[Jim_Kateley][Shantonu_Sen]");
  BOOST_TEST(only(*import, "mipv6tls", 7872, udp).references == "[RFC6618]");
  BOOST_TEST(only(*import, "csoauth", 7847, tcp).contact == "[Jacob_Kiesel]");
  BOOST_TEST((only(*import, "", 7850).ports == PortRange{7848, 7868, true}));
  BOOST_TEST(only(*import, "apc-7845", 7845, udp).title == "APC 7845");
  BOOST_TEST(only(*import, "pro-ed", 8032, tcp).contact == "");
}

BOOST_AUTO_TEST_CASE(a_search_for_661_as_markdown) {
  const auto import = excerpt("001_3b0d5d228a5945ea.txt");
  if (!import) return;
  BOOST_TEST(import->format == "markdown");
  BOOST_TEST((import->table.edition() == RegistryDate{2025, 10, 30}));
  BOOST_TEST(import->rows_kept == 19u);
  BOOST_TEST(count(*import, RegistryStatus::assigned) == 15u);
  BOOST_TEST(count(*import, RegistryStatus::reserved) == 1u);
  BOOST_TEST(count(*import, RegistryStatus::unassigned) == 3u);
  BOOST_TEST(import->contacts_read == 8u);
  BOOST_TEST(import->problems.size() == 7u);
  BOOST_TEST(only(*import, "", 661, tcp).name == "hap");
  BOOST_TEST(only(*import, "radsec", 2083, tcp).references == "[RFC6614]");
  BOOST_TEST((only(*import, "radsec", 2083, tcp).registered == RegistryDate{2005, 5, 0}));
  BOOST_TEST(only(*import, "radsec", 2083, tcp).contact == "[IETF_Chair]");
  BOOST_TEST((only(*import, "", 15700).ports == PortRange{15661, 15739, true}));
  BOOST_TEST(only(*import, "", 6610).status == RegistryStatus::unassigned);
  BOOST_TEST(only(*import, "", 16619, udp).status == RegistryStatus::reserved);
  BOOST_TEST(only(*import, "xoms", 16619, tcp).assignee == "[Francis_GASCHET]");
  BOOST_TEST((only(*import, "xoms", 16619, tcp).registered == RegistryDate{2008, 9, 8}));
  BOOST_TEST(only(*import, "odette-ftps", 6619, udp).references == "[RFC5024]");
  BOOST_TEST(only(*import, "netview-aix-1", 1661, tcp).assignee == "");
}

BOOST_AUTO_TEST_CASE(names_without_ports_as_a_page) {
  const auto import = excerpt("002_46e2ebe15bf0dcfa.txt");
  if (!import) return;
  BOOST_TEST(import->format == "page");
  BOOST_TEST((import->table.edition() == RegistryDate{2025, 8, 15}));
  BOOST_TEST(import->rows_kept == 32u);
  BOOST_TEST(count(*import, RegistryStatus::assigned) == 32u);
  BOOST_TEST(import->contacts_read == 37u);
  BOOST_TEST(import->problems.size() == 17u);
  BOOST_TEST(only(*import, "z-wave", 0, udp).txt_keys == "closed NIF EP LM");
  BOOST_TEST(only(*import, "ptp-req", 0).txt_keys == "closed txtvers guid c#");
  BOOST_TEST(only(*import, "ptp-req", 0).title == "PTP Initiation Request Protocol");
  BOOST_TEST(only(*import, "see", 0).title == "SubEthaEdit 2");
  BOOST_TEST(only(*import, "slpda", 0, tcp).references == "[RFC3832]");
  BOOST_TEST(only(*import, "slpda", 0, tcp).assignee == "");
  BOOST_TEST(only(*import, "scpi-raw", 0).title == "IEEE 488.2 (SCPI) Socket");
  BOOST_TEST(only(*import, "soda", 0, tcp).assignee == "[Smith_Micro_Software_Inc]");
  BOOST_TEST(only(*import, "sztp", 0, tcp).references == "[RFC8572]");
  BOOST_TEST((only(*import, "sztp", 0, tcp).registered == RegistryDate{2019, 1, 17}));
  BOOST_TEST(only(*import, "z-wave", 0, udp).contact == "[Anders_Brandt_2]");
  BOOST_TEST(only(*import, "todogwa", 0).title == "2Do Sync Helper Tool for Mac OS X and PCs");
  BOOST_TEST(only(*import, "syncqdea", 0).title == "Synchronize! X Plus 2.0");
}

BOOST_AUTO_TEST_CASE(ports_6071_to_6401_as_markdown) {
  const auto import = excerpt("003_55200195d673dac1.txt");
  if (!import) return;
  BOOST_TEST(import->format == "markdown");
  BOOST_TEST(import->rows_kept == 101u);
  BOOST_TEST(count(*import, RegistryStatus::assigned) == 76u);
  BOOST_TEST(count(*import, RegistryStatus::historic_alias) == 2u);
  BOOST_TEST(count(*import, RegistryStatus::reserved) == 11u);
  BOOST_TEST(count(*import, RegistryStatus::unassigned) == 12u);
  BOOST_TEST(import->contacts_read == 0u);
  BOOST_TEST(import->problems.size() == 42u);
  BOOST_TEST(only(*import, "bmc_ctd_ldap", 6301, udp).replacement == "bmc-ctd-ldap");
  BOOST_TEST(only(*import, "bmc-ctd-ldap", 6301, tcp).title == "BMC CONTROL-D LDAP SERVER");
  BOOST_TEST(only(*import, "bmc-ctd-ldap", 6301, tcp).contact == "[Portnoy_Boxman_2]");
  BOOST_TEST((only(*import, "bmc-ctd-ldap", 6301, tcp).registered == RegistryDate{2006, 9, 0}));
  BOOST_TEST(only(*import, "", 6080, tcp).status == RegistryStatus::reserved);
  BOOST_TEST(only(*import, "gue", 6080, udp).references == "[draft-herbert-gue-02]");
  BOOST_TEST((only(*import, "geneve", 6081, udp).modified == RegistryDate{2020, 5, 4}));
  BOOST_TEST(only(*import, "lm-x", 6200, tcp).unauthorized_use);
  BOOST_TEST(only(*import, "boe-cms", 6400).title == "Business Objects CMS contact port");
  BOOST_TEST((only(*import, "", 6250).ports == PortRange{6245, 6250, true}));
  BOOST_TEST(only(*import, "etc-control", 6107, udp).contact == "[ETC_IANA_Registration]");
}

BOOST_AUTO_TEST_CASE(ports_1437_to_1484_as_a_page) {
  const auto import = excerpt("004_f4fd08e5da91bdb5.txt");
  if (!import) return;
  BOOST_TEST(import->format == "page");
  BOOST_TEST(import->rows_kept == 101u);
  BOOST_TEST(count(*import, RegistryStatus::assigned) == 95u);
  BOOST_TEST(count(*import, RegistryStatus::historic_alias) == 6u);
  BOOST_TEST(import->contacts_read == 38u);
  BOOST_TEST(import->problems.empty());
  BOOST_TEST(only(*import, "", 1437, udp).name == "tabula");
  BOOST_TEST(only(*import, "eicon-x25", 1439, tcp).title == "Eicon X25/SNA Gateway");
  BOOST_TEST(only(*import, "eicon-x25", 1439, tcp).contact == "");
  BOOST_TEST(only(*import, "interhdl_elmd", 1454, tcp).replacement == "interhdl-elmd");
  BOOST_TEST(only(*import, "interhdl-elmd", 1454, tcp).title == "interHDL License Manager");
  BOOST_TEST(only(*import, "interhdl-elmd", 1454, udp).assignee == "[Eli_Sternheim]");
  BOOST_TEST(only(*import, "ibm_wrless_lan", 1461, udp).status == RegistryStatus::historic_alias);
  BOOST_TEST(only(*import, "nrcabq-lm", 1458, udp).title == "Nichols Research Corp.");
  BOOST_TEST(only(*import, "dca", 1456, tcp).contact == "[Jeff_Garbers_2]");
  BOOST_TEST(only(*import, "ibm-wrless-lan", 1461, tcp).contact == "[flanne]");
  BOOST_TEST(only(*import, "confluent", 1484, udp).assignee == "[James_Greenfiel]");
}

BOOST_AUTO_TEST_SUITE_END()
