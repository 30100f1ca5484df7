// Tests of an audit's account: what it has, and that what hostile names hold stays data.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_report.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "census/announcement.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;
using namespace srvwarden::report;
using namespace std::chrono_literals;
using test::Announcement;

namespace {

rules::AuditResult audit(const Announcement& announcement) {
  rules::Auditor auditor({.registry = &Registry::builtin()});
  auditor.add(announcement.packet());
  return auditor.result();
}

Announcement web(std::string_view instance) {
  const std::string owner = std::string(instance) + "|_http._tcp.local";
  Announcement announcement;
  announcement.ptr("_http._tcp.local", owner)
      .srv(owner, "h.local", "1F90")
      .txt(owner, "05'a=\x1B[m' 02'b=' 01'c' 03'd=\xFF'")
      .a("h.local", "0A4D0001");
  return announcement;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(audit_report)

BOOST_AUTO_TEST_CASE(times) {
  BOOST_TEST(time_text(wire::Time()) == "1970-01-01T00:00:00.000000Z");
  BOOST_TEST(time_text(wire::Time(1'700'000'000s + 1'234'567ns)) == "2023-11-14T22:13:20.001234Z");
  BOOST_TEST(time_text(wire::Time(-1ns)) == "1969-12-31T23:59:59.999999Z");
}

BOOST_AUTO_TEST_CASE(text_is_fit_for_a_terminal) {
  const auto result = audit(web("\x1B]0;x\x07.\xE2\x80\xAE"));
  std::string text = audit_text(result, {});
  BOOST_TEST(text.find("World Wide Web HTTP") != text.npos);
  BOOST_TEST(text.find("\nh.local.  10.77.0.1: ") != text.npos);
  BOOST_TEST(text.find("port 8080") != text.npos);
  BOOST_TEST(text.find("error[IN005]") != text.npos);
  BOOST_TEST(text.find('\x1B') == text.npos);
  BOOST_TEST(text.find('\x07') == text.npos);
  BOOST_TEST(text.find("\xE2\x80\xAE") == text.npos);  // right-to-left override
}

BOOST_AUTO_TEST_CASE(text_is_by_host_and_explains_a_rule_once) {
  rules::Auditor auditor({.registry = &Registry::builtin()});
  const auto add = [&](std::string_view instance, std::string_view host, std::string_view hex) {
    const std::string owner = std::string(instance) + "|_http._tcp.local";
    Announcement announcement;
    announcement.ptr("_http._tcp.local", owner).srv(owner, host, "0050").txt(owner).a(host, hex);
    auditor.add(announcement.packet());
  };
  add("One", "fine.local", "0A4D0001");
  add("T\x01", "wrong.local", "0A4D0002");
  add("T\x02", "wrong.local", "0A4D0002");
  const std::string text = audit_text(auditor.result(), {});
  BOOST_TEST(text.find("3 instances") < text.find("wrong.local."));  // the sums come first
  BOOST_TEST(text.find("wrong.local.") < text.find("fine.local."));  // the worst host, then
  BOOST_TEST(text.find("\nfine.local.  10.77.0.1: nothing is wrong\n  One (_http._tcp") !=
             text.npos);
  BOOST_TEST(text.find("why: Controls") != text.npos);
  BOOST_TEST(text.find("why: Controls") == text.rfind("why: Controls"));
  BOOST_TEST(text.find("error[IN005]") != text.rfind("error[IN005]"));
}

BOOST_AUTO_TEST_CASE(json_is_harmless_wherever_it_is_shown) {
  // DEL, CSI as one character, what turns text around, what ends a script or a line of it.
  const std::string name = "\x7F\xC2\x9B\xE2\x80\xAE</script><!--\xE2\x80\xA8\"";
  const auto result = audit(web(name));
  const std::string text = audit_json(result, {});
  for (const std::string_view risky :
       {"\x7F", "\xC2\x9B", "\xE2\x80\xAE", "</", "<!", "\xE2\x80\xA8"}) {
    BOOST_TEST(text.find(risky) == text.npos);
  }
  const auto json = nlohmann::json::parse(text);
  BOOST_TEST(json["instances"][0]["instance"] == name);
}

BOOST_AUTO_TEST_CASE(text_tells_what_was_lost) {
  AuditInput input;
  input.name = "a.pcap";
  input.fragments = 2;
  input.failure = "cannot read a.pcap: truncated";
  const std::string text = audit_text({}, {input});
  BOOST_TEST(text.find("2 IP fragments") != text.npos);
  BOOST_TEST(text.find(input.failure) != text.npos);
}

BOOST_AUTO_TEST_CASE(json_has_the_same) {
  const auto result = audit(web("B\xFC"));
  AuditInput input;
  input.name = "eth0";
  const std::string text = audit_json(result, {input});
  BOOST_TEST(text.find('\n') == text.size() - 1);
  const auto json = nlohmann::json::parse(text);
  BOOST_TEST(json["summary"]["instances"] == 1);
  BOOST_TEST(json["inputs"][0]["name"] == "eth0");
  const auto& instance = json["instances"][0];
  BOOST_TEST(instance["instance"] == "B\xEF\xBF\xBD");
  BOOST_TEST(instance["instance_hex"] == "42fc");
  BOOST_TEST(instance["name"] == "B\\252._http._tcp.local.");
  BOOST_TEST(instance["type"] == "_http._tcp");
  BOOST_TEST(instance["host"] == "h.local.");
  BOOST_TEST(instance["port"] == 8080);
  BOOST_TEST(instance["services"].size() == 1u);
  BOOST_TEST(instance["addresses"][0] == "10.77.0.1");
  BOOST_TEST(instance["txt"][0]["value"] == "\x1B[m");
  BOOST_TEST(instance["txt"][1]["value"] == "");
  BOOST_TEST(instance["txt"][2]["value"].is_null());
  BOOST_TEST(instance["txt"][3]["value_hex"] == "ff");
  bool has_in003 = false;
  for (const auto& finding : json["findings"]) {
    if (finding["rule"] != "IN003") continue;
    has_in003 = true;
    BOOST_TEST(finding["object"] == instance["name"]);
    BOOST_TEST(finding["kind"] == "instance");
    BOOST_TEST(finding["first"]["source"] == "10.77.0.1");
  }
  BOOST_TEST(has_in003);
}

BOOST_AUTO_TEST_SUITE_END()
