// YamlTree: one YAML document as a flat list of nodes with their places; aliases stay aliases.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::definition {

struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  bool plain = false;                   ///< a scalar without quotes: may be a number
  std::size_t at = 0;                   ///< bytes from the start of the file
  std::string value;                    ///< of a scalar
  std::vector<std::uint32_t> children;  ///< items; of a mapping, key and value by turns
};

/// Why a document was not read to its end.
struct YamlFailure {
  std::string reason;  ///< empty: read to the end
  std::size_t at = 0;
  bool too_large = false;
};

/// Node 0 is the root. An alias is the index of its anchor's node: what walks the nodes must
/// remember where it has been, or few bytes become billions of steps.
class YamlTree {
 public:
  using Index = std::uint32_t;
  static constexpr Index none = 0xFFFFFFFF;
  static constexpr std::size_t max_nodes = 1'000'000;

  /// Reads one document that stands at byte `base` of its file: UTF-8 without control characters.
  YamlFailure parse(const std::string& document, std::size_t base);

  bool empty() const { return nodes_.empty(); }
  std::size_t size() const { return nodes_.size(); }
  const YamlNode& operator[](Index index) const { return nodes_[index]; }

  /// The value of a mapping's key, or none; none of a node that is no mapping.
  Index value(Index mapping, std::string_view key) const;
  /// The same, if it is of the kind.
  Index value(Index mapping, std::string_view key, YamlNode::Kind kind) const;
  /// The text of a key's scalar, or nothing.
  std::string_view text(Index mapping, std::string_view key) const;

 private:
  friend class YamlTreeBuilder;

  std::vector<YamlNode> nodes_;
};

/// Documents of a file that are read; more are a problem.
inline constexpr std::size_t max_yaml_documents = 10'000;
/// Bytes of one document. Kubernetes itself takes less than half of it for one object.
inline constexpr std::size_t max_yaml_document_size = std::size_t{4} << 20;

/// Calls back with each document of a stream and its offset: "---" at the start of a line begins
/// one, whatever it stands in. YAML 1.2.2 §9.1.2.
///
/// @return  the offset of the first document too many, or npos.
std::size_t for_each_yaml_document(
    std::string_view text, const std::function<void(std::string_view, std::size_t)>& document);

}  // namespace srvwarden::definition
