// Underscored names that are no service names: _dmarc, _acme-challenge and the like. RFC 8552.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/registry_record.hpp"
#include "srvwarden/registry_table.hpp"
#include "srvwarden/result.hpp"

namespace srvwarden {

/// A row or several of IANA's "Underscored and Globally Scoped DNS Node Names". RFC 8552 §4.
struct UnderscoredName {
  std::string_view name;        ///< "_dmarc", lower case; "_ta-*" stands for all that begin so
  std::string_view types;       ///< the record types that are found there: "TXT", "TLSA URI", "*"
  std::string_view references;  ///< "[RFC7489]", as IANA has them

  friend bool operator==(const UnderscoredName&, const UnderscoredName&) = default;
};

/// The names that this library was built with, by the alphabet.
std::span<const UnderscoredName> underscored_names() noexcept;

/// The entry of a label with its underscore, ASCII case ignored, or null.
const UnderscoredName* find_underscored_name(std::string_view label) noexcept;

/// The same names, read from a file. Owns its texts; can be moved, not copied.
class UnderscoredTable {
 public:
  UnderscoredTable() = default;
  UnderscoredTable(UnderscoredTable&&) = default;
  UnderscoredTable& operator=(UnderscoredTable&&) = default;

  std::span<const UnderscoredName> names() const noexcept { return names_; }
  RegistryDate edition() const noexcept { return edition_; }

  /// Reads IANA's dns-parameters.xml, or our own table (data/underscored-names.tsv).
  ///
  /// @return  the table, or the first fault with its place: both are refused whole.
  static Result<UnderscoredTable, RegistryProblem> read(std::string text);
  /// Our own table: read gives the same names in the same order.
  std::string text() const;

 private:
  friend class UnderscoredReader;

  std::vector<std::string> texts_;  ///< three of each name; reserved, so that views stay valid
  std::vector<UnderscoredName> names_;
  RegistryDate edition_;
};

}  // namespace srvwarden
