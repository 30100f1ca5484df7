// Putting instances together: PTR records name them, SRV and TXT describe them.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "census/name_labels.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/census.hpp"

namespace srvwarden::census {

namespace {

using wire::NameView;
using wire::Type;

/// What compares equal in DNS is equal as this. Sorts by labels from the left.
std::string folded(NameView name) {
  std::string octets(name.octets());
  std::ranges::transform(octets, octets.begin(), ascii::fold);
  return octets;
}

/// With an unescaped dot in it, it is no valid name of an instance, but meant as one.
bool is_instance(NameView name) noexcept {
  const NameRole role = shape_of_name(name, false).role;
  return role == NameRole::instance || role == NameRole::split;
}

class Builder {
 public:
  explicit Builder(const Census& census) : census_(census) {}

  void add(const Observation& record) {
    if (record.type() == Type::ptr) return add_pointer(record);
    if (record.type() != Type::srv && record.type() != Type::txt) return;
    if (!is_instance(record.owner())) return;
    Instance& instance = at(record.owner());
    (record.type() == Type::srv ? instance.services : instance.texts).push_back(&record);
  }

  std::vector<Instance> finish() {
    std::vector<Instance> instances;
    for (auto& [key, instance] : by_name_) {
      resolve(instance);
      instances.push_back(std::move(instance));
    }
    return instances;
  }

 private:
  void add_pointer(const Observation& record) {
    const NameRole role = shape_of_name(record.owner(), true).role;
    if (role != NameRole::browse && role != NameRole::subtype) return;
    if (!is_instance(record.target())) return;
    Instance& instance = at(record.target());
    (role == NameRole::browse ? instance.pointers : instance.subtypes).push_back(&record);
  }

  Instance& at(NameView name) {
    Instance& instance = by_name_[folded(name)];
    if (instance.name.empty()) instance.name = name.octets();
    return instance;
  }

  void append(std::vector<const Observation*>& out, NameView owner, Type type) const {
    const auto found = census_.find(owner, type);
    out.insert(out.end(), found.begin(), found.end());
  }

  void resolve(Instance& instance) const {
    append(instance.denials, NameView(instance.name), Type::nsec);
    std::vector<NameView> targets;
    for (const Observation* service : instance.services) {
      if (std::ranges::find(targets, service->target()) != targets.end()) continue;
      targets.push_back(service->target());
      append(instance.addresses, targets.back(), Type::a);
      append(instance.addresses, targets.back(), Type::aaaa);
      append(instance.denials, targets.back(), Type::nsec);
    }
  }

  const Census& census_;
  std::map<std::string, Instance> by_name_;
};

}  // namespace

std::vector<Instance> Census::instances() const {
  Builder builder(*this);
  for (const Observation& record : records_) builder.add(record);
  return builder.finish();
}

std::vector<std::string> Census::hosts() const {
  std::map<std::string, std::string> names;
  for (const Observation& record : records_) {
    if (record.type() != Type::a && record.type() != Type::aaaa) continue;
    names.try_emplace(folded(record.owner()), record.owner().octets());
  }
  std::vector<std::string> hosts;
  hosts.reserve(names.size());
  for (auto& [key, name] : names) hosts.push_back(std::move(name));
  return hosts;
}

}  // namespace srvwarden::census
