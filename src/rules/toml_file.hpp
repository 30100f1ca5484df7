// TomlFile: TOML 1.0 read strictly, with the place of each node.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// In debug builds toml++ 3.3 aborts on "[[!": it says "expected bare or quoted key" without that.
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include "srvwarden/place.hpp"

namespace srvwarden::rules {

struct TomlFault {
  Place at;
  std::string message;  ///< one line, without a full stop
};

/// A text of at most 1 MiB, and what it says.
class TomlFile {
 public:
  static constexpr std::size_t max_size = std::size_t{1} << 20;

  /// @param text  must outlive this.
  explicit TomlFile(std::string_view text);

  /// False where the text is no TOML: fault() says why.
  bool good() const noexcept { return fault_.message.empty(); }
  const TomlFault& fault() const noexcept { return fault_; }
  const toml::table& root() const noexcept { return root_; }

  Place place_of(const toml::node& node) const { return place_of(node.source().begin); }
  Place place_of(const toml::key& key) const { return place_of(key.source().begin); }
  /// Faults of the keys that are not `known`.
  std::vector<TomlFault> unknown_keys(const toml::table& table,
                                      std::span<const std::string_view> known) const;

 private:
  Place place_of(toml::source_position position) const;
  void parse();
  void fail(std::size_t offset, std::string message);

  std::string_view text_;
  toml::table root_;
  TomlFault fault_;
};

}  // namespace srvwarden::rules
