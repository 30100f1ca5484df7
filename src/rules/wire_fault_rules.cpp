// Rules of malformed messages: the decoder found them, the rows explain them. RFC 1035 §4.1.
// SPDX-License-Identifier: Apache-2.0
#include "rules/wire_message.hpp"

namespace srvwarden::rules {

namespace {

template <wire::FaultCode Code>
void report_fault(const WireMessage& subject, Report& report) {
  for (const wire::Fault& fault : subject.message.faults) {
    if (fault.code == Code) report({fault.offset, 0});
  }
}

constexpr Rule<WireMessage> rows[] = {
    {
        {
            .id = "MD083",
            .name = "nsec-malformed",
            .severity = Severity::error,
            .references = {{6762, "6.1"}, {4034, "4.1.2"}},
            .message = "an NSEC bitmap that is malformed or lists NSEC itself",
            .help = "One block of 1 to 32 octets, without the bit of NSEC (47).",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'00 002F 8001 00000078 0005 C00C 00 21 40"},
                    {"0000 8400 0000 0001 0000 0000 01'h'00 002F 8001 00000078 000A "
                     "C00C 00 06 400000000001"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'00 002F 8001 00000078 0008 "
                      "C00C 00 04 40000000"}},
        },
        report_fault<wire::FaultCode::nsec_malformed>,
    },
    {
        {
            .id = "MD091",
            .name = "compression-not-allowed",
            .severity = Severity::error,
            .references = {{6762, "18.14"}},
            .message = "a compressed name in the data of a type where none may be",
            .help = "Write the name in full: not everyone knows where this type has names.",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'00 0040 0001 00001194 0004 0001 C00C"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'00 0040 0001 00001194 0005 0001 01'h'00"},
                     {"0000 8400 0000 0001 0000 0000 01'h'00 0021 8001 00000078 0008 "
                      "000000000050 C00C"}},
        },
        report_fault<wire::FaultCode::compression_not_allowed>,
    },
    {
        {
            .id = "MD092",
            .name = "compression-pointer",
            .severity = Severity::error,
            .references = {{1035, "4.1.4"}},
            .message = "a compression pointer that does not lead to an earlier name",
            .help = "Whoever follows it may run in circles: the name was not read.",
            .bad = {{"0000 0000 0001 0000 0000 0000 C00C 000C 0001"},
                    {"0000 0000 0001 0000 0000 0000 C012 000C 0001"},
                    {"0000 0000 0001 0000 0000 0000 C000 000C 0001"}},
            .good = {{"0000 0000 0002 0000 0000 0000 01'h'00 0001 0001 C00C 0001 0001"},
                     {"0000 0000 0003 0000 0000 0000 01'h'00 0001 0001 C00C 0001 0001 "
                      "C013 0001 0001"}},
        },
        report_fault<wire::FaultCode::bad_pointer>,
    },
    {
        {
            .id = "MD093",
            .name = "reserved-label-type",
            .severity = Severity::error,
            .references = {{1035, "4.1.4"}},
            .message = "a label whose first octet is neither a length nor a pointer",
            .help = "Labels have 1 to 63 octets. Nothing behind it was read.",
            .bad = {{"0000 0000 0001 0000 0000 0000 41'h'00 000C 0001"},
                    {"0000 0000 0001 0000 0000 0000 80 000C 0001"}},
            .good = {{"0000 0000 0001 0000 0000 0000 "
                      "3F'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"
                      "00 000C 0001"}},
        },
        report_fault<wire::FaultCode::reserved_label_type>,
    },
    {
        {
            .id = "MD094",
            .name = "message-truncated",
            .severity = Severity::error,
            .references = {{1035, "4.1"}},
            .message = "the message ends before all that its header counts",
            .help = "Count what is sent, and send what is counted.",
            .bad = {{"0000 0000 0000 0000 0000 00"},
                    {"0000 8400 0000 0002 0000 0000 01'h'00 0001 8001 00000078 0004 0A000001"}},
            .good = {{"0000 8400 0000 0000 0000 0000"},
                     {"0000 8400 0000 0001 0000 0000 01'h'00 0001 8001 00000078 0004 0A000001"}},
        },
        report_fault<wire::FaultCode::message_truncated>,
    },
    {
        {
            .id = "MD095",
            .name = "rdata-size",
            .severity = Severity::error,
            .references = {{1035, "3.2.1"}, {3596, "2.2"}},
            .message = "data that is too short or too long for its type",
            .help = "A has 4 octets, AAAA 16, and a name ends where the data ends.",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'00 0001 8001 00000078 0005 0A00000100"},
                    {"0000 8400 0000 0001 0000 0000 01'h'00 001C 8001 00000078 0004 0A000001"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'00 0001 8001 00000078 0004 0A000001"},
                     {"0000 8400 0000 0001 0000 0000 01'h'00 001C 8001 00000078 0010 "
                      "20010DB8000000000000000000000001"}},
        },
        report_fault<wire::FaultCode::rdata_size>,
    },
    {
        {
            .id = "MD096",
            .name = "trailing-octets",
            .severity = Severity::warning,
            .references = {{1035, "4.1"}},
            .message = "octets behind the last record that the header counts",
            .help = "Either a count is too small, or there is waste at the end.",
            .heuristic = true,
            .bad = {{"0000 8400 0000 0000 0000 0000 00"},
                    {"0000 8400 0000 0000 0000 0000 01'h'00 0001 8001 00000078 0004 0A000001"}},
            .good = {{"0000 8400 0000 0000 0000 0000"}},
        },
        report_fault<wire::FaultCode::trailing_octets>,
    },
};

}  // namespace

Table<WireMessage> wire_fault_rules() { return rows; }

}  // namespace srvwarden::rules
