// Tests of check_definition: which rules speak, and about which bytes of the file.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "rules/check_definition.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

/// "SN002 `_abcdefghijklmnop`", a line for each finding, in order.
std::string told(std::string_view path, std::string_view file, const CheckOptions& options = {}) {
  std::string out;
  for (const Finding& finding : check_definition(read_definition(path, file), options)) {
    out += std::string(finding.rule->id) + " `" +
           std::string(file.substr(finding.at.offset, finding.at.length)) + "`\n";
  }
  return out;
}

std::string avahi(std::string_view service, std::string_view name = "<name>n</name>") {
  return "<service-group>" + std::string(name) + "<service>" + std::string(service) +
         "</service></service-group>";
}

std::string http(std::string_view more) {
  return avahi("<type>_http._tcp</type><port>80</port>" + std::string(more));
}

std::string dnssd(std::string_view more) {
  return "[Service]\nName=n\nType=_http._tcp\nPort=80\n" + std::string(more);
}

struct Row {
  std::string file;
  std::string_view told;
};

void run(const std::vector<Row>& rows, const CheckOptions& options = {}) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) { BOOST_TEST(told("-", row.file, options) == row.told); }
  }
}

std::string read(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(SRVWARDEN_SOURCE_DIR "/" + name).rdbuf();
  return text.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(definition_check)

BOOST_AUTO_TEST_CASE(points_at_the_bytes_of_the_value) {
  const std::string long_name(64, 'x');
  run({
      {http(""), ""},
      {avahi("<type>_abcdefghijklmnop._tcp</type><port>80</port>"), "SN002 `p`\n"},
      {avahi("<type>_http._sctp</type><port>80</port>"), "ST003 `_sctp`\n"},
      {avahi("<type>_a&#45;-b._tcp</type><port>80</port>"), "SN006 `&#45;-`\n"},
      {avahi("<type>_http._tcp</type><port>80</port>", "<name>" + long_name + "</name>"),
       "IN002 `x`\n"},
      {http("<txt-record>=a</txt-record>"), "TX010 `=`\n"},
      {http("<txt-record>a</txt-record><txt-record>A=1</txt-record>"), "TX014 `A=1`\n"},
      {http("<txt-record>a</txt-record><txt-record>txtvers=1</txt-record>"), "TX020 `txtvers=1`\n"},
      {avahi("<type>_http._tcp</type><host-name>192.0.2.1</host-name><port>80</port>"),
       "HN006 `192.0.2.1`\nSR013 `192.0.2.1`\n"},
      {avahi("<type>_http._tcp</type><host-name>a.b.local</host-name><port>80</port>"),
       "DN003 `a.b`\n"},
      {avahi("<type>_http._tcp</type><host-name>.</host-name><port>80</port>"), "SR005 `.`\n"},
      {dnssd("SubType=_a._b\n"), "SB002 `_a._b`\n"},
      {dnssd("Priority=x\nWeight=70000\n"), "SR010 `x`\n"},
      {dnssd("Weight=5\n"), "SR002 `5`\n"},
      {dnssd("TxtText=a b\nTxtText=c\nTxtData=d\n"), "TX024 `c`\n"},
      {dnssd("TxtText=\"a=1\" '\\x3db'\n"), "TX010 `\\x3d`\n"},
  });
}

BOOST_AUTO_TEST_CASE(a_port_is_a_number) {
  run({
      {avahi("<type>_http._tcp</type><port>80abc</port>"), "SR007 `80abc`\n"},
      {avahi("<type>_http._tcp</type><port>http</port>"), "SR007 `http`\n"},
      {avahi("<type>_http._tcp</type><port>65536</port>"), "SR007 `65536`\n"},
      {avahi("<type>_http._tcp</type><port>65535</port>"), ""},
      {avahi("<type>_http._tcp</type><port> 80 </port>"), "DF012 ` 80 `\n"},
      {avahi("<type>_http._tcp</type><port>0</port>"), "SR006 `0`\n"},
      {avahi("<type>_http._tcp</type><port>-1</port>"), "SR007 `-1`\n"},
  });
}

BOOST_AUTO_TEST_CASE(says_how_a_port_is_misread) {
  struct MisreadRow {
    std::string_view port;
    std::string_view detail;
  };
  const MisreadRow rows[] = {{"80abc", " 80"}, {"http", " 0"}, {"+80", " 80"}};
  for (const MisreadRow& row : rows) {
    const std::string file =
        avahi("<type>_http._tcp</type><port>" + std::string(row.port) + "</port>");
    const Findings findings = check_definition(read_definition("-", file), {});
    BOOST_TEST_REQUIRE(findings.size() == 1U);
    BOOST_TEST(findings[0].detail.ends_with(row.detail));
  }
}

BOOST_AUTO_TEST_CASE(subtypes_are_judged_in_both_forms) {
  run({
      {avahi("<type>_http._tcp</type><subtype>_cam</subtype><port>80</port>"), "SB002 `_cam`\n"},
      {avahi("<type>_htt_p._tcp</type><subtype>_a._sub._htt_p._tcp</subtype><port>80</port>"),
       "SN003 `_`\n"},
      {dnssd("SubType=_cam\n"), ""},
      {dnssd("SubType=" + std::string(64, 'x') + "\n"), "SB001 `x`\n"},
  });
}

BOOST_AUTO_TEST_CASE(names_with_wildcards_are_judged_with_a_likely_host) {
  const auto named = [](std::string_view name) {
    return "[Service]\nType=_http._tcp\nPort=80\nName=" + std::string(name) + "\n";
  };
  const std::string x48(48, 'x');
  run({
      {named("%H"), ""},
      {named(x48 + "%H"), ""},
      {named(x48 + "x%H"), "DF014 `" + x48 + "x%H`\n"},
      {named(std::string(60, 'x') + "%H"), "DF014 `" + std::string(60, 'x') + "%H`\nIN002 `%H`\n"},
      {named("%m%b"), "IN002 `%b`\n"},
  });
}

BOOST_AUTO_TEST_CASE(a_domain_decides_the_context) {
  run({
      {avahi("<type>_http._tcp</type><domain-name>example.com</domain-name>"
             "<host-name>h.example.com</host-name><port>80</port>"),
       "DN005 `example.com`\n"},
      {avahi("<type>_http._tcp</type><domain-name>local</domain-name><port>80</port>"), ""},
  });
}

BOOST_AUTO_TEST_CASE(services_of_one_file_differ) {
  const std::string one = "<service><type>_http._tcp</type><port>80</port></service>";
  const std::string v4 =
      "<service protocol='ipv4'><type>_http._tcp</type><port>80</port></service>";
  const std::string v6 =
      "<service protocol='ipv6'><type>_http._tcp</type><port>81</port></service>";
  const auto group = [](const std::string& services) {
    return "<service-group><name>n</name>" + services + "</service-group>";
  };
  run({
      {group(one + one), "DF016 `_http._tcp`\n"},
      {group(v4 + v6), ""},
      {group(v4 + one), "DF016 `_http._tcp`\n"},
  });
}

BOOST_AUTO_TEST_CASE(the_registry_speaks_where_it_is_given) {
  const CheckOptions options{.registry = &Registry::builtin()};
  run({{dnssd(""), ""},
       {"[Service]\nName=n\nType=_acme-nonesuch._tcp\nPort=50000\n", "RG001 `acme-nonesuch`\n"}},
      options);
}

BOOST_AUTO_TEST_CASE(the_examples_are_right_and_wrong_as_they_say) {
  const CheckOptions options{.registry = &Registry::builtin()};
  BOOST_TEST(told("console.service", read("data/examples/console.service"), options) == "");
  BOOST_TEST(told("weather.dnssd", read("data/examples/weather.dnssd"), options) ==
             "DF013 `%h`\nRG001 `weather-readings`\nSN002 `s`\nSR007 `80abc`\n"
             "TX010 `=`\nTX014 `Interval=300`\n");
}

BOOST_AUTO_TEST_CASE(a_file_of_many_parts_takes_bounded_time) {
  std::string many = "<service-group><name>n</name>";
  for (int i = 0; i < 2000; ++i) {
    many += "<service><type>_t" + std::to_string(i) + "._tcp</type><port>80</port></service>";
  }
  const std::string told_of = told("-", many + "</service-group>");
  BOOST_TEST(told_of.starts_with("DF007 `<service>`\n"));
}

BOOST_AUTO_TEST_CASE(a_huge_txt_record_is_one_finding) {
  std::string more = "TxtText=";
  for (int i = 0; i < 20000; ++i) more += std::to_string(i) + " ";
  BOOST_TEST(told("-", dnssd(more)) == "TX003 `0`\n");
}

BOOST_AUTO_TEST_CASE(holds_txt_records_to_the_defined_keys) {
  CheckOptions options;
  options.registry = &Registry::builtin();
  const auto definition = [](std::string_view type, std::string_view txt) {
    std::string text = "[Service]\nName=n\nPort=50000\nType=";
    return text.append(type).append("\nTxtText=").append(txt).append("\n");
  };
  /// What RG010 to RG013 say, and where.
  const auto told_of = [&](std::string_view type, std::string_view txt) {
    const std::string text = definition(type, txt);
    std::string out;
    for (const Finding& finding : check_definition(read_definition("-", text), options)) {
      if (!finding.rule->id.starts_with("RG01")) continue;
      const std::string_view place =
          std::string_view(text).substr(finding.at.offset, finding.at.length);
      out.append(finding.rule->id).append(" ").append(place).append("; ");
    }
    return out;
  };
  // RG010: a closed set, any case; the two version keys are everybody's.
  BOOST_TEST(told_of("_trel._udp", "xa=1 XP=2") == "");
  BOOST_TEST(told_of("_trel._udp", "xa=1 xp=2 zz=1") == "RG010 zz; ");
  BOOST_TEST(told_of("_trel._udp", "txtvers=1 protovers=2") == "");
  // What is not closed allows all: a reference, an open set, nothing defined.
  BOOST_TEST(told_of("_ipp._tcp", "anything=1") == "");
  BOOST_TEST(told_of("_airport._tcp", "anything=1") == "");
  BOOST_TEST(told_of("_domain._udp", "anything=1") == "");
  // A series.
  BOOST_TEST(told_of("_psap._udp", "c0=x c17=y") == "");
  BOOST_TEST(told_of("_psap._udp", "c=x") == "RG010 c; ");
  // RG012: an enumeration.
  BOOST_TEST(told_of("_pblr._tcp", "enabled=TRUE accmode=readwrite") == "");
  BOOST_TEST(told_of("_pblr._tcp", "accmode=write") == "RG012 write; ");
  BOOST_TEST(told_of("_pblr._tcp", "enabled=") == "RG012 ; ");
  // RG013
  BOOST_TEST(told_of("_googlecast._tcp", "id=1 ve=2") == "RG013 id; RG013 ve; ");
  BOOST_TEST(told_of("_googlecast._tcp", "txtvers=1") == "");
  // RG011 is advice.
  BOOST_TEST(told_of("_http._tcp", "path=/") == "");
  options.advice = true;
  BOOST_TEST(told_of("_http._tcp", "path=/") == "RG011 ; ");
  BOOST_TEST(told_of("_http._tcp", "u=a p=b PATH=/") == "");

  const std::string slip = definition("_http._tcp", "pth=/x");
  std::size_t found = 0;
  for (const Finding& finding : check_definition(read_definition("-", slip), options)) {
    if (finding.rule->id != "RG010") continue;
    ++found;
    BOOST_TEST(finding.suggestion == "path=/x");
    BOOST_TEST(finding.detail ==
               "defined: u=<username> p=<password> path=<path: path to document>");
  }
  BOOST_TEST(found == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
