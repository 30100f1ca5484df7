// The pcapng format: sections of blocks, frames of several interfaces.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "link/capture_format.hpp"

namespace srvwarden::link {

namespace {

constexpr std::uint32_t section_block = 0x0A0D0D0A;
constexpr std::size_t block_overhead = 12;  // type, and the size twice
constexpr std::size_t max_block = std::size_t{16} << 20;
constexpr std::size_t max_interfaces = 4096;  // in a section
constexpr std::size_t max_name = 64;          // octets of an interface's name that are kept

/// What a time stamp counts: 10^-n or 2^-n of a second.
struct Resolution {
  std::uint64_t units = 1'000'000;  ///< in a second
  int shift = -1;                   ///< n of 2^-n; else negative
  std::int64_t offset = 0;          ///< seconds to add

  wire::Time time(std::uint64_t stamp) const noexcept;
};

wire::Time Resolution::time(std::uint64_t stamp) const noexcept {
  const std::uint64_t part = stamp % units;
  constexpr std::uint64_t nano = 1'000'000'000;
  std::uint64_t nanoseconds = 0;
  if (shift >= 0) {
    const int excess = std::max(shift - 30, 0);  // so that the product fits into 64 bits
    nanoseconds = ((part >> excess) * nano) >> (shift - excess);
  } else {
    nanoseconds = units <= nano ? part * (nano / units) : part / (units / nano);
  }
  const std::uint64_t seconds = std::min<std::uint64_t>(stamp / units, std::uint64_t{1} << 60);
  const std::int64_t shifted =
      std::clamp<std::int64_t>(offset, -(std::int64_t{1} << 60), std::int64_t{1} << 60);
  return capture_time(static_cast<std::int64_t>(seconds) + shifted, nanoseconds);
}

struct CaptureInterface {
  std::uint32_t link_type = 0;
  std::uint32_t number = 0;  ///< in the file, from 1
  std::size_t snap_length = 0;
  Resolution resolution;
  std::string name;
};

class PcapngFormat final : public CaptureFormat {
 public:
  explicit PcapngFormat(InputStream& input) : CaptureFormat(input) {}

  bool next(RawFrame& frame) override;
  /// Reads the section header that a file begins with.
  bool open() { return read_block() && !failure_; }

 private:
  bool read_block();
  bool read_byte_order();
  bool begin_section();
  bool add_interface();
  bool set_option(CaptureInterface& interface, unsigned code, wire::Bytes value);
  bool take_packet(RawFrame& frame);
  bool take_simple_packet(RawFrame& frame);
  bool take_old_packet(RawFrame& frame);
  bool give(RawFrame& frame, std::size_t interface, std::uint64_t stamp, std::size_t size,
            FileReader& reader);
  bool fail_here(const std::string& why) { return fail(why, start_); }

  bool little_ = false;
  std::uint64_t start_ = 0;  ///< of the block, in the file
  std::uint32_t type_ = 0;
  wire::Bytes body_;
  std::uint32_t interfaces_seen_ = 0;
  std::vector<CaptureInterface> interfaces_;  ///< of this section
  wire::Time last_{};                         ///< of the frame before
};

/// A section's byte order stands in the section itself.
bool PcapngFormat::read_byte_order() {
  const wire::Bytes start = input_.peek(block_overhead);
  wire::Reader reader(start, 8);
  const std::uint32_t magic = reader.u32();
  little_ = magic == 0x4D3C2B1A;
  return little_ || magic == 0x1A2B3C4D || fail_here("it has a section of no byte order");
}

/// Gives false at the end or at a failure.
bool PcapngFormat::read_block() {
  start_ = input_.position();
  const wire::Bytes first = input_.peek(4);
  if (first.empty()) return input_.failure() ? fail_here({}) : false;
  if (wire::Reader(first).u32() == section_block && !read_byte_order()) return false;
  const wire::Bytes header = take(8, "block");
  if (header.empty()) return false;
  FileReader reader(header, little_);
  type_ = reader.u32();
  const std::size_t size = reader.u32();
  if (size < block_overhead || size > max_block || size % 4 != 0) {
    return fail_here("it has a block of " + std::to_string(size) + " octets: it is damaged");
  }
  const wire::Bytes rest = take(size - header.size(), "block");
  if (rest.empty()) return false;
  body_ = rest.first(rest.size() - 4);
  if (FileReader(rest, little_, body_.size()).u32() != size) {
    return fail_here("it has a block of two sizes: it is damaged");
  }
  return type_ != section_block || begin_section();
}

bool PcapngFormat::begin_section() {
  FileReader reader(body_, little_);
  reader.skip(4);
  const unsigned major = reader.u16();
  if (!reader.ok()) return fail_here("it has a section header that is too short");
  if (major != 1) {
    return fail_here("its format is version " + std::to_string(major) + ", not 1");
  }
  interfaces_.clear();
  return true;
}

bool PcapngFormat::set_option(CaptureInterface& interface, unsigned code, wire::Bytes value) {
  constexpr unsigned if_name = 2;
  constexpr unsigned if_tsresol = 9;
  constexpr unsigned if_tsoffset = 14;
  if (code == if_name) {
    const std::string_view name = wire::as_text(value.first(std::min(value.size(), max_name)));
    interface.name = name.substr(0, name.find('\0'));
  }
  if (code == if_tsoffset && value.size() == 8) {
    interface.resolution.offset = static_cast<std::int64_t>(FileReader(value, little_).u64());
  }
  if (code != if_tsresol || value.size() != 1) return true;
  const unsigned exponent = value[0] & 0x7Fu;
  const bool is_binary = (value[0] & 0x80u) != 0;
  if (exponent > (is_binary ? 63u : 19u)) return fail_here("it has times finer than any clock's");
  interface.resolution.shift = is_binary ? static_cast<int>(exponent) : -1;
  interface.resolution.units = is_binary ? std::uint64_t{1} << exponent : 1;
  for (unsigned i = 0; !is_binary && i < exponent; ++i) interface.resolution.units *= 10;
  return true;
}

bool PcapngFormat::add_interface() {
  if (interfaces_.size() == max_interfaces) return fail_here("it has too many interfaces");
  FileReader reader(body_, little_);
  CaptureInterface interface;
  interface.link_type = reader.u16();
  reader.skip(2);
  interface.snap_length = reader.u32();
  if (!reader.ok()) return fail_here("it has an interface description that is too short");
  interface.number = ++interfaces_seen_;
  while (reader.left() > 0) {
    const unsigned code = reader.u16();
    const std::size_t size = reader.u16();
    if (!reader.ok() || code == 0) break;
    const wire::Bytes value = reader.take(size);
    reader.skip((4 - size % 4) % 4);
    if (!reader.ok()) return fail_here("it has an option that is longer than its block");
    if (!set_option(interface, code, value)) return false;
  }
  interfaces_.push_back(std::move(interface));
  return true;
}

bool PcapngFormat::give(RawFrame& frame, std::size_t interface, std::uint64_t stamp,
                        std::size_t size, FileReader& reader) {
  if (interface >= interfaces_.size()) {
    return fail_here("it has a frame of an interface that it does not describe");
  }
  const CaptureInterface& from = interfaces_[interface];
  const wire::Bytes octets = reader.take(size);
  if (!reader.ok() || size > max_frame) return fail_here("it has a frame longer than its block");
  frame = {.octets = octets,
           .link_type = from.link_type,
           .time = from.resolution.time(stamp),
           .interface = from.number,
           .interface_name = from.name};
  last_ = frame.time;
  return true;
}

bool PcapngFormat::take_packet(RawFrame& frame) {
  FileReader reader(body_, little_);
  const std::size_t interface = reader.u32();
  const std::uint64_t high = reader.u32();
  const std::uint64_t stamp = high << 32 | reader.u32();
  const std::size_t size = reader.u32();
  reader.skip(4);
  return give(frame, interface, stamp, size, reader);
}

/// It has no time of its own: it gets that of the frame before.
bool PcapngFormat::take_simple_packet(RawFrame& frame) {
  FileReader reader(body_, little_);
  std::size_t size = reader.u32();
  if (!interfaces_.empty() && interfaces_.front().snap_length != 0) {
    size = std::min(size, interfaces_.front().snap_length);
  }
  const wire::Time before = last_;
  if (!give(frame, 0, 0, std::min(size, reader.left()), reader)) return false;
  frame.time = last_ = before;
  return true;
}

/// What files had before the enhanced packet block.
bool PcapngFormat::take_old_packet(RawFrame& frame) {
  FileReader reader(body_, little_);
  const std::size_t interface = reader.u16();
  reader.skip(2);
  const std::uint64_t high = reader.u32();
  const std::uint64_t stamp = high << 32 | reader.u32();
  const std::size_t size = reader.u32();
  reader.skip(4);
  return give(frame, interface, stamp, size, reader);
}

bool PcapngFormat::next(RawFrame& frame) {
  while (!failure_ && read_block()) {
    switch (type_) {
      case 1:
        if (!add_interface()) return false;
        break;
      case 2:
        return take_old_packet(frame);
      case 3:
        return take_simple_packet(frame);
      case 6:
        return take_packet(frame);
      default:  // names, statistics, and what nobody knows yet
        break;
    }
  }
  return false;
}

}  // namespace

std::unique_ptr<CaptureFormat> open_pcapng(InputStream& input, LinkError& error) {
  auto format = std::make_unique<PcapngFormat>(input);
  if (format->open()) return format;
  if (format->failure()) error = *format->failure();
  return nullptr;
}

}  // namespace srvwarden::link
