// CaptureFormat: the frames that a pcap or pcapng file holds, whatever its byte order.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "link/input_stream.hpp"
#include "link/link_error.hpp"
#include "srvwarden/mdns_packet.hpp"
#include "wire/reader.hpp"

namespace srvwarden::link {

/// A frame as it was captured.
struct RawFrame {
  wire::Bytes octets = {};      ///< valid until the next is read
  std::uint32_t link_type = 0;  ///< as tcpdump.org/linktypes.html numbers them
  wire::Time time{};
  std::uint32_t interface = 0;           ///< pcapng's, from 1; 0: the file knows of none
  std::string_view interface_name = {};  ///< may be empty; valid as the octets are
};

/// Reads frames in the file's order, with no more memory than the largest of them needs.
class CaptureFormat {
 public:
  /// No frame is larger: what says so is no capture any more.
  static constexpr std::size_t max_frame = std::size_t{1} << 20;

  virtual ~CaptureFormat() = default;

  /// Gives false at the end, or where failure() says why.
  virtual bool next(RawFrame& frame) = 0;
  /// Why the file ended too early; its words are the reason alone.
  const std::optional<LinkError>& failure() const noexcept { return failure_; }

 protected:
  /// @param input  at the file's first octet; outlives this.
  explicit CaptureFormat(InputStream& input) : input_(input) {}

  /// `size` octets of what a file calls `what`, or nothing and a failure.
  wire::Bytes take(std::size_t size, std::string_view what);
  /// Sets the failure, with the place; gives false.
  bool fail(const std::string& why, std::uint64_t position);

  InputStream& input_;
  std::optional<LinkError> failure_;
};

/// Numbers in the byte order of the one who wrote a file.
class FileReader : public wire::Reader {
 public:
  FileReader(wire::Bytes bytes, bool little, std::size_t at = 0) noexcept
      : Reader(bytes, at), little_(little) {}

  std::uint16_t u16() noexcept {
    const unsigned value = Reader::u16();
    return static_cast<std::uint16_t>(little_ ? value >> 8 | value << 8 : value);
  }
  std::uint32_t u32() noexcept {
    const std::uint32_t value = Reader::u32();
    return little_ ? __builtin_bswap32(value) : value;
  }
  std::uint64_t u64() noexcept {
    const std::uint64_t first = u32();
    const std::uint64_t second = u32();
    return little_ ? second << 32 | first : first << 32 | second;
  }

 private:
  bool little_;
};

/// Seconds and a part of one as a time; what no Time can be becomes the last that can.
wire::Time capture_time(std::int64_t seconds, std::uint64_t nanoseconds) noexcept;

/// Tells the format by the file's first octets.
///
/// @return  nothing and the reason, in words, where it is none of ours.
std::unique_ptr<CaptureFormat> open_format(InputStream& input, LinkError& error);

/// The makers of each format, which their magic number was seen of.
std::unique_ptr<CaptureFormat> open_pcap(InputStream& input, LinkError& error);
std::unique_ptr<CaptureFormat> open_pcapng(InputStream& input, LinkError& error);

}  // namespace srvwarden::link
