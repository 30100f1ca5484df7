// Capture: the mDNS packets of a pcap or pcapng file, packed by gzip or not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "link/link_error.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

/// What became of each frame of a capture: nothing is passed over without being counted. A frame is
/// an mDNS packet or counts once among `other` to `unsupported`.
struct FrameCounts {
  std::uint64_t frames = 0;
  std::uint64_t mdns = 0;       ///< packets, of which `assembled` came in fragments
  std::uint64_t assembled = 0;  ///< packets put together
  std::uint64_t other = 0;
  std::uint64_t fragments = 0;  ///< frames with a part of an IP packet that is or may be mDNS
  std::uint64_t lost = 0;       ///< of these: those of packets that never became whole
  std::uint64_t overlaps = 0;   ///< of these: those that were refused, and their packets with them
  std::uint64_t cut = 0;        ///< of which the capture has only a part
  std::uint64_t malformed = 0;  ///< headers that contradict themselves
  std::uint64_t encrypted = 0;
  std::uint64_t unsupported = 0;  ///< a framing that is not read here

  friend bool operator==(const FrameCounts&, const FrameCounts&) = default;
};

/// Reads one file, once, from start to end.
class Capture {
 public:
  /// @param path  pcap or pcapng, of link types that framing_of() knows; "-" is standard input.
  /// @param error set where this gives nothing: no such file, no capture, unknown link type.
  static std::optional<Capture> open(const std::string& path, LinkError& error);
  /// The same, from a descriptor that is ours from now on.
  static std::optional<Capture> read(int descriptor, const std::string& name, LinkError& error);

  Capture(Capture&&) noexcept;
  Capture& operator=(Capture&&) noexcept;
  ~Capture();

  /// The next mDNS packet, or nothing at the end. It views the frame: valid until the next call.
  /// Its interface is the one that the file knows of: pcapng's, from 1, or Linux' index.
  std::optional<wire::Packet> next();

  FrameCounts counts() const noexcept;
  /// How much of the file was read, packed or not.
  std::uint64_t octets_read() const noexcept;
  /// Why the file ended too early, if it did: what was read until then is good.
  const std::optional<LinkError>& failure() const noexcept { return failure_; }

 private:
  struct File;
  Capture(std::string path, std::unique_ptr<File> file);

  std::string path_;
  std::unique_ptr<File> file_;
  std::optional<LinkError> failure_;
};

}  // namespace srvwarden::link
