// Taking snapshots of audits.
// SPDX-License-Identifier: Apache-2.0
#include "rules/snapshot.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "census/name_labels.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/presentation.hpp"

namespace srvwarden::rules {

namespace {

auto order_of(const AuditedService& service) {
  return std::tie(service.host, service.fields.port, service.fields.priority,
                  service.fields.weight);
}

bool same_services(const std::vector<AuditedService>& a, const std::vector<AuditedService>& b) {
  return std::ranges::equal(a, b, {}, order_of, order_of);
}

struct LabelSink {
  void octet(char c, std::size_t) { label += c; }
  void end_label(std::size_t) { labels.push_back(std::exchange(label, {})); }
  std::string label = {};
  std::vector<std::string> labels = {};
};

}  // namespace

bool operator==(const SeenInstance& a, const SeenInstance& b) {
  return a.name == b.name && a.gone == b.gone && same_services(a.services, b.services) &&
         a.addresses == b.addresses && a.txt == b.txt && a.subtypes == b.subtypes;
}

std::string snapshot_key(std::string_view name) {
  std::string key(name);
  std::ranges::transform(key, key.begin(), ascii::fold);
  return key;
}

void put(Snapshot& snapshot, SeenInstance instance) {
  std::ranges::sort(instance.services, {}, order_of);
  std::ranges::sort(instance.addresses);
  std::ranges::sort(instance.subtypes);
  std::string key = snapshot_key(instance.name);
  snapshot.insert_or_assign(std::move(key), std::move(instance));
}

Snapshot snapshot_of(const AuditResult& result) {
  Snapshot snapshot;
  for (const AuditedInstance& one : result.instances) {
    put(snapshot, {.name = one.object.name,
                   .gone = one.gone,
                   .services = one.services,
                   .addresses = one.addresses,
                   .txt = one.txt,
                   .subtypes = one.subtypes});
  }
  return snapshot;
}

void remember(Snapshot& now, const Snapshot& before, std::size_t limit) {
  for (const auto& [key, instance] : before) {
    if (limit == 0) return;
    const auto [at, added] = now.try_emplace(key, instance);
    if (!added) continue;
    at->second.gone = true;
    --limit;
  }
}

std::optional<NameParts> parts_of_name(std::string_view name) {
  LabelSink sink;
  bool absolute = false;
  if (walk_name(name, sink, absolute).code != Errc::none || sink.labels.size() < 3) return {};
  const std::vector<std::string_view> labels(sink.labels.begin(), sink.labels.end());
  const std::string octets = wire::make_name(labels);
  if (octets.empty()) return {};
  const std::size_t service =
      std::max<std::size_t>(1, census::shape_of_name(wire::NameView(octets), false).service);
  const std::string_view transport = service + 1 < labels.size() ? labels[service + 1] : "";
  return NameParts{sink.labels.front(),
                   to_presentation(labels[service]) + '.' + to_presentation(transport)};
}

}  // namespace srvwarden::rules
