// Rules of names, NSEC and addresses in records. RFC 6762 §6.1, §6.2, §12, §13, §14 and §16.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "census/name_labels.hpp"
#include "rules/unicode.hpp"
#include "rules/wire_message.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/presentation.hpp"
#include "wire/reader.hpp"

namespace srvwarden::rules {

namespace {

using wire::NameView;
using wire::Record;
using wire::Type;

/// The first label that must be precomposed UTF-8 and is not, from the left. Instance labels
/// (IN003, IN006) and subtypes (SB007) have rules of their own.
std::string find_bad_label(NameView name, bool browsing) {
  if (std::ranges::all_of(name.octets(), ascii::is_ascii)) return {};  // the usual name
  const NameShape shape = census::shape_of_name(name, browsing);
  const bool first_is_free = shape.role == NameRole::instance || shape.role == NameRole::subtype;
  std::size_t index = 0;
  for (const std::string_view label : name) {
    if (index++ == 0 && first_is_free) continue;
    if (!unicode::is_nfc(label)) return to_presentation(label);
  }
  return {};
}

/// The blocks of an NSEC bitmap: the first one's number, how many, whether a later one has a bit.
struct Blocks {
  unsigned first = 0;
  unsigned count = 0;
  bool high_types = false;
};

Blocks blocks_of(const Record& record) {
  Blocks blocks;
  wire::Reader reader(record.rdata, record.after_names);
  while (reader.left() > 0) {
    const unsigned number = reader.u8();
    const wire::Bytes bits = reader.take(reader.u8());
    if (!reader.ok()) break;
    if (blocks.count++ == 0) blocks.first = number;
    for (const std::uint8_t octet : bits) {
      if (number > 0 && octet != 0) blocks.high_types = true;
    }
  }
  return blocks;
}

bool is_whole_nsec(const Record& record) {
  return record.type == Type::nsec && record.rdata_is_whole && record.owner_is_whole;
}

/// This network, loopback, multicast, reserved, unspecified.
bool is_unusable(const wire::Address& address) {
  const wire::Bytes octets = address.octets();
  if (address.is_ipv4()) return octets[0] == 0 || octets[0] == 127 || octets[0] >= 224;
  if (octets[0] == 0xFF) return true;
  for (std::size_t i = 0; i + 1 < octets.size(); ++i) {
    if (octets[i] != 0) return false;
  }
  return octets.back() <= 1;
}

constexpr Rule<WireMessage> rows[] = {
    {
        {
            .id = "MD084",
            .name = "nsec-denies-present",
            .severity = Severity::error,
            .references = {{6762, "6.1"}},
            .message = "an NSEC record denies what the same message has",
            .help = "Set the bit of every type that the name has.",
            .bad = {{"0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                     "0A000001 C00C 002F 8001 00000078 0008 C00C 00 04 00000008"}},
            .good = {{"0000 8400 0000 0002 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001 C00C 002F 8001 00000078 0008 C00C 00 04 40000008"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_response()) return;
          const auto& records = subject.message.records;
          for (const Record& nsec : records) {
            if (!is_whole_nsec(nsec)) continue;
            for (const Record& record : records) {
              const bool speaks = record.type != Type::nsec && record.ttl != 0 &&
                                  static_cast<unsigned>(record.type) < 256;
              if (!speaks || nsec.nsec_has(record.type) || nsec.owner != record.owner) continue;
              report(rdata_place(nsec), {.detail = wire::type_text(record.type)});
            }
          }
        },
    },
    {
        {
            .id = "MD086",
            .name = "zone-record",
            .severity = Severity::warning,
            .references = {{6762, "12"}},
            .message = "an SOA or NS record in a domain of multicast DNS",
            .help = "There are no zones and no delegations there.",
            .bad = {{"0000 8400 0000 0001 0000 0000 05'local'00 0002 0001 00001194 0004 "
                     "01'h'C00C"}},
            .good = {{"0000 8400 0000 0001 0000 0000 07'example'00 0002 0001 00001194 0004 "
                      "01'h'C00C"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_response()) return;
          for (const Record& record : subject.message.records) {
            const bool is_zone = record.type == Type::soa || record.type == Type::ns;
            if (is_zone && is_multicast_name(record.owner)) {
              report(type_place(record), {.detail = wire::type_text(record.type)});
            }
          }
        },
    },
    {
        {
            .id = "MD087",
            .name = "query-outside-multicast-dns",
            .severity = Severity::info,
            .references = {{6762, "3"}, {6762, "13"}},
            .message = "a multicast question for a name that is not of the link",
            .help = "Ask unicast DNS: anyone on the link could answer this one.",
            .bad = {{"0000 0000 0001 0000 0000 0000 07'example'03'com'00 0001 0001"}},
            .good = {{"0000 0000 0001 0000 0000 0000 01'h'05'local'00 0001 0001"},
                     {"0000 0000 0001 0000 0000 0000 01'1'01'0'03'254'03'169'07'in-addr'04'arpa'00 "
                      "000C 0001"}},
        },
        [](const WireMessage& subject, Report& report) {
          if (subject.is_response() || !subject.packet.to_group()) return;
          for (const wire::Question& question : subject.message.questions) {
            if (question.name.label_count() < 2 || is_multicast_name(question.name)) continue;
            report(question_place(question), {.detail = question.name.text()});
          }
        },
    },
    {
        {
            .id = "MD105",
            .name = "name-not-precomposed",
            .severity = Severity::error,
            .references = {{6762, "16"}},
            .message = "a name that is not precomposed UTF-8",
            .help = "Encode it as UTF-8 in Normalization Form C.",
            .bad = {{"0000 8400 0000 0001 0000 0000 04'B'FC'ro'05'local'00 0001 8001 00000078 "
                     "0004 0A000001"},
                    {"0000 8400 0000 0001 0000 0000 06'Bu'CC88'ro'05'local'00 0001 8001 00000078 "
                     "0004 0A000001"}},
            .good = {{"0000 8400 0000 0001 0000 0000 05'B'C3BC'ro'05'local'00 0001 8001 00000078 "
                      "0004 0A000001"}},
        },
        [](const WireMessage& subject, Report& report) {
          for (const wire::Question& question : subject.message.questions) {
            const std::string label = find_bad_label(question.name, true);
            if (!label.empty()) report(question_place(question), {.detail = label});
          }
          for (std::size_t i = 0; i < subject.facts.size(); ++i) {
            if (subject.facts[i].is_ascii) continue;
            const Record& record = subject.message.records[i];
            const std::string owner = find_bad_label(record.owner, record.type == Type::ptr);
            if (!owner.empty()) report(owner_place(record), {.detail = owner});
            const std::string target = find_bad_label(record.target, false);
            if (!target.empty()) report(rdata_place(record), {.detail = target});
          }
        },
    },
    {
        {
            .id = "MD106",
            .name = "nsec-form",
            .severity = Severity::warning,
            .references = {{6762, "6.1"}},
            .message = "an NSEC record that is not in the form of multicast DNS",
            .help = "The next name is the owner, and there is one block, number zero.",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 002F 8001 00000078 0005 "
                     "C00E 00 01 40"},
                    {"0000 8400 0000 0001 0000 0000 01'h'05'local'00 002F 8001 00000078 0005 "
                     "C00C 01 01 40"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 002F 8001 00000078 0005 "
                      "C00C 00 01 40"},
                     {"0000 8400 0000 0001 0000 0000 01'h'05'local'00 002F 8001 00000078 0008 "
                      "C00C 00 01 40 01 01 40"}},
        },
        [](const WireMessage& subject, Report& report) {
          for (const Record& record : subject.message.records) {
            if (!is_whole_nsec(record)) continue;
            const Blocks blocks = blocks_of(record);
            const bool usual = record.target == record.owner && blocks.first == 0 &&
                               (blocks.count <= 1 || blocks.high_types);
            if (!usual) report(rdata_place(record));
          }
        },
    },
    {
        {
            .id = "SC007",
            .name = "unusable-address",
            .severity = Severity::error,
            .references = {{6762, "6.2"}, {6762, "14"}},
            .message = "an address that no other host can reach",
            .help = "Announce the addresses of the interface, not loopback, multicast or none.",
            .bad = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                     "7F000001"},
                    {"0000 8400 0000 0001 0000 0000 01'h'05'local'00 001C 8001 00000078 0010 "
                     "00000000000000000000000000000001"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "A9FE0102"},
                     {"0000 8400 0000 0001 0000 0000 01'h'05'local'00 001C 8001 00000078 0010 "
                      "FE800000000000000000000000000001"}},
            .why = "Every client that takes it connects to itself or to nothing.",
        },
        [](const WireMessage& subject, Report& report) {
          if (!subject.is_response()) return;
          for (const Record& record : subject.message.records) {
            const bool is_address = record.type == Type::a || record.type == Type::aaaa;
            if (!is_address || !record.rdata_is_whole) continue;
            const wire::Address address(record.rdata);
            if (is_unusable(address)) report(rdata_place(record), {.detail = address.text()});
          }
        },
    },
};

}  // namespace

Table<WireMessage> wire_record_rules() { return rows; }

}  // namespace srvwarden::rules
