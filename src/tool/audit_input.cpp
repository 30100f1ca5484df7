// Feeding the auditor.
// SPDX-License-Identifier: Apache-2.0
#include "tool/audit_input.hpp"

#include <csignal>
#include <memory>

#include "link/capture.hpp"
#include "link/live_audit.hpp"
#include "report/terminal.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

void complain_about(const link::LinkError& error) { complain(report::shown(error.words)); }

}  // namespace

AuditInputs read_captures(const std::vector<std::string>& paths, rules::Auditor& auditor,
                          const std::function<void(const wire::Packet&)>& also) {
  AuditInputs out;
  std::uint32_t number = 0;
  for (const std::string& path : paths) {
    link::LinkError error;
    auto capture = link::Capture::open(path, error);
    if (!capture) {
      complain_about(error);
      out.whole = false;
      continue;
    }
    out.any = true;
    ++number;
    while (auto packet = capture->next()) {
      packet->interface = number;  // records are kept apart by file, and evidence names it
      packet->interface_name = path;
      auditor.add(*packet);
      if (also) also(*packet);
    }
    const link::FrameCounts& counts = capture->counts();
    report::AuditInput input;
    input.name = path;
    input.is_capture = true;
    input.frames = counts.frames;
    input.packets = counts.mdns;
    input.fragments = counts.fragments;
    input.cut = counts.cut;
    input.malformed = counts.malformed;
    if (capture->failure()) {
      complain_about(*capture->failure());
      input.failure = capture->failure()->words;
      out.whole = false;
    }
    out.inputs.push_back(std::move(input));
  }
  out.end = auditor.census().now();
  return out;
}

AuditInputs listen(const LiveInput& input, rules::Auditor& auditor) {
  AuditInputs out;
  link::LiveAudit audit;
  const auto on_packet = [&](const wire::Packet& packet) { auditor.add(packet); };
  const link::LinkError error = audit.run({.interfaces = input.interfaces,
                                           .time = std::chrono::seconds(input.seconds),
                                           .ask = !input.passive},
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
  out.end = std::chrono::time_point_cast<wire::Time::duration>(std::chrono::system_clock::now());
  return out;
}

}  // namespace srvwarden::tool
