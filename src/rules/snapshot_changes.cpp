// Comparing instances field by field.
// SPDX-License-Identifier: Apache-2.0
#include "rules/snapshot_changes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "rules/octets_text.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {

namespace {

constexpr std::size_t most_described = 12;  // fields in words; the number of the others follows

using Fields = std::vector<FieldChange>;
using ByKey = std::map<std::string, std::string>;  // folded key to what stands for it

/// "printer.local. port 631", with priority and weight where there are any.
std::string service_text(const AuditedService& service) {
  const wire::SrvFields& fields = service.fields;
  std::string text = service.host + " port " + std::to_string(fields.port);
  if (fields.priority != 0) text += " priority " + std::to_string(fields.priority);
  if (fields.weight != 0) text += " weight " + std::to_string(fields.weight);
  return text;
}

/// What only one of the two has, and what both have with other words.
void compare(std::string_view field, const ByKey& before, const ByKey& now, Fields& out) {
  for (const auto& [key, text] : before) {
    const auto found = now.find(key);
    if (found == now.end()) {
      out.push_back({field, text, {}});
    } else if (found->second != text) {
      out.push_back({field, text, found->second});
    }
  }
  for (const auto& [key, text] : now) {
    if (!before.contains(key)) out.push_back({field, {}, text});
  }
}

/// The same text in another case is the same.
ByKey by_text(const std::vector<std::string>& texts) {
  ByKey out;
  for (const std::string& text : texts) out.try_emplace(snapshot_key(text), snapshot_key(text));
  return out;
}

ByKey by_service(const std::vector<AuditedService>& services) {
  std::vector<std::string> texts;
  for (const AuditedService& service : services) texts.push_back(service_text(service));
  return by_text(texts);
}

/// Of strings with the same key, the first counts.
ByKey by_txt_key(const std::vector<std::string>& strings) {
  ByKey out;
  for (const std::string& string : strings) {
    out.try_emplace(snapshot_key(txt_key(string)), string);
  }
  return out;
}

void compare_number(std::string_view field, std::uint16_t before, std::uint16_t now, Fields& out) {
  if (before != now) out.push_back({field, std::to_string(before), std::to_string(now)});
}

Fields compare_services(const SeenInstance& before, const SeenInstance& now) {
  Fields out;
  if (before.services.empty() || now.services.empty()) return out;
  if (before.services.size() != 1 || now.services.size() != 1) {
    compare("service", by_service(before.services), by_service(now.services), out);
    return out;
  }
  const AuditedService& was = before.services.front();
  const AuditedService& is = now.services.front();
  if (!ascii::equal(was.host, is.host)) out.push_back({"host", was.host, is.host});
  compare_number("port", was.fields.port, is.fields.port, out);
  compare_number("priority", was.fields.priority, is.fields.priority, out);
  compare_number("weight", was.fields.weight, is.fields.weight, out);
  return out;
}

Fields compare_addresses(const SeenInstance& before, const SeenInstance& now) {
  Fields out;
  if (before.addresses.empty() || now.addresses.empty()) return out;
  compare("address", by_text(before.addresses), by_text(now.addresses), out);
  return out;
}

bool has_data(const SeenInstance& instance) {
  return !instance.services.empty() || !instance.txt.empty();
}

Fields compare_txt(const SeenInstance& before, const SeenInstance& now) {
  Fields out;
  if (!has_data(before) || !has_data(now)) return out;
  compare("txt", by_txt_key(before.txt), by_txt_key(now.txt), out);
  // Where the case of a key alone is another, the attribute is the same.
  std::erase_if(out, [](const FieldChange& field) {
    return field.before && field.after && txt_value(*field.before) == txt_value(*field.after);
  });
  return out;
}

Fields compare_subtypes(const SeenInstance& before, const SeenInstance& now) {
  Fields out;
  compare("subtype", by_text(before.subtypes), by_text(now.subtypes), out);
  return out;
}

/// Where it is, or was.
Fields place_of(const SeenInstance& instance, bool is_now) {
  Fields out;
  for (const AuditedService& service : instance.services) {
    FieldChange field{"service", {}, {}};
    (is_now ? field.after : field.before) = service_text(service);
    out.push_back(std::move(field));
  }
  return out;
}

void compare(const SeenInstance& before, const SeenInstance& now, std::vector<Change>& out) {
  const auto add = [&](ChangeKind kind, Fields fields) {
    if (!fields.empty()) out.push_back({kind, now.name, std::move(fields)});
  };
  add(ChangeKind::moved, compare_services(before, now));
  add(ChangeKind::addresses, compare_addresses(before, now));
  add(ChangeKind::txt, compare_txt(before, now));
  add(ChangeKind::subtypes, compare_subtypes(before, now));
}

}  // namespace

std::string_view name_of(ChangeKind kind) noexcept {
  switch (kind) {
    case ChangeKind::appeared:
      return "new";
    case ChangeKind::gone:
      return "gone";
    case ChangeKind::back:
      return "back";
    case ChangeKind::moved:
      return "moved";
    case ChangeKind::addresses:
      return "addresses";
    case ChangeKind::txt:
      return "txt";
    case ChangeKind::subtypes:
      return "subtypes";
  }
  return "";
}

std::vector<Change> changes_between(const Snapshot& before, const Snapshot& now, bool absence) {
  std::vector<Change> out;
  std::set<std::string_view> keys;
  for (const auto& [key, instance] : before) keys.insert(key);
  for (const auto& [key, instance] : now) keys.insert(key);
  for (const std::string_view key : keys) {
    const auto was = before.find(std::string(key));
    const auto is = now.find(std::string(key));
    const bool was_there = was != before.end() && !was->second.gone;
    const bool is_there = is != now.end() && !is->second.gone;
    const bool is_known_gone = is != now.end() || absence;
    if (was_there && is_there) {
      compare(was->second, is->second, out);
    } else if (is_there) {
      const auto kind = was == before.end() ? ChangeKind::appeared : ChangeKind::back;
      out.push_back({kind, is->second.name, place_of(is->second, true)});
    } else if (was_there && is_known_gone) {
      out.push_back({ChangeKind::gone, was->second.name, place_of(was->second, false)});
    }
  }
  return out;
}

std::string described(const std::vector<FieldChange>& fields) {
  std::string out;
  std::size_t count = 0;
  for (const FieldChange& field : fields) {
    if (++count > most_described) break;
    const bool quoted = field.field == "txt";
    const auto words = [&](const std::string& value) {
      return quoted ? '"' + octets_text(value) + '"' : octets_text(value);
    };
    if (!out.empty()) out += "; ";
    out += field.field;
    if (field.before && field.after) {
      out += ' ' + words(*field.before) + " -> " + words(*field.after);
    } else if (field.after) {
      out += ' ' + words(*field.after) + " added";
    } else if (field.before) {
      out += ' ' + words(*field.before) + " removed";
    }
  }
  if (count > most_described) {
    out += "; and " + std::to_string(fields.size() - most_described) + " more";
  }
  return out;
}

}  // namespace srvwarden::rules
