// AuditFindings: findings kept by object, each rule once however many packets show it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rules/audit.hpp"

namespace srvwarden::rules {

class AuditFindings {
 public:
  /// A name in wire format, or the address of a sender.
  struct Object {
    bool is_sender = false;
    std::string name;
    std::vector<AuditFinding> findings;
  };

  /// Where a finding is kept, for as long as this lives; no object: there was no room for it.
  struct Place {
    Object* object = nullptr;
    std::size_t index = 0;
  };

  explicit AuditFindings(std::size_t objects) : limit_(objects) {}

  Place add_name(wire::NameView name, const Finding& finding, const Evidence& first,
                 const Evidence& last, std::uint64_t count = 1);
  Place add_sender(const wire::Address& sender, const Finding& finding, const Evidence& evidence);
  /// The same finding, shown by a later packet.
  void add_again(const Place& place, const Evidence& evidence);

  /// By object: names without regard to case, then senders.
  const auto& objects() const noexcept { return objects_; }
  auto& objects() noexcept { return objects_; }
  std::uint64_t dropped() const noexcept { return dropped_; }

 private:
  using Key = std::pair<bool, std::string>;
  Place add(Key key, std::string name, const Finding& finding, const Evidence& first,
            const Evidence& last, std::uint64_t count);

  std::size_t limit_;
  std::map<Key, Object> objects_;
  std::uint64_t dropped_ = 0;
};

/// Sorts worst first, then by rule.
void sort_findings(std::vector<AuditFinding>& findings);

}  // namespace srvwarden::rules
