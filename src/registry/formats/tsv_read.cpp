// Reading our own table, strictly: what the writer would write otherwise is refused.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "registry/fields.hpp"
#include "registry/formats/formats.hpp"
#include "registry/formats/tsv.hpp"
#include "registry/hash_index.hpp"
#include "registry/image.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry_table.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {
namespace registry {
namespace {

class TsvReader {
 public:
  explicit TsvReader(std::string text) : builder_(std::move(text)), text_(builder_.source()) {}

  Result<RegistryTable, RegistryProblem> run() {
    if (!read_head()) return std::move(*problem_);
    while (at_ < text_.size()) {
      if (!next_line() || !read_row()) return std::move(*problem_);
    }
    if (builder_.records().size() < rows_) {
      fail(RegistryIssue::truncated, text_.size());
      return std::move(*problem_);
    }
    return std::move(builder_).finish(edition_);
  }

 private:
  enum Column : std::size_t {
    name,
    ports,
    transports,
    title,
    assignee,
    contact,
    registered,
    modified,
    references,
    status,
    replacement,
    unauthorized,
    code,
    txt_keys,
  };

  bool fail(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    problem_ = {issue, Place{offset, line_, static_cast<std::uint32_t>(offset - line_start_ + 1)},
                true, shorten(detail)};
    return false;
  }
  bool fail(RegistryIssue issue, Column column) {
    const auto text = columns_[column];
    return fail(issue, static_cast<std::size_t>(text.data() - text_.data()), text);
  }

  /// Moves to the next line, which must end in LF.
  bool next_line() {
    line_start_ = at_;
    ++line_;
    const auto end = text_.find('\n', at_);
    if (end == text_.npos) return fail(RegistryIssue::truncated, text_.size());
    current_ = text_.substr(at_, end - at_);
    at_ = end + 1;
    return true;
  }

  bool read_head() {
    if (!next_line()) return false;
    const auto first = tsv_first_line.substr(0, tsv_first_line.size() - 1);
    if (current_ != first) {
      const bool ours = current_.starts_with(first.substr(0, first.rfind(' ')));
      return fail(ours ? RegistryIssue::bad_version : RegistryIssue::unknown_format, 0, current_);
    }
    if (!next_line()) return false;
    const bool marked = current_.starts_with(tsv_edition);
    const auto stated = current_.substr(marked ? tsv_edition.size() : 0);
    const auto date = parse_date(stated);
    const bool unknown = stated == tsv_no_edition;
    if (!marked || (!unknown && (!date || !*date))) {
      return fail(RegistryIssue::bad_edition, line_start_, current_);
    }
    edition_ = date.value_or(RegistryDate{});
    do {
      if (!next_line()) return false;
      if (current_.starts_with(tsv_rows)) {
        const auto rows =
            parse_number(current_.substr(tsv_rows.size()), RegistryTable::max_records);
        if (!rows) return fail(RegistryIssue::not_canonical, line_start_, current_);
        rows_ = *rows;
      }
    } while (current_.starts_with('#'));
    return read_column_names();
  }

  bool read_column_names() {
    if (!split()) return false;
    for (std::size_t i = 0; i < tsv_columns.size(); ++i) {
      if (columns_[i] != tsv_columns[i]) {
        return fail(RegistryIssue::bad_header, static_cast<Column>(i));
      }
    }
    return true;
  }

  /// Columns that the line leaves out are empty, at its end.
  bool split() {
    std::string_view rest = current_;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto tab = rest.find('\t');
      columns_[i] = rest.substr(0, tab);
      rest.remove_prefix(tab == rest.npos ? rest.size() : tab + 1);
      if (tab == rest.npos) continue;
      if (i + 1 == columns_.size()) return fail(RegistryIssue::field_count, at_ - 1, rest);
    }
    if (current_.ends_with('\t')) return fail(RegistryIssue::not_canonical, at_ - 2);
    return true;
  }

  bool read_row() {
    if (!split()) return false;
    record_ = {};
    if (!read_texts() || !read_numbers() || !read_meaning()) return false;
    if (!count_name()) return false;
    return add_transports();
  }

  bool read_texts() {
    const auto is_name = [](std::string_view text) {
      return text.size() <= max_name_size && is_plain(text);
    };
    if (!is_name(columns_[name]) || (columns_[name].empty() && columns_[ports].empty())) {
      return fail(RegistryIssue::bad_name, name);
    }
    if (!is_name(columns_[replacement])) return fail(RegistryIssue::bad_name, replacement);
    for (const Column column : {title, assignee, contact, references, txt_keys}) {
      if (columns_[column].size() > 0xFFFF || !is_clean(columns_[column])) {
        return fail(RegistryIssue::bad_text, column);
      }
      if (has_address(columns_[column])) return fail(RegistryIssue::address_left_out, column);
    }
    record_.name = columns_[name];
    record_.title = columns_[title];
    record_.replacement = columns_[replacement];
    record_.assignee = columns_[assignee];
    record_.contact = columns_[contact];
    record_.references = columns_[references];
    record_.txt_keys = columns_[txt_keys];
    return read_txt_keys();
  }

  /// Adjacent lines often have the same definition.
  bool read_txt_keys() {
    if (record_.txt_keys == last_txt_keys_ || record_.txt_keys.empty()) return true;
    if (!parse_txt_keys(record_.txt_keys)) return fail(RegistryIssue::bad_txt_keys, txt_keys);
    last_txt_keys_ = record_.txt_keys;
    return true;
  }

  /// A single port is one number here.
  static bool is_canonical(std::string_view text, PortRange range) {
    return range.first != range.last || text.find('-') == text.npos;
  }

  bool read_numbers() {
    const auto range = parse_ports(columns_[ports]);
    if (!range) return fail(RegistryIssue::bad_port, ports);
    if (!is_canonical(columns_[ports], *range)) return fail(RegistryIssue::not_canonical, ports);
    record_.ports = *range;
    for (const Column column : {registered, modified}) {
      const auto date = parse_date(columns_[column]);
      if (!date) return fail(RegistryIssue::bad_date, column);
      (column == registered ? record_.registered : record_.modified) = *date;
    }
    if (columns_[code].empty()) return true;
    const auto number = parse_number(columns_[code], std::numeric_limits<std::uint32_t>::max());
    if (!number || *number == 0) return fail(RegistryIssue::bad_service_code, code);
    record_.service_code = *number;
    return true;
  }

  bool read_meaning() {
    const auto usual = default_status(!record_.name.empty());
    const auto word = columns_[status].empty() ? usual : parse_status(columns_[status]);
    if (!word) return fail(RegistryIssue::bad_status, status);
    if (!columns_[status].empty() && *word == usual) {
      return fail(RegistryIssue::not_canonical, status);
    }
    record_.status = *word;
    const auto use = columns_[unauthorized];
    record_.unauthorized_use = !use.empty();
    if (use.empty() || use == "yes") return true;
    const auto range = parse_ports(use);
    if (!range || !is_canonical(use, *range)) {
      return fail(RegistryIssue::bad_unauthorized, unauthorized);
    }
    record_.unauthorized_ports = *range;
    return true;
  }

  bool count_name() {
    if (builder_.records().size() + 4 > RegistryTable::max_records) {
      return fail(RegistryIssue::too_large, line_start_);
    }
    if (record_.name.empty()) return true;
    const auto index = static_cast<std::uint32_t>(builder_.records().size());
    const auto earlier = names_.find_or_add(
        hash(make_key(record_.name)), index,
        [&](std::uint32_t i) { return ascii::equal(builder_.records()[i].name, record_.name); });
    if (earlier == HashIndex::none && ++name_count_ > RegistryTable::max_names) {
      return fail(RegistryIssue::too_large, line_start_);
    }
    return true;
  }

  bool add_transports() {
    const auto before = builder_.records().size();
    unsigned seen = 0;
    for (std::string_view rest = columns_[transports];;) {
      const auto comma = rest.find(',');
      const auto transport = parse_transport(rest.substr(0, comma));
      const bool listed = !columns_[transports].empty();
      if (!transport || (listed && *transport == RegistryTransport::none)) {
        return fail(RegistryIssue::bad_transport, transports);
      }
      const unsigned bit = 1u << static_cast<unsigned>(*transport);
      if ((seen & bit) != 0) return fail(RegistryIssue::bad_transport, transports);
      seen |= bit;
      record_.transport = *transport;
      builder_.add(record_);
      if (comma == rest.npos) break;
      rest.remove_prefix(comma + 1);
    }
    const bool mergeable = before > 0 && (seen & 1u) == 0 && (last_seen_ & 1u) == 0 &&
                           !has_bit(last_seen_, builder_.records()[before].transport) &&
                           same_but_transport(builder_.records()[before - 1], record_);
    last_seen_ = seen;
    return mergeable ? fail(RegistryIssue::not_canonical, line_start_) : true;
  }

  static bool has_bit(unsigned set, RegistryTransport transport) {
    return (set >> static_cast<unsigned>(transport) & 1u) != 0;
  }

  TableBuilder builder_;
  std::string_view text_;
  std::array<std::string_view, tsv_columns.size()> columns_;
  std::string_view current_;
  std::string_view last_txt_keys_;
  HashIndex names_{1 << 13};
  RegistryRecord record_;
  RegistryDate edition_;
  std::optional<RegistryProblem> problem_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  std::size_t name_count_ = 0;
  std::size_t rows_ = 0;  ///< that the head promises; a table made by hand may promise none
  std::uint32_t line_ = 0;
  unsigned last_seen_ = 0;
};

}  // namespace

bool is_tsv(std::string_view text) { return text.starts_with('#'); }

Result<RegistryImport, RegistryProblem> import_tsv(std::string text, const ImportSettings&) {
  auto table = read_registry_tsv(std::move(text));
  if (!table) return std::move(table).error();
  RegistryImport import;
  import.table = std::move(table).value();
  import.rows_read = import.rows_kept = import.table.records().size();
  return import;
}

}  // namespace registry

Result<RegistryTable, RegistryProblem> read_registry_tsv(std::string text) {
  if (text.size() > registry::max_file_size) {
    return RegistryProblem{RegistryIssue::too_large, {}, true, {}};
  }
  return registry::TsvReader(std::move(text)).run();
}

}  // namespace srvwarden
