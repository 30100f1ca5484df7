// Reading captures with libpcap, which knows both formats and their byte orders.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture.hpp"

#include <pcap/pcap.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

namespace srvwarden::link {

namespace {

struct CloseCapture {
  void operator()(pcap_t* handle) const noexcept { pcap_close(handle); }
};

std::optional<Framing> framing_of(int link_type) noexcept {
  switch (link_type) {
    case DLT_EN10MB:
      return Framing::ethernet;
    case DLT_LINUX_SLL:
      return Framing::linux_sll;
    case DLT_LINUX_SLL2:
      return Framing::linux_sll2;
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6:
      return Framing::raw_ip;
    case DLT_NULL:
    case DLT_LOOP:
      return Framing::null_loopback;
    default:
      return std::nullopt;
  }
}

LinkError system_error(const std::string& path) {
  const std::error_code code(errno, std::generic_category());
  return {code, "cannot read " + path + ": " + code.message()};
}

LinkError bad_file(const std::string& path, const std::string& why) {
  return {std::make_error_code(std::errc::invalid_argument), "cannot read " + path + ": " + why};
}

}  // namespace

struct Capture::File {
  std::unique_ptr<pcap_t, CloseCapture> handle;
};

Capture::Capture(std::string path, std::unique_ptr<File> file, Framing framing)
    : path_(std::move(path)), file_(std::move(file)), framing_(framing) {}
Capture::Capture(Capture&&) noexcept = default;
Capture& Capture::operator=(Capture&&) noexcept = default;
Capture::~Capture() = default;

std::optional<Capture> Capture::open(const std::string& path, LinkError& error) {
  std::FILE* const stream = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (!stream) {
    error = system_error(path);
    return std::nullopt;
  }
  std::array<char, PCAP_ERRBUF_SIZE> why{};
  auto file = std::make_unique<File>();
  file->handle.reset(
      pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, why.data()));
  if (!file->handle) {
    if (stream != stdin) std::fclose(stream);
    error = bad_file(path, why.data());
    return std::nullopt;
  }
  const int link_type = pcap_datalink(file->handle.get());
  const auto framing = framing_of(link_type);
  if (!framing) {
    const char* const name = pcap_datalink_val_to_name(link_type);
    error = bad_file(path, "its link type " + std::to_string(link_type) +
                               (name ? " (" + std::string(name) + ")" : std::string()) +
                               " is not supported");
    return std::nullopt;
  }
  return Capture(path, std::move(file), *framing);
}

std::optional<wire::Packet> Capture::next() {
  for (;;) {
    pcap_pkthdr* header = nullptr;
    const u_char* octets = nullptr;
    const int result = pcap_next_ex(file_->handle.get(), &header, &octets);
    if (result != 1) {
      if (result == PCAP_ERROR) failure_ = bad_file(path_, pcap_geterr(file_->handle.get()));
      return std::nullopt;
    }
    wire::Packet packet;
    packet.number = ++counts_.frames;
    packet.time = wire::Time(std::chrono::seconds(header->ts.tv_sec) +
                             std::chrono::nanoseconds(header->ts.tv_usec));
    switch (read_frame(framing_, wire::Bytes(octets, header->caplen), packet)) {
      case FrameKind::mdns:
        ++counts_.mdns;
        return packet;
      case FrameKind::other:
        ++counts_.other;
        break;
      case FrameKind::fragment:
        ++counts_.fragments;
        break;
      case FrameKind::cut:
        ++counts_.cut;
        break;
      case FrameKind::malformed:
        ++counts_.malformed;
        break;
    }
  }
}

}  // namespace srvwarden::link
