// Importing IANA's CSV: its columns become facts, and every doubtful row a problem.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "registry/formats/csv.hpp"
#include "registry/formats/formats.hpp"
#include "registry/formats/table_import.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry {
namespace {

class Importer {
 public:
  Importer(std::string text, const ImportSettings& settings) : import_(std::move(text), settings) {
    std::string_view body = import_.source();
    body.remove_prefix(utf8::mark_size(body));
    reader_ = CsvReader(body);
    base_ = import_.source().size() - body.size();
  }

  Result<RegistryImport, RegistryProblem> run() {
    if (auto fault = read_header()) return std::move(*fault);
    for (CsvRow row = reader_.next(); row != CsvRow::end; row = reader_.next()) {
      if (row == CsvRow::lost) return problem(RegistryIssue::stray_quote, fault_at());
      if (row == CsvRow::truncated) return problem(RegistryIssue::truncated, fault_at());
      if (import_.full()) return problem(RegistryIssue::too_large, reader_.row_start());
      read_row(row);
    }
    return std::move(import_).finish();
  }

 private:
  std::size_t fault_at() const { return base_ + reader_.fault_at(); }

  RegistryProblem problem(RegistryIssue issue, std::size_t offset, std::string detail = {}) const {
    return {issue,
            place_in(import_.source(), base_ + reader_.row_start(), reader_.row_line(), offset),
            true, std::move(detail)};
  }

  std::optional<RegistryProblem> read_header() {
    const CsvRow row = reader_.next();
    const auto fields = reader_.fields();
    for (std::size_t i = 0; i < column_count; ++i) {
      if (i < fields.size() && is_column_title(i, fields[i].raw)) continue;
      if (i > 0 && i >= fields.size() && row == CsvRow::truncated) {
        return problem(RegistryIssue::truncated, fault_at());
      }
      const bool other_format = i == 0;
      const auto issue = other_format ? RegistryIssue::unknown_format : RegistryIssue::bad_header;
      const auto at = i < fields.size() ? fields[i].offset_in(import_.source()) : base_;
      return problem(issue, at, std::string(column_titles[i]));
    }
    if (row != CsvRow::ok || reader_.field_count() != column_count) {
      return problem(RegistryIssue::bad_header, base_);
    }
    return {};
  }

  void read_row(CsvRow row) {
    import_.start_row(base_ + reader_.row_start(), reader_.row_line());
    if (row == CsvRow::stray_quote) {
      import_.reject(RegistryIssue::stray_quote, fault_at());
    } else if (reader_.field_count() != column_count) {
      import_.reject(RegistryIssue::field_count, base_ + reader_.row_start(),
                     std::to_string(reader_.field_count()));
    } else {
      read_cells();
      import_.add(row_);
    }
  }

  void read_cells() {
    const auto fields = reader_.fields();
    for (std::size_t i = 0; i < column_count; ++i) {
      row_[i] = {fields[i].doubled_quotes ? import_.keep(fields[i].unescaped()) : fields[i].raw,
                 fields[i].offset_in(import_.source())};
    }
  }

  TableImport import_;
  CsvReader reader_{{}};
  SourceRow row_;
  std::size_t base_ = 0;
};

}  // namespace

bool is_csv(std::string_view text) {
  text.remove_prefix(utf8::mark_size(text));
  return text.starts_with("Service Name,") || text.starts_with("\"Service Name\",");
}

Result<RegistryImport, RegistryProblem> import_csv(std::string text,
                                                   const ImportSettings& settings) {
  return Importer(std::move(text), settings).run();
}

}  // namespace srvwarden::registry
