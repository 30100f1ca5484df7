// The account of an audit, as text for people or JSON for programs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/finding_text.hpp"
#include "rules/audit.hpp"

namespace srvwarden::report {

/// Where packets came from, and what of it could not be looked at.
struct AuditInput {
  std::string name;  ///< interface, or path of a capture
  bool is_capture = false;
  std::uint64_t frames = 0;       ///< of a capture, all of them
  std::uint64_t packets = 0;      ///< mDNS
  std::uint64_t assembled = 0;    ///< of the packets: put together from IP fragments
  std::uint64_t fragments = 0;    ///< not put together
  std::uint64_t overlaps = 0;     ///< of these: refused since they overlap
  std::uint64_t cut = 0;          ///< of which the capture has only a part
  std::uint64_t malformed = 0;    ///< headers that contradict themselves
  std::uint64_t encrypted = 0;    ///< 802.11 frames that nobody here can read
  std::uint64_t unsupported = 0;  ///< frames of a framing that is not read
  std::uint64_t dropped = 0;      ///< by the kernel
  std::string failure;            ///< why it ended early; empty if it did not
};

/// The sums, then each host with what it announces and what is wrong with it, worst first; what is
/// fine takes one line. Everything that came from the network
/// is escaped for a terminal.
std::string audit_text(const rules::AuditResult& result, const std::vector<AuditInput>& inputs,
                       Colour colour = Colour::off);

/// {"summary","inputs","instances","findings"}, on one line. A finding names its object, as
/// instances do by "name". Octets that are no UTF-8 become U+FFFD and stand in hexadecimal beside
/// ("_hex").
std::string audit_json(const rules::AuditResult& result, const std::vector<AuditInput>& inputs);

/// A SARIF 2.1.0 log. A finding's location is its capture, where there is one, with the number of
/// the packet; its logical locations are the host and the object.
std::string audit_sarif(const rules::AuditResult& result, const std::vector<AuditInput>& inputs,
                        std::string_view version);

/// One page that needs nothing else: no other file, no network, no script to be read.
std::string audit_html(const rules::AuditResult& result, const std::vector<AuditInput>& inputs,
                       std::string_view version);

/// "2026-08-17T12:34:56.789012Z".
std::string time_text(wire::Time time);

/// How many findings of each severity, all objects together.
struct FindingCounts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
};
FindingCounts count_findings(const rules::AuditResult& result);

/// What was not looked at or not kept, a sentence each; with the inputs' names, not escaped.
std::vector<std::string> losses_of(const rules::AuditResult& result,
                                   const std::vector<AuditInput>& inputs);

/// "instance", "host", "type", "name" or "sender".
std::string_view name_of(rules::ObjectKind kind) noexcept;

}  // namespace srvwarden::report
