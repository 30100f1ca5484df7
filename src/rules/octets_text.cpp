// Escaping octets, and reading them back.
// SPDX-License-Identifier: Apache-2.0
#include "rules/octets_text.hpp"

#include <algorithm>

#include "srvwarden/presentation.hpp"

namespace srvwarden::rules {

namespace {

/// Escapes all but one character that presentation form escapes as well.
void append_but(std::string& out, std::string_view octets, char kept,
                void (*append)(std::string&, std::string_view)) {
  while (!octets.empty()) {
    const std::size_t at = std::min(octets.find(kept), octets.size());
    append(out, octets.substr(0, at));
    if (at < octets.size()) out += kept;
    octets.remove_prefix(std::min(at + 1, octets.size()));
  }
}

void append_octets_text(std::string& out, std::string_view octets) {
  append_but(out, octets, '.', append_presentation);
}

}  // namespace

std::string octets_text(std::string_view octets) {
  std::string out;
  append_octets_text(out, octets);
  return out;
}

std::string message_text(std::string_view octets) {
  std::string out;
  append_but(out, octets, '\\', append_octets_text);
  return out;
}

std::optional<std::string> octets_of_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const PresentationStep step = read_presentation(text, at);
    if (step.code != Errc::none) return {};
    out += step.octet;
    at += step.size;
  }
  return out;
}

}  // namespace srvwarden::rules
