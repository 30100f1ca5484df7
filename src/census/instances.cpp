// Putting instances together: PTR records name them, SRV and TXT describe them.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

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
    Instance& instance = at(record.set().name, record.owner());
    (record.type() == Type::srv ? instance.services : instance.texts).push_back(&record);
  }

  std::vector<Instance> finish() {
    std::vector<std::pair<std::string, std::size_t>> order;
    order.reserve(instances_.size());
    for (Instance& instance : instances_) {
      order.emplace_back(folded(NameView(instance.name)), order.size());
      resolve(instance);
    }
    std::ranges::sort(order);
    std::vector<Instance> sorted;
    sorted.reserve(order.size());
    for (const auto& [name, index] : order) sorted.push_back(std::move(instances_[index]));
    return sorted;
  }

 private:
  void add_pointer(const Observation& record) {
    const NameRole role = shape_of_name(record.owner(), true).role;
    if (role != NameRole::browse && role != NameRole::subtype) return;
    if (!is_instance(record.target())) return;
    Instance& instance = at(census_.index_of(record.target()), record.target());
    (role == NameRole::browse ? instance.pointers : instance.subtypes).push_back(&record);
  }

  /// By the index of the name; one that only PTR records have is found by its octets.
  Instance& at(std::uint32_t name, NameView octets) {
    const auto next = static_cast<std::uint32_t>(instances_.size());
    const std::uint32_t index = name != no_index
                                    ? by_index_.try_emplace(name, next).first->second
                                    : by_name_.try_emplace(folded(octets), next).first->second;
    if (index == next) instances_.emplace_back().name = octets.octets();
    return instances_[index];
  }

  void append(std::vector<const Observation*>& out, NameView owner, Type type) const {
    const auto found = census_.find(owner, type);
    out.insert(out.end(), found.begin(), found.end());
  }

  void resolve(Instance& instance) const {
    append(instance.denials, NameView(instance.name), Type::nsec);
    std::set<std::string> targets;
    for (const Observation* service : instance.services) {
      const NameView target = service->target();
      if (!targets.insert(folded(target)).second) continue;
      append(instance.addresses, target, Type::a);
      append(instance.addresses, target, Type::aaaa);
      append(instance.denials, target, Type::nsec);
    }
  }

  const Census& census_;
  std::vector<Instance> instances_;
  std::unordered_map<std::uint32_t, std::uint32_t> by_index_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
};

}  // namespace

std::vector<Instance> Census::instances() const {
  Builder builder(*this);
  for (const Observation& record : records()) builder.add(record);
  return builder.finish();
}

std::vector<std::string> Census::hosts() const {
  std::map<std::string, std::string> names;
  for (const Observation& record : records()) {
    if (record.type() != Type::a && record.type() != Type::aaaa) continue;
    names.try_emplace(folded(record.owner()), record.owner().octets());
  }
  std::vector<std::string> hosts;
  hosts.reserve(names.size());
  for (auto& [key, name] : names) hosts.push_back(std::move(name));
  return hosts;
}

}  // namespace srvwarden::census
