// The pcap format: a header, then frames of one link type.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture_format.hpp"
#include "link/frame.hpp"

namespace srvwarden::link {

namespace {

constexpr std::size_t header_size = 24;
constexpr std::size_t frame_header_size = 16;

class PcapFormat final : public CaptureFormat {
 public:
  struct Traits {
    std::uint32_t link_type;
    bool little;
    bool nanoseconds;
  };

  PcapFormat(InputStream& input, Traits traits) : CaptureFormat(input), traits_(traits) {}

  bool next(RawFrame& frame) override;

 private:
  Traits traits_;
};

bool PcapFormat::next(RawFrame& frame) {
  if (failure_) return false;
  const std::uint64_t start = input_.position();
  if (input_.peek(1).empty()) return input_.failure() ? fail({}, start) : false;
  const wire::Bytes header = take(frame_header_size, "frame's header");
  if (header.empty()) return false;
  FileReader reader(header, traits_.little);
  const std::uint32_t seconds = reader.u32();
  const std::uint64_t fraction = reader.u32();
  const std::uint32_t size = reader.u32();
  if (size > max_frame) {
    return fail("it has a frame of " + std::to_string(size) + " octets: it is damaged", start);
  }
  const wire::Bytes octets = take(size, "frame");
  if (octets.size() != size) return false;
  frame = {.octets = octets,
           .link_type = traits_.link_type,
           .time = capture_time(seconds, traits_.nanoseconds ? fraction : fraction * 1000)};
  return true;
}

}  // namespace

std::unique_ptr<CaptureFormat> open_pcap(InputStream& input, LinkError& error) {
  const auto refuse = [&](std::string why) {
    error = {std::make_error_code(std::errc::invalid_argument), std::move(why)};
    return nullptr;
  };
  const wire::Bytes header = input.take(header_size);
  if (input.failure()) return refuse(input.failure()->words);
  if (header.size() < header_size) return refuse("it ends in the middle of its header");
  const bool little = header[0] != 0xA1;
  FileReader reader(header, little);
  const bool nanoseconds = reader.u32() == 0xA1B23C4D;
  const unsigned major = reader.u16();
  if (major != 2) return refuse("its format is version " + std::to_string(major) + ", not 2");
  reader.skip(14);
  const std::uint32_t link_type = reader.u32() & 0xFFFFu;  // above: the size of check sequences
  if (!framing_of(link_type)) {
    return refuse("its link type " + std::to_string(link_type) + " is not supported");
  }
  return std::make_unique<PcapFormat>(input, PcapFormat::Traits{link_type, little, nanoseconds});
}

}  // namespace srvwarden::link
