// RG005-RG009: what IANA's registry says of a service's port.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "core/concat.hpp"
#include "rules/service_subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::rules {
namespace {

TransportSet transports_of(const RegistryPort& subject) {
  return TransportSet::of_label(subject.udp);
}

PortStanding standing_of(const RegistryPort& subject) {
  return subject.registry.port_standing(subject.port, transports_of(subject));
}

Span whole(const RegistryPort& subject) { return {0, subject.text_size}; }

bool is_assigned(const RegistryRecord& record) {
  return record.status == RegistryStatus::assigned || record.status == RegistryStatus::local_use;
}

/// The ports that a name's rows give: "80, 8008".
std::string assigned_ports(const RegistryPort& subject) {
  std::string ports;
  for (const RegistryRecord& record : subject.registry.find(subject.name, transports_of(subject))) {
    if (!record.ports.present) continue;
    if (!ports.empty()) ports += ", ";
    ports += std::to_string(record.ports.first);
    if (record.ports.last != record.ports.first)
      ports.append("-").append(std::to_string(record.ports.last));
  }
  return ports;
}

void check_assigned(const RegistryPort& subject, Report& report) {
  const Registry& registry = subject.registry;
  if (registry.match_port(subject.name, transports_of(subject), subject.port) !=
      PortMatch::differs) {
    return;
  }
  report(whole(subject), {.detail = concat({"assigned: ", assigned_ports(subject)})});
}

void check_owner(const RegistryPort& subject, Report& report) {
  std::string owner;
  for (const RegistryRecord& record :
       subject.registry.find_port(subject.port, transports_of(subject))) {
    if (record.name.empty() || !is_assigned(record)) continue;
    if (ascii::equal(record.name, subject.name)) return;
    if (owner.empty()) owner = record.name;
  }
  if (!owner.empty()) report(whole(subject), {.detail = concat({"assigned to ", owner})});
}

constexpr Rule<RegistryPort> rows[] = {
    {{
         .id = "RG005",
         .name = "port-reserved",
         .severity = Severity::info,
         .references = {{6335, "6"}},
         .message = "IANA reserves this port",
         .help = "Take a port from 49152 on, or one that is assigned to the service.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=1023"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80"},
                  {"[Service]\nName=n\nType=_http._tcp\nPort=49152"}},
         .why = "IANA keeps it from everybody, and may give it a meaning.",
     },
     [](const RegistryPort& subject, Report& report) {
       if (subject.port != 0 && standing_of(subject).reserved) report(whole(subject));
     }},
    {{
         .id = "RG006",
         .name = "port-differs-from-assigned",
         .severity = Severity::info,
         .references = {{2782, ""}, {6763, "5"}},
         .message = "not the port that IANA assigned to the service",
         .help = "Any port is allowed, since the SRV record names it.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=8081"},
                 {"[Service]\nName=n\nType=_x11._tcp\nPort=6064"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80"},
                  {"[Service]\nName=n\nType=_x11._tcp\nPort=6010"}},
         .why = "Clients that do not read SRV records, and firewalls, expect the assigned one.",
     },
     check_assigned},
    {{
         .id = "RG007",
         .name = "port-of-another-service",
         .severity = Severity::info,
         .references = {{6335, "6"}, {6335, "8.1.1"}},
         .message = "IANA assigned this port to another service",
         .help = "Take the service's own port, or one from 49152 on.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=22"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80"},
                  {"[Service]\nName=n\nType=_http._tcp\nPort=49152"}},
         .why = "Two services contend for the port on one host, and firewalls take the one for the "
                "other.",
     },
     check_owner},
    {{
         .id = "RG008",
         .name = "port-unassigned",
         .severity = Severity::info,
         .references = {{6335, "6"}, {7605, "7.7"}},
         .message = "nobody has this port, but IANA may assign it",
         .help = "Take a port from 49152 on, or apply for this one.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=4"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80"},
                  {"[Service]\nName=n\nType=_http._tcp\nPort=49152"}},
         .why = "Whoever gets it will be taken for this service.",
     },
     [](const RegistryPort& subject, Report& report) {
       if (subject.port != 0 && standing_of(subject).unassigned) report(whole(subject));
     }},
    {{
         .id = "RG009",
         .name = "port-in-unauthorized-use",
         .severity = Severity::info,
         .references = {{6335, "8.1.1"}},
         .message = "somebody is known to use this port without an assignment",
         .help = "Expect another protocol on it.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=3300"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80"}},
         .why = "Both may come to run on the same host.",
     },
     [](const RegistryPort& subject, Report& report) {
       if (standing_of(subject).unauthorized_use) report(whole(subject));
     }},
};

}  // namespace

Table<RegistryPort> registry_port_rules() { return rows; }

}  // namespace srvwarden::rules
