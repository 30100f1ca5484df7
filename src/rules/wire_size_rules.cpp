// Rules of a packet's size, and of what answers to legacy queries look like. RFC 6762 §6.7 and §17.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "rules/wire_message.hpp"

namespace srvwarden::rules {

namespace {

constexpr Span nowhere{0, 0};  // in no octet of the payload

std::size_t ip_size(const WireMessage& subject) {
  if (subject.packet.ip_size != 0) return subject.packet.ip_size;
  constexpr std::size_t udp_header = 8;
  const std::size_t ip_header = subject.packet.destination.address.is_ipv6() ? 40 : 20;
  return ip_header + udp_header + subject.packet.payload.size();
}

constexpr std::size_t ethernet_mtu = 1500;  // RFC 6762 §17 speaks of the link's; unknown here
constexpr std::size_t largest_packet = 9000;

/// It came in fragments, or would on Ethernet.
bool is_above_mtu(const WireMessage& subject) {
  return subject.packet.was_fragmented() || ip_size(subject) > ethernet_mtu;
}

/// Its size, and in how many fragments it came.
std::string size_text(const WireMessage& subject) {
  std::string text = std::to_string(ip_size(subject)) + " octets";
  const unsigned fragments = subject.packet.fragments;
  return fragments > 1 ? text + " in " + std::to_string(fragments) + " fragments" : text;
}

constexpr Rule<WireMessage> rows[] = {
    {
        {
            .id = "MD098",
            .name = "packet-above-9000",
            .severity = Severity::error,
            .references = {{6762, "17"}},
            .message = "a packet above 9000 octets, IP and UDP headers included",
            .help = "Split the message.",
            .no_example = "a packet of that size does not fit here",
        },
        [](const WireMessage& subject, Report& report) {
          if (ip_size(subject) <= largest_packet) return;
          report(nowhere, {.detail = size_text(subject)});
        },
    },
    {
        {
            .id = "MD099",
            .name = "fragmented-records",
            .severity = Severity::error,
            .references = {{6762, "17"}},
            .message = "several records in a packet above the MTU",
            .help = "A packet may be fragmented only for one record that fits in no other way.",
            .no_example = "a packet of that size does not fit here",
        },
        [](const WireMessage& subject, Report& report) {
          if (!is_above_mtu(subject) || subject.message.records.size() < 2) return;
          report(nowhere, {.detail = size_text(subject)});
        },
    },
    {
        {
            .id = "MD100",
            .name = "packet-above-mtu",
            .severity = Severity::warning,
            .references = {{6762, "17"}},
            .message = "a packet above the MTU",
            .help = "Shrink the record: fragments are easily lost.",
            .no_example = "a packet of that size does not fit here",
        },
        [](const WireMessage& subject, Report& report) {
          if (!is_above_mtu(subject) || ip_size(subject) > largest_packet) return;
          if (subject.message.records.size() > 1) return;
          report(nowhere, {.detail = size_text(subject)});
        },
    },
    {
        {
            .id = "MD102",
            .name = "legacy-response-question",
            .severity = Severity::error,
            .references = {{6762, "6.7"}},
            .message = "a response to a legacy query without its question",
            .help =
                "Repeat the query's ID and question, so that a plain resolver takes the answer.",
            .bad = {{"to=10.0.0.2 dport=40000 1234 8400 0000 0001 0000 0000 "
                     "00 000C 0001 0000000A 0001 00"}},
            .good = {{"to=10.0.0.2 dport=40000 1234 8400 0001 0001 0000 0000 00 000C 0001 "
                      "00 000C 0001 0000000A 0001 00"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (subject.is_legacy_response() && subject.message.header.counts[0] == 0) {
            report(question_count_place);
          }
        },
    },
    {
        {
            .id = "MD103",
            .name = "legacy-response-ttl",
            .severity = Severity::warning,
            .references = {{6762, "6.7"}},
            .message = "a TTL above ten seconds in a response to a legacy query",
            .help = "A plain resolver gets no updates: let it ask again soon.",
            .bad = {{"to=10.0.0.2 dport=40000 0000 8400 0001 0001 0000 0000 00 000C 0001 "
                     "00 000C 0001 0000000B 0001 00",
                     "                                        "
                     "                                        ^^^^^^^^"}},
            .good = {{"to=10.0.0.2 dport=40000 0000 8400 0001 0001 0000 0000 00 000C 0001 "
                      "00 000C 0001 0000000A 0001 00"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_legacy_response()) return;
          for (const wire::Record& record : subject.message.records) {
            constexpr std::uint32_t limit = 10;
            if (record.type == wire::Type::opt || record.ttl <= limit) continue;
            report(ttl_place(record), {.detail = std::to_string(record.ttl) + " s"});
          }
        },
    },
    {
        {
            .id = "MD101",
            .name = "legacy-response-compression",
            .severity = Severity::error,
            .references = {{6762, "18.14"}},
            .message = "a compressed SRV target in a response to a legacy query",
            .help = "Plain resolvers need not understand it there: write the target in full.",
            .bad = {{"to=10.0.0.2 dport=40000 0000 8400 0001 0001 0000 0000 01'h'00 0021 0001 "
                     "C00C 0021 0001 0000000A 0008 000000000050 C00C"}},
            .good = {{"to=10.0.0.2 dport=40000 0000 8400 0001 0001 0000 0000 01'h'00 0021 0001 "
                      "C00C 0021 0001 0000000A 0009 000000000050 01'h'00"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_legacy_response()) return;
          for (const wire::Record& record : subject.message.records) {
            if (record.type == wire::Type::srv && record.is_compressed) report(rdata_place(record));
          }
        },
    },
};

}  // namespace

Table<WireMessage> wire_size_rules() { return rows; }

}  // namespace srvwarden::rules
