// DF: what is wrong with a definition file, whatever its values are.
// SPDX-License-Identifier: Apache-2.0
#include "rules/definition_rules.hpp"

#include <algorithm>
#include <string>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {
namespace {

constexpr Reference avahi{0, "avahi.service(5)"};
constexpr Reference dnssd{0, "systemd.dnssd(5)"};
constexpr Reference syntax{0, "systemd.syntax(7)"};

template <ProblemCode code>
void check_problem(const Problem& problem, Report& report) {
  if (problem.code != code) return;
  report({problem.at.offset, problem.length}, {.detail = problem.detail, .help = problem.help});
}

constexpr Rule<Problem> problem_rows[] = {
    {{
         .id = "DF001",
         .name = "definition-not-well-formed",
         .severity = Severity::error,
         .references = {avahi, syntax},
         .message = "the file is not well-formed",
         .help = "A .service file is XML; a .dnssd file has sections and lines of key=value.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nhello"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\n# hello"}},
         .why = "What stands behind the place is lost to every loader, and often the whole file "
                "with it.",
     },
     check_problem<ProblemCode::syntax>},
    {{
         .id = "DF002",
         .name = "definition-unknown-element",
         .severity = Severity::error,
         .references = {avahi, dnssd},
         .message = "the format does not have this here",
         .help = "avahi-daemon drops the whole file for it; systemd-resolved skips it.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nColour=red"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nX-Colour=red"}},
         .why = "A misspelt element or key looks right to its author, yet the daemon never acts on "
                "it.",
     },
     check_problem<ProblemCode::unknown_element>},
    {{
         .id = "DF003",
         .name = "definition-part-missing",
         .severity = Severity::error,
         .references = {avahi, dnssd},
         .message = "a required part is missing",
         .help = "A definition needs an instance name, and each service a type and a port. Without "
                 "a port, port 0 is announced.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80"}},
         .why = "A service without a name, a type or a port cannot be found, or cannot be reached.",
     },
     check_problem<ProblemCode::missing>},
    {{
         .id = "DF004",
         .name = "definition-duplicate",
         .severity = Severity::error,
         .references = {avahi},
         .message = "given twice where once is allowed",
         .help = "Keep one. avahi-daemon joins the texts of both, or takes the last port.",
         .bad = {{"<service-group><name>n</name><name>m</name><service><type>_http._tcp</type>"
                  "<port>80</port></service></service-group>",
                  "                             ^^^^^^"}},
         .good = {{"<service-group><name>n</name><service><type>_http._tcp</type><port>80</port>"
                   "</service></service-group>"}},
         .why = "Which of the two counts depends on the loader, so the same file announces "
                "different things.",
     },
     check_problem<ProblemCode::duplicate>},
    {{
         .id = "DF005",
         .name = "definition-bad-value",
         .severity = Severity::error,
         .references = {avahi, dnssd},
         .message = "the format does not allow this value",
         .help = "See the format's manual page.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtData=a=b"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtData=a=Yg=="}},
         .why = "The daemon drops the value or the whole file, and says so only in its log, if at "
                "all.",
     },
     check_problem<ProblemCode::bad_value>},
    {{
         .id = "DF006",
         .name = "definition-empty-txt-record",
         .severity = Severity::error,
         .references = {avahi, {6763, "6.1"}},
         .message = "empty <txt-record>",
         .help = "Remove it. avahi-daemon refuses the whole group for it, and a service without "
                 "TXT strings needs no element.",
         .bad = {{"<service-group><name>n</name><service><type>_http._tcp</type><port>80</port>"
                  "<txt-record/></service></service-group>"}},
         .good = {{"<service-group><name>n</name><service><type>_http._tcp</type><port>80</port>"
                   "<txt-record>a</txt-record></service></service-group>"}},
         .why = "One needless element keeps every service of the file off the network.",
     },
     check_problem<ProblemCode::empty_txt_record>},
    {{
         .id = "DF007",
         .name = "definition-too-large",
         .severity = Severity::error,
         .references = {{0, "srvwarden(1)"}},
         .message = "the file is too large or nested too deep",
         .help =
             "Of a file that a daemon loads at most 1 MiB is read, of others 16 MiB; entities may "
             "not expand to more.",
         .no_example = "a file that is too large does not fit here",
         .why = "A definition has a few hundred octets; a file of this size is another file, or an "
                "attack.",
     },
     check_problem<ProblemCode::too_large>},
    {{
         .id = "DF008",
         .name = "definition-bad-encoding",
         .severity = Severity::error,
         .references = {syntax},
         .message = "the file is not UTF-8 text",
         .help = "Save it as UTF-8. systemd-resolved skips such a line.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nX-a=\xFF"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nX-a=\xC3\xA9"}},
         .why = "DNS-SD names are UTF-8, so other encodings come out as garbage or are refused.",
     },
     check_problem<ProblemCode::bad_encoding>},
    {{
         .id = "DF009",
         .name = "definition-overridden",
         .severity = Severity::warning,
         .references = {dnssd, syntax},
         .message = "a later assignment makes this one void",
         .help = "Remove one of the two.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=81\nPort=80",
                  "                                      ^^"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80"}},
         .why = "Whoever edits the first one later will wonder why nothing changes.",
     },
     check_problem<ProblemCode::overridden>},
    {{
         .id = "DF010",
         .name = "definition-ignored-text",
         .severity = Severity::warning,
         .references = {avahi},
         .message = "this has no effect",
         .help = "Remove it, or put it into the element that it was meant for.",
         .bad = {{"<service-group><name>n</name>x<service><type>_http._tcp</type><port>80</port>"
                  "</service></service-group>",
                  "                             ^"}},
         .good = {{"<service-group><name>n</name><!-- x --><service><type>_http._tcp</type>"
                   "<port>80</port></service></service-group>"}},
         .why = "Text that was meant for an element and stands beside it is lost without a word.",
     },
     check_problem<ProblemCode::ignored_text>},
    {{
         .id = "DF011",
         .name = "definition-element-order",
         .severity = Severity::info,
         .references = {avahi, {0, "avahi-service.dtd"}},
         .message = "not the DTD's order of elements",
         .help =
             "It is type, subtype, domain-name, host-name, port, txt-record. avahi-daemon takes "
             "any order; validators do not.",
         .bad = {{"<service-group><name>n</name><service><port>80</port><type>_http._tcp</type>"
                  "</service></service-group>",
                  "                                                     ^^^^^^"}},
         .good = {{"<service-group><name>n</name><service><type>_http._tcp</type><port>80</port>"
                   "</service></service-group>"}},
         .why = "Editors and packagers that validate with the DTD refuse a file that runs well.",
     },
     check_problem<ProblemCode::element_order>},
    {{
         .id = "DF012",
         .name = "definition-outer-whitespace",
         .severity = Severity::warning,
         .references = {avahi},
         .message = "white space around the text is a part of it",
         .help = "Close the element right behind its text, on the same line.",
         .bad = {{"<service-group><name>n </name><service><type>_http._tcp</type><port>80</port>"
                  "</service></service-group>",
                  "                     ^^"}},
         .good = {{"<service-group><name>n</name><service><type>_http._tcp</type><port>80</port>"
                   "</service></service-group>"}},
         .why = "The name or type on the network has spaces that nobody sees, and compares as "
                "another one.",
     },
     check_problem<ProblemCode::outer_whitespace>},
    {{
         .id = "DF013",
         .name = "definition-unknown-escape",
         .severity = Severity::warning,
         .references = {dnssd, syntax},
         .message = "no escape or specifier of the format",
         .help = "It stays as it is. Write \\\\ for a backslash and %% for a per cent sign.",
         .bad = {{"[Service]\nName=On %h\nType=_http._tcp\nPort=80", "                  ^^"}},
         .good = {{"[Service]\nName=On %H\nType=_http._tcp\nPort=80"}},
         .why = "Users see a per cent sign or backslash in the name where a host name was meant.",
     },
     check_problem<ProblemCode::unknown_escape>},
    {{
         .id = "DF018",
         .name = "definition-wildcard-not-replaced",
         .severity = Severity::warning,
         .references = {avahi},
         .message = "%h stays as it is in the announced name",
         .help = "Write <name replace-wildcards=\"yes\">, so that the host's name takes its place.",
         .bad = {{"<service-group><name>n on %h</name><service><type>_http._tcp</type>"
                  "<port>80</port></service></service-group>",
                  "                     ^^^^^^^"}},
         .good = {{"<service-group><name replace-wildcards=\"yes\">n on %h</name><service>"
                   "<type>_http._tcp</type><port>80</port></service></service-group>"}},
         .why = "Every host announces the same name, and all but one are renamed.",
     },
     check_problem<ProblemCode::wildcard_as_it_is>},
    {{
         .id = "DF020",
         .name = "zone-syntax",
         .severity = Severity::error,
         .references = {{1035, "5.1"}},
         .message = "no name server could read this",
         .help = "An entry is an owner, perhaps a TTL and a class, a type and its data.",
         .bad = {{"$TTL 1h\nwww A (192.0.2.1\n", "              ^"},
                 {"$TTL 1h\n www\n", "         ^^^"}},
         .good = {{"$TTL 1h\nwww A (192.0.2.1\n)\n"}},
     },
     check_problem<ProblemCode::zone_syntax>},
    {{
         .id = "DF021",
         .name = "zone-record-data",
         .severity = Severity::error,
         .references = {{1035, "3.3"}, {1035, "5.1"}, {3597, "5"}},
         .message = "the record's data is not what its type has",
         .help = "For a record like this name servers refuse the whole zone, or answer with what "
                 "is not meant.",
         .bad = {{"$TTL 1h\nwww A 192.0.2.256\n", "              ^^^^^^^^^^^"},
                 {"$TTL 1h\nwww TXT a=\"b\"\n", "                   ^"}},
         .good = {{"$TTL 1h\nwww A 192.0.2.255\n"}, {"$TTL 1h\nwww TXT \"a=b\"\n"}},
     },
     check_problem<ProblemCode::zone_rdata>},
    {{
         .id = "DF022",
         .name = "zone-type-unknown",
         .severity = Severity::warning,
         .references = {{0, "IANA dns-parameters"}, {3597, "5"}},
         .message = "record type is not known",
         .help = "Check its spelling; a type without a name is written TYPE and its number.",
         .heuristic = true,
         .bad = {{"$TTL 1h\nwww AAA 192.0.2.1\n", "            ^^^"}},
         .good = {{"$TTL 1h\nwww TYPE65280 \\# 1 00\n"}},
     },
     check_problem<ProblemCode::zone_type>},
    {{
         .id = "DF023",
         .name = "zone-directive-not-followed",
         .severity = Severity::info,
         .references = {{1035, "5.1"}},
         .message = "this stands for records that are not seen here",
         .help = "What this file lacks may be among them, so nothing is said to be missing.",
         .bad = {{"$TTL 1h\n$INCLUDE hosts\nwww A 192.0.2.1\n", "        ^^^^^^^^"}},
         .good = {{"$TTL 1h\nwww A 192.0.2.1\n"}},
     },
     check_problem<ProblemCode::zone_directive>},
    {{
         .id = "DF024",
         .name = "zone-origin-doubled",
         .severity = Severity::warning,
         .references = {{1035, "5.1"}},
         .message = "a name that has the origin in it gets the origin once more",
         .help = "End a name that is complete with a dot.",
         .heuristic = true,
         .bad = {{"$ORIGIN example.com.\nwww CNAME host.example.com\n",
                  "                               ^^^^^^^^^^^^^^^^"}},
         .good = {{"$ORIGIN example.com.\nwww CNAME host.example.com.\n"}},
     },
     check_problem<ProblemCode::zone_origin_doubled>},
};

constexpr std::size_t usual_host_name = 15;  // octets; what Windows and many installers allow

constexpr Rule<InstanceTemplate> template_rows[] = {
    {{
         .id = "DF014",
         .name = "definition-little-room-for-host-name",
         .severity = Severity::info,
         .references = {{6763, "4.1.1"}, avahi, dnssd},
         .message = "a host name of 15 octets makes the instance name longer than 63",
         .help = "Shorten the text around the wildcard.",
         .heuristic = true,
         .bad = {{"[Service]\nType=_http._tcp\nPort=80\n"
                  "Name=A very long and thorough description of the service on %H"}},
         .good = {{"[Service]\nType=_http._tcp\nPort=80\n"
                   "Name=A long and thorough description, fits here on %H"}},
         .why = "On a host with a usual name the instance name is cut or refused: it works for its "
                "author alone.",
     },
     [](const InstanceTemplate& name, Report& report) {
       if (name.host_names == 0 || name.fixed_size > 63) return;
       const std::size_t room = 63 - name.fixed_size;
       if (room >= usual_host_name * name.host_names) return;
       report({0, name.text_size}, {.detail = "room for " + std::to_string(room) + " octets"});
     }},
};

constexpr Rule<SubtypeOfType> subtype_rows[] = {
    {{
         .id = "DF015",
         .name = "definition-subtype-of-another-type",
         .severity = Severity::error,
         .references = {{6763, "7.1"}, avahi},
         .message = "the subtype does not end in the type of its service",
         .help = "Write it as _identifier._sub. and the type. avahi-daemon leaves it out.",
         .bad = {{"<service-group><name>n</name><service><type>_http._tcp</type>"
                  "<subtype>_cam._sub._ipp._tcp</subtype><port>80</port></service>"
                  "</service-group>"}},
         .good = {{"<service-group><name>n</name><service><type>_http._tcp</type>"
                   "<subtype>_cam._sub._http._tcp</subtype><port>80</port></service>"
                   "</service-group>"}},
         .why = "Clients that browse for the subtype find nothing, though the service itself is "
                "there.",
     },
     [](const SubtypeOfType& subtype, Report& report) {
       const std::string_view tail = type_of_subtype(subtype.subtype);
       if (tail.empty() || ascii::equal(tail, subtype.type)) return;
       report({subtype.subtype.size() - tail.size(), tail.size()});
     }},
};

bool on_same_link(const ServiceDefinition& a, const ServiceDefinition& b) {
  const auto any = [](const ServiceDefinition& s) {
    return !s.protocol.present || s.protocol.value == "any";
  };
  return any(a) || any(b) || a.protocol.value == b.protocol.value;
}

std::string_view domain_of(const ServiceDefinition& service) {
  std::string_view domain = "local";
  if (service.domain.present) domain = service.domain.value;
  if (domain.ends_with('.')) domain.remove_suffix(1);
  return domain;
}

bool is_same_service(const ServiceDefinition& a, const ServiceDefinition& b) {
  return ascii::equal(a.type.value, b.type.value) && ascii::equal(domain_of(a), domain_of(b)) &&
         on_same_link(a, b);
}

constexpr Rule<ServiceAmongOthers> service_rows[] = {
    {{
         .id = "DF016",
         .name = "definition-service-twice",
         .severity = Severity::error,
         .references = {{6762, "8.1"}, {6763, "4.1"}, avahi},
         .message = "the file has two services of the same name and type",
         .help = "An instance name and a type are one service: use two files with two names.",
         .bad = {{"<service-group><name>n</name>"
                  "<service><type>_http._tcp</type><port>80</port></service>"
                  "<service><type>_HTTP._tcp</type><port>81</port></service></service-group>"}},
         .good = {{"<service-group><name>n</name>"
                   "<service><type>_http._tcp</type><port>80</port></service>"
                   "<service><type>_https._tcp</type><port>443</port></service></service-group>"}},
         .why = "The two are one name on the link: they contend for it, and one is renamed or "
                "refused.",
     },
     [](const ServiceAmongOthers& subject, Report& report) {
       const ServiceDefinition& service = subject.service;
       if (!service.type.present) return;
       const auto same = [&](const ServiceDefinition& e) { return is_same_service(e, service); };
       if (std::ranges::any_of(subject.earlier, same)) report({0, service.type.value.size()});
     }},
};

}  // namespace

Table<Problem> definition_problem_rules() { return problem_rows; }
Table<InstanceTemplate> instance_template_rules() { return template_rows; }
Table<SubtypeOfType> subtype_of_type_rules() { return subtype_rows; }
Table<ServiceAmongOthers> service_among_others_rules() { return service_rows; }

std::string_view type_of_subtype(std::string_view subtype) {
  constexpr std::string_view mark = "._sub.";
  for (std::size_t at = subtype.size(); at-- > 0;) {
    if (ascii::equal(subtype.substr(at, mark.size()), mark))
      return subtype.substr(at + mark.size());
  }
  return {};
}

}  // namespace srvwarden::rules
