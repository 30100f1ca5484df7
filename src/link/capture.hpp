// Capture: the mDNS packets of a pcap or pcapng file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "link/frame.hpp"
#include "link/link_error.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

/// What became of each frame of a capture: nothing is passed over without being counted.
struct FrameCounts {
  std::uint64_t frames = 0;
  std::uint64_t mdns = 0;
  std::uint64_t other = 0;
  std::uint64_t fragments = 0;
  std::uint64_t cut = 0;
  std::uint64_t malformed = 0;

  friend bool operator==(const FrameCounts&, const FrameCounts&) = default;
};

/// Reads one file, once, from start to end.
class Capture {
 public:
  /// @param path  pcap or pcapng, of any link type in Framing; "-" is standard input.
  /// @param error set where this gives nothing: no such file, no capture, unknown link type.
  static std::optional<Capture> open(const std::string& path, LinkError& error);

  Capture(Capture&&) noexcept;
  Capture& operator=(Capture&&) noexcept;
  ~Capture();

  /// The next mDNS packet, or nothing at the end. It views the frame: valid until the next call.
  std::optional<wire::Packet> next();

  const FrameCounts& counts() const noexcept { return counts_; }
  /// Why the file ended too early, if it did: what was read until then is good.
  const std::optional<LinkError>& failure() const noexcept { return failure_; }

 private:
  struct File;
  Capture(std::string path, std::unique_ptr<File> file, Framing framing);

  std::string path_;
  std::unique_ptr<File> file_;
  Framing framing_;
  FrameCounts counts_;
  std::optional<LinkError> failure_;
};

}  // namespace srvwarden::link
