// From a file's frames to mDNS packets.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "link/capture_format.hpp"
#include "link/frame.hpp"
#include "link/reassembly.hpp"

namespace srvwarden::link {

namespace {

LinkError unreadable(const std::string& path, const LinkError& why) {
  return {why.code, "cannot read " + path + ": " + why.words};
}

}  // namespace

struct Capture::File {
  explicit File(int descriptor) : input(descriptor) {}

  FrameKind take_apart(const RawFrame& frame, wire::Packet& packet);
  void count(FrameKind kind) noexcept;

  InputStream input;
  std::unique_ptr<CaptureFormat> format;
  Reassembly reassembly;
  FrameCounts counts;  ///< but for what the reassembly counts
};

FrameKind Capture::File::take_apart(const RawFrame& frame, wire::Packet& packet) {
  packet.number = ++counts.frames;
  packet.time = frame.time;
  packet.interface = frame.interface;
  packet.interface_name = frame.interface_name;
  const auto framing = framing_of(frame.link_type);
  if (!framing) return FrameKind::unsupported;
  Fragment fragment;
  const FrameKind kind = read_frame(*framing, frame.octets, packet, fragment);
  if (kind != FrameKind::fragment) return kind;
  return reassembly.add(fragment, packet) ? FrameKind::mdns : kind;
}

void Capture::File::count(FrameKind kind) noexcept {
  switch (kind) {
    case FrameKind::mdns:
      ++counts.mdns;
      return;
    case FrameKind::other:
      ++counts.other;
      return;
    case FrameKind::fragment:  // the reassembly knows more
      return;
    case FrameKind::cut:
      ++counts.cut;
      return;
    case FrameKind::malformed:
      ++counts.malformed;
      return;
    case FrameKind::encrypted:
      ++counts.encrypted;
      return;
    case FrameKind::unsupported:
      ++counts.unsupported;
      return;
  }
}

Capture::Capture(std::string path, std::unique_ptr<File> file)
    : path_(std::move(path)), file_(std::move(file)) {}
Capture::Capture(Capture&&) noexcept = default;
Capture& Capture::operator=(Capture&&) noexcept = default;
Capture::~Capture() = default;

std::optional<Capture> Capture::open(const std::string& path, LinkError& error) {
  if (path == "-") return read(STDIN_FILENO, "standard input", error);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) return read(descriptor, path, error);
  const std::error_code code(errno, std::generic_category());
  error = unreadable(path, {code, code.message()});
  return std::nullopt;
}

std::optional<Capture> Capture::read(int descriptor, const std::string& name, LinkError& error) {
  auto file = std::make_unique<File>(descriptor);
  LinkError why;
  file->format = open_format(file->input, why);
  if (file->format) return Capture(name, std::move(file));
  error = unreadable(name, why);
  return std::nullopt;
}

std::optional<wire::Packet> Capture::next() {
  for (RawFrame frame; file_->format->next(frame);) {
    wire::Packet packet;
    const FrameKind kind = file_->take_apart(frame, packet);
    file_->count(kind);
    if (kind == FrameKind::mdns) return packet;
  }
  if (file_->format->failure()) failure_ = unreadable(path_, *file_->format->failure());
  return std::nullopt;
}

FrameCounts Capture::counts() const noexcept {
  FrameCounts counts = file_->counts;
  const FragmentCounts& parts = file_->reassembly.counts();
  counts.assembled = parts.assembled;
  counts.fragments = parts.fragments;
  counts.lost = parts.lost;
  counts.overlaps = parts.overlaps;
  counts.other += parts.other;
  counts.malformed += parts.malformed;
  return counts;
}

std::uint64_t Capture::octets_read() const noexcept { return file_->input.octets_read(); }

}  // namespace srvwarden::link
