// Rows of the registry as text.
// SPDX-License-Identifier: Apache-2.0
#include "report/registry_text.hpp"

#include <algorithm>
#include <string_view>

#include "report/terminal.hpp"
#include "srvwarden/registry_service.hpp"

namespace srvwarden::report {
namespace {

bool same_but_transport(const RegistryRecord& a, RegistryRecord b) {
  b.transport = a.transport;
  return a == b;
}

std::string_view sentence_of(TxtKeysStatus status) {
  switch (status) {
    case TxtKeysStatus::unstated:
      return "";
    case TxtKeysStatus::none:
      return "none are defined";
    case TxtKeysStatus::closed:
      return "these and no others";
    case TxtKeysStatus::open:
      return "these, and others may be there";
    case TxtKeysStatus::opaque:
      return "there are some, but the registrant does not say which";
    case TxtKeysStatus::reference:
      return "see ";
    case TxtKeysStatus::prose:
      return "described in words that say nothing for sure";
  }
  return "";
}

std::string key_text(const TxtKey& key) {
  std::string text = shown(key.key);
  if (key.series) text += "0, " + text + "1, ...";
  if (key.kind == TxtKeyKind::literal) text += '=' + shown(key.value);
  if (key.kind == TxtKeyKind::placeholder) text += "=<" + shown(key.value) + '>';
  if (key.kind == TxtKeyKind::enumeration) {
    for (std::size_t i = 0; i < key.values.size(); ++i) {
      text += (i == 0 ? '=' : '|') + shown(key.values[i]);
    }
  }
  if (key.type != TxtValueType::any) text.append(", a value of type ").append(name_of(key.type));
  if (key.optional) text += ", optional";
  return text;
}

/// "1145656131 (DISC)": the four letters that a DCCP service code often is. RFC 4340 §8.1.2.
std::string service_code_text(std::uint32_t code) {
  std::string letters;
  for (const int shift : {24, 16, 8, 0}) letters += static_cast<char>(code >> shift & 0xFF);
  const bool plain =
      std::all_of(letters.begin(), letters.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  return std::to_string(code) + (plain ? " (" + letters + ")" : "");
}

}  // namespace

std::string txt_keys_text(const TxtKeys& keys, const std::string& indent) {
  if (keys.status == TxtKeysStatus::unstated) return {};
  std::string text = indent + "TXT keys: ";
  text += sentence_of(keys.status);
  text += shown(keys.reference) + '\n';
  for (const TxtKey& key : keys.keys) text += indent + "    " + key_text(key) + '\n';
  return text;
}

std::vector<RowGroup> group_rows(const RegistryRecords& records) {
  std::vector<RowGroup> groups;
  for (const RegistryRecord& record : records) {
    const auto same = [&](const RowGroup& g) { return same_but_transport(g.row, record); };
    auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group == groups.end()) group = groups.insert(group, {record, {}});
    if (record.transport == RegistryTransport::none) continue;
    group->transports.push_back(record.transport);
  }
  return groups;
}

std::string headline(const RowGroup& group) {
  const RegistryRecord& row = group.row;
  std::string text = row.name.empty() ? "(no name)" : shown(row.name);
  if (row.ports.present) text += ' ' + to_text(row.ports);
  std::string_view before = " ";
  for (const RegistryTransport transport : group.transports) {
    text.append(before).append(name_of(transport));
    before = ", ";
  }
  if (group.transports.empty()) text += " (no transport stated)";
  if (!row.title.empty()) text += ": " + shown(row.title);
  return text;
}

std::string row_text(const RowGroup& group) {
  const RegistryRecord& row = group.row;
  std::string text = headline(group) + '\n';
  const auto add = [&](std::string_view what, std::string_view value) {
    if (!value.empty()) text.append("    ").append(what).append(shown(value)).append("\n");
  };
  if (row.status != RegistryStatus::assigned) add("status: ", name_of(row.status));
  if (!row.replacement.empty()) add("", "use " + std::string(row.replacement) + " instead");
  add("assignee: ", row.assignee);
  add("contact: ", row.contact);
  add("registered: ", to_text(row.registered));
  add("modified: ", to_text(row.modified));
  add("references: ", row.references);
  if (row.service_code != 0) add("DCCP service code: ", service_code_text(row.service_code));
  if (row.unauthorized_use) {
    const std::string ports = to_text(row.unauthorized_ports);
    add("unauthorized use: ", ports.empty() ? "known" : "known on port " + ports);
  }
  return text + txt_keys_text(txt_keys_of(row), "    ");
}

}  // namespace srvwarden::report
