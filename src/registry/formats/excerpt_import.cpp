// Reading excerpts of IANA's page line by line.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/excerpt_import.hpp"

#include <algorithm>
#include <utility>

#include "core/trim.hpp"
#include "registry/fields.hpp"
#include "registry/formats/excerpt_row.hpp"
#include "registry/formats/page_head.hpp"
#include "registry/formats/text_columns.hpp"

namespace srvwarden::registry {

Result<RegistryImport, RegistryProblem> ExcerptImport::run() {
  const auto lines = split_lines(import_.source());
  const auto heading = std::find_if(lines.begin(), lines.end(),
                                    [this](std::string_view line) { return is_heading(line); });
  if (heading == lines.end()) return import_.refusal(RegistryIssue::bad_header, 0);
  if (auto fault = read_edition({lines.begin(), heading})) return std::move(*fault);
  read_lines({heading + 1, lines.end()});
  if (full_) return import_.refusal(RegistryIssue::too_large, import_.source().size());
  return std::move(import_).finish(edition_);
}

std::optional<RegistryProblem> ExcerptImport::read_edition(std::span<const std::string_view> head) {
  const auto date = find_last_updated(head);
  if (!date) return {};
  edition_ = parse_date(*date);
  if (edition_ && *edition_) return {};
  return import_.refusal(RegistryIssue::bad_edition, offset_of(*date), *date);
}

void ExcerptImport::read_lines(std::span<const std::string_view> lines) {
  bool contacts = false;
  for (const std::string_view line : lines) {
    const std::string_view text = trimmed(line);
    if (text == contact_title) contacts = true;
    if (contacts) {
      if (is_contact(text)) import_.count_contact();
      continue;
    }
    if (text.empty() || is_rule(text)) continue;
    if (row_.empty() || starts_row(text, row_)) {
      end_row();
      row_ = text;
    } else {
      row_ =
          import_.source().substr(offset_of(row_), offset_of(text) + text.size() - offset_of(row_));
    }
  }
  end_row();
}

void ExcerptImport::end_row() {
  if (row_.empty()) return;
  full_ = full_ || import_.full();
  if (full_) return;
  import_.start_row(offset_of(row_));
  read_row(row_);
  row_ = {};
}

}  // namespace srvwarden::registry
