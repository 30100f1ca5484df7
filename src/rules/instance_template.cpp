// An instance name with its wildcards replaced by likely values.
// SPDX-License-Identifier: Apache-2.0
#include "rules/instance_template.hpp"

namespace srvwarden::rules {
namespace {

std::string placeholder(char letter) {
  if (letter == 'h' || letter == 'H') return "host";
  if (letter == 'm' || letter == 'b') return std::string(32, '0');
  return "x";
}

}  // namespace

ExpandedInstance expand_instance(const Definition& definition) {
  const DefinitionText& text = definition.instance;
  ExpandedInstance result;
  std::size_t of_host_names = 0;
  result.subject = {0, 0, text.value.size()};
  const auto offset = [&](std::size_t i) {
    return text.verbatim ? text.at.offset + i : text.offsets[i];
  };
  for (const InstancePiece& piece : instance_pieces(definition)) {
    const bool literal = piece.wildcard == '\0';
    const std::string value = literal ? std::string(piece.text) : placeholder(piece.wildcard);
    result.name += value;
    for (std::size_t i = 0; i < value.size(); ++i) {
      result.offsets.push_back(offset(piece.offset + (literal ? i : 0)));
    }
    if (piece.wildcard == 'h' || piece.wildcard == 'H') {
      ++result.subject.host_names;
      of_host_names += value.size();
    }
  }
  result.offsets.push_back(offset(text.value.size()));
  result.subject.fixed_size = result.name.size() - of_host_names;
  return result;
}

}  // namespace srvwarden::rules
