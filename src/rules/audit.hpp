// Auditor: packets in, an account of what the link announces and what is wrong with it out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "census/activity.hpp"
#include "srvwarden/census.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden {
class Registry;
}

namespace srvwarden::rules {

struct AuditOptions {
  const Registry* registry = nullptr;  ///< null: no titles, no RG rules; must outlive the auditor
  bool advice = false;
  census::Limits limits = {};
  std::size_t objects = 100'000;  ///< names and senders that findings are kept of
};

/// What an audit of a link may keep, so that it stays below 64 MiB whatever the link sends. A link
/// that has more is told in part, and how much is left out.
constexpr census::Limits link_limits = {
    .records = 24'000, .octets = 4u << 20, .questions = 10'000, .senders = 10'000};
constexpr std::size_t link_objects = 10'000;

/// A packet that shows a finding.
struct Evidence {
  census::Sighting sighting;
  std::string where;  ///< interface or capture; may be empty
};

/// A rule's finding about one object, however many packets show it.
struct AuditFinding {
  Finding finding;  ///< of the first packet; its offset counts in that payload
  std::uint64_t count = 0;
  Evidence first;
  Evidence last;
};

enum class ObjectKind : std::uint8_t { instance, host, type, name, sender };

/// What findings are about: a name, or the host that sent a packet.
struct AuditObject {
  ObjectKind kind = ObjectKind::name;
  std::string name;  ///< presentation form, escaped as DNS has it, or an address; untrusted
  std::string host;  ///< of a sender: the host name that has its address, if one is announced
  std::vector<AuditFinding> findings;  ///< worst first, then by rule
};

/// Where an instance can be reached, as one SRV record has it.
struct AuditedService {
  std::string host;  ///< presentation form
  wire::SrvFields fields;
};

struct AuditedInstance {
  AuditObject object;
  std::string label;  ///< the instance name as people read it: raw octets, maybe no UTF-8
  std::string type;   ///< "_http._tcp", as spelt
  std::string title;  ///< of the registered service; empty if there is none
  std::string domain;
  std::vector<AuditedService> services;
  std::vector<std::string> addresses;
  std::vector<std::string> txt;         ///< strings of the live TXT records: raw octets
  std::vector<std::string> subtypes;    ///< "_printer"
  std::vector<std::string> interfaces;  ///< or captures; those that are known
  std::vector<std::string> sources;     ///< addresses of the senders
  wire::Time first{};
  wire::Time last{};
  bool gone = false;  ///< no record is live any more
};

struct AuditResult {
  census::Counts counts;
  census::Activity activity;               ///< how much happened when
  wire::Time first{};                      ///< of the first packet
  wire::Time last{};                       ///< of the last
  std::vector<AuditedInstance> instances;  ///< those with the worst findings first, then by name
  std::vector<AuditObject> others;         ///< hosts, types, other names, senders with findings
  std::uint64_t findings_dropped = 0;      ///< about objects for which there was no room

  std::optional<Severity> worst() const;
};

/// Decodes, counts and judges packets in their order. Knows no clock but theirs.
class Auditor {
 public:
  explicit Auditor(const AuditOptions& options);
  ~Auditor();

  void add(const wire::Packet& packet);

  const census::Census& census() const noexcept;
  /// All that is known by now. `end` is the end of the audit, at or after the last packet.
  AuditResult result(wire::Time end);
  /// The same, ended with the last packet.
  AuditResult result();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace srvwarden::rules
