// MessageWriter: writes mDNS messages with compressed names; write_query: the questions to ask.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "srvwarden/mdns_message.hpp"

namespace srvwarden::wire {

/// Writes one message: all questions first, then the records, section by section.
class MessageWriter {
 public:
  explicit MessageWriter(std::uint16_t flags = 0, std::uint16_t id = 0);

  void question(NameView name, Type type, std::uint16_t class_field = 1);
  /// A record whose RDATA is octets, a name, or octets and a name (which is compressed).
  void record(Section section, NameView owner, Type type, std::uint16_t class_field,
              std::uint32_t ttl, Bytes before_name, const NameView* name = nullptr,
              Bytes after_name = {});

  std::size_t size() const noexcept { return octets_.size(); }
  /// Goes back to an earlier size, before the last record, which is then not counted.
  void undo_record(Section section, std::size_t size);
  void set_flags(std::uint16_t flags) noexcept;
  /// The message so far. Valid until it is written to.
  Bytes bytes() const noexcept { return octets_; }
  std::vector<std::uint8_t> take() && { return std::move(octets_); }

 private:
  void u16(unsigned value);
  void put16(std::size_t at, unsigned value) noexcept;
  void count(std::size_t index, int change) noexcept;
  void name(NameView name);

  std::vector<std::uint8_t> octets_;
  std::vector<std::pair<std::string, std::uint16_t>> suffixes_;  ///< written names, and where
};

/// What a querier asks: by multicast, class IN, QU bit clear. RFC 6762 §5.4.
struct QuerySpec {
  NameView name;
  Type type = Type::ptr;
};

/// A shared record that need not be sent again: PTR, class IN. RFC 6762 §7.1.
struct KnownAnswer {
  NameView owner;
  NameView target;
  std::uint32_t ttl = 0;  ///< seconds that remain
};

/// The messages that ask, in the order to send them: where the known answers do not fit in one,
/// TC is set in all but the last, and further ones have no question. RFC 6762 §7.2.
///
/// @param limit  octets a message may have; at least 512. 1440 fits any Ethernet with IPv6.
std::vector<std::vector<std::uint8_t>> write_query(std::span<const QuerySpec> questions,
                                                   std::span<const KnownAnswer> known_answers,
                                                   std::size_t limit = 1440);

}  // namespace srvwarden::wire
