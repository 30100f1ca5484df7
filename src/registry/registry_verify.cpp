// Verifying an edition: rows beside each other.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_verify.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"
#include "srvwarden/registry_service.hpp"

namespace srvwarden {
namespace {

struct Words {
  std::string_view name;
  std::string_view sentence;
};

Words words_of(RegistryDoubt doubt) noexcept {
  switch (doubt) {
    case RegistryDoubt::shared_port:
      return {"shared-port", "two names have this port, and neither is an alias of the other"};
    case RegistryDoubt::overlapping_ports:
      return {"overlapping-ports", "two rows speak of some of the same ports"};
    case RegistryDoubt::chained_replacement:
      return {"chained-replacement", "the name to use instead is itself to be replaced"};
    case RegistryDoubt::prose_txt_keys:
      return {"prose-txt-keys", "the TXT keys are described in words that say nothing for sure"};
  }
  return {};
}

bool is_single(const RegistryRecord& record) { return record.ports.first == record.ports.last; }

/// A second name for the same service may have the same port.
bool is_alias(const RegistryRecord& record) { return !record.replacement.empty(); }

bool share_transport(const RegistryRecord& a, const RegistryRecord& b) {
  return a.transport == b.transport || a.transport == RegistryTransport::none ||
         b.transport == RegistryTransport::none;
}

bool same_name(const RegistryRecord& a, const RegistryRecord& b) {
  return !a.name.empty() && ascii::equal(a.name, b.name);
}

/// Rows in the order of their first port; each is compared with those that still reach it.
class PortSweep {
 public:
  explicit PortSweep(std::vector<RegistryContradiction>& out) : out_(out) {}

  void visit(const RegistryRecord& row) {
    std::erase_if(open_, [&](const RegistryRecord& r) { return r.ports.last < row.ports.first; });
    for (const RegistryRecord& earlier : open_) {
      if (!share_transport(earlier, row) || same_name(earlier, row)) continue;
      if (is_alias(earlier) || is_alias(row)) continue;
      const bool both_named = !earlier.name.empty() && !row.name.empty();
      const bool one_port = is_single(earlier) && is_single(row);
      const auto doubt =
          both_named && one_port ? RegistryDoubt::shared_port : RegistryDoubt::overlapping_ports;
      out_.push_back({doubt, row, earlier});
    }
    open_.push_back(row);
  }

 private:
  std::vector<RegistryContradiction>& out_;
  std::vector<RegistryRecord> open_;
};

std::vector<RegistryRecord> rows_by_port(const Registry& registry) {
  std::vector<RegistryRecord> rows;
  for (const RegistryRecord& record : registry.records()) {
    if (record.ports.present) rows.push_back(record);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.ports.first < b.ports.first; });
  return rows;
}

}  // namespace

std::string_view name_of(RegistryDoubt doubt) noexcept { return words_of(doubt).name; }
std::string_view sentence_of(RegistryDoubt doubt) noexcept { return words_of(doubt).sentence; }

std::vector<RegistryContradiction> contradictions_of(const Registry& registry) {
  std::vector<RegistryContradiction> found;
  PortSweep sweep(found);
  for (const RegistryRecord& row : rows_by_port(registry)) sweep.visit(row);
  for (const RegistryRecord& row : registry.records()) {
    if (!row.replacement.empty()) {
      const RegistryRecords next = registry.find(row.replacement);
      const bool chained = !registry.standing(row.replacement).replacement.empty();
      if (chained) found.push_back({RegistryDoubt::chained_replacement, row, next.front()});
    }
    if (txt_keys_of(row).status == TxtKeysStatus::prose) {
      found.push_back({RegistryDoubt::prose_txt_keys, row, {}});
    }
  }
  return found;
}

}  // namespace srvwarden
