// Registry: lookups by name and by port, on an image.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry.hpp"

#include <algorithm>
#include <atomic>
#include <memory>

#include "registry/image.hpp"
#include "registry/image_builder.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden {
namespace {

constinit const registry::Image empty_image;
constexpr std::uint16_t first_dynamic_port = 49152;  // RFC 6335 §6

/// The port's owners, if a row names them.
bool is_assignment(const RegistryRecord& record) {
  switch (record.status) {
    case RegistryStatus::reserved:
    case RegistryStatus::unassigned:
    case RegistryStatus::removed:
      return false;
    case RegistryStatus::unofficial:
      return !record.name.empty();
    case RegistryStatus::assigned:
    case RegistryStatus::local_use:
    case RegistryStatus::historic_alias:
    case RegistryStatus::duplicate:
    case RegistryStatus::not_a_service:
      return true;
  }
  return true;
}

}  // namespace

namespace registry {

ImageShare::ImageShare(const ImageShare& other) noexcept : storage_(other.storage_) {
  if (storage_ != nullptr) storage_->shares.fetch_add(1, std::memory_order_relaxed);
}

void ImageShare::release() noexcept {
  if (storage_->shares.fetch_sub(1, std::memory_order_acq_rel) == 1) delete storage_;
}

}  // namespace registry

RegistryRecord RegistryRecords::iterator::operator*() const noexcept {
  return image_->record(order_ == nullptr ? at_ : order_[at_]);
}

void RegistryRecords::iterator::skip_others() noexcept {
  const auto fits = [&](const registry::PackedRecord& record) {
    const auto transport = static_cast<RegistryTransport>(record.transport);
    return transports_.contains(transport) && (!by_port_ || port_ <= record.last_port);
  };
  while (at_ != end_ && !fits(image_->records[order_ == nullptr ? at_ : order_[at_]])) ++at_;
}

Registry::Registry() noexcept : image_(&empty_image) {}

Registry::Registry(const RegistryTable& table) : image_(&empty_image) {
  auto storage = std::make_unique<registry::ImageStorage>(table);
  image_ = &storage->image;
  share_ = registry::ImageShare(storage.release());
}

const Registry& Registry::builtin() noexcept {
  static constexpr Registry builtin(registry::builtin_image);
  return builtin;
}

RegistryDate Registry::edition() const noexcept { return registry::unpack_date(image_->edition); }
std::size_t Registry::record_count() const noexcept { return image_->record_count; }
std::size_t Registry::name_count() const noexcept { return image_->name_count; }

RegistryRecords Registry::select(const std::uint32_t* order, std::size_t count) const noexcept {
  RegistryRecords::iterator at;
  at.image_ = image_;
  at.order_ = order;
  at.end_ = static_cast<std::uint32_t>(count);
  return RegistryRecords(at);
}

RegistryRecords Registry::records() const noexcept { return select(nullptr, image_->record_count); }

RegistryRecords Registry::find(std::string_view name) const noexcept {
  const registry::PackedName* found = image_->find(name);
  if (found == nullptr) return select(nullptr, 0);
  return select(image_->by_name + registry::first_of(*found), registry::Image::count(*found));
}

RegistryRecords Registry::find(std::string_view name, TransportSet transports) const noexcept {
  RegistryRecords::iterator at = find(name).begin();
  at.transports_ = transports;
  at.filtered_ = true;
  return RegistryRecords(at);
}

bool Registry::contains(std::string_view name) const noexcept {
  return image_->find(name) != nullptr;
}

RegistryRecords Registry::find_port(std::uint16_t port, TransportSet transports) const noexcept {
  const registry::Image& image = *image_;
  // From the first row that may reach up to the port, to the last that starts at or below it.
  const auto* reach_end = image.port_reach + image.port_count;
  const auto from = std::lower_bound(image.port_reach, reach_end, port) - image.port_reach;
  const auto* first_end = image.port_first + image.port_count;
  const auto to = std::upper_bound(image.port_first, first_end, port) - image.port_first;
  if (from >= to) return select(nullptr, 0);
  RegistryRecords::iterator at =
      select(image.by_port + from, static_cast<std::size_t>(to - from)).begin();
  at.transports_ = transports;
  at.port_ = port;
  at.by_port_ = at.filtered_ = true;
  return RegistryRecords(at);
}

/// The first text that any record of the name has there.
template <class TextOf>
static std::string_view first_text(const registry::Image& image, const registry::PackedName& name,
                                   TextOf text_of) noexcept {
  const std::uint32_t* rows = image.by_name + registry::first_of(name);
  for (std::uint32_t i = 0; i < registry::Image::count(name); ++i) {
    const std::string_view text = text_of(image.records[rows[i]]);
    if (!text.empty()) return text;
  }
  return {};
}

NameStanding Registry::standing(std::string_view name) const noexcept {
  NameStanding standing;
  const registry::PackedName* found = image_->find(name);
  if (found == nullptr) return standing;
  standing.registered = true;
  standing.for_tcp = (registry::standing_of(*found) & registry::for_tcp) != 0;
  standing.for_udp = (registry::standing_of(*found) & registry::for_udp) != 0;
  standing.not_a_service = (registry::standing_of(*found) & registry::not_a_service) != 0;
  standing.name = image_->view(*found);
  if ((registry::standing_of(*found) & registry::has_replacement) != 0) {
    standing.replacement =
        first_text(*image_, *found, [this](const registry::PackedRecord& record) {
          return image_->view(image_->extras[record.extra].replacement);
        });
  }
  return standing;
}

std::string_view Registry::title(std::string_view name) const noexcept {
  const registry::PackedName* found = image_->find(name);
  if (found == nullptr) return {};
  return first_text(*image_, *found, [this](const registry::PackedRecord& record) {
    return image_->view(record.title, record.title_size);
  });
}

PortStanding Registry::port_standing(std::uint16_t port, TransportSet transports) const noexcept {
  PortStanding standing;
  for (const RegistryRecord& record : find_port(port, transports)) {
    standing.assigned |= is_assignment(record);
    standing.reserved |= record.status == RegistryStatus::reserved;
    standing.unauthorized_use |=
        record.unauthorized_use &&
        (!record.unauthorized_ports.present || record.unauthorized_ports.contains(port));
  }
  standing.reserved &= !standing.assigned;
  standing.unassigned = !standing.assigned && !standing.reserved && port < first_dynamic_port;
  return standing;
}

PortMatch Registry::match_port(std::string_view name, TransportSet transports,
                               std::uint16_t port) const noexcept {
  PortMatch match = PortMatch::not_stated;
  for (const RegistryRecord& record : find(name, transports)) {
    if (record.ports.contains(port)) return PortMatch::matches;
    if (record.ports.present) match = PortMatch::differs;
  }
  return match;
}

TxtKeys Registry::txt_keys(std::string_view name, TransportSet transports) const {
  TxtKeys all;
  std::string_view first;
  for (const RegistryRecord& record : find(name, transports)) {
    if (record.txt_keys.empty() || record.txt_keys == first) continue;
    const TxtKeys keys = parse_txt_keys(record.txt_keys).value_or(TxtKeys{});
    if (first.empty()) {
      first = record.txt_keys;
      all = keys;
      continue;
    }
    all.status = TxtKeysStatus::open;
    for (const TxtKey& key : keys.keys) {
      if (const TxtKey* known = all.find(key.key); known == nullptr) {
        all.keys.push_back(key);
      } else if (*known != key) {
        const auto at = static_cast<std::size_t>(known - all.keys.data());
        TxtKey& both = all.keys[at];
        both = TxtKey{};
        both.key = key.key;
        both.series = key.series;
        both.optional = true;
      }
    }
  }
  return all;
}

bool is_experimental_name(std::string_view name) noexcept {
  return ascii::equal(name, "exp1") || ascii::equal(name, "exp2");
}

}  // namespace srvwarden
