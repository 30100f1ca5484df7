// Message: one mDNS packet decoded, with all that is malformed in it. RFC 6762 §18.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/wire_name.hpp"

namespace srvwarden::wire {

/// Types of records that the decoder knows the inside of; any other number may occur.
enum class Type : std::uint16_t {
  a = 1,
  ns = 2,
  cname = 5,
  soa = 6,
  ptr = 12,
  hinfo = 13,
  mx = 15,
  txt = 16,
  rp = 17,
  afsdb = 18,
  rt = 21,
  px = 26,
  aaaa = 28,
  srv = 33,
  naptr = 35,
  kx = 36,
  dname = 39,
  opt = 41,
  rrsig = 46,
  nsec = 47,
  svcb = 64,
  https = 65,
  any = 255,
};

/// "SRV", "AAAA", or "TYPE1234" for numbers without a name here. RFC 3597 §5.
std::string type_text(Type type);

/// The 12 octets of a message's header. RFC 1035 §4.1.1.
struct Header {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;
  std::array<std::uint16_t, 4> counts{};  ///< as claimed: questions, answers, authority, additional

  constexpr bool is_response() const noexcept { return (flags & 0x8000u) != 0; }
  constexpr unsigned opcode() const noexcept { return (flags >> 11) & 0xFu; }
  constexpr bool authoritative() const noexcept { return (flags & 0x0400u) != 0; }
  constexpr bool truncated() const noexcept { return (flags & 0x0200u) != 0; }
  constexpr unsigned response_code() const noexcept { return flags & 0xFu; }
};

struct Question {
  NameView name;
  Type type{};
  std::uint16_t class_field = 1;  ///< as sent, with the top bit
  std::uint32_t offset = 0;       ///< in the packet, of the name

  constexpr bool wants_unicast() const noexcept { return (class_field & 0x8000u) != 0; }
  constexpr std::uint16_t class_number() const noexcept { return class_field & 0x7FFFu; }
};

enum class Section : std::uint8_t { answer, authority, additional };

/// The fixed part of SRV RDATA. RFC 2782. The target is the record's first name.
struct SrvFields {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;

  friend constexpr bool operator==(const SrvFields&, const SrvFields&) = default;
};

/// A resource record. Views into the packet and the decoder: they live until its next decode.
struct Record {
  NameView owner;
  NameView target;  ///< the first name in the RDATA (PTR, SRV, CNAME, NSEC, ...), else the root
  NameView second;  ///< the second (SOA, RP, PX), else the root
  Bytes rdata;      ///< as sent: names may be compressed
  std::uint32_t ttl = 0;           ///< seconds
  std::uint32_t offset = 0;        ///< in the packet, of the owner
  std::uint32_t rdata_offset = 0;  ///< in the packet
  Type type{};
  std::uint16_t class_field = 1;   ///< as sent, with the top bit
  std::uint16_t before_names = 0;  ///< octets of the RDATA before the first name
  std::uint16_t after_names = 0;   ///< in the RDATA, of what follows the names
  std::uint8_t name_count = 0;     ///< names read in the RDATA: 0 to 2
  bool is_compressed = false;      ///< a name in the RDATA has a pointer
  Section section = Section::answer;
  bool owner_is_whole = true;  ///< false: the owner is what could be read before a fault
  bool rdata_is_whole = true;  ///< false: the RDATA does not fit the type; see the faults

  /// The cache-flush bit; meaningless in OPT, whose class is a size. RFC 6762 §10.2.
  constexpr bool cache_flush() const noexcept {
    return type != Type::opt && (class_field & 0x8000u) != 0;
  }
  constexpr std::uint16_t class_number() const noexcept { return class_field & 0x7FFFu; }
  /// The fields of a whole SRV record.
  std::optional<SrvFields> srv() const noexcept;
  /// NSEC: whether the bitmap has the bit of a type. RFC 4034 §4.1.2.
  bool nsec_has(Type wanted) const noexcept;
};

/// Appends the RDATA with its names decompressed, so that equal data has equal octets but for the
/// case of names.
void append_rdata(std::string& out, const Record& record);

/// The next string of TXT RDATA (or HINFO's), which is removed from `rdata`; nothing at the end
/// or where a string runs past it.
std::optional<std::string_view> next_string(Bytes& rdata) noexcept;

/// What can be malformed in a message. Each is one rule of the catalogue.
enum class FaultCode : std::uint8_t {
  message_truncated,
  bad_pointer,
  reserved_label_type,
  name_too_long,
  compression_not_allowed,
  rdata_size,
  trailing_octets,
  srv_malformed,
  txt_empty,
  txt_overrun,
  nsec_malformed,
};

/// The catalogue's id of the rule behind a code ("MD092").
std::string_view rule_id(FaultCode code) noexcept;

struct Fault {
  FaultCode code{};
  std::uint32_t offset = 0;  ///< in the packet; its size where octets are missing at the end

  friend constexpr bool operator==(const Fault&, const Fault&) = default;
};

/// What could be read of a packet, in its order, and what could not.
struct Message {
  Bytes packet;
  Header header;
  std::vector<Question> questions;
  std::vector<Record> records;  ///< all sections: answers, authority, additional
  std::vector<Fault> faults;    ///< by where they were met

  bool has(FaultCode code) const noexcept;
};

/// Decodes messages one after another in storage that is used again: a decoder that has seen
/// packets allocates nothing.
class Decoder {
 public:
  Decoder();
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  /// Decodes the payload of a UDP packet of any size and content.
  ///
  /// @param packet  must outlive the use of the message.
  /// @return        valid until the next decode. A malformed record is given as far as it could
  ///                be read, with a fault; after one whose end is unknown nothing more is read.
  const Message& decode(Bytes packet);

 private:
  struct Storage;
  std::unique_ptr<Storage> storage_;
};

}  // namespace srvwarden::wire
