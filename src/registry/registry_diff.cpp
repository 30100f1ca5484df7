// RegistryDiff: two editions side by side, name by name and row by row.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_diff.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "srvwarden/ascii.hpp"

namespace srvwarden {
namespace {

using Rows = std::vector<RegistryRecord>;
using Changes = std::vector<RegistryChange>;

struct Field {
  std::string_view name;
  std::string (*text)(const RegistryRecord&);
};

std::string unauthorized_text(const RegistryRecord& record) {
  if (!record.unauthorized_use) return {};
  return record.unauthorized_ports.present ? to_text(record.unauthorized_ports) : "yes";
}

/// What a row says, by the names of our table's columns.
const Field fields[] = {
    {"name", [](const RegistryRecord& r) { return std::string(r.name); }},
    {"title", [](const RegistryRecord& r) { return std::string(r.title); }},
    {"assignee", [](const RegistryRecord& r) { return std::string(r.assignee); }},
    {"contact", [](const RegistryRecord& r) { return std::string(r.contact); }},
    {"registered", [](const RegistryRecord& r) { return to_text(r.registered); }},
    {"modified", [](const RegistryRecord& r) { return to_text(r.modified); }},
    {"references", [](const RegistryRecord& r) { return std::string(r.references); }},
    {"status", [](const RegistryRecord& r) { return std::string(name_of(r.status)); }},
    {"replacement", [](const RegistryRecord& r) { return std::string(r.replacement); }},
    {"unauthorized", unauthorized_text},
    {"code",
     [](const RegistryRecord& r) {
       return r.service_code == 0 ? std::string() : std::to_string(r.service_code);
     }},
    {"txt-keys", [](const RegistryRecord& r) { return std::string(r.txt_keys); }},
};

auto key_of(const RegistryRecord& record) {
  const PortRange& ports = record.ports;
  return std::tuple(ports.present, ports.first, ports.last, record.transport);
}

/// The same change of several rows is told once.
void add(Changes& changes, std::string_view field, const std::string& place, std::string before,
         std::string after) {
  const auto same = [&](const RegistryChange& change) {
    return change.field == field && change.before == before && change.after == after;
  };
  const auto known = std::find_if(changes.begin(), changes.end(), same);
  if (known != changes.end()) {
    known->where.push_back(place);
  } else {
    changes.push_back({field, {place}, std::move(before), std::move(after)});
  }
}

/// A row as a whole, which came or went.
std::string summary(const RegistryRecord& record) {
  std::string text(name_of(record.status));
  if (!record.title.empty()) text.append(": ").append(record.title);
  return text;
}

void compare_row(const RegistryRecord& before, const RegistryRecord& after, Changes& changes) {
  if (before == after) return;
  for (const Field& field : fields) {
    std::string old = field.text(before);
    std::string now = field.text(after);
    if (old != now) add(changes, field.name, row_place(after), std::move(old), std::move(now));
  }
}

Rows sorted(const RegistryRecords& records) {
  Rows rows;
  for (const RegistryRecord& record : records) rows.push_back(record);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  return rows;
}

/// Both in the order of their keys. Rows of the same key are taken in the order of their edition.
Changes compare_rows(const Rows& before, const Rows& after) {
  Changes changes;
  auto old = before.begin();
  auto now = after.begin();
  while (old != before.end() || now != after.end()) {
    if (now == after.end() || (old != before.end() && key_of(*old) < key_of(*now))) {
      add(changes, "row", row_place(*old), summary(*old), {});
      ++old;
    } else if (old == before.end() || key_of(*now) < key_of(*old)) {
      add(changes, "row", row_place(*now), {}, summary(*now));
      ++now;
    } else {
      compare_row(*old++, *now++, changes);
    }
  }
  return changes;
}

struct ByLetters {
  bool operator()(std::string_view a, std::string_view b) const { return ascii::less(a, b); }
};

/// Every name once, in the alphabet's order, and the rows without one.
struct Edition {
  explicit Edition(const Registry& registry) {
    for (const RegistryRecord& record : registry.records()) {
      if (record.name.empty()) {
        nameless.push_back(record);
      } else {
        names.push_back(record.name);
      }
    }
    std::sort(names.begin(), names.end(), ByLetters());
    const auto same = [](std::string_view a, std::string_view b) { return ascii::equal(a, b); };
    names.erase(std::unique(names.begin(), names.end(), same), names.end());
    std::stable_sort(nameless.begin(), nameless.end(),
                     [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  }

  std::vector<std::string_view> names;
  Rows nameless;
};

}  // namespace

std::string row_place(const RegistryRecord& record) {
  std::string text = to_text(record.ports);
  if (record.transport != RegistryTransport::none) {
    if (!text.empty()) text += '/';
    text += name_of(record.transport);
  }
  return text.empty() ? "-" : text;
}

RegistryDiff compare(const Registry& before, const Registry& after) {
  RegistryDiff diff;
  diff.before = before.edition();
  diff.after = after.edition();
  const Edition old(before);
  const Edition now(after);
  std::set_difference(now.names.begin(), now.names.end(), old.names.begin(), old.names.end(),
                      std::back_inserter(diff.added), ByLetters());
  std::set_difference(old.names.begin(), old.names.end(), now.names.begin(), now.names.end(),
                      std::back_inserter(diff.removed), ByLetters());
  for (const std::string_view name : now.names) {
    if (!before.contains(name)) continue;
    Changes changes = compare_rows(sorted(before.find(name)), sorted(after.find(name)));
    if (!changes.empty()) diff.changed.push_back({name, std::move(changes)});
  }
  diff.ports = compare_rows(old.nameless, now.nameless);
  return diff;
}

}  // namespace srvwarden
