// RegistryTable: the registry's records in order, read from IANA's files or from our own table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/place.hpp"
#include "srvwarden/registry_record.hpp"
#include "srvwarden/result.hpp"

namespace srvwarden {

namespace registry {
class TableBuilder;
}

/// Every record of an edition, in the order of its source. Owns its texts; can be moved, not
/// copied.
///
/// Its texts are UTF-8 without control characters, its ranges are in order, and it holds no
/// contacts and no e-mail addresses: only the readers below make one.
class RegistryTable {
 public:
  RegistryTable() = default;
  RegistryTable(RegistryTable&&) = default;
  RegistryTable& operator=(RegistryTable&&) = default;

  RegistryDate edition() const noexcept { return edition_; }
  /// Views into the table: valid while it lives, also after it is moved.
  std::span<const RegistryRecord> records() const noexcept { return records_; }

  static constexpr std::size_t max_records = 250'000;
  static constexpr std::size_t max_names = 65'000;  ///< distinct, case ignored

 private:
  friend class registry::TableBuilder;
  struct Texts;
  struct Free {
    void operator()(Texts* texts) const noexcept;
  };

  RegistryDate edition_;
  std::vector<RegistryRecord> records_;
  std::unique_ptr<Texts, Free> texts_;
};

/// What is wrong with a file, or doubtful about a row of it.
enum class RegistryIssue : std::uint8_t {
  unknown_format,       ///< neither a form of IANA's registry nor our table
  too_large,            ///< more than 1 GiB, max_records or max_names
  bad_header,           ///< a column is missing, added or has another name
  truncated,            ///< ends within a row: refused whole
  bad_markup,           ///< XML that is not well-formed: refused whole
  unknown_element,      ///< an element that has no place in IANA's record: left out
  unclear_cells,        ///< text in which one cell cannot be told from the next for sure
  stray_quote,          ///< text after a closing quote, or a quote in plain text
  field_count,          ///< not as many fields as the header has
  bad_name,             ///< empty with no port, control characters, or more than 255 bytes
  bad_port,             ///< not 0 to 65535, or a range that goes down
  bad_transport,        ///< none of tcp, udp, sctp, dccp
  bad_text,             ///< ill-formed UTF-8, control characters, or more than 65535 bytes
  bad_date,             ///< not YYYY-MM or YYYY-MM-DD
  bad_status,           ///< not a word of name_of(RegistryStatus)
  bad_service_code,     ///< not 1 to 4294967295
  bad_unauthorized,     ///< in our table: neither "yes" nor ports
  bad_txt_keys,         ///< in our table: not the canonical form of TXT keys
  bad_version,          ///< our table, but of another version
  bad_edition,          ///< our table, without its edition
  not_canonical,        ///< our table, but not as we write it
  name_syntax,          ///< no valid service name, and not marked as historic. RFC 6335 §5.1
  unknown_replacement,  ///< an alias of a name that has no row
  duplicate_row,        ///< the same name, port and transport as an earlier row
  address_left_out,     ///< an e-mail address in a title or reference, which is not kept
  prose_left_out,       ///< a reference that is a text of several lines, which is not kept
};

/// The word for it, such as "bad-port".
std::string_view name_of(RegistryIssue issue) noexcept;

/// A sentence that tells a newcomer what it means, without a full stop.
std::string_view sentence_of(RegistryIssue issue) noexcept;

struct RegistryProblem {
  RegistryIssue issue = RegistryIssue::unknown_format;
  Place at;
  bool rejected = true;  ///< the row (or, as an error, the file) is not in the table
  std::string detail;    ///< the text in question, shortened, any bytes; may be empty
};

/// What came of reading a registry: kept + rejected = read.
struct RegistryImport {
  RegistryTable table;
  std::vector<RegistryProblem> problems;  ///< in file order
  std::size_t rows_read = 0;              ///< data rows of IANA's file; records of our table
  std::size_t rows_kept = 0;
  std::size_t rows_rejected = 0;
  std::size_t contacts_read = 0;  ///< entries of the contact table, which are not kept
  std::string_view format;        ///< "csv", "xml", "xhtml", "text", "page", "markdown", "tsv"
  std::string_view losses;        ///< what this format lacks of the edition, in words; or empty
};

/// Reads our own table (data/registry.tsv). Strict: the first fault refuses the file.
Result<RegistryTable, RegistryProblem> read_registry_tsv(std::string text);

/// Reads our own table or any form in which IANA publishes an edition, told from its content: CSV,
/// XML, XHTML, plain text, and excerpts of the page as text or as Markdown.
///
/// Rows with a fault of their own are left out or mended, each with a problem. A file that ends too
/// early is refused whole.
///
/// @param text     the whole file, at most 1 GiB; the table keeps it.
/// @param edition  the day of the edition, for files that do not state it; without it, the newest
///                 date of any row is taken.
/// @return  the table and the problems of rows, or what is wrong with the file.
Result<RegistryImport, RegistryProblem> read_registry(
    std::string text, std::optional<RegistryDate> edition = std::nullopt);

/// Our own table: one line for adjacent records that differ in the transport alone.
/// read_registry_tsv gives the same records, in the same order.
std::string write_registry_tsv(const RegistryTable& table);
/// The same of some records, in this order.
std::string write_registry_tsv(RegistryDate edition, std::span<const RegistryRecord> records);

/// "YYYY-MM" or "YYYY-MM-DD" anywhere in a text, such as a file name: the first one, or nothing.
std::optional<RegistryDate> find_date(std::string_view text) noexcept;

}  // namespace srvwarden
