// Importing IANA's CSV: its columns become facts, and every doubtful row a problem.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "registry/csv.hpp"
#include "registry/row_checks.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden {
namespace registry {
namespace {

constexpr std::array<std::string_view, CsvReader::max_fields> column_names = {
    "Service Name", "Port Number",  "Transport Protocol",        "Description",
    "Assignee",     "Contact",      "Registration Date",         "Modification Date",
    "Reference",    "Service Code", "Unauthorized Use Reported", "Assignment Notes",
};
/// What editions before 2022 call the column.
constexpr std::string_view old_unauthorized = "Known Unauthorized Uses";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class Importer {
 public:
  explicit Importer(std::string text) : builder_(std::move(text)), checks_(builder_, import_) {
    std::string_view body = builder_.source();
    if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
    reader_ = CsvReader(body);
    base_ = builder_.source().size() - body.size();
  }

  Result<RegistryImport, RegistryProblem> run(std::optional<RegistryDate> edition) {
    if (auto fault = read_header()) return std::move(*fault);
    builder_.reserve(RowChecks::rows_in(builder_));
    for (CsvRow row = reader_.next(); row != CsvRow::end; row = reader_.next()) {
      if (row == CsvRow::lost) return problem(RegistryIssue::stray_quote, fault_at());
      if (row == CsvRow::truncated) return problem(RegistryIssue::truncated, fault_at());
      if (checks_.too_many()) return problem(RegistryIssue::too_large, reader_.row_start());
      read_row(row);
    }
    checks_.check_replacements();
    std::stable_sort(import_.problems.begin(), import_.problems.end(),
                     [](const auto& a, const auto& b) { return a.at.offset < b.at.offset; });
    import_.rows_kept = builder_.records().size();
    import_.rows_rejected = import_.rows_read - import_.rows_kept;
    import_.table = std::move(builder_).finish(edition.value_or(checks_.newest()));
    return std::move(import_);
  }

 private:
  std::size_t fault_at() const { return base_ + reader_.fault_at(); }

  RegistryProblem problem(RegistryIssue issue, std::size_t offset, std::string detail = {}) const {
    return {issue,
            place_in(builder_.source(), base_ + reader_.row_start(), reader_.row_line(), offset),
            true, std::move(detail)};
  }

  std::optional<RegistryProblem> read_header() {
    const CsvRow row = reader_.next();
    const auto fields = reader_.fields();
    for (std::size_t i = 0; i < column_names.size(); ++i) {
      if (i < fields.size() &&
          (fields[i].raw == column_names[i] || (i == 10 && fields[i].raw == old_unauthorized))) {
        continue;
      }
      if (i > 0 && i >= fields.size() && row == CsvRow::truncated) {
        return problem(RegistryIssue::truncated, fault_at());
      }
      const bool other_format = i == 0;
      const auto issue = other_format ? RegistryIssue::unknown_format : RegistryIssue::bad_header;
      const auto at = i < fields.size() ? fields[i].offset_in(builder_.source()) : base_;
      return problem(issue, at, std::string(column_names[i]));
    }
    if (row != CsvRow::ok || reader_.field_count() != column_names.size()) {
      return problem(RegistryIssue::bad_header, base_);
    }
    return {};
  }

  void read_row(CsvRow row) {
    ++import_.rows_read;
    checks_.start_row(base_ + reader_.row_start(), reader_.row_line());
    if (row == CsvRow::stray_quote) {
      checks_.report(RegistryIssue::stray_quote, fault_at(), true);
    } else if (reader_.field_count() != column_names.size()) {
      checks_.report(RegistryIssue::field_count, base_ + reader_.row_start(), true,
                     std::to_string(reader_.field_count()));
    } else {
      checks_.read(reader_.fields());
    }
  }

  RegistryImport import_;
  TableBuilder builder_;
  RowChecks checks_;
  CsvReader reader_{{}};
  std::size_t base_ = 0;
};

}  // namespace
}  // namespace registry

Result<RegistryImport, RegistryProblem> import_registry_csv(std::string text,
                                                            std::optional<RegistryDate> edition) {
  if (text.size() > registry::max_file_size) {
    return RegistryProblem{RegistryIssue::too_large, {}, true, {}};
  }
  return registry::Importer(std::move(text)).run(edition);
}

}  // namespace srvwarden
