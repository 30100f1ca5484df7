// HclNode: what a file of HCL or JSON says, read tolerantly, with the places of its strings.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definition/source.hpp"

namespace srvwarden::definition {

struct HclEntry;

/// A value. Blocks and objects are both objects: {key, labels, value} entries.
struct HclNode {
  enum class Kind : std::uint8_t { other, string, list, object };
  Kind kind = Kind::other;  ///< other: numbers, expressions, heredocs
  std::size_t at = 0;
  DefinitionText text;            ///< of a string
  bool has_template = false;      ///< the string has "${...}" or "%{...}"
  std::vector<HclEntry> entries;  ///< of lists, without keys
};

struct HclEntry {
  std::string key;
  std::vector<DefinitionText> labels;  ///< of a block: service "web" { }
  HclNode value;
};

/// Why a file was not read to its end; what stands before that is in the tree.
struct HclFailure {
  std::string reason;
  std::size_t at = 0;
  bool too_deep = false;
};

struct HclFile {
  HclNode root;  ///< an object
  std::optional<HclFailure> failure;
};

/// Reads HCL, or JSON where the first character is "{". Linear; depth is bounded.
HclFile read_hcl(const Source& source);

/// The same for a format: problems for what could not be read.
HclNode read_hcl(const Reading& reading);

/// Keys are compared without regard to case and underscores: enable_tag_override in HCL is
/// EnableTagOverride in the JSON of the interfaces.
bool is_key(std::string_view key, std::string_view wanted) noexcept;

/// The value of an object's key, or null.
const HclNode* find_value(const HclNode& object, std::string_view key) noexcept;

/// Calls back with the value if it is an object, or with each object of a list.
template <class Each>
void for_each_object(const HclNode& value, Each each) {
  if (value.kind == HclNode::Kind::object) each(value);
  if (value.kind != HclNode::Kind::list) return;
  for (const HclEntry& item : value.entries) {
    if (item.value.kind == HclNode::Kind::object) each(item.value);
  }
}

}  // namespace srvwarden::definition
