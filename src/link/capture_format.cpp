// Telling captures by their first octets.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture_format.hpp"

#include <algorithm>
#include <limits>

namespace srvwarden::link {

namespace {

LinkError refused(std::string why) {
  return {std::make_error_code(std::errc::invalid_argument), std::move(why)};
}

/// What others pack captures with; magic numbers as file(1) knows them.
std::string_view packer_of(std::uint32_t magic) noexcept {
  if (magic == 0x28B52FFD) return "zstd";
  if (magic == 0xFD377A58) return "xz";
  if (magic == 0x04224D18) return "lz4";
  if (magic >> 8 == 0x425A68) return "bzip2";
  return {};
}

}  // namespace

wire::Bytes CaptureFormat::take(std::size_t size, std::string_view what) {
  const std::uint64_t start = input_.position();
  const wire::Bytes octets = input_.take(size);
  if (octets.size() == size) return octets;
  fail("it ends in the middle of a " + std::string(what), start);
  return {};
}

bool CaptureFormat::fail(const std::string& why, std::uint64_t position) {
  failure_ = input_.failure();
  if (!failure_) failure_ = refused(why + " (at octet " + std::to_string(position) + ")");
  return false;
}

wire::Time capture_time(std::int64_t seconds, std::uint64_t nanoseconds) noexcept {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max() / 1'000'000'000 - 1;
  return wire::Time(std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, last)) +
                    std::chrono::nanoseconds(std::min<std::uint64_t>(nanoseconds, 999'999'999)));
}

std::unique_ptr<CaptureFormat> open_format(InputStream& input, LinkError& error) {
  const wire::Bytes start = input.peek(4);
  if (input.failure()) {
    error = *input.failure();
    return nullptr;
  }
  const std::uint32_t magic = wire::Reader(start).u32();
  switch (magic) {
    case 0xA1B2C3D4:  // microseconds
    case 0xD4C3B2A1:
    case 0xA1B23C4D:  // nanoseconds
    case 0x4D3CB2A1:
      return open_pcap(input, error);
    case 0x0A0D0D0A:
      return open_pcapng(input, error);
    default:
      break;
  }
  const std::string_view packer = packer_of(magic);
  error = start.empty() ? refused("it is empty")
          : packer.empty()
              ? refused("it is neither pcap nor pcapng")
              : refused("it is packed with " + std::string(packer) + "; unpack it first");
  return nullptr;
}

}  // namespace srvwarden::link
