// Reading IANA's descriptions, notes and references.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/notes.hpp"

#include <algorithm>
#include <array>

#include "registry/fields.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry {
namespace {

/// What stands between this opening and the next quotation mark.
std::string_view quoted_after(std::string_view text, std::string_view opening) noexcept {
  const auto at = text.find(opening);
  if (at == text.npos) return {};
  text.remove_prefix(at + opening.size());
  const auto end = text.find('"');
  return end == text.npos ? std::string_view() : text.substr(0, end);
}

bool starts_with_folded(std::string_view text, std::string_view prefix) noexcept {
  return text.size() >= prefix.size() && ascii::equal(text.substr(0, prefix.size()), prefix);
}

}  // namespace

NoteFacts read_note(std::string_view note) noexcept {
  if (note.empty()) return {};
  if (const auto name = quoted_after(note, "is an alias to \""); !name.empty()) {
    return {RegistryStatus::historic_alias, name};
  }
  if (const auto name = quoted_after(note, "is a duplicate of the \""); !name.empty()) {
    return {RegistryStatus::duplicate, name};
  }
  if (note.starts_with("Not a service type") || note.starts_with("Not a real service type")) {
    return {RegistryStatus::not_a_service, {}};
  }
  if (note.find("records an unassigned but widespread use") != note.npos) {
    return {RegistryStatus::unofficial, {}};
  }
  return {};
}

std::optional<RegistryStatus> status_of_port(std::string_view description) noexcept {
  struct Row {
    std::string_view start;
    RegistryStatus status;
  };
  static constexpr std::array rows = std::to_array<Row>({
      {"unassigned", RegistryStatus::unassigned},
      {"reserved", RegistryStatus::reserved},
      {"(unassigned)", RegistryStatus::unassigned},
      {"iana reserved", RegistryStatus::reserved},
      {"de-registered", RegistryStatus::removed},
      {"removed", RegistryStatus::removed},
      {"deprecated", RegistryStatus::removed},
      {"decomissioned", RegistryStatus::removed},
      {"decommissioned", RegistryStatus::removed},
      {"de-commissioned", RegistryStatus::removed},
      {"any private", RegistryStatus::local_use},
      {"possibly used", RegistryStatus::unofficial},
  });
  for (const Row& row : rows) {
    if (starts_with_folded(description, row.start)) return row.status;
  }
  return {};
}

namespace {

/// Runs of spaces, line breaks and other controls become one space; ill-formed bytes U+FFFD.
std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const auto step = utf8::read(text, at);
    if (step.size == 0) {
      line += "\xEF\xBF\xBD";
      ++at;
    } else if (text[at] == ' ' || ascii::is_control(text[at])) {
      if (!line.empty() && line.back() != ' ') line += ' ';
      ++at;
    } else {
      line += text.substr(at, step.size);
      at += step.size;
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string without_addresses(std::string_view line) {
  std::string kept;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    if (const auto word = line.substr(0, end); !has_address(word)) {
      if (!kept.empty()) kept += ' ';
      kept += word;
    }
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return kept;
}

}  // namespace

std::string tidy_title(std::string_view description) {
  if (const auto line = description.find('\n'); line != description.npos) {
    const auto rest = description.find_first_not_of(" \r\n", line);
    if (rest != description.npos &&
        description.substr(rest).starts_with("IANA assigned this well-formed service name")) {
      description = description.substr(0, line);
    }
  }
  std::string title = one_line(description);
  if (has_address(title)) title = without_addresses(title);
  return title;
}

std::string tidy_references(std::string_view references) {
  std::string kept;
  while (!references.empty()) {
    const auto end = std::min(references.find(']'), references.size() - 1) + 1;
    const auto item = references.substr(0, end);
    if (item.find('\n') == item.npos && !has_address(item)) kept += item;
    references.remove_prefix(end);
  }
  return one_line(kept);
}

}  // namespace srvwarden::registry
