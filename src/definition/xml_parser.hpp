// XmlParser: libexpat behind a small interface that gives events with their place in the file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "srvwarden/finding.hpp"

namespace srvwarden::definition {

struct XmlAttribute {
  std::string_view name;
  std::string_view value;  ///< entities replaced, white space normalised
  Span name_at;            ///< the whole tag where the file does not show it (a DTD's default)
  Span value_at;           ///< without the quotes
};

/// What a document says, in its order. Views live as long as the call.
class XmlHandler {
 public:
  virtual void start(std::string_view tag, const std::vector<XmlAttribute>& attributes,
                     Span at) = 0;
  virtual void end() = 0;
  /// Octets of text; where `at` has other bytes, they stand for the octets (entities, CR LF).
  virtual void characters(std::string_view octets, Span at) = 0;
  /// An entity that stays unread: external, or not declared in this file.
  virtual void skipped_entity(std::string_view name, Span at) = 0;

 protected:
  ~XmlHandler() = default;
};

/// Why a document was not read to its end.
struct XmlFailure {
  const char* reason = nullptr;  ///< expat's words; nullptr: read to the end
  std::size_t offset = 0;
  bool too_large = false;  ///< entities expand to more than `limit`
};

/// Reads a document in memory. Never opens a file or a connection.
/// @param limit  bytes that text may grow to when entities are replaced
XmlFailure parse_xml(std::string_view text, std::size_t limit, XmlHandler& handler);

}  // namespace srvwarden::definition
