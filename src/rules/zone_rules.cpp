// SR004, SR009, PT008, PT012, PT014, DF025: records of a zone that do not go together.
// SPDX-License-Identifier: Apache-2.0
#include "rules/zone_rules.hpp"

namespace srvwarden::rules {
namespace {

template <ZoneFaultCode code>
void check_fault(const ZoneFault& fault, Report& report) {
  if (fault.code == code) report(fault.at, {.detail = fault.detail});
}

constexpr Rule<ZoneFault> rows[] = {
    {{
         .id = "SR004",
         .name = "target-is-alias",
         .severity = Severity::error,
         .references = {{2782, ""}, {2181, "10.3"}},
         .message = "an SRV target is an alias",
         .help = "Name the host itself, where its A or AAAA records are.",
         .bad = {{"$ORIGIN x.\n_sip._tcp SRV 0 0 5060 h\nh CNAME i\ni A 192.0.2.1\n"}},
         .good = {{"$ORIGIN x.\n_sip._tcp SRV 0 0 5060 i\nh CNAME i\ni A 192.0.2.1\n"}},
     },
     check_fault<ZoneFaultCode::target_is_alias>},
    {{
         .id = "SR009",
         .name = "srv-without-instance",
         .severity = Severity::warning,
         .references = {{6763, "4"}, {6763, "4.1"}},
         .message = "an SRV record at a service type whose instances are listed",
         .help = "Write the instance name before the type; those who browse never ask for this.",
         .bad = {{"$ORIGIN x.\n_http._tcp PTR I._http._tcp\n SRV 0 0 80 h.y.\n"
                  "I._http._tcp SRV 0 0 80 h\n TXT \"\"\nh A 192.0.2.1\n"}},
         .good = {{"$ORIGIN x.\n_sip._udp SRV 0 0 5060 h\nh A 192.0.2.1\n"}},
     },
     check_fault<ZoneFaultCode::srv_without_instance>},
    {{
         .id = "PT008",
         .name = "type-not-listed",
         .severity = Severity::info,
         .references = {{6763, "9"}},
         .message = "a service type that the list of types does not have",
         .help = "Add a PTR record to it at _services._dns-sd._udp.",
         .bad = {{"$ORIGIN x.\n_services._dns-sd._udp PTR _ipp._tcp\n"
                  "_http._tcp PTR I._http._tcp\nI._http._tcp SRV 0 0 80 h\n TXT \"\"\n"
                  "h A 192.0.2.1\n"}},
         .good = {{"$ORIGIN x.\n_services._dns-sd._udp PTR _HTTP._tcp\n"
                   "_http._tcp PTR I._http._tcp\nI._http._tcp SRV 0 0 80 h\n TXT \"\"\n"
                   "h A 192.0.2.1\n"},
                  {"$ORIGIN x.\n_http._tcp PTR I._http._tcp\nI._http._tcp SRV 0 0 80 h\n"
                   " TXT \"\"\nh A 192.0.2.1\n"}},
     },
     check_fault<ZoneFaultCode::type_not_listed>},
    {{
         .id = "PT012",
         .name = "default-domain-not-listed",
         .severity = Severity::warning,
         .references = {{8766, "5.2.1"}, {6763, "11"}},
         .message = "a default domain that the list of domains does not have",
         .help = "List it at b._dns-sd._udp for browsing (db), at r._dns-sd._udp for registering "
                 "(dr).",
         .bad = {{"$ORIGIN x.\nb._dns-sd._udp PTR @\ndb._dns-sd._udp PTR y.\n"}},
         .good = {{"$ORIGIN x.\nb._dns-sd._udp PTR y.\n PTR @\ndb._dns-sd._udp PTR Y.\n"},
                  {"$ORIGIN x.\nb._dns-sd._udp PTR @\n"}},
     },
     check_fault<ZoneFaultCode::default_not_listed>},
    {{
         .id = "PT014",
         .name = "pointer-to-alias",
         .severity = Severity::warning,
         .references = {{2181, "10.2"}},
         .message = "a service type points to an alias",
         .help = "Point to the instance that has the SRV and TXT records.",
         .bad = {{"$ORIGIN x.\n_http._tcp PTR I._http._tcp\nI._http._tcp CNAME J._http._tcp\n"
                  "J._http._tcp SRV 0 0 80 h\n TXT \"\"\nh A 192.0.2.1\n"}},
         .good = {{"$ORIGIN x.\n_http._tcp PTR J._http._tcp\nI._http._tcp CNAME J._http._tcp\n"
                   "J._http._tcp SRV 0 0 80 h\n TXT \"\"\nh A 192.0.2.1\n"}},
     },
     check_fault<ZoneFaultCode::pointer_target_is_alias>},
    {{
         .id = "DF025",
         .name = "zone-alias-beside-other-data",
         .severity = Severity::error,
         .references = {{1034, "3.6.2"}, {2181, "10.1"}},
         .message = "a CNAME record stands beside other records of its name",
         .help = "An alias has nothing but the one CNAME record: give one of them another name.",
         .bad = {{"$ORIGIN x.\na CNAME b.\n  TXT c\n", "             ^^^^^^^^"},
                 {"$ORIGIN x.\na CNAME b.\na CNAME c.\n"}},
         .good = {{"$ORIGIN x.\na CNAME b.\n  RRSIG x\n"},
                  {"$ORIGIN x.\na CNAME b.\nA CNAME B.\n"}},
     },
     check_fault<ZoneFaultCode::alias_beside_other_data>},
};

}  // namespace

Table<ZoneFault> zone_rules() { return rows; }

}  // namespace srvwarden::rules
