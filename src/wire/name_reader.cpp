// Decompression of names: RFC 1035 §4.1.4, strictly backwards.
// SPDX-License-Identifier: Apache-2.0
#include "wire/name_reader.hpp"

#include <algorithm>

#include "wire/reader.hpp"

namespace srvwarden::wire {

char* Arena::reserve(std::size_t size) {
  if (blocks_.empty() || used_ + size > block_size) {
    if (!blocks_.empty()) ++block_;
    if (block_ == blocks_.size()) blocks_.push_back(std::make_unique<char[]>(block_size));
    used_ = 0;
  }
  return blocks_[block_].get() + used_;
}

void Arena::clear() noexcept {
  if (blocks_.size() > blocks_kept) blocks_.resize(blocks_kept);
  block_ = 0;
  used_ = 0;
}

/// The state of reading one name.
struct NameReader::Walk {
  struct Start {
    std::uint32_t offset;  ///< of a label in the packet
    std::uint32_t size;    ///< octets written before it
  };

  std::size_t at;
  std::size_t limit;
  std::size_t segment;  ///< where this run of labels began: a pointer must go below it
  char* out;
  std::size_t size = 0;
  NameRead result = {};
  std::array<Start, 16> starts{};
  std::size_t start_count = 0;

  bool fail(FaultCode code, std::size_t offset) {
    result.fault = Fault{code, static_cast<std::uint32_t>(offset)};
    return false;
  }
};

void NameReader::start(Bytes packet) noexcept {
  packet_ = packet;
  arena_.clear();
  if (++message_ == 0) {  // after 2^32 messages, entries of old ones could be taken for new
    known_ = {};
    message_ = 1;
  }
}

const NameReader::Suffix* NameReader::find(std::size_t offset) const noexcept {
  const Suffix& suffix = known_[offset % known_.size()];
  return suffix.message == message_ && suffix.offset == offset ? &suffix : nullptr;
}

void NameReader::remember(const Walk& walk, std::string_view octets) noexcept {
  for (std::size_t i = 0; i < walk.start_count; ++i) {
    const auto& [offset, size] = walk.starts[i];
    known_[offset % known_.size()] = {message_, offset, octets.substr(size)};
  }
}

/// Copies labels up to the root (true with size ended), a pointer (true) or a fault (false).
bool NameReader::add_label(Walk& walk) {
  Reader reader(packet_.first(walk.limit), walk.at);
  const std::size_t length = reader.u8();
  const Bytes label = reader.take(length);
  if (!reader.ok()) return walk.fail(FaultCode::message_truncated, walk.limit);
  if (walk.size + 1 + length + 1 > NameView::max_size) {
    if (!walk.result.end) walk.result.end = find_end(walk.at, walk.limit);
    return walk.fail(FaultCode::name_too_long, walk.at);
  }
  if (walk.start_count < walk.starts.size()) {
    walk.starts[walk.start_count++] = {static_cast<std::uint32_t>(walk.at),
                                       static_cast<std::uint32_t>(walk.size)};
  }
  walk.out[walk.size] = static_cast<char>(length);
  std::copy(label.begin(), label.end(), walk.out + walk.size + 1);
  walk.size += 1 + length;
  walk.at = reader.at();
  return true;
}

/// Goes where the pointer says. Gives false on a fault.
bool NameReader::follow_pointer(Walk& walk) {
  Reader reader(packet_.first(walk.limit), walk.at);
  const std::size_t target = reader.u16() & 0x3FFFu;
  if (!reader.ok()) return walk.fail(FaultCode::message_truncated, walk.limit);
  if (!walk.result.end) walk.result.end = reader.at();
  walk.result.compressed = true;
  constexpr std::size_t header_size = 12;
  if (target < header_size || target >= walk.segment) {
    return walk.fail(FaultCode::bad_pointer, walk.at);
  }
  walk.segment = target;
  walk.at = target;
  walk.limit = packet_.size();
  return true;
}

/// After a name that is too long, where its own octets end.
std::optional<std::size_t> NameReader::find_end(std::size_t at, std::size_t limit) const noexcept {
  Reader reader(packet_.first(limit), at);
  while (reader.ok()) {
    const std::size_t length = reader.u8();
    if (length >= 0xC0) {
      reader.skip(1);
      break;
    }
    if (length > 63) return std::nullopt;
    if (length == 0) break;
    reader.skip(length);
  }
  return reader.ok() ? std::optional(reader.at()) : std::nullopt;
}

NameRead NameReader::read(std::size_t at, std::size_t limit) {
  limit = std::min(limit, packet_.size());
  Walk walk{.at = at, .limit = limit, .segment = at, .out = arena_.reserve(NameView::max_size)};
  for (bool going = true; going;) {
    if (walk.at >= walk.limit) {
      walk.fail(FaultCode::message_truncated, walk.limit);
      break;
    }
    const unsigned octet = packet_[walk.at];
    if (octet == 0) {
      if (!walk.result.end) walk.result.end = walk.at + 1;
      break;
    }
    if (octet >= 0xC0) {
      going = follow_pointer(walk);
      const Suffix* known = going ? find(walk.at) : nullptr;
      if (!known) continue;
      if (walk.size == 0) {
        walk.result.name = NameView(known->octets);
        return walk.result;
      }
      if (walk.size + known->octets.size() > NameView::max_size) continue;  // found too long below
      std::copy(known->octets.begin(), known->octets.end(), walk.out + walk.size);
      walk.size += known->octets.size() - 1;
      break;
    }
    if (octet > 63) {
      going = walk.fail(FaultCode::reserved_label_type, walk.at);
    } else {
      going = add_label(walk);
    }
  }
  walk.out[walk.size++] = '\0';
  arena_.keep(walk.size);
  const std::string_view octets(walk.out, walk.size);
  walk.result.name = NameView(octets);
  if (!walk.result.fault) remember(walk, octets);
  return walk.result;
}

}  // namespace srvwarden::wire
