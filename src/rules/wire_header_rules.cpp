// Rules of a message's addresses and header. RFC 6762 §5, §6, §11 and §18.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "rules/wire_message.hpp"

namespace srvwarden::rules {

namespace {

constexpr Span nowhere{0, 0};  // in no octet of the payload

bool has_flag(const WireMessage& subject, unsigned flag) {
  return (subject.message.header.flags & flag) != 0;
}

template <unsigned Flag>
void report_flag(const WireMessage& subject, Report& report) {
  if (has_flag(subject, Flag)) report(flags_place);
}

std::string number(const char* before, unsigned value) { return before + std::to_string(value); }

bool is_for_multicast_domain(const WireMessage& subject) {
  const auto& records = subject.message.records;
  return records.empty() || is_multicast_name(records.front().owner);
}

constexpr Rule<WireMessage> rows[] = {
    {
        {
            .id = "MD001",
            .name = "response-source-port",
            .severity = Severity::error,
            .references = {{6762, "6"}},
            .message = "a response that does not come from port 5353",
            .help = "Receivers ignore it: send responses from a socket bound to port 5353.",
            .bad = {{"sport=49152 0000 8400 0000 0000 0000 0000"},
                    {"sport=5354 0000 8400 0000 0000 0000 0000"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        [](const WireMessage& subject, Report& report) {
          const unsigned port = subject.packet.source.port;
          if (!subject.is_response() || port == wire::mdns_port) return;
          report(nowhere, {.detail = number("port ", port)});
        },
    },
    {
        {
            .id = "MD002",
            .name = "response-destination",
            .severity = Severity::error,
            .references = {{6762, "6"}},
            .message = "a multicast response to another group or port than mDNS's",
            .help = "Send it to 224.0.0.251 or ff02::fb, port 5353.",
            .bad = {{"dport=5354 0000 8400 0000 0000 0000 0000"},
                    {"to=224.0.0.1 0000 8400 0000 0000 0000 0000"}},
            .good = {{"0000 8400 0000 0000 0000 0000"},
                     {"to=ff02::fb 0000 8400 0000 0000 0000 0000"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (subject.role != MessageRole::multicast_response) return;
          const wire::Endpoint& to = subject.packet.destination;
          if (subject.packet.to_group() && to.port == wire::mdns_port) return;
          report(nowhere, {.detail = to.address.text() + number(" port ", to.port)});
        },
    },
    {
        {
            .id = "MD004",
            .name = "response-ttl",
            .severity = Severity::warning,
            .references = {{6762, "11"}},
            .message = "a response whose IP TTL or hop limit is not 255",
            .help = "Set IP_MULTICAST_TTL and IPV6_MULTICAST_HOPS, and those of unicast, to 255.",
            .bad = {{"ttl=1 0000 8400 0000 0000 0000 0000"},
                    {"ttl=64 0000 8400 0000 0000 0000 0000"}},
            .good = {{"ttl=255 0000 8400 0000 0000 0000 0000"},
                     {"ttl=1 0000 0000 0001 0000 0000 0000 00 000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          const auto ttl = subject.packet.ttl;
          if (!subject.is_response() || !ttl || *ttl == 255) return;
          report(nowhere, {.detail = std::to_string(*ttl)});
        },
    },
    {
        {
            .id = "MD006",
            .name = "legacy-query",
            .severity = Severity::info,
            .references = {{6762, "5.1"}, {6762, "6.7"}},
            .message = "a one-shot query, not from port 5353",
            .help = "Whole queriers ask from port 5353 and learn from everyone's answers.",
            .bad = {{"sport=49152 0001 0100 0001 0000 0000 0000 00 000C 0001"},
                    {"sport=53 0000 0000 0001 0000 0000 0000 00 000C 0001"}},
            .good = {{"0000 0000 0001 0000 0000 0000 00 000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (subject.role == MessageRole::legacy_query && subject.packet.to_group()) {
            report(nowhere, {.detail = number("port ", subject.packet.source.port)});
          }
        },
    },
    {
        {
            .id = "MD010",
            .name = "query-id",
            .severity = Severity::warning,
            .references = {{6762, "18.1"}},
            .message = "a multicast query with an ID",
            .help = "The ID is zero in multicast queries.",
            .bad = {{"0001 0000 0001 0000 0000 0000 00 000C 0001", "^^^^"},
                    {"FFFF 0000 0001 0000 0000 0000 00 000C 0001", "^^^^"}},
            .good = {{"0000 0000 0001 0000 0000 0000 00 000C 0001"},
                     {"to=10.0.0.2 0001 0000 0001 0000 0000 0000 00 000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          const bool multicast = subject.packet.destination.address.is_multicast();
          if (subject.role == MessageRole::query && multicast && subject.message.header.id != 0) {
            report(id_place);
          }
        },
    },
    {
        {
            .id = "MD011",
            .name = "response-id",
            .severity = Severity::error,
            .references = {{6762, "18.1"}},
            .message = "a multicast response with an ID",
            .help = "The ID is zero in every response but one to a legacy query.",
            .bad = {{"0001 8400 0000 0000 0000 0000", "^^^^"},
                    {"to=10.0.0.2 1234 8400 0000 0000 0000 0000", "            ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"},
                     {"to=10.0.0.2 dport=40000 1234 8400 0001 0001 0000 0000 00 000C 0001 "
                      "00 000C 0001 0000000A 0001 00"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (subject.is_mdns_response() && subject.message.header.id != 0) report(id_place);
        },
    },
    {
        {
            .id = "MD012",
            .name = "query-response-bit",
            .severity = Severity::error,
            .references = {{6762, "18.2"}},
            .message = "the QR bit contradicts what the message holds",
            .help = "Answers without a question are a response; questions without records a query.",
            .bad = {{"0000 0000 0000 0001 0000 0000 00 000C 0001 00001194 0001 00", "     ^^^^"}},
            .good = {{"after-tc 0000 0000 0000 0001 0000 0000 00 000C 0001 00001194 0001 00"},
                     {"0000 0000 0001 0000 0000 0000 00 000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          const auto& counts = subject.message.header.counts;
          const bool asks = counts[0] > 0;
          const bool answers = counts[1] > 0;
          const bool is_empty = !answers && counts[2] == 0 && counts[3] == 0;
          const bool wrong = subject.is_response() ? asks && is_empty
                                                   : !asks && answers && !subject.follows_truncated;
          if (wrong) report(flags_place);
        },
    },
    {
        {
            .id = "MD013",
            .name = "opcode",
            .severity = Severity::error,
            .references = {{6762, "18.3"}},
            .message = "an OPCODE that is not zero",
            .help = "Receivers ignore the message: mDNS knows standard queries alone.",
            .bad = {{"0000 AC00 0000 0000 0000 0000", "     ^^^^"},
                    {"0000 1000 0001 0000 0000 0000 00 000C 0001", "     ^^^^"}},
            .good = {{"0000 0200 0001 0000 0000 0000 00 000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          const unsigned opcode = subject.message.header.opcode();
          if (opcode != 0) report(flags_place, {.detail = std::to_string(opcode)});
        },
    },
    {
        {
            .id = "MD014",
            .name = "authoritative-bit",
            .severity = Severity::error,
            .references = {{6762, "18.4"}},
            .message = "the AA bit is wrong",
            .help = "It is zero in queries and one in responses.",
            .bad = {{"0000 0400 0001 0000 0000 0000 00 000C 0001", "     ^^^^"},
                    {"0000 8000 0000 0000 0000 0000", "     ^^^^"}},
            .good = {{"0000 0000 0001 0000 0000 0000 00 000C 0001"},
                     {"0000 8400 0000 0000 0000 0000"}},
        },
        [](const WireMessage& subject, Report& report) {
          const bool authoritative = subject.message.header.authoritative();
          const bool wrong = subject.is_response()
                                 ? !authoritative && is_for_multicast_domain(subject)
                                 : authoritative;
          if (wrong) report(flags_place);
        },
    },
    {
        {
            .id = "MD015",
            .name = "truncated-response",
            .severity = Severity::error,
            .references = {{6762, "18.5"}},
            .message = "a multicast response with the TC bit",
            .help = "Split it into several messages, each whole in itself.",
            .bad = {{"0000 8600 0000 0000 0000 0000", "     ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"},
                     {"0000 0200 0001 0000 0000 0000 00 000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          const bool multicast = subject.role == MessageRole::multicast_response;
          if (multicast && subject.message.header.truncated()) report(flags_place);
        },
    },
    {
        {
            .id = "MD016",
            .name = "recursion-desired",
            .severity = Severity::warning,
            .references = {{6762, "18.6"}},
            .message = "the RD bit is set",
            .help = "Nobody recurses in multicast DNS: clear it.",
            .bad = {{"0000 0100 0001 0000 0000 0000 00 000C 0001", "     ^^^^"},
                    {"0000 8500 0000 0000 0000 0000", "     ^^^^"}},
            .good = {{"0000 0000 0001 0000 0000 0000 00 000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          const bool multicast = subject.role == MessageRole::query || subject.is_mdns_response();
          if (multicast && has_flag(subject, 0x0100)) report(flags_place);
        },
    },
    {
        {
            .id = "MD017",
            .name = "recursion-available",
            .severity = Severity::error,
            .references = {{6762, "18.7"}},
            .message = "the RA bit is set",
            .help = "Clear it.",
            .bad = {{"0000 8480 0000 0000 0000 0000", "     ^^^^"},
                    {"0000 0080 0001 0000 0000 0000 00 000C 0001", "     ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        report_flag<0x0080>,
    },
    {
        {
            .id = "MD018",
            .name = "z-bit",
            .severity = Severity::error,
            .references = {{6762, "18.8"}},
            .message = "the Z bit is set",
            .help = "It is reserved: clear it.",
            .bad = {{"0000 8440 0000 0000 0000 0000", "     ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        report_flag<0x0040>,
    },
    {
        {
            .id = "MD019",
            .name = "authentic-data",
            .severity = Severity::error,
            .references = {{6762, "18.9"}},
            .message = "the AD bit is set",
            .help = "Clear it.",
            .bad = {{"0000 8420 0000 0000 0000 0000", "     ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        report_flag<0x0020>,
    },
    {
        {
            .id = "MD020",
            .name = "checking-disabled",
            .severity = Severity::error,
            .references = {{6762, "18.10"}},
            .message = "the CD bit is set",
            .help = "Clear it.",
            .bad = {{"0000 8410 0000 0000 0000 0000", "     ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        report_flag<0x0010>,
    },
    {
        {
            .id = "MD021",
            .name = "response-code",
            .severity = Severity::error,
            .references = {{6762, "18.11"}},
            .message = "an RCODE that is not zero",
            .help = "Receivers ignore the message: say with NSEC what a name does not have.",
            .bad = {{"0000 8403 0000 0000 0000 0000", "     ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        [](const WireMessage& subject, Report& report) {
          const unsigned code = subject.message.header.response_code();
          if (code != 0) report(flags_place, {.detail = std::to_string(code)});
        },
    },
    {
        {
            .id = "MD022",
            .name = "question-in-response",
            .severity = Severity::error,
            .references = {{6762, "6"}},
            .message = "a response that carries a question",
            .help = "Only a response to a legacy query repeats the question.",
            .bad = {{"0000 8400 0001 0001 0000 0000 00 000C 0001 00 000C 0001 00001194 0001 00",
                     "          ^^^^"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        [](const WireMessage& subject, Report& report) {
          const unsigned count = subject.message.header.counts[0];
          if (!subject.is_mdns_response() || count == 0) return;
          report(question_count_place, {.detail = std::to_string(count)});
        },
    },
};

}  // namespace

Table<WireMessage> wire_header_rules() { return rows; }

}  // namespace srvwarden::rules
