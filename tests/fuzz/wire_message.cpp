// Fuzzes the decoding of mDNS messages: bounds, repeatability, and what is written reads back.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_writer.hpp"

using namespace srvwarden;
using namespace srvwarden::wire;

namespace {

void hold(bool invariant) {
  if (!invariant) std::abort();
}

/// A name in wire format: labels of 1 to 63 octets, and the root.
void check_name(NameView name) {
  const std::string_view octets = name.octets();
  hold(!octets.empty() && octets.size() <= NameView::max_size && octets.back() == '\0');
  std::size_t size = 1;
  for (const std::string_view label : name) {
    hold(!label.empty() && label.size() <= 63);
    size += label.size() + 1;
  }
  hold(size == octets.size());
  hold(name == name && name.is_under(NameView()) && !name.text().empty());
}

/// All that the message says, so that two decodings can be compared.
std::string account_of(const Message& message) {
  std::string out;
  const auto put = [&out](auto value) { out += std::to_string(value) + ' '; };
  for (const Question& question : message.questions) {
    check_name(question.name);
    hold(question.offset < message.packet.size());
    out += question.name.octets();
    put(static_cast<unsigned>(question.type));
  }
  for (const Record& record : message.records) {
    check_name(record.owner);
    check_name(record.target);
    check_name(record.second);
    hold(record.offset < record.rdata_offset);
    hold(record.rdata_offset + record.rdata.size() <= message.packet.size());
    hold(record.name_count == 0 || record.before_names < record.after_names);
    hold(record.before_names <= record.rdata.size() && record.after_names <= record.rdata.size());
    hold(record.type != Type::srv || record.srv().has_value() == record.rdata_is_whole);
    out += record.owner.octets();
    append_rdata(out, record);
    put(record.ttl);
    put(record.nsec_has(Type::srv) ? 1 : 0);
    Bytes rest = record.rdata;
    while (next_string(rest)) hold(rest.size() < record.rdata.size());
  }
  for (const Fault& fault : message.faults) {
    hold(fault.offset <= message.packet.size());
    put(static_cast<unsigned>(fault.code));
    put(fault.offset);
  }
  return out;
}

/// Whole records without names in what follows a name read back as they were.
void check_round_trip(const Message& message) {
  MessageWriter writer(message.header.flags, message.header.id);
  std::vector<const Record*> written;
  for (const Record& record : message.records) {
    const bool is_plain = record.owner_is_whole && record.rdata_is_whole && record.name_count < 2 &&
                          !message.has(FaultCode::compression_not_allowed);
    if (!is_plain || writer.size() > 16000) continue;
    const bool has_name = record.name_count == 1;
    const std::size_t before = has_name ? record.before_names : record.rdata.size();
    const std::size_t after = has_name ? record.after_names : record.rdata.size();
    // A name is compressed where its type allows it; elsewhere the data is copied.
    const bool compresses = record.type == Type::ptr || record.type == Type::srv;
    if (has_name && !compresses) continue;
    writer.record(Section::answer, record.owner, record.type, record.class_field, record.ttl,
                  record.rdata.first(before), has_name ? &record.target : nullptr,
                  record.rdata.subspan(after));
    written.push_back(&record);
  }
  Decoder decoder;
  const Message& again = decoder.decode(writer.bytes());
  hold(again.records.size() == written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    const Record& record = again.records[i];
    hold(record.owner == written[i]->owner && record.ttl == written[i]->ttl);
    hold(record.target == written[i]->target);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Decoder used;  // storage of earlier messages must not show through
  const Bytes packet(data, size);
  const std::string first = account_of(used.decode(packet));
  Decoder fresh;
  const Message& message = fresh.decode(packet);
  hold(account_of(message) == first);
  check_round_trip(message);
  return 0;
}
