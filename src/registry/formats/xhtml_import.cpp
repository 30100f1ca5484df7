// Importing IANA's page as XHTML: the table of services, and how many entries the contacts' has.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "registry/formats/formats.hpp"
#include "registry/formats/markup_import.hpp"

namespace srvwarden::registry {
namespace {

/// Which of the page's tables is being read.
enum class Table : std::uint8_t { none, services, contacts, other };

class Importer : MarkupImport {
 public:
  using MarkupImport::MarkupImport;

  Result<RegistryImport, RegistryProblem> run() {
    XmlEvent event = scanner_.next();
    for (; event != XmlEvent::done; event = scanner_.next()) {
      if (event == XmlEvent::start && !read_element()) break;
      if (event == XmlEvent::end && scanner_.name() == "table") table_ = Table::none;
      if (event == XmlEvent::fault) break;
    }
    if (event == XmlEvent::done && !services_seen_) {
      refuse(RegistryIssue::bad_header, import_.source().size(), column_titles[0]);
    }
    return finish();
  }

 private:
  bool read_element() {
    if (scanner_.name() == "table") table_ = Table::other;
    if (scanner_.name() == "tr") return read_row();
    if (scanner_.name() == "dt") {
      if (!read_cell()) return false;
      term_is_edition_ = cell_.finish(import_).text == "Last Updated";
    } else if (scanner_.name() == "dd" && std::exchange(term_is_edition_, false)) {
      return read_cell() && take_edition();
    }
    return true;
  }

  /// A row of headings or of cells.
  bool read_row() {
    const std::size_t row_at = scanner_.at();
    const bool services = table_ == Table::services;
    if (services && import_.full()) return refuse(RegistryIssue::too_large, row_at);
    clear_row();
    std::size_t cells = 0;
    bool headings = false;
    const std::size_t outside = scanner_.depth() - 1;
    for (XmlEvent event = scanner_.next(); scanner_.depth() != outside; event = scanner_.next()) {
      if (event == XmlEvent::fault) return false;
      if (event != XmlEvent::start) continue;
      const bool heading = scanner_.name() == "th";
      if (!heading && scanner_.name() != "td") continue;
      headings = headings || heading;
      if (!read_cell()) return false;
      const bool wanted = services || headings;
      if (wanted && cells < column_count) row_[cells] = cell_.finish(import_);
      ++cells;
    }
    if (headings) return read_headings(cells, row_at);
    if (table_ == Table::contacts) import_.count_contact();
    if (services) add_row(cells, row_at);
    return true;
  }

  bool read_headings(std::size_t cells, std::size_t row_at) {
    if (row_[0].text == "ID") table_ = Table::contacts;
    if (row_[0].text != column_titles[0]) return true;
    for (std::size_t i = 0; i < column_count; ++i) {
      if (is_column_title(i, row_[i].text)) continue;
      return refuse(RegistryIssue::bad_header, row_[i].at, column_titles[i]);
    }
    if (cells != column_count) return refuse(RegistryIssue::bad_header, row_at);
    table_ = Table::services;
    services_seen_ = true;
    return true;
  }

  void add_row(std::size_t cells, std::size_t row_at) {
    import_.start_row(row_at);
    if (cells != column_count) {
      import_.reject(RegistryIssue::field_count, row_at, std::to_string(cells));
      return;
    }
    row_[references].text = without_draft_sections(row_[references].text, import_);
    import_.add(row_);
  }

  /// All text of the element whose start tag was just read, up to its end.
  bool read_cell() {
    cell_.start(scanner_.at());
    const std::size_t outside = scanner_.depth() - 1;
    for (XmlEvent event = scanner_.next(); scanner_.depth() != outside; event = scanner_.next()) {
      if (event == XmlEvent::fault) return false;
      if (event == XmlEvent::text) cell_.add(scanner_.text(), scanner_.at());
      if (event == XmlEvent::start && scanner_.name() == "br") cell_.add_break();
      if (event == XmlEvent::start && scanner_.name() == "p") cell_.add_indent();
    }
    return true;
  }

  Table table_ = Table::none;
  bool services_seen_ = false;
  bool term_is_edition_ = false;
};

}  // namespace

bool is_xhtml(std::string_view text) { return xml_root(text) == "html"; }

Result<RegistryImport, RegistryProblem> import_xhtml(std::string text,
                                                     const ImportSettings& settings) {
  return Importer(std::move(text), settings).run();
}

}  // namespace srvwarden::registry
