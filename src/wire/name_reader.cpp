// Decompression of names: RFC 1035 §4.1.4, strictly backwards.
// SPDX-License-Identifier: Apache-2.0
#include "wire/name_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "wire/reader.hpp"

namespace srvwarden::wire {

namespace {

constexpr std::size_t max_label = 63;
constexpr unsigned pointer_bits = 0xC0;

}  // namespace

void Arena::add_block() {
  if (!blocks_.empty()) ++block_;
  if (block_ == blocks_.size()) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
  }
  used_ = 0;
}

void Arena::clear() noexcept {
  if (blocks_.size() > blocks_kept) blocks_.resize(blocks_kept);
  block_ = 0;
  used_ = 0;
}

/// The state of reading one name: runs of labels, with pointers between them.
struct NameReader::Walk {
  /// A place in the packet where a name begins that ends as this one does.
  struct Start {
    std::uint32_t offset;
    std::uint32_t size;  ///< octets of the name before it
  };

  std::size_t at;
  std::size_t limit;
  std::size_t run;         ///< where this run of labels began: a pointer must go below it
  std::size_t size = 0;    ///< octets of the labels passed
  std::size_t copied = 0;  ///< of these, those that are in `out`
  std::size_t pointers = 0;
  char* out = nullptr;           ///< room for the name, once it is in more than one piece
  std::string_view octets = {};  ///< the name, at the end
  NameRead result = {};
  std::size_t start_count = 0;
  std::array<Start, 2 * max_pointers> starts;  // left as it is: only start_count of them are read

  Walk(std::size_t from, std::size_t end) noexcept : at(from), limit(end), run(from) {}

  bool fail(FaultCode code, std::size_t offset) {
    result.fault = Fault{code, static_cast<std::uint32_t>(offset)};
    return false;
  }
};

void NameReader::start(Bytes packet) {
  packet_ = packet;
  arena_.clear();
  steps_ = 0;
  if (known_.size() < pointable)
    known_.resize(std::max(known_.size(), std::min(packet.size(), pointable)));
  if (++message_ == 0) {  // after 2^32 messages, what is known of old ones could be taken for new
    std::ranges::fill(known_, Suffix());
    message_ = 1;
  }
}

/// Passes over labels up to an octet that begins none. Gives false on a fault.
bool NameReader::pass_labels(Walk& walk) const noexcept {
  std::size_t at = walk.at;
  std::size_t size = walk.size;
  std::size_t next = 0;
  for (; at < walk.limit; at = next) {
    const std::size_t length = packet_[at];
    if (length == 0 || length > max_label) break;
    next = at + 1 + length;
    const bool is_too_long = size + 1 + length + 1 > NameView::max_size;
    if (next > walk.limit || is_too_long) break;
    walk.starts[walk.start_count++] = {static_cast<std::uint32_t>(at),
                                       static_cast<std::uint32_t>(size)};
    size += 1 + length;
  }
  walk.at = at;
  walk.size = size;
  if (at >= walk.limit || (next > walk.limit && next > at)) {
    return walk.fail(FaultCode::message_truncated, walk.limit);
  }
  if (next <= at) return true;
  if (walk.result.end == 0) walk.result.end = find_end(at, walk.limit);
  return walk.fail(FaultCode::name_too_long, at);
}

/// Goes where the pointer says. Gives false on a fault.
bool NameReader::follow_pointer(Walk& walk) {
  if (walk.at + 2 > walk.limit) return walk.fail(FaultCode::message_truncated, walk.limit);
  const std::size_t target = (packet_[walk.at] & 0x3Fu) << 8 | packet_[walk.at + 1];
  if (walk.result.end == 0) walk.result.end = walk.at + 2;
  walk.result.compressed = true;
  constexpr std::size_t header_size = 12;
  if (target < header_size || target >= walk.run || ++walk.pointers > max_pointers) {
    return walk.fail(FaultCode::bad_pointer, walk.at);
  }
  copy_run(walk);
  walk.starts[walk.start_count++] = {static_cast<std::uint32_t>(walk.at),
                                     static_cast<std::uint32_t>(walk.size)};
  walk.run = walk.at = target;
  walk.limit = packet_.size();
  return true;
}

/// Puts the labels of this run behind those of the runs before.
void NameReader::copy_run(Walk& walk) {
  const std::size_t count = walk.size - walk.copied;
  if (count == 0) return;
  if (!walk.out) walk.out = arena_.reserve(NameView::max_size);
  std::memcpy(walk.out + walk.copied, packet_.data() + walk.run, count);
  walk.copied = walk.size;
}

void NameReader::end_at_root(Walk& walk) {
  if (walk.result.end == 0) walk.result.end = walk.at + 1;
  if (!walk.out) {  // it stands in the packet as it is
    walk.octets = as_text(packet_.subspan(walk.run, walk.size + 1));
    return;
  }
  end_with_root(walk);
}

/// Ends with a name that is known. Gives false where both would be too long.
bool NameReader::end_at_known(Walk& walk, const Suffix& suffix) {
  if (walk.size + suffix.size > NameView::max_size) return false;
  if (walk.size == 0) {
    walk.octets = {suffix.octets, suffix.size};
    return true;
  }
  std::memcpy(walk.out + walk.size, suffix.octets, suffix.size);
  walk.octets = {walk.out, walk.size + suffix.size};
  arena_.keep(walk.octets.size());
  return true;
}

/// Ends with the root after what was read.
void NameReader::end_with_root(Walk& walk) {
  copy_run(walk);
  if (!walk.out) walk.out = arena_.reserve(NameView::max_size);
  walk.out[walk.size] = '\0';
  walk.octets = {walk.out, walk.size + 1};
  arena_.keep(walk.octets.size());
}

void NameReader::remember(const Walk& walk) noexcept {
  for (std::size_t i = 0; i < walk.start_count; ++i) {
    const auto& [offset, size] = walk.starts[i];
    if (offset >= known_.size()) continue;
    known_[offset] = {message_, static_cast<std::uint32_t>(walk.octets.size() - size),
                      walk.octets.data() + size};
  }
}

/// After a name that is too long, where its own octets end; 0 if that is not plain.
std::size_t NameReader::find_end(std::size_t at, std::size_t limit) const noexcept {
  Reader reader(packet_.first(limit), at);
  while (reader.ok()) {
    const std::size_t length = reader.u8();
    if (length >= pointer_bits) {
      reader.skip(1);
      break;
    }
    if (length > max_label) return 0;
    if (length == 0) break;
    reader.skip(length);
  }
  return reader.ok() ? reader.at() : 0;
}

NameRead NameReader::read_labels(std::size_t at, std::size_t limit) {
  Walk walk(at, std::min(limit, packet_.size()));
  while (pass_labels(walk)) {
    const unsigned octet = packet_[walk.at];
    if (octet == 0) {
      end_at_root(walk);
      break;
    }
    if (octet < pointer_bits) {
      walk.fail(FaultCode::reserved_label_type, walk.at);
      break;
    }
    if (!follow_pointer(walk)) break;
    const Suffix* const known = find(walk.at);
    if (known && end_at_known(walk, *known)) break;  // else it is found too long below
  }
  steps_ += walk.start_count + 1;
  if (walk.result.fault) {
    end_with_root(walk);
  } else {
    remember(walk);
  }
  walk.result.name = NameView(walk.octets);
  return walk.result;
}

}  // namespace srvwarden::wire
