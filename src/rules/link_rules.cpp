// BL001 to BL010: what is new, gone, moved or otherwise than wanted on a link.
// SPDX-License-Identifier: Apache-2.0
#include "rules/link_rules.hpp"

namespace srvwarden::rules {

namespace {

constexpr Span whole{0, 0};
constexpr Reference manual{0, "srvwarden(1), BASELINE"};
constexpr Reference policy_manual{0, "srvwarden(1), POLICY"};

template <ChangeKind kind>
void check_change(const LinkDifference& difference, Report& report) {
  if (difference.change == nullptr || difference.change->kind != kind) return;
  report(whole, {.detail = described(difference.change->fields)});
}

template <Expected outcome>
void check_outcome(const LinkDifference& difference, Report& report) {
  if (difference.outcome == nullptr || difference.outcome->outcome != outcome) return;
  report(whole, {.detail = difference.outcome->words});
}

// In the examples, "was" and "is" are an instance of the baseline and of the audit: its name, host,
// port, address, and TXT strings or "+" and a subtype. Other lines are a policy.
constexpr Rule<LinkDifference> rows[] = {
    {{
         .id = "BL001",
         .name = "instance-new",
         .severity = Severity::warning,
         .references = {manual},
         .message = "the baseline does not have this instance",
         .help = "Find out who announces it; where that is right, save a new baseline.",
         .bad = {{"is Shell._ssh._tcp.local. nas.local. 22 10.77.0.9"}},
         .good = {{"was Shell._ssh._tcp.local. nas.local. 22 10.77.0.9\n"
                   "is SHELL._ssh._tcp.local. nas.local. 22 10.77.0.9"}},
         .why = "Whoever announces a service takes clients that look for one of its type.",
     },
     check_change<ChangeKind::appeared>},
    {{
         .id = "BL002",
         .name = "instance-gone",
         .severity = Severity::warning,
         .references = {manual},
         .message = "an instance of the baseline is not announced any more",
         .help = "See whether its host runs and is on this link; an audit that was too short, or "
                 "passive, may have missed it.",
         .bad = {{"was Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5"}},
         .good = {{"was Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                   "is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5"}},
         .why = "Clients do not find the service.",
     },
     check_change<ChangeKind::gone>},
    {{
         .id = "BL003",
         .name = "instance-back",
         .severity = Severity::info,
         .references = {manual},
         .message = "an instance that the baseline knows as gone is announced again",
         .help = "Save a new baseline where that is right.",
         .bad = {{"gone Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                  "is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5"}},
         .good = {{"gone Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5"}},
         .why = "A name that comes back may be another host's now.",
     },
     check_change<ChangeKind::back>},
    {{
         .id = "BL004",
         .name = "instance-moved",
         .severity = Severity::warning,
         .references = {manual, {6763, "5"}},
         .message = "the instance has another host or port than in the baseline",
         .help = "Find out who moved it; where that is right, save a new baseline.",
         .bad = {{"was Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                  "is Lobby._ipp._tcp.local. evil.local. 631 10.77.0.5"},
                 {"was Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                  "is Lobby._ipp._tcp.local. lobby.local. 632 10.77.0.5"}},
         .good = {{"was Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                   "is Lobby._ipp._tcp.local. LOBBY.local. 631 10.77.0.5"}},
         .why = "Clients follow the name wherever it points: this is how a service is taken over.",
     },
     check_change<ChangeKind::moved>},
    {{
         .id = "BL005",
         .name = "addresses-changed",
         .severity = Severity::info,
         .references = {manual, {6762, "10.2"}},
         .message = "the instance's host has other addresses than in the baseline",
         .help = "Other leases and temporary IPv6 addresses do that, too: turn the rule off where "
                 "addresses are not fixed.",
         .bad = {{"was Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                  "is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.6"}},
         .good = {{"was Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                   "is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5"}},
         .why = "A host that answers for another's name has other addresses.",
     },
     check_change<ChangeKind::addresses>},
    {{
         .id = "BL006",
         .name = "txt-changed",
         .severity = Severity::info,
         .references = {manual, {6763, "6.4"}},
         .message = "the TXT record says something else than in the baseline",
         .help = "Some keys are meant to change, as a printer's state is; for the others save a "
                 "new baseline where that is right.",
         .bad = {{"was Web._http._tcp.local. web.local. 80 10.77.0.7 path=/\n"
                  "is Web._http._tcp.local. web.local. 80 10.77.0.7 path=/login"},
                 {"was Web._http._tcp.local. web.local. 80 10.77.0.7 path=/ a\n"
                  "is Web._http._tcp.local. web.local. 80 10.77.0.7 path=/ b"}},
         .good = {{"was Web._http._tcp.local. web.local. 80 10.77.0.7 path=/ a=1\n"
                   "is Web._http._tcp.local. web.local. 80 10.77.0.7 A=1 path=/ a=2"}},
         .why = "Clients connect as the keys say: another path or queue is another service.",
     },
     check_change<ChangeKind::txt>},
    {{
         .id = "BL007",
         .name = "subtypes-changed",
         .severity = Severity::info,
         .references = {manual, {6763, "7.1"}},
         .message = "the instance has other subtypes than in the baseline",
         .help = "Save a new baseline where that is right.",
         .bad = {{"was Web._http._tcp.local. web.local. 80 10.77.0.7 +_printer\n"
                  "is Web._http._tcp.local. web.local. 80 10.77.0.7 +_camera"}},
         .good = {{"was Web._http._tcp.local. web.local. 80 10.77.0.7 +_printer\n"
                   "is Web._http._tcp.local. web.local. 80 10.77.0.7 +_PRINTER"}},
         .why = "Clients that look for a subtype do not find it, or find it by surprise.",
     },
     check_change<ChangeKind::subtypes>},
    {{
         .id = "BL008",
         .name = "expected-missing",
         .severity = Severity::error,
         .references = {policy_manual},
         .message = "what the policy expects is not announced",
         .help = "See whether its host runs and is on this link; else change the policy.",
         .bad = {{"[[expect]]\ntype = \"_ipp._tcp\""}},
         .good = {{"is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                   "[[expect]]\ntype = \"_ipp._tcp\""}},
         .why = "Clients do not find a service that is meant to be there.",
     },
     check_outcome<Expected::missing>},
    {{
         .id = unexpected_rule,
         .name = "instance-unexpected",
         .severity = Severity::warning,
         .references = {policy_manual},
         .message = "the policy does not expect this instance",
         .help = "Find out who announces it; where that is right, expect it in the policy.",
         .bad = {{"is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5\n"
                  "is Shell._ssh._tcp.local. nas.local. 22 10.77.0.9\n"
                  "[[expect]]\ntype = \"_ipp._tcp\""}},
         .good = {{"is Shell._ssh._tcp.local. nas.local. 22 10.77.0.9\n"
                   "[[expect]]\ninstance = \"She*\""}},
         .why = "Whoever announces a service takes clients that look for one of its type.",
     },
     check_outcome<Expected::unexpected>},
    {{
         .id = "BL010",
         .name = "expected-otherwise",
         .severity = Severity::error,
         .references = {policy_manual},
         .message = "the instance is not as the policy expects it",
         .help = "Mend the service; where it is right, change the policy.",
         .bad = {{"is Lobby._ipp._tcp.local. evil.local. 631 10.77.0.5 rp=x\n"
                  "[[expect]]\ntype = \"_ipp._tcp\"\nhost = \"lobby.local\""},
                 {"is Lobby._ipp._tcp.local. lobby.local. 632 10.77.0.5\n"
                  "[[expect]]\ntype = \"_ipp._tcp\"\nport = 631"},
                 {"is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5 rp=x\n"
                  "[[expect]]\ntype = \"_ipp._tcp\"\ntxt = { rp = \"y\" }"}},
         .good = {{"is Lobby._ipp._tcp.local. lobby.local. 631 10.77.0.5 RP=x\n"
                   "[[expect]]\ntype = \"_ipp._tcp\"\nhost = \"lobby*\"\nport = 631\n"
                   "txt = { rp = true }"}},
         .why = "A service under a name that people trust is another than they think.",
     },
     check_outcome<Expected::otherwise>},
};

}  // namespace

Table<LinkDifference> link_rules() { return rows; }

}  // namespace srvwarden::rules
