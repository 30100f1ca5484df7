// Laying overlays over a registry, and where they disagree with it.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/concat.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/overlay.hpp"

namespace srvwarden {
namespace {

bool speaks_of(const OverlayService& service, const RegistryRecord& record) {
  if (!ascii::equal(service.name, record.name)) return false;
  const auto same = [&](RegistryTransport transport) { return transport == record.transport; };
  return service.transports.empty() || record.transport == RegistryTransport::none ||
         std::ranges::any_of(service.transports, same);
}

/// What a row says otherwise than the overlay's service: "another title: World Wide Web HTTP".
std::vector<std::string> differences(const OverlayService& service, const RegistryRecord& record) {
  std::vector<std::string> found;
  if (!service.title.empty() && service.title != record.title) {
    found.push_back(concat({"another title: ", record.title}));
  }
  if (service.ports.present && record.ports.present && service.ports != record.ports) {
    found.push_back(concat({"another port: ", to_text(record.ports)}));
  }
  if (service.txt_keys.status == TxtKeysStatus::unstated || record.txt_keys.empty()) return found;
  const TxtKeys defined = parse_txt_keys(record.txt_keys).value_or(TxtKeys{});
  // Where the registry lists nothing, an overlay adds to it.
  const bool says_something = defined.status == TxtKeysStatus::none || !defined.keys.empty();
  if (says_something && defined != service.txt_keys) {
    found.push_back(concat({"other TXT keys: ", record.txt_keys}));
  }
  return found;
}

/// The transports of a service of which no row of its name speaks.
std::string unregistered_transports(const OverlayService& service, const Registry& registry) {
  std::string words;
  if (!registry.contains(service.name)) return words;
  for (const RegistryTransport transport : service.transports) {
    if (!registry.find(service.name, TransportSet(transport)).empty()) continue;
    words.append(words.empty() ? "" : ", ").append(name_of(transport));
  }
  return words;
}

class Merger {
 public:
  explicit Merger(const Registry& registry) : builder_({}) {
    rows_.reserve(registry.record_count());
    for (const RegistryRecord& record : registry.records()) rows_.push_back(record);
  }

  void lay(const OverlayService& service) {
    const std::string_view keys = builder_.keep(to_text(service.txt_keys));
    bool known = false;
    for (RegistryRecord& row : rows_) {
      if (!speaks_of(service, row)) continue;
      known = true;
      if (!keys.empty()) row.txt_keys = keys;
    }
    if (!known) add(service, keys);
  }

  Registry finish(RegistryDate edition) && {
    for (const RegistryRecord& row : rows_) builder_.add(row);
    return Registry(std::move(builder_).finish(edition));
  }

 private:
  void add(const OverlayService& service, std::string_view keys) {
    RegistryRecord row;
    row.name = builder_.keep(service.name);
    row.title = builder_.keep(service.title);
    row.ports = service.ports;
    row.status = RegistryStatus::local_use;
    row.txt_keys = keys;
    if (service.transports.empty()) rows_.push_back(row);
    for (const RegistryTransport transport : service.transports) {
      row.transport = transport;
      rows_.push_back(row);
    }
  }

  registry::TableBuilder builder_;
  std::vector<RegistryRecord> rows_;
};

}  // namespace

std::vector<OverlayProblem> find_clashes(const Overlay& overlay, const Registry& registry) {
  std::vector<OverlayProblem> clashes;
  for (const OverlayService& service : overlay.services) {
    const auto add = [&](std::string_view what) {
      OverlayProblem clash{service.at, false, concat({"\"", service.name, "\" is ", what})};
      const auto same = [&](const OverlayProblem& p) { return p.message == clash.message; };
      if (std::ranges::none_of(clashes, same)) clashes.push_back(std::move(clash));
    };
    for (const RegistryRecord& record : registry.find(service.name)) {
      if (!speaks_of(service, record)) continue;
      for (const std::string& what : differences(service, record)) {
        add(concat({"registered with ", what}));
      }
    }
    const std::string more = unregistered_transports(service, registry);
    if (!more.empty()) add(concat({"not registered for ", more}));
  }
  return clashes;
}

Registry with_overlays(const Registry& registry, std::span<const Overlay> overlays) {
  Merger merger(registry);
  for (const Overlay& overlay : overlays) {
    for (const OverlayService& service : overlay.services) merger.lay(service);
  }
  return std::move(merger).finish(registry.edition());
}

}  // namespace srvwarden
