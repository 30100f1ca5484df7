// Decoder: the sections of a message and the inside of the types that are known.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <iterator>

#include "srvwarden/mdns_message.hpp"
#include "wire/name_reader.hpp"
#include "wire/reader.hpp"

namespace srvwarden::wire {

namespace {

/// How the RDATA of a type is built: octets, then names, then octets.
struct Layout {
  Type type;
  std::uint8_t before = 0;  ///< octets before the first name
  std::uint8_t names = 0;
  std::uint8_t after = 0;    ///< octets after the names
  bool open = false;         ///< more octets may follow
  bool compressible = true;  ///< RFC 6762 §18.14
};

constexpr Layout layouts[] = {
    {.type = Type::ptr, .names = 1},
    {.type = Type::srv, .before = 6, .names = 1},
    {.type = Type::nsec, .names = 1, .open = true},
    {.type = Type::a, .after = 4},
    {.type = Type::aaaa, .after = 16},
    {.type = Type::cname, .names = 1},
    {.type = Type::dname, .names = 1},
    {.type = Type::ns, .names = 1},
    {.type = Type::soa, .names = 2, .after = 20},
    {.type = Type::mx, .before = 2, .names = 1},
    {.type = Type::afsdb, .before = 2, .names = 1},
    {.type = Type::rt, .before = 2, .names = 1},
    {.type = Type::kx, .before = 2, .names = 1},
    {.type = Type::rp, .names = 2},
    {.type = Type::px, .before = 2, .names = 2},
    {.type = Type::rrsig, .before = 18, .names = 1, .open = true, .compressible = false},
    {.type = Type::svcb, .before = 2, .names = 1, .open = true, .compressible = false},
    {.type = Type::https, .before = 2, .names = 1, .open = true, .compressible = false},
};

/// Where the layout of a type is, plus one; 0 where there is none.
constexpr auto layout_index = [] {
  std::array<std::uint8_t, 66> index{};
  for (std::size_t i = 0; i < std::size(layouts); ++i) {
    index.at(static_cast<std::size_t>(layouts[i].type)) = static_cast<std::uint8_t>(i + 1);
  }
  return index;
}();

const Layout* layout_of(Type type) noexcept {
  const auto number = static_cast<std::size_t>(type);
  if (number >= layout_index.size() || layout_index[number] == 0) return nullptr;
  return &layouts[layout_index[number] - 1];
}

FaultCode size_fault(Type type) noexcept {
  return type == Type::srv ? FaultCode::srv_malformed : FaultCode::rdata_size;
}

}  // namespace

struct Decoder::Storage {
  Message message;
  NameReader names;

  void decode();

 private:
  void fault(FaultCode code, std::size_t offset) {
    message.faults.push_back({code, static_cast<std::uint32_t>(offset)});
  }
  /// Reads the name that a question or record begins with. Gives false where nothing can follow.
  bool read_owner(Reader& reader, NameView& name, bool& whole) {
    const NameRead read = names.read(reader.at(), message.packet.size());
    name = read.name;
    reader.go(read.end);
    if (!read.fault) return true;
    whole = false;
    message.faults.push_back(*read.fault);
    return read.end != 0;
  }
  bool read_question(Reader& reader);
  bool read_record(Reader& reader, Section section);
  void read_rdata(Record& record);
  void read_layout(Record& record, const Layout& layout);
  bool read_name(Record& record, Reader& reader, bool compressible);
  void read_txt(Record& record);
  void read_hinfo(Record& record);
  void read_options(Record& record, std::size_t start);
  void read_naptr(Record& record);
  void check_bitmap(Record& record);
};

bool Decoder::Storage::read_question(Reader& reader) {
  Question& question = message.questions.emplace_back();
  question.offset = static_cast<std::uint32_t>(reader.at());
  bool whole = true;
  if (!read_owner(reader, question.name, whole)) return message.questions.pop_back(), false;
  question.type = static_cast<Type>(reader.u16());
  question.class_field = reader.u16();
  if (reader.ok()) return true;
  message.questions.pop_back();
  fault(FaultCode::message_truncated, message.packet.size());
  return false;
}

bool Decoder::Storage::read_record(Reader& reader, Section section) {
  Record& record = message.records.emplace_back();  // filled in its place: it is large
  record.offset = static_cast<std::uint32_t>(reader.at());
  record.section = section;
  if (!read_owner(reader, record.owner, record.owner_is_whole)) {
    return message.records.pop_back(), false;
  }
  constexpr std::size_t fixed_size = 10;
  const Bytes fixed = reader.take(fixed_size);
  if (fixed.size() == fixed_size) {  // checked once, so that the compiler need not
    Reader field(fixed);
    record.type = static_cast<Type>(field.u16());
    record.class_field = field.u16();
    record.ttl = field.u32();
    record.rdata_offset = static_cast<std::uint32_t>(reader.at());
    record.rdata = reader.take(field.u16());
    if (reader.ok()) return read_rdata(record), true;
  }
  message.records.pop_back();
  fault(FaultCode::message_truncated, message.packet.size());
  return false;
}

/// Reads the next name inside of RDATA, whose place `reader` counts in the packet.
bool Decoder::Storage::read_name(Record& record, Reader& reader, bool compressible) {
  const std::size_t end = record.rdata_offset + record.rdata.size();
  const auto at_in_rdata = [&] {
    return static_cast<std::uint16_t>(reader.at() - record.rdata_offset);
  };
  if (record.name_count == 0) record.before_names = at_in_rdata();
  const NameRead read = names.read(reader.at(), end);
  (record.name_count == 0 ? record.target : record.second) = read.name;
  record.is_compressed = record.is_compressed || read.compressed;
  if (read.compressed && !compressible) fault(FaultCode::compression_not_allowed, reader.at());
  if (read.fault) {
    const bool overrun =
        read.fault->code == FaultCode::message_truncated && read.fault->offset == end;
    fault(overrun ? size_fault(record.type) : read.fault->code, read.fault->offset);
    record.rdata_is_whole = false;
    return false;
  }
  reader.go(read.end);
  record.after_names = at_in_rdata();
  ++record.name_count;
  return true;
}

void Decoder::Storage::read_layout(Record& record, const Layout& layout) {
  if (layout.names == 0 && record.rdata.size() == layout.after) return;  // an address
  const std::size_t end = record.rdata_offset + record.rdata.size();
  Reader reader(message.packet.first(end), record.rdata_offset);
  reader.skip(layout.before);
  for (unsigned i = 0; reader.ok() && i < layout.names; ++i) {
    if (!read_name(record, reader, layout.compressible)) return;
  }
  reader.skip(layout.after);
  if (reader.ok() && (layout.open || reader.left() == 0)) return;
  record.rdata_is_whole = false;
  fault(size_fault(record.type), reader.at());
}

void Decoder::Storage::read_txt(Record& record) {
  if (record.rdata.empty()) return fault(FaultCode::txt_empty, record.rdata_offset);
  Bytes rest = record.rdata;
  while (!rest.empty()) {
    if (next_string(rest)) continue;
    record.rdata_is_whole = false;
    fault(FaultCode::txt_overrun, record.rdata_offset + record.rdata.size() - rest.size());
    return;
  }
}

/// Two strings, CPU and OS, and nothing else. RFC 1035 §3.3.2.
void Decoder::Storage::read_hinfo(Record& record) {
  Bytes rest = record.rdata;
  if (next_string(rest) && next_string(rest) && rest.empty()) return;
  record.rdata_is_whole = false;
  fault(FaultCode::rdata_size, record.rdata_offset + record.rdata.size() - rest.size());
}

/// Options from `start` on, each a number, a size and as many octets: OPT's, and the parameters of
/// SVCB, whose numbers rise. RFC 6891 §6.1.2, RFC 9460 §2.2.
void Decoder::Storage::read_options(Record& record, std::size_t start) {
  Reader reader(record.rdata, start);
  for (int last = -1; reader.left() > 0;) {
    const std::size_t at = reader.at();
    const int number = reader.u16();
    reader.skip(reader.u16());
    const bool in_order = record.type == Type::opt || number > last;
    last = number;
    if (reader.ok() && in_order) continue;
    record.rdata_is_whole = false;
    return fault(FaultCode::rdata_size, record.rdata_offset + at);
  }
}

/// Order, preference, three strings, and a name that may not be compressed. RFC 3403 §4.1.
void Decoder::Storage::read_naptr(Record& record) {
  const std::size_t end = record.rdata_offset + record.rdata.size();
  Reader reader(message.packet.first(end), record.rdata_offset);
  reader.skip(4);
  for (int i = 0; i < 3; ++i) reader.skip(reader.u8());
  if (reader.ok() && !read_name(record, reader, false)) return;
  if (reader.ok() && reader.left() == 0) return;
  record.rdata_is_whole = false;
  fault(FaultCode::rdata_size, reader.at());
}

/// Blocks of 1 to 32 octets, whose numbers rise and none of which says NSEC. RFC 4034 §4.1.2, RFC
/// 6762 §6.1.
void Decoder::Storage::check_bitmap(Record& record) {
  Reader reader(record.rdata, record.after_names);
  for (int last = -1; reader.left() > 0;) {
    const std::size_t at = reader.at();
    const int block = reader.u8();
    const std::size_t size = reader.u8();
    reader.skip(size);
    if (reader.ok() && size >= 1 && size <= 32 && block > last) {
      last = block;
      continue;
    }
    record.rdata_is_whole = false;
    return fault(FaultCode::nsec_malformed, record.rdata_offset + at);
  }
  if (record.nsec_has(Type::nsec)) {
    fault(FaultCode::nsec_malformed, record.rdata_offset + record.after_names);
  }
}

void Decoder::Storage::read_rdata(Record& record) {
  if (record.type == Type::txt) return read_txt(record);
  if (const Layout* layout = layout_of(record.type)) {
    read_layout(record, *layout);
    if (!record.rdata_is_whole) return;
    if (record.type == Type::nsec) check_bitmap(record);
    if (record.type == Type::svcb || record.type == Type::https) {
      read_options(record, record.after_names);
    }
    return;
  }
  if (record.type == Type::hinfo) return read_hinfo(record);
  if (record.type == Type::opt) return read_options(record, 0);
  if (record.type == Type::naptr) return read_naptr(record);
}

void Decoder::Storage::decode() {
  Header& header = message.header;
  Reader reader(message.packet);
  header.id = reader.u16();
  header.flags = reader.u16();
  for (std::uint16_t& count : header.counts) count = reader.u16();
  if (!reader.ok()) return fault(FaultCode::message_truncated, message.packet.size());
  for (unsigned i = 0; i < header.counts[0]; ++i) {
    if (!read_question(reader)) return;
  }
  constexpr Section sections[] = {Section::answer, Section::authority, Section::additional};
  for (const Section section : sections) {
    const unsigned count = header.counts[1 + static_cast<std::size_t>(section)];
    for (unsigned i = 0; i < count; ++i) {
      if (!read_record(reader, section)) return;
    }
  }
  if (reader.left() > 0) fault(FaultCode::trailing_octets, reader.at());
}

Decoder::Decoder() : storage_(std::make_unique<Storage>()) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

const Message& Decoder::decode(Bytes packet) {
  Message& message = storage_->message;
  message.packet = packet;
  message.header = {};
  message.questions.clear();
  message.records.clear();
  message.faults.clear();
  storage_->names.start(packet);
  storage_->decode();
  return message;
}

}  // namespace srvwarden::wire
