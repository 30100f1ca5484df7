// From a table to its image. The table compiler and Registry's constructor share this.
// SPDX-License-Identifier: Apache-2.0
#include "registry/image_builder.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "registry/hash_index.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {
namespace {

class ImageBuilder {
 public:
  ImageBuilder(const RegistryTable& table, ImageStorage& out) : rows_(table.records()), out_(out) {}

  void run() {
    out_.extras.push_back({});
    out_.people.push_back({});
    out_.records.reserve(rows_.size());
    for (const RegistryRecord& row : rows_) add(row);
    group_by_name();
    order_by_port();
    fill_slots();
  }

 private:
  /// Texts that recur are kept once.
  TextRef text(std::string_view text) {
    if (text.empty()) return {0, 0};
    const auto [found, is_new] =
        texts_.try_emplace(text, static_cast<std::uint32_t>(out_.text.size()));
    if (is_new) out_.text += text;
    return {found->second, static_cast<std::uint16_t>(text.size())};
  }

  std::uint16_t name_index(std::string_view name) {
    if (name.empty()) return no_name;
    const NameKey key = make_key(name);
    const auto next = static_cast<std::uint32_t>(out_.names.size());
    const auto found = index_.find_or_add(hash(key), next, [&](std::uint32_t i) {
      const PackedName& entry = out_.names[i];
      const std::string_view earlier(out_.text.data() + entry.text, entry.key.high >> 56);
      return entry.key == key && ascii::equal(earlier, name);
    });
    if (found != HashIndex::none) return static_cast<std::uint16_t>(found);
    out_.names.push_back({key, text(name).offset, 0});
    counts_.push_back(0);
    return static_cast<std::uint16_t>(next);
  }

  std::uint32_t extra_index(const RegistryRecord& row) {
    const bool nothing = row.references.empty() && row.replacement.empty() && !row.modified &&
                         row.service_code == 0 && !row.unauthorized_use && row.txt_keys.empty();
    if (nothing) return 0;
    const auto unauthorized = static_cast<std::uint8_t>((row.unauthorized_use ? 1 : 0) |
                                                        (row.unauthorized_ports.present ? 2 : 0));
    const PackedExtra extra = {
        text(row.references),        text(row.replacement), text(row.txt_keys),
        pack(row.modified),          row.service_code,      row.unauthorized_ports.first,
        row.unauthorized_ports.last, unauthorized};
    const auto key = std::make_tuple(
        extra.references.offset, extra.references.size, extra.replacement.offset,
        extra.replacement.size, extra.txt_keys.offset, extra.txt_keys.size, extra.modified,
        extra.service_code, extra.unauthorized_first, extra.unauthorized_last, extra.unauthorized);
    const auto [found, is_new] = extras_.try_emplace(key, out_.extras.size());
    if (is_new) out_.extras.push_back(extra);
    return static_cast<std::uint32_t>(found->second);
  }

  std::uint32_t people_index(const RegistryRecord& row) {
    if (row.assignee.empty() && row.contact.empty()) return 0;
    const auto next = static_cast<std::uint32_t>(out_.people.size());
    const auto [found, is_new] = people_.try_emplace({row.assignee, row.contact}, next);
    if (is_new) {
      const TextRef assignee = text(row.assignee);
      const TextRef contact = text(row.contact);
      out_.people.push_back({assignee.offset, contact.offset, assignee.size, contact.size});
    }
    return found->second;
  }

  void add(const RegistryRecord& row) {
    const TextRef title = text(row.title);
    PackedRecord packed{};
    packed.registered = pack(row.registered) & 0xFFFFF;
    packed.people = people_index(row) & 0x3FFFF;
    packed.extra = extra_index(row) & 0x3FFFF;
    packed.transport = static_cast<unsigned>(row.transport) & 7;
    packed.has_port = row.ports.present ? 1 : 0;
    packed.status = static_cast<unsigned>(row.status) & 15;
    packed.title = title.offset;
    packed.title_size = title.size;
    packed.name = name_index(row.name);
    packed.first_port = row.ports.first;
    packed.last_port = row.ports.last;
    out_.records.push_back(packed);
    if (row.name.empty()) return;
    ++counts_[packed.name];
    note_standing(out_.names[packed.name], row);
  }

  static void note_standing(PackedName& name, const RegistryRecord& row) {
    const auto set = [&](bool holds, std::uint32_t bit) {
      if (holds) name.first_and_standing |= bit << standing_shift;
    };
    const bool stands = row.status != RegistryStatus::removed;
    set(stands && TransportSet::of_label(false).contains(row.transport), for_tcp);
    set(stands && TransportSet::of_label(true).contains(row.transport), for_udp);
    set(row.status == RegistryStatus::not_a_service, not_a_service);
    set(!row.replacement.empty(), has_replacement);
  }

  void group_by_name() {
    std::uint32_t total = 0;
    for (std::size_t i = 0; i < out_.names.size(); ++i) {
      // Of a name that nobody has any more, no transport is the wrong one.
      if ((standing_of(out_.names[i]) & (for_tcp | for_udp)) == 0) {
        out_.names[i].first_and_standing |= std::uint32_t{for_tcp | for_udp} << standing_shift;
      }
      out_.names[i].first_and_standing |= total;
      total += counts_[i];
    }
    out_.names.push_back({{}, 0, total});
    out_.by_name.resize(total);
    std::vector<std::uint32_t> next(out_.names.size());
    for (std::uint32_t i = 0; i < out_.records.size(); ++i) {
      const std::uint16_t name = out_.records[i].name;
      if (name != no_name) out_.by_name[first_of(out_.names[name]) + next[name]++] = i;
    }
  }

  void order_by_port() {
    for (std::uint32_t i = 0; i < out_.records.size(); ++i) {
      if (out_.records[i].has_port != 0) out_.by_port.push_back(i);
    }
    std::stable_sort(out_.by_port.begin(), out_.by_port.end(),
                     [&](std::uint32_t a, std::uint32_t b) {
                       return out_.records[a].first_port < out_.records[b].first_port;
                     });
    std::uint16_t reach = 0;
    for (const std::uint32_t i : out_.by_port) {
      reach = std::max(reach, out_.records[i].last_port);
      out_.port_first.push_back(out_.records[i].first_port);
      out_.port_reach.push_back(reach);
    }
  }

  void fill_slots() {
    std::size_t size = 16;
    while (size < counts_.size() * 2) size *= 2;
    out_.slots.assign(size, empty_slot);
    for (std::uint32_t i = 0; i < counts_.size(); ++i) {
      const std::uint32_t h = hash(out_.names[i].key);
      std::size_t at = h & (size - 1);
      while (out_.slots[at] != empty_slot) at = (at + 1) & (size - 1);
      out_.slots[at] = (h & 0xFFFF0000u) | i;
    }
  }

  using ExtraKey = std::tuple<std::uint32_t, std::uint16_t, std::uint32_t, std::uint16_t,
                              std::uint32_t, std::uint16_t, std::uint32_t, std::uint32_t,
                              std::uint16_t, std::uint16_t, std::uint8_t>;

  std::span<const RegistryRecord> rows_;
  ImageStorage& out_;
  std::unordered_map<std::string_view, std::uint32_t> texts_;  ///< views into the table
  std::map<ExtraKey, std::size_t> extras_;
  std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> people_;
  std::vector<std::uint32_t> counts_;  ///< records of each name
  HashIndex index_{1 << 13};
};

}  // namespace

ImageStorage::ImageStorage(const RegistryTable& table) {
  ImageBuilder(table, *this).run();
  image.text = text.data();
  image.records = records.data();
  image.extras = extras.data();
  image.names = names.data();
  image.people = people.data();
  image.by_name = by_name.data();
  image.by_port = by_port.data();
  image.port_first = port_first.data();
  image.port_reach = port_reach.data();
  image.slots = slots.data();
  image.text_size = static_cast<std::uint32_t>(text.size());
  image.record_count = static_cast<std::uint32_t>(records.size());
  image.extra_count = static_cast<std::uint32_t>(extras.size());
  image.people_count = static_cast<std::uint32_t>(people.size());
  image.name_count = static_cast<std::uint32_t>(names.size() - 1);
  image.named_count = static_cast<std::uint32_t>(by_name.size());
  image.port_count = static_cast<std::uint32_t>(by_port.size());
  image.slot_mask = static_cast<std::uint32_t>(slots.size() - 1);
  image.edition = pack(table.edition());
}

}  // namespace srvwarden::registry
