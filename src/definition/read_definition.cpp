// read_definition: which format, and then its reader.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/concat.hpp"
#include "definition/formats.hpp"
#include "definition/readers.hpp"
#include "definition/unicode_text.hpp"

namespace srvwarden {
Definition read_definition(std::string_view path, std::string_view text, DefinitionFormat format) {
  Definition result;
  result.path = path;
  result.format = format;
  const definition::FormatInfo& info = definition::info_of(format);
  if (text.size() > info.max_size) {
    result.problems.push_back({ProblemCode::too_large,
                               {},
                               0,
                               concat({"more than ", std::to_string(info.max_size), " bytes"})});
    return result;
  }
  const definition::Source source(text);
  const definition::Reading reading{source, result};
  if (!definition::is_readable(reading, info.needs)) return result;
  info.read(reading);
  std::stable_sort(result.problems.begin(), result.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.at.offset < b.at.offset; });
  return result;
}

Definition read_definition(std::string_view path, std::string_view text) {
  if (path.ends_with(".dnssd")) return read_definition(path, text, DefinitionFormat::systemd_dnssd);
  const bool utf16 =
      text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE");  // only XML can be
  const bool avahi =
      path.ends_with(".service") || utf16 || definition::first_text(text).starts_with('<');
  return read_definition(path, text,
                         avahi ? DefinitionFormat::avahi_service : DefinitionFormat::systemd_dnssd);
}

std::vector<InstancePiece> instance_pieces(const Definition& definition) {
  const std::string_view text = definition.instance.value;
  if (!definition.replace_wildcards) return {{0, text, '\0'}};
  const bool avahi = definition.format == DefinitionFormat::avahi_service;
  const std::string_view letters = avahi ? "h" : definition::systemd_specifiers;
  std::vector<InstancePiece> pieces;
  std::size_t literal = 0;
  for (std::size_t at = text.find('%'); at < text.size(); at = text.find('%', at)) {
    const char letter = at + 1 < text.size() ? text[at + 1] : '\0';
    const bool percent = letter == '%' && !avahi;
    if (!percent && letters.find(letter) == letters.npos) {
      ++at;
      continue;
    }
    if (at > literal) pieces.push_back({literal, text.substr(literal, at - literal), '\0'});
    pieces.push_back({at, text.substr(at, percent ? 1 : 2), percent ? '\0' : letter});
    at += 2;
    literal = at;
  }
  if (literal < text.size()) pieces.push_back({literal, text.substr(literal), '\0'});
  return pieces;
}

std::string instance_name(const Definition& definition, const WildcardValue& value_of) {
  std::string name;
  for (const InstancePiece& piece : instance_pieces(definition)) {
    if (piece.wildcard == '\0') {
      name += piece.text;
    } else {
      name += value_of(piece.wildcard);
    }
  }
  return name;
}

}  // namespace srvwarden
