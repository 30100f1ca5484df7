// Feeding the auditor.
// SPDX-License-Identifier: Apache-2.0
#include "tool/audit_input.hpp"

#include <map>
#include <utility>

#include "link/capture_merge.hpp"
#include "link/live_audit.hpp"
#include "report/terminal.hpp"
#include "tool/audit_progress.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

void complain_about(const link::LinkError& error) { complain(report::shown(error.words)); }

report::AuditInput account_of(const std::string& path, const link::Capture& capture) {
  const link::FrameCounts counts = capture.counts();
  report::AuditInput input;
  input.name = path;
  input.is_capture = true;
  input.frames = counts.frames;
  input.packets = counts.mdns;
  input.assembled = counts.assembled;
  input.fragments = counts.lost;
  input.overlaps = counts.overlaps;
  input.cut = counts.cut;
  input.malformed = counts.malformed;
  input.encrypted = counts.encrypted;
  input.unsupported = counts.unsupported;
  if (capture.failure()) input.failure = capture.failure()->words;
  return input;
}

/// The places where packets were seen, as numbers and names: records are kept apart by file and by
/// interface, and evidence names both.
class CapturePlaces {
 public:
  /// Puts the packet's place in the packet; the name lives as long as this.
  void name(wire::Packet& packet, std::size_t file, const std::string& path) {
    const auto [at, is_new] = places_.try_emplace({file, packet.interface});
    if (is_new) at->second = {static_cast<std::uint32_t>(places_.size()), text_of(packet, path)};
    packet.interface = at->second.number;
    packet.interface_name = at->second.name;
  }

 private:
  struct Place {
    std::uint32_t number = 0;
    std::string name;
  };

  static std::string text_of(const wire::Packet& packet, const std::string& path) {
    const std::string_view name = packet.interface_name;
    if (!name.empty()) return path + " (" + std::string(name) + ")";
    if (packet.interface <= 1) return path;  // most files have only one
    return path + " (interface " + std::to_string(packet.interface) + ")";
  }

  std::map<std::pair<std::size_t, std::uint32_t>, Place> places_;
};

/// All packets of all captures, in the order of time.
void feed(link::CaptureMerge& merge, const std::vector<std::string>& opened,
          rules::Auditor& auditor, AuditWatch* watch,
          const std::function<void(const wire::Packet&)>& also) {
  CapturePlaces places;
  CaptureProgress progress(opened);
  while (auto next = merge.next()) {
    places.name(next->packet, next->capture, opened[next->capture]);
    auditor.add(next->packet);
    if (also) also(next->packet);
    if (watch && !watch->look(auditor, next->packet.time)) return;
    if (watch || !progress.is_due()) continue;  // lines tell by themselves how it goes on
    std::uint64_t octets = 0;
    for (std::size_t i = 0; i < opened.size(); ++i) octets += merge.capture(i).octets_read();
    progress.draw(octets, auditor.census().counts().packets);
  }
}

wire::Time now() {
  return std::chrono::time_point_cast<wire::Time::duration>(std::chrono::system_clock::now());
}

}  // namespace

AuditInputs read_captures(const std::vector<std::string>& paths, rules::Auditor& auditor,
                          AuditWatch* watch, const std::function<void(const wire::Packet&)>& also) {
  AuditInputs out;
  link::CaptureMerge merge;
  std::vector<std::string> opened;
  for (const std::string& path : paths) {
    link::LinkError error;
    auto capture = link::Capture::open(path, error);
    if (!capture) {
      complain_about(error);
      out.whole = false;
      continue;
    }
    merge.add(std::move(*capture));
    opened.push_back(path);
  }
  feed(merge, opened, auditor, watch, also);
  for (std::size_t i = 0; i < opened.size(); ++i) {
    if (const auto& failure = merge.capture(i).failure()) complain_about(*failure);
    out.whole = out.whole && !merge.capture(i).failure();
    out.inputs.push_back(account_of(opened[i], merge.capture(i)));
  }
  out.any = !opened.empty();
  out.end = auditor.census().now();
  return out;
}

AuditInputs listen(const LiveInput& input, rules::Auditor& auditor, AuditWatch* watch) {
  AuditInputs out;
  link::LiveAudit audit;
  const auto on_packet = [&](const wire::Packet& packet) { auditor.add(packet); };
  std::function<bool()> on_tick;
  if (watch) on_tick = [&] { return watch->look(auditor, now()); };
  const link::LinkError error = audit.run({.interfaces = input.interfaces,
                                           .time = std::chrono::seconds(input.seconds),
                                           .ask = !input.passive,
                                           .on_tick = std::move(on_tick)},
                                          auditor.census(), on_packet, complain_about);
  if (error.code) {
    complain_about(error);
    out.whole = false;
    return out;
  }
  out.any = true;
  for (const link::HeardInterface& heard : audit.heard()) {
    report::AuditInput one;
    one.name = heard.name;
    one.packets = heard.packets;
    one.dropped = heard.dropped;
    out.inputs.push_back(std::move(one));
  }
  out.end = now();
  return out;
}

}  // namespace srvwarden::tool
