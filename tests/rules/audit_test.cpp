// Tests of the auditor: packets in, instances and findings by object out.
// SPDX-License-Identifier: Apache-2.0
#include "rules/audit.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "census/announcement.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;
using namespace srvwarden::rules;
using namespace std::chrono_literals;
using test::Announcement;
using wire::Type;

namespace {

using Ids = std::set<std::string>;

Announcement whole() {
  Announcement announcement;
  announcement.ptr("_http._tcp.local", "Foo._http._tcp.local")
      .srv("Foo._http._tcp.local", "h.local", "0050")
      .txt("Foo._http._tcp.local", "06'path=/'")
      .a("h.local", "0A4D0001");
  return announcement;
}

/// The ids of the findings about an object; of instances first.
Ids ids(const AuditResult& result, std::string_view name) {
  Ids ids;
  const auto add = [&](const AuditObject& object) {
    if (object.name != name) return;
    for (const AuditFinding& finding : object.findings) ids.emplace(finding.finding.rule->id);
  };
  for (const AuditedInstance& instance : result.instances) add(instance.object);
  for (const AuditObject& other : result.others) add(other);
  return ids;
}

AuditResult audit(const std::vector<Announcement>& announcements, wire::Time end = {}) {
  Auditor auditor({.registry = &Registry::builtin()});
  for (const Announcement& announcement : announcements) auditor.add(announcement.packet());
  return auditor.result(end);
}

/// Three questions a second apart, the first at one second.
std::vector<Announcement> asked(std::vector<Announcement> announcements, std::string_view name,
                                Type type) {
  for (const auto time : {1s, 2s, 3s}) {
    announcements.push_back(Announcement(0).ask(name, type).at(time));
  }
  return announcements;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(audit_of_packets)

BOOST_AUTO_TEST_CASE(describes_an_instance) {
  const AuditResult result = audit({whole()});
  BOOST_TEST_REQUIRE(result.instances.size() == 1u);
  const AuditedInstance& foo = result.instances[0];
  BOOST_TEST(foo.object.name == "Foo._http._tcp.local.");
  BOOST_TEST(foo.label == "Foo");
  BOOST_TEST(foo.type == "_http._tcp");
  BOOST_TEST(foo.title == "World Wide Web HTTP");
  BOOST_TEST(foo.domain == "local.");
  BOOST_TEST_REQUIRE(foo.services.size() == 1u);
  BOOST_TEST(foo.services[0].host == "h.local.");
  BOOST_TEST(foo.services[0].fields.port == 80u);
  BOOST_TEST(foo.addresses == std::vector<std::string>{"10.77.0.1"});
  BOOST_TEST(foo.txt == std::vector<std::string>{"path=/"});
  BOOST_TEST(foo.interfaces == std::vector<std::string>{"eth0"});
  BOOST_TEST(foo.sources == std::vector<std::string>{"10.77.0.1"});
  BOOST_TEST(!foo.gone);
  BOOST_TEST(foo.object.findings.empty());
  BOOST_TEST(!result.worst());
}

BOOST_AUTO_TEST_CASE(gives_findings_to_their_objects) {
  const AuditResult result = audit({Announcement(0x8500)
                                        .ptr("_foo_bar._tcp.local", "A._foo_bar._tcp.local", 60)
                                        .srv("A._foo_bar._tcp.local", "my_host.local", "0050", 99)
                                        .txt("A._foo_bar._tcp.local", "02'=x'")
                                        .a("my_host.local", "7F000001")});
  BOOST_TEST(ids(result, "A._foo_bar._tcp.local.") == (Ids{"SN003", "RG001", "MD040", "TX010"}),
             boost::test_tools::per_element());
  BOOST_TEST(ids(result, "_foo_bar._tcp.local.") == (Ids{"MD041"}),
             boost::test_tools::per_element());
  BOOST_TEST(ids(result, "my_host.local.") == (Ids{"HN003", "SC007"}),
             boost::test_tools::per_element());
  BOOST_TEST(ids(result, "10.77.0.1") == (Ids{"MD016"}), boost::test_tools::per_element());
  BOOST_TEST((result.worst() == Severity::error));
}

BOOST_AUTO_TEST_CASE(counts_sightings_of_a_finding_with_evidence) {
  Auditor auditor({});
  for (std::uint64_t i = 1; i <= 3; ++i) {
    const Announcement bad = Announcement(0x8500).at(std::chrono::seconds(i)).number(i * 10);
    auditor.add(bad.packet());
  }
  const AuditResult result = auditor.result();
  BOOST_TEST_REQUIRE(result.others.size() == 1u);
  BOOST_TEST((result.others[0].kind == ObjectKind::sender));
  const AuditFinding& finding = result.others[0].findings.at(0);
  BOOST_TEST(finding.finding.rule->id == "MD016");
  BOOST_TEST(finding.count == 3u);
  BOOST_TEST(finding.first.sighting.packet == 10u);
  BOOST_TEST(finding.last.sighting.packet == 30u);
  BOOST_TEST(finding.first.where == "eth0");
}

BOOST_AUTO_TEST_CASE(malformed_packets_are_findings) {
  Auditor auditor({});
  const auto garbage = test::octets("0000 8400 0000 0001 0000");
  wire::Packet packet = Announcement().packet();
  packet.payload = garbage;
  auditor.add(packet);
  const Announcement bad = Announcement()
                               .txt("B._http._tcp.local", "")
                               .txt("C._http._tcp.local", "05'a'")
                               .add("D._http._tcp.local", Type::srv, 0x8001, 120, "0000");
  auditor.add(bad.packet());
  const AuditResult result = auditor.result();
  BOOST_TEST(ids(result, "10.77.0.1").contains("MD094"));
  BOOST_TEST(ids(result, "B._http._tcp.local.").contains("TX001"));
  BOOST_TEST(ids(result, "C._http._tcp.local.").contains("TX002"));
  BOOST_TEST(ids(result, "D._http._tcp.local.").contains("SR001"));
}

// What is absent is a fault only where it was asked for in vain, or denied.
BOOST_AUTO_TEST_CASE(absence_must_be_known) {
  const std::string foo = "Foo._http._tcp.local";
  const std::string name = foo + ".";
  const Announcement no_txt = Announcement()
                                  .ptr("_http._tcp.local", foo)
                                  .srv(foo, "h.local", "0050")
                                  .a("h.local", "0A4D0001");
  BOOST_TEST(!ids(audit({no_txt}), name).contains("TX025"));
  BOOST_TEST(
      !ids(audit(asked({no_txt}, foo, Type::txt), wire::Time(3999ms)), name).contains("TX025"));
  BOOST_TEST(ids(audit(asked({no_txt}, foo, Type::txt), wire::Time(4s)), name).contains("TX025"));
  BOOST_TEST(ids(audit(asked({no_txt}, foo, Type::any), wire::Time(4s)), name).contains("TX025"));
  const Announcement denied =
      Announcement().add(foo, Type::nsec, 0x8001, 120, "", foo, "00050000000040");
  BOOST_TEST(ids(audit({no_txt, denied}), name).contains("TX025"));

  const Announcement only_ptr = Announcement().ptr("_http._tcp.local", foo);
  BOOST_TEST(!ids(audit({only_ptr}), name).contains("PT010"));
  BOOST_TEST(ids(audit(asked({only_ptr}, foo, Type::srv), wire::Time(4s)), name).contains("PT010"));
  const Announcement device =
      Announcement().ptr("_device-info._tcp.local", "Foo._device-info._tcp.local");
  BOOST_TEST(!ids(audit(asked({device}, "Foo._device-info._tcp.local", Type::srv), wire::Time(4s)),
                  "Foo._device-info._tcp.local.")
                  .contains("PT010"));

  const Announcement no_address =
      Announcement().ptr("_http._tcp.local", foo).srv(foo, "h.local", "0050").txt(foo);
  BOOST_TEST(
      !ids(audit(asked({no_address}, "h.local", Type::a), wire::Time(4s)), name).contains("SR003"));
  BOOST_TEST(ids(audit(asked(asked({no_address}, "h.local", Type::a), "h.local", Type::aaaa),
                       wire::Time(4s)),
                 name)
                 .contains("SR003"));

  const Announcement subtype = Announcement().ptr("_p._sub._http._tcp.local", foo);
  BOOST_TEST(!ids(audit({subtype}), name).contains("PT005"));
  BOOST_TEST(ids(audit(asked({subtype}, "_http._tcp.local", Type::ptr), wire::Time(4s)), name)
                 .contains("PT005"));
}

BOOST_AUTO_TEST_CASE(sets_of_records) {
  const std::string foo = "Foo._http._tcp.local";
  const std::string printer = "Foo._printer._tcp.local";
  struct Row {
    Announcement announcement;
    std::string name;
    std::string_view id;
    bool found;
  };
  const std::string queue = "08'qtotal=2'0A'priority=";
  const Row rows[] = {
      {Announcement().txt(foo, "01'a'").txt(foo, "01'b'"), foo, "TX024", true},
      {Announcement().txt(foo, "01'a'").txt(foo, "01'b'", 0), foo, "TX024", false},
      {Announcement().txt(printer, queue + "1'").txt(printer, queue + "2'"), printer, "TX024",
       false},
      {Announcement().txt(printer, queue + "1'").txt(printer, "01'b'"), printer, "TX024", true},
      {Announcement().srv(foo, "h.local", "0050").srv(foo, "h.local", "0051"), foo, "SR008", true},
      {Announcement().srv(foo, "h.local", "0050"), foo, "SR008", false},
      {Announcement().ptr("_http._tcp.local", foo).srv(foo, "h.local", "0000"), foo, "SR006", true},
      {Announcement().srv(foo, "h.local", "0000"), foo, "SR006", false},  // a placeholder
      {Announcement().srv(foo, "h.example.com", "0050"), foo, "SR013", true},
      {Announcement().srv(foo, "h.LOCAL", "0050"), foo, "SR013", false},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.name << ' ' << row.id) {
      BOOST_TEST(ids(audit({row.announcement}), row.name + ".").contains(std::string(row.id)) ==
                 row.found);
    }
  }
}

BOOST_AUTO_TEST_CASE(continuations_of_a_truncated_query_need_no_question) {
  const Announcement first = Announcement(0x0200).ask("_http._tcp.local").at(1s);
  const auto rest = [](std::chrono::milliseconds time) {
    return Announcement(0).ptr("_http._tcp.local", "Foo._http._tcp.local").at(time);
  };
  BOOST_TEST(!ids(audit({first, rest(1500ms)}), "10.77.0.1").contains("MD012"));
  BOOST_TEST(ids(audit({first, rest(2001ms)}), "10.77.0.1").contains("MD012"));
  BOOST_TEST(ids(audit({first, rest(1500ms), rest(1600ms)}), "10.77.0.1").contains("MD012"));
  BOOST_TEST(ids(audit({rest(1s)}), "10.77.0.1").contains("MD012"));
}

BOOST_AUTO_TEST_CASE(goodbyes_make_an_instance_go) {
  const std::string foo = "Foo._http._tcp.local";
  const AuditResult result = audit({whole(), Announcement()
                                                 .ptr("_http._tcp.local", foo, 0)
                                                 .srv(foo, "h.local", "0050", 0)
                                                 .txt(foo, "06'path=/'", 0)
                                                 .at(5s)});
  BOOST_TEST_REQUIRE(result.instances.size() == 1u);
  BOOST_TEST(result.instances[0].gone);
  BOOST_TEST(result.instances[0].services.size() == 1u);  // what it was
}

BOOST_AUTO_TEST_CASE(has_room_for_so_many_objects) {
  Auditor auditor({.objects = 1});
  const Announcement bad = Announcement(0x8500).a("h.local", "7F000001");
  auditor.add(bad.packet());
  const AuditResult result = auditor.result();
  BOOST_TEST(result.others.size() == 1u);
  BOOST_TEST(result.findings_dropped >= 1u);
}

BOOST_AUTO_TEST_CASE(senders_are_named_by_their_host) {
  const AuditResult result = audit({whole(), Announcement(0x8500)});
  BOOST_TEST_REQUIRE(result.others.size() == 1u);
  BOOST_TEST(result.others[0].name == "10.77.0.1");
  BOOST_TEST(result.others[0].host == "h.local.");
}

BOOST_AUTO_TEST_SUITE_END()
