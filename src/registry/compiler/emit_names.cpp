// The compile-time names as a header: fixed-width literals, which compilers read quickly.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/compiler/emit.hpp"
#include "registry/service_name_syntax.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {
namespace {

constexpr std::size_t width = 16;
/// A literal that every compiler accepts has at most 65535 bytes.
constexpr std::size_t names_in_literal = 65535 / width;
constexpr std::size_t names_in_line = 5;

constexpr std::string_view head =
    R"(
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace srvwarden::detail {

/// A name takes 16 bytes: its letters in lower case, padded with spaces to 15, and a digit: 1 if it
/// is registered for tcp, 2 for udp, sctp or dccp, 3 for both or without a transport.
inline constexpr std::size_t registered_name_width = 16;

)";

constexpr std::string_view tail = R"(
/// The digit of a name in lower case, without underscore, or 0 if it is not registered.
constexpr unsigned registered_transports(std::string_view folded_name) noexcept {
  if (folded_name.empty() || folded_name.size() >= registered_name_width) return 0;
  // Negative, zero or positive as the name sorts before, at or after the entry.
  const auto compare = [&](const char* entry) {
    for (std::size_t i = 0; i + 1 < registered_name_width; ++i) {
      const int a = static_cast<unsigned char>(i < folded_name.size() ? folded_name[i] : ' ');
      const int b = static_cast<unsigned char>(entry[i]);
      if (a != b) return a - b;
    }
    return 0;
  };
  for (const std::string_view names : registered_names) {
    std::size_t low = 0;
    std::size_t high = names.size() / registered_name_width;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      const char* entry = names.data() + middle * registered_name_width;
      const int order = compare(entry);
      if (order == 0) return static_cast<unsigned>(entry[registered_name_width - 1] - '0');
      (order < 0 ? high : low) = order < 0 ? middle : middle + 1;
    }
  }
  return 0;
}

/// Whether a name is registered for "_tcp" or "_udp". A row without a transport is for both, and
/// one for sctp or dccp is for "_udp". RFC 6763 §7.
constexpr bool is_registered_name(std::string_view folded_name, bool udp) noexcept {
  return (registered_transports(folded_name) & (udp ? 2u : 1u)) != 0;
}

}  // namespace srvwarden::detail
)";

std::vector<std::string> sorted_entries(std::span<const CompiledName> names) {
  std::vector<std::string> entries;
  for (const CompiledName& name : names) {
    std::string entry(name.name);
    if (!is_service_name(entry)) continue;
    std::transform(entry.begin(), entry.end(), entry.begin(), ascii::fold);
    entry.resize(width - 1, ' ');
    entry += static_cast<char>('0' + (name.tcp ? 1 : 0) + (name.udp ? 2 : 0));
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace

std::string emit_names(std::span<const CompiledName> names, std::string_view origin) {
  const auto entries = sorted_entries(names);
  std::string out = "// Registered service names for compile time. Made by ";
  out += origin;
  out += '.';
  out += head;
  // The sizes are stated, as a compiler would count 64 KiB one step a byte.
  out += "inline constexpr std::string_view registered_names[] = {";
  for (std::size_t from = 0; from < entries.size() || from == 0; from += names_in_literal) {
    const std::size_t to = std::min(entries.size(), from + names_in_literal);
    out += "\n    {\"";
    for (std::size_t i = from; i < to; ++i) {
      if (i > from && (i - from) % names_in_line == 0) out += "\"\n     \"";
      out += entries[i];
    }
    out += "\", " + std::to_string((to - from) * width) + "},";
  }
  out += "\n};\n";
  out += tail;
  return out;
}

}  // namespace srvwarden::registry
