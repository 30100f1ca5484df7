// Tests of check_zone: which rules speak about which bytes of a zone, and which keep silent.
// SPDX-License-Identifier: Apache-2.0
#include "rules/check_definition.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

/// "SN002 `p`", a line for each finding, in order.
std::string told(std::string_view file, const CheckOptions& options = {}) {
  std::string out;
  for (const Finding& finding :
       check_definition(read_definition("x", file, DefinitionFormat::zone), options)) {
    out += std::string(finding.rule->id) + " `" +
           std::string(file.substr(finding.at.offset, finding.at.length)) + "`\n";
  }
  return out;
}

struct Row {
  std::string records;
  std::string_view told;
};

/// Runs rows behind `head`.
void run(std::string_view head, const std::vector<Row>& rows, const CheckOptions& options = {}) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.records) {
      BOOST_TEST(told(std::string(head) + row.records, options) == row.told);
    }
  }
}

constexpr std::string_view zone = "$ORIGIN a.example.\n@ SOA h h 1 2 3 4 5\nh A 192.0.2.1\n";
/// The same with a service that lacks nothing.
constexpr std::string_view served =
    "$ORIGIN a.example.\n@ SOA h h 1 2 3 4 5\nh A 192.0.2.1\n"
    "_http._tcp PTR I._http._tcp\nI._http._tcp SRV 0 0 80 h\n TXT \"\"\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(zone_check)

BOOST_AUTO_TEST_CASE(plain_srv_records_are_no_dns_sd) {
  run(zone,
      {
          {"_sip._udp SRV 10 60 5060 h\n SRV 0 0 0 .\n", ""},
          {"_sip._tls SRV 100 1 443 sip.example.net.\n", ""},
          {"_sipfederationtls._tcp SRV 100 1 5061 h\n", ""},
          {"_ldap._tcp.site._sites.dc._msdcs SRV 0 100 389 h\n", ""},
          {"_my_app._tcp SRV 0 0 1 h\n", ""},
          {"h SRV 0 0 1 h\n", ""},
          {"_25._tcp TLSA 3 1 1 00\n_dmarc TXT =x\ns._domainkey TXT =x\n_sip._tcp TXT =x\n", ""},
          {"sip._tcp SRV 0 0 1 h\n", "ST001 `sip`\n"},
          {"_sip.tcp SRV 0 0 1 h\n", "ST002 `tcp`\n"},
          {"_._tcp SRV 0 0 1 h\n", "SN001 ``\n"},
          {"_sip._tcp SRV 0 0 65536 h\n", "SR007 `65536`\n"},
          {"_sip._tcp SRV 65536 0 1 h\n", "SR010 `65536`\n"},
          {"_sip._tcp SRV 0 0 1\n", "SR001 `SRV 0 0 1`\n"},
          {"_sip._tcp SRV 0 0 1 g\n", "SR003 `g`\n"},
          {"_sip._tcp SRV 0 0 1 192.0.2.1\n", "HN006 `192.0.2.1`\n"},
          {"_sip._tcp SRV 0 0 1 c\nc CNAME h\n", "SR004 `c`\n"},
      });
}

BOOST_AUTO_TEST_CASE(instances_are_judged_by_every_rule) {
  const std::string long_label(64, 'n');
  run(served,
      {
          {"", ""},
          {long_label + "._http._tcp SRV 0 0 80 h\n", "IN002 `n`\n"},
          {std::string(63, 'n') + "._http._tcp SRV 0 0 80 h\n", ""},
          {"a.b._http._tcp SRV 0 0 80 h\n", "IN004 `.`\n"},
          {"J._abcdefghijklmnop._tcp SRV 0 0 80 h\n", "SN002 `p`\n"},
          {"J._abcdefghijklmno._tcp SRV 0 0 80 h\n", ""},
          {"J._a--b._tcp SRV 0 0 80 h\nK._a--b._tcp SRV 0 0 80 h\n", "SN006 `--`\n"},
          {"_p._sub._http._tcp SRV 0 0 80 h\n", "IN016 `_p._sub`\n"},
          {"lb._dns-sd._udp SRV 0 0 80 h\n", "IN017 `_dns-sd._udp`\n"},
          {"J._http._tcp SRV 0 5 80 h\n", "SR002 `5`\n"},
          {"J._http._tcp SRV 0 5 80 h\n SRV 1 0 80 h\n", ""},
          {"J._http._tcp SRV 0 0 80 .\n", "SR005 `.`\n"},
          {"J._http._tcp SRV 0 0 80 h.example.net.\n", "SR013 `h.example.net.`\n"},
          {"J._http._tcp SRV 0 0 0 h\n", ""},
          {"J._http._tcp SRV 0 0 0 h\n TXT \"\"\n_http._tcp PTR J._http._tcp\n", "SR006 `0`\n"},
          {"_http._tcp SRV 0 0 80 h\n", "SR009 `SRV 0 0 80 h`\n"},
          {"_a--b._tcp SRV 0 0 80 h\n PTR J._a--b._tcp\n",
           "SN006 `--`\nSR009 `SRV 0 0 80 h`\nPT010 `J._a--b._tcp`\n"},
          {"\\9._http._tcp SRV 0 0 80 h\n", "ES003 `\\9`\n"},
          {"x..y A 192.0.2.1\n", "NM003 `.`\n"},
          {long_label + " A 192.0.2.1\n", "NM001 `n`\n"},
      });
}

BOOST_AUTO_TEST_CASE(txt_records_of_instances_alone_are_judged) {
  run(served,
      {
          {"I._http._tcp CH TXT =x\n", ""},
          {"J._http._tcp TXT =x\n", ""},
          {"J._http._tcp SRV 0 0 80 h\n TXT =x \"a=\\\"b\\\"\"\n",
           "TX010 `=`\nTX017 `\\\"b\\\"`\n"},
          {"J._http._tcp SRV 0 0 80 h\n TXT \"a\\200=\"\n", "TX012 `\\200`\n"},
          {"J._http._tcp SRV 0 0 80 h\n TXT a=1 A=2\n", "TX014 `A=2`\n"},
          {"J._http._tcp SRV 0 0 80 h\n TXT port=80\n", "TX018 `port=80`\n"},
          {"I._http._tcp TXT a\n TXT b\n", "TX024 `TXT \"\"`\n"},
          {"J._printer._tcp SRV 0 0 515 h\n TXT qtotal=2\n TXT qtotal=2\n", ""},
          {"J._device-info._tcp TXT =x\n", "TX010 `=`\n"},
          {"J._http._tcp SRV 0 0 80 h\n TXT k=" + std::string(198, 'v') + "\n", "TX007 `v`\n"},
      });
}

BOOST_AUTO_TEST_CASE(pointers_lead_to_instances) {
  run(served,
      {
          {"_http._tcp PTR h\n", "PT001 `h`\n"},
          {"_http._tcp PTR _http._tcp\n", "PT001 `_http._tcp`\n"},
          {"_http._tcp PTR J._ipp._tcp\n", "PT002 `J._ipp._tcp`\n"},
          {"_http._tcp PTR J._HTTP._TCP.b.example.\n", "PT003 `J._HTTP._TCP.b.example.`\n"},
          {"_http._tcp PTR J._p._sub._http._tcp\n", "PT004 `J._p._sub._http._tcp`\n"},
          {"_p._sub._http._tcp PTR I._http._tcp\n", ""},
          {"_p._sub._HTTP._tcp PTR i._http._TCP.A.EXAMPLE.\n", ""},
          {"_p._sub._http._tcp PTR _p._sub._http._tcp\n", "PT004 `_p._sub._http._tcp`\n"},
          {"J._http._tcp SRV 0 0 80 h\n TXT \"\"\n_p._sub._http._tcp PTR J._http._tcp\n",
           "PT005 `J._http._tcp`\n"},
          {"_p._http._tcp PTR I._http._tcp\n", "SB002 `_p`\n"},
          {"_http._tcp PTR J._http._tcp\n", "PT010 `J._http._tcp`\n"},
          {"_http._tcp PTR J._http._tcp\nJ._http._tcp SRV 0 0 80 h\n", "TX025 `SRV 0 0 80 h`\n"},
          {"_http._tcp PTR J._http._tcp\nJ._http._tcp CNAME I._http._tcp\n",
           "PT014 `J._http._tcp`\n"},
          {"_device-info._tcp PTR J._device-info._tcp\n", ""},
          {"1 PTR h\n_odd PTR h\n_odd._b PTR h\n", ""},
          {"_http._tcp PTR a.b._http._tcp\n", "IN004 `.`\n"},
      });
}

BOOST_AUTO_TEST_CASE(lists_of_types_and_domains) {
  run(served,
      {
          {"_services._dns-sd._udp PTR _http._tcp\n", ""},
          {"_services._dns-sd._udp PTR _ipp._tcp\n", "PT008 `_http._tcp`\n"},
          {"_services._dns-sd._udp.b PTR _ipp._tcp.b\n", ""},
          {"_services._dns-sd._udp PTR _http._tcp\n PTR I._http._tcp\n", "PT006 `I._http._tcp`\n"},
          {"_services._dns-sd._udp PTR _http._tcp\n PTR _http\n", "PT006 `_http`\n"},
          {"_services._dns-sd._udp PTR _http._tcp\n PTR _http._tcp.b.example.\n",
           "PT007 `_http._tcp.b.example.`\n"},
          {"services._dns-sd._udp PTR _http._tcp\n", "PT009 `services`\n"},
          {"b._dns-sd._udp PTR @\nlb._dns-sd._udp PTR local.\nr._dns-sd._udp PTR b.example.\n", ""},
          {"b._dns-sd._udp PTR @\ndb._dns-sd._udp PTR @\n", ""},
          {"b._dns-sd._udp PTR @\ndb._dns-sd._udp PTR b.example.\n", "PT012 `b.example.`\n"},
          {"db._dns-sd._udp PTR b.example.\n", ""},
      });
}

BOOST_AUTO_TEST_CASE(only_what_the_zone_would_have_is_missing) {
  run("",
      {
          // Without SOA, hosts may stand in another file.
          {"$ORIGIN a.example.\n_sip._tcp SRV 0 0 1 g\n", ""},
          {"_sip._tcp SRV 0 0 1 g\n", ""},
          {"@ SOA h h 1 2 3 4 5\n_sip._tcp SRV 0 0 1 g\n", "SR003 `g`\n"},
          {"$ORIGIN a.example.\nI._http._tcp SRV 0 0 1 h\n SRV 0 0 1 a.example.\n", ""},
          {"$ORIGIN a.example.\nI._http._tcp SRV 0 0 1 h.ba.example.\n", "SR013 `h.ba.example.`\n"},
          {"I._http._tcp SRV 0 0 1 h.b.example.\n", ""},
          {"$ORIGIN a.example\nx A 192.0.2.1\n", "DF024 `a.example`\n"},
          {"$ORIGIN a.\n$ORIGIN b.example\nx A 192.0.2.1\n", ""},
          {"$ORIGIN a.example.\n$ORIGIN b.a.example\nx A ::\n",
           "DF024 `b.a.example`\nDF021 `::`\n"},
          {"$ORIGIN _tcp.a\nx A 192.0.2.1\n", ""},
          {"@ SOA h h 1 2 3 4 5\nx.example. A 192.0.2.1\n_sip._tcp SRV 0 0 1 g\n", ""},
          {"a.example. SOA h h 1 2 3 4 5\n_sip._tcp SRV 0 0 1 g.A.example.\n",
           "SR003 `g.A.example.`\n"},
      });
  run(zone, {
                {"_sip._tcp SRV 0 0 1 g.ba.example.\n", ""},
                {"_sip._tcp SRV 0 0 1 g.b\nb NS h\n", ""},
                {"_sip._tcp SRV 0 0 1 b\nb NS h\n", ""},
                {"_sip._tcp SRV 0 0 1 g.b\nb DNAME c.example.\n", ""},
                {"_sip._tcp SRV 0 0 1 g.b\n*.b A 192.0.2.1\n", ""},
                {"_sip._tcp SRV 0 0 1 g.b\n*.c A 192.0.2.1\n", "SR003 `g.b`\n"},
                {"_sip._tcp SRV 0 0 1 \\103\ng AAAA ::1\n", ""},
                {"_sip._tcp SRV 0 0 1 @\n", "SR003 `@`\n"},
                {"_http._tcp PTR J._http._tcp\n*._http._tcp SRV 0 0 1 h\n", ""},
                {"$INCLUDE x\n_sip._tcp SRV 0 0 1 g\n", "DF023 `$INCLUDE`\n"},
                {"$GENERATE 1-2 x$ A 192.0.2.$\n_sip._tcp SRV 0 0 1 g\n", "DF023 `$GENERATE`\n"},
                {"broken\n_sip._tcp SRV 0 0 1 g\n", "DF020 `broken`\n"},
                {"x A 1\n_sip._tcp SRV 0 0 1 g\n", "DF021 `1`\nSR003 `g`\n"},
                {"x WHAT 1\n_sip._tcp SRV 0 0 1 g\n", "DF022 `WHAT`\nSR003 `g`\n"},
                {"x.a.example A ::\n", "DF024 `x.a.example`\nDF021 `::`\n"},
                {"x NS y.a.example\n", "DF024 `y.a.example`\n"},
                {"x NS ya.example\n", ""},
                {"$ORIGIN b.a.example.\nx NS y.A.example\n", "DF024 `y.A.example`\n"},
                {"$ORIGIN example.\nx NS y.example\n", ""},
            });
}

BOOST_AUTO_TEST_CASE(aliases_stand_alone) {
  run(zone, {
                {"x CNAME h\n", ""},
                {"x CNAME h\nX CNAME H\n RRSIG x\n NSEC y\n", ""},
                {"x CNAME h\nx CNAME i\n", "DF025 `CNAME h`\n"},
                {"x CNAME h\nx TXT i\n", "DF025 `CNAME h`\n"},
                {"x TXT h\nx CNAME i\n", "DF025 `CNAME i`\n"},
                {"x CH TXT h\nx CNAME i\n", ""},
            });
}

BOOST_AUTO_TEST_CASE(a_zone_with_soa_is_unicast) {
  const std::string local =
      "$ORIGIN b.local.\n@ SOA h h 1 2 3 4 5\nh A 192.0.2.1\ni A 192.0.2.1\n"
      "_ldap._tcp SRV 0 0 389 h\n SRV 0 0 389 i\n";
  BOOST_TEST(told(local) == "DN004 `h`\n");  // once
  BOOST_TEST(told("I._http._tcp.local. SRV 0 0 80 .\n") == "SR005 `.`\n");
  const auto severity = [](std::string_view file, Context context) {
    const auto findings =
        check_definition(read_definition("x", file, DefinitionFormat::zone), {.context = context});
    return worst(findings).value_or(Severity::info);
  };
  const std::string_view root = "I._http._tcp.local. SRV 0 0 80 .\n";
  BOOST_TEST((severity(root, Context::automatic) == Severity::error));
  BOOST_TEST((severity(root, Context::mdns) == Severity::error));
}

BOOST_AUTO_TEST_CASE(types_and_keys_are_looked_up) {
  const CheckOptions options{.registry = &Registry::builtin()};
  run(zone,
      {
          {"_nosuchservice._tcp SRV 0 0 50000 h\n", ""},
          {"I._nosuchservice._tcp SRV 0 0 50000 h\nJ._nosuchservice._tcp SRV 0 0 50000 h\n",
           "RG001 `nosuchservice`\n"},
          {"I._pblr._tcp SRV 0 0 50000 h\n TXT accmode=write\n", "RG012 `write`\n"},
      },
      options);
}

BOOST_AUTO_TEST_CASE(repaired_names_are_written_as_zones_have_them) {
  const auto suggestion = [](const std::string& file) {
    const auto findings = check_definition(read_definition("x", file, DefinitionFormat::zone), {});
    return findings.empty() ? "" : findings.front().suggestion;
  };
  BOOST_TEST(suggestion("$ORIGIN x.y.\nDr. No._http._tcp SRV 0 0 80 .\n") == "");
  BOOST_TEST(suggestion("$ORIGIN x.y.\nDr.\\032No._http._tcp SRV 0 0 80 h\n") ==
             "Dr\\.\\ No._http._tcp");
  BOOST_TEST(suggestion("Dr.No._http._tcp.x.y. SRV 0 0 80 h\n") == "Dr\\.No._http._tcp.x.y.");
}

BOOST_AUTO_TEST_CASE(hostile_values_take_little_time) {
  constexpr std::size_t size = 1'000'000;
  std::string escapes;
  std::string strings;
  for (std::size_t i = 0; i < size; ++i) escapes += "\\9";
  for (std::size_t i = 0; i < size / 2; ++i) strings += " =";
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& name : {std::string(size, '.'), escapes, std::string(size, '_')}) {
    BOOST_TEST(told(name + "._http._tcp SRV 0 0 80 " + name + "\n").starts_with("NM002"));
    BOOST_TEST(told("_http._tcp PTR " + name + "._http._tcp\n").starts_with("NM002"));
  }
  for (const std::string& text :
       {std::string(size, '\x80'), strings, std::string(1, ' ').append(size, '=')}) {
    BOOST_TEST(told("I._http._tcp SRV 0 0 80 h\n TXT " + text + "\n").starts_with("TX"));
  }
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(many_records_take_little_time) {
  std::string file(zone);
  for (int i = 0; i < 25'000; ++i) {
    const std::string name = "Printer\\032" + std::to_string(i) + "._ipp._tcp";
    file += "_ipp._tcp PTR " + name + "\n" + name + " SRV 0 0 631 h" + std::to_string(i) + "\n" +
            " TXT \"txtvers=1\" \"rp=ipp/print\"\nh" + std::to_string(i) + " A 192.0.2.1\n";
  }
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(told(file, {.registry = &Registry::builtin()}) == "");
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_SUITE_END()
