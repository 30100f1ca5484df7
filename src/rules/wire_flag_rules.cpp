// Rules of classes, the cache-flush bit and TTLs. RFC 6762 §10 and §10.2, RFC 2181 §5.2 and §8.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "rules/wire_message.hpp"

namespace srvwarden::rules {

namespace {

using wire::Record;
using wire::Type;

constexpr std::uint32_t host_ttl = 120;
constexpr std::uint32_t other_ttl = 4500;
constexpr std::uint16_t class_in = 1;
constexpr std::uint16_t class_any = 255;

/// Calls check(record, facts) for each record that has a class and a TTL of its own.
template <class Check>
void for_each(const WireMessage& subject, Check check) {
  for (std::size_t i = 0; i < subject.facts.size(); ++i) {
    if (subject.facts[i].kind == RecordKind::opt) continue;
    check(subject.message.records[i], subject.facts[i]);
  }
}

/// A record alone in saying what its set's bit is: MD033 speaks for mixed sets.
bool lacks_flush(const Record& record, const RecordFacts& facts) {
  return !record.cache_flush() && !facts.mixed_flush && record.class_number() == class_in;
}

bool is_host_related(RecordKind kind, Type type) {
  return kind == RecordKind::address || kind == RecordKind::reverse_pointer || type == Type::srv;
}

/// Known answers and probes have other TTLs, and a TTL that is out of range is MD042's.
bool has_own_ttl(const WireMessage& subject, const Record& record) {
  return subject.role == MessageRole::multicast_response && record.ttl != 0 &&
         record.ttl >> 31 == 0;
}

std::string seconds(const Record& record) {
  return wire::type_text(record.type) + " with " + std::to_string(record.ttl) + " s";
}

constexpr Rule<WireMessage> rows[] = {
    {
        {
            .id = "MD030",
            .name = "cache-flush-on-shared",
            .severity = Severity::error,
            .references = {{6762, "10.2"}},
            .message = "the cache-flush bit on a PTR record of DNS-SD",
            .help = "It makes every cache forget the other hosts' instances: clear it.",
            .bad = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 8001 "
                     "00001194 0006 03'Foo'C00C",
                     "                                                                ^^^^"}},
            .good = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                      "00001194 0006 03'Foo'C00C"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_response()) return;
          for_each(subject, [&](const Record& record, const RecordFacts& facts) {
            if (facts.kind == RecordKind::service_pointer && record.cache_flush() &&
                !facts.mixed_flush) {
              report(class_place(record));
            }
          });
        },
    },
    {
        {
            .id = "MD031",
            .name = "unique-without-cache-flush",
            .severity = Severity::error,
            .references = {{6762, "10.2"}, {6762, "8.3"}},
            .message = "a unique record without the cache-flush bit",
            .help = "Set the top bit of the class, or old data stays in caches.",
            .bad = {{"0000 8400 0000 0001 0000 0000 03'Foo'05'_http'04'_tcp'05'local'00 0010 0001 "
                     "00001194 0001 00",
                     "                                                                       "
                     "^^^^"}},
            .good = {{"0000 8400 0000 0001 0000 0000 03'Foo'05'_http'04'_tcp'05'local'00 0010 8001 "
                      "00001194 0001 00"},
                     {"0000 0000 0001 0000 0001 0000 01'h'00 00FF 8001 C00C 0021 0001 00000078 "
                      "0008 000000000050 C00C"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_mdns_response()) return;
          for_each(subject, [&](const Record& record, const RecordFacts& facts) {
            const bool unique = facts.kind == RecordKind::service ||
                                facts.kind == RecordKind::nsec ||
                                facts.kind == RecordKind::reverse_pointer;
            if (unique && lacks_flush(record, facts)) {
              report(class_place(record), {.detail = wire::type_text(record.type)});
            }
          });
        },
    },
    {
        {
            .id = "MD032",
            .name = "address-without-cache-flush",
            .severity = Severity::warning,
            .references = {{6762, "10.2"}, {6762, "3"}},
            .message = "a record of a host without the cache-flush bit",
            .help = "Set the top bit of the class, unless hosts share the name on purpose.",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 0001 00000078 0004 "
                     "0A000001",
                     "                                                    ^^^^"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_mdns_response()) return;
          for_each(subject, [&](const Record& record, const RecordFacts& facts) {
            if (facts.kind == RecordKind::address && lacks_flush(record, facts)) {
              report(class_place(record), {.detail = wire::type_text(record.type)});
            }
          });
        },
    },
    {
        {
            .id = "MD033",
            .name = "mixed-cache-flush",
            .severity = Severity::error,
            .references = {{6762, "10.2"}},
            .message = "records of one set with and without the cache-flush bit",
            .help = "All records of a name and type have it, or none.",
            .bad = {{"0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                     "0A000001 C00C 0001 0001 00000078 0004 0A000002"}},
            .good = {{"0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001 C00C 0001 8001 00000078 0004 0A000002"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_response()) return;
          for_each(subject, [&](const Record& record, const RecordFacts& facts) {
            if (facts.mixed_flush && !record.cache_flush()) {
              report(class_place(record), {.detail = wire::type_text(record.type)});
            }
          });
        },
    },
    {
        {
            .id = "MD034",
            .name = "cache-flush-in-query",
            .severity = Severity::error,
            .references = {{6762, "10.2"}},
            .message = "the cache-flush bit on a record of a query",
            .help = "Known answers and proposed records do not flush: clear it.",
            .bad = {{"0000 0000 0001 0001 0000 0000 01'h'00 0001 0001 C00C 0001 8001 00000078 "
                     "0004 0A000001",
                     "                                                          ^^^^"}},
            .good = {{"0000 0000 0001 0001 0000 0000 01'h'00 0001 8001 C00C 0001 0001 00000078 "
                      "0004 0A000001"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (subject.is_response()) return;
          for_each(subject, [&](const Record& record, const RecordFacts&) {
            if (record.cache_flush()) report(class_place(record));
          });
        },
    },
    {
        {
            .id = "MD035",
            .name = "cache-flush-in-legacy-response",
            .severity = Severity::error,
            .references = {{6762, "6.7"}, {6762, "10.2"}},
            .message = "the cache-flush bit in a response to a legacy query",
            .help = "A plain resolver takes it for an unknown class: clear it.",
            .bad = {{"to=10.0.0.2 dport=40000 0000 8400 0001 0001 0000 0000 01'h'05'local'00 "
                     "0001 0001 C00C 0001 8001 0000000A 0004 0A000001"}},
            .good = {{"to=10.0.0.2 dport=40000 0000 8400 0001 0001 0000 0000 01'h'05'local'00 "
                      "0001 0001 C00C 0001 0001 0000000A 0004 0A000001"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_response()) return;
          if (subject.packet.destination.port == wire::mdns_port) return;
          for_each(subject, [&](const Record& record, const RecordFacts&) {
            if (record.cache_flush()) report(class_place(record));
          });
        },
    },
    {
        {
            .id = "MD036",
            .name = "class-not-in",
            .severity = Severity::info,
            .references = {{6762, "6"}, {6762, "22"}},
            .message = "a class other than IN",
            .help = "Multicast DNS is about the Internet class.",
            .bad = {{"0000 0000 0001 0000 0000 0000 01'h'00 0001 0003"},
                    {"0000 8400 0000 0001 0000 0000 01'h'00 0001 0004 00000078 0004 0A000001"}},
            .good = {{"0000 0000 0001 0000 0000 0000 01'h'00 0001 80FF"},
                     {"0000 8400 0000 0000 0000 0001 00 0029 05A0 00000000 0000"}},
        },
        [](const WireMessage& subject, Report& report) {
          for (const wire::Question& question : subject.message.questions) {
            const unsigned number = question.class_number();
            if (number == class_in || number == class_any) continue;
            report(question_place(question), {.detail = std::to_string(number)});
          }
          for_each(subject, [&](const Record& record, const RecordFacts&) {
            if (record.class_number() == class_in) return;
            report(class_place(record), {.detail = std::to_string(record.class_number())});
          });
        },
    },
    {
        {
            .id = "MD040",
            .name = "host-ttl",
            .severity = Severity::warning,
            .references = {{6762, "10"}},
            .message = "the TTL of a record about a host is not 120 s",
            .help = "Records with a host name as owner or target live 120 s.",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 0000000A 0004 "
                     "0A000001",
                     "                                                         ^^^^^^^^"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001"},
                     {"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000000 0004 "
                      "0A000001"}},
        },
        [](const WireMessage& subject, Report& report) {
          for_each(subject, [&](const Record& record, const RecordFacts& facts) {
            if (!is_host_related(facts.kind, record.type) || record.ttl == host_ttl) return;
            if (has_own_ttl(subject, record))
              report(ttl_place(record), {.detail = seconds(record)});
          });
        },
    },
    {
        {
            .id = "MD041",
            .name = "other-ttl",
            .severity = Severity::info,
            .references = {{6762, "10"}},
            .message = "the TTL of a record that is not about a host is not 4500 s",
            .help = "75 minutes are recommended.",
            .bad = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                     "00000078 0006 03'Foo'C00C"}},
            .good = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                      "00001194 0006 03'Foo'C00C"}},
        },
        [](const WireMessage& subject, Report& report) {
          for_each(subject, [&](const Record& record, const RecordFacts& facts) {
            if (is_host_related(facts.kind, record.type) || record.ttl == other_ttl) return;
            // NSEC lives as long as what it speaks for: RFC 6762 §6.1.
            if (facts.kind == RecordKind::nsec && record.ttl == host_ttl) return;
            if (has_own_ttl(subject, record))
              report(ttl_place(record), {.detail = seconds(record)});
          });
        },
    },
    {
        {
            .id = "MD042",
            .name = "ttl-out-of-range",
            .severity = Severity::error,
            .references = {{2181, "8"}},
            .message = "a TTL above 2147483647 s",
            .help = "Receivers take it as zero.",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 80000000 0004 "
                     "0A000001"},
                    {"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 FFFFFFFF 0004 "
                     "0A000001"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001"}},
        },
        [](const WireMessage& subject, Report& report) {
          for_each(subject, [&](const Record& record, const RecordFacts&) {
            if (record.ttl >> 31 != 0) report(ttl_place(record));
          });
        },
    },
    {
        {
            .id = "MD043",
            .name = "mixed-ttl",
            .severity = Severity::error,
            .references = {{2181, "5.2"}},
            .message = "records of one set with different TTLs",
            .help = "All records of a name and type have the same, but for goodbyes.",
            .bad =
                {{"to=10.0.0.2 0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 "
                  "0004 0A000001 C00C 0001 8001 0000003C 0004 0A000002"}},
            .good = {{"0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001 C00C 0001 8001 00000000 0004 0A000002"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_response()) return;
          for_each(subject, [&](const Record& record, const RecordFacts& facts) {
            if (facts.mixed_ttl) report(ttl_place(record), {.detail = seconds(record)});
          });
        },
    },
};

}  // namespace

Table<WireMessage> wire_flag_rules() { return rows; }

}  // namespace srvwarden::rules
