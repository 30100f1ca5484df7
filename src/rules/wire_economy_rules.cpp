// Rules of what a message could spare, or spare others. RFC 6762 §18.14, RFC 6763 §12.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include "census/name_labels.hpp"
#include "rules/wire_message.hpp"
#include "srvwarden/ascii.hpp"
#include "wire/reader.hpp"

namespace srvwarden::rules {

namespace {

using wire::NameView;
using wire::Record;
using wire::Section;
using wire::Type;

/// The last two labels of a name that is written in full, as they are in the packet; else empty.
std::string_view last_labels(wire::Bytes packet, std::size_t at) {
  std::size_t last = at;
  std::size_t before_last = at;
  for (unsigned labels = 0; at < packet.size(); ++labels) {
    const std::size_t size = packet[at];
    if (size > 63) return {};  // a pointer
    if (size == 0) {
      return labels < 2 ? std::string_view()
                        : wire::as_text(packet.subspan(before_last, at - before_last));
    }
    before_last = last;
    last = at;
    at += 1 + size;
  }
  return {};
}

/// The ends of names that a message has in full. More than a few are not kept: one repetition
/// is enough.
class Endings {
 public:
  /// Whether the same was there before.
  bool add(std::string_view ending) {
    if (ending.empty()) return false;
    const auto known = std::span(endings_).first(count_);
    const auto is_same = [&](std::string_view other) { return ascii::equal(other, ending); };
    if (std::ranges::any_of(known, is_same)) return true;
    if (count_ < endings_.size()) endings_[count_++] = ending;
    return false;
  }

 private:
  std::array<std::string_view, 8> endings_;
  std::size_t count_ = 0;
};

/// Whether a message may compress the name in a record. RFC 6762 §18.14.
bool has_compressible_name(const WireMessage& subject, const Record& record) {
  if (record.name_count == 0 || !record.rdata_is_whole) return false;
  if (record.type == Type::srv) return !subject.is_legacy_response();
  return record.type == Type::ptr || record.type == Type::cname || record.type == Type::nsec;
}

bool has(const WireMessage& subject, NameView owner, Type type) {
  return std::ranges::any_of(subject.message.records, [&](const Record& record) {
    return record.type == type && record.owner == owner;
  });
}

/// What a client needs next and the message does not have: "SRV, TXT", or nothing.
std::string missing_beside(const WireMessage& subject, const Record& record) {
  if (record.type == Type::srv) {
    const NameView host = record.target;
    const bool has_address = has(subject, host, Type::a) || has(subject, host, Type::aaaa);
    return has_address || host.is_root() ? "" : "A, AAAA";
  }
  const NameRole role = census::shape_of_name(record.owner, true).role;
  if (role != NameRole::browse && role != NameRole::subtype) return {};
  const bool has_text = has(subject, record.target, Type::txt);
  if (ascii::equal(record.target.label(1), "_device-info")) return has_text ? "" : "TXT";
  if (has(subject, record.target, Type::srv)) return has_text ? "" : "TXT";
  return has_text ? "SRV" : "SRV, TXT";
}

constexpr Rule<WireMessage> rows[] = {
    {
        {
            .id = "PT011",
            .name = "additional-records-absent",
            .severity = Severity::info,
            .references = {{6763, "12.1"}, {6763, "12.2"}},
            .message = "an answer without the records that clients ask for next",
            .help = "Add SRV, TXT and addresses to PTR, and addresses to SRV, where they fit.",
            .bad =
                {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 00001194 "
                  "0006 03'Foo'C00C"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001"}},
            .why = "Each client asks for them, so that there are three packets for one.",
        },
        [](const WireMessage& subject, Report& report) {
          constexpr std::size_t most = 64;  // of more, all are compared with all
          const auto& records = subject.message.records;
          if (!subject.is_mdns_response() || records.size() > most) return;
          for (const Record& record : records) {
            if (record.section != Section::answer || record.ttl == 0) continue;
            if (record.type != Type::ptr && record.type != Type::srv) continue;
            if (!record.owner_is_whole || !record.rdata_is_whole) continue;
            std::string missing = missing_beside(subject, record);
            if (!missing.empty()) report(owner_place(record), {.detail = std::move(missing)});
          }
        },
    },
    {
        {
            .id = "MD090",
            .name = "compression-not-used",
            .severity = Severity::info,
            .references = {{6762, "18.14"}},
            .message = "names written in full that end alike",
            .help = "Write what was written before as a pointer.",
            .bad =
                {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 00001194 "
                  "0016 03'Foo'05'_http'04'_tcp'05'local'00"}},
            .good = {{"0000 8400 0000 0001 0000 0000 01'h'05'local'00 0001 8001 00000078 0004 "
                      "0A000001"}},
            .why = "Packets are larger than they need be, and fewer records fit.",
        },
        [](const WireMessage& subject, Report& report) {
          const wire::Bytes packet = subject.message.packet;
          Endings endings;
          unsigned repeated = 0;
          for (const wire::Question& question : subject.message.questions) {
            repeated += endings.add(last_labels(packet, question.offset)) ? 1 : 0;
          }
          for (const Record& record : subject.message.records) {
            if (!record.owner_is_whole) continue;
            repeated += endings.add(last_labels(packet, record.offset)) ? 1 : 0;
            if (!has_compressible_name(subject, record)) continue;
            const std::size_t at = record.rdata_offset + record.before_names;
            repeated += endings.add(last_labels(packet, at)) ? 1 : 0;
          }
          constexpr Span nowhere{0, 0};  // it is the message's fault
          if (repeated > 0) report(nowhere, {.detail = std::to_string(repeated)});
        },
    },
};

}  // namespace

Table<WireMessage> wire_economy_rules() { return rows; }

}  // namespace srvwarden::rules
