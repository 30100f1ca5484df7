// Importing IANA's XML, the registry's native form.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bitset>
#include <utility>

#include "registry/formats/formats.hpp"
#include "registry/formats/markup_import.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {
namespace {

constexpr std::string_view registry_id = "service-names-port-numbers";

/// Elements of a record that are a cell each.
constexpr std::array<std::pair<std::string_view, Column>, 8> cell_elements = {{
    {"name", name},
    {"protocol", transport},
    {"description", description},
    {"number", ports},
    {"note", notes},
    {"assignee", assignee},
    {"unauthorized", unauthorized},
    {"sc", service_code},
}};

class Importer : MarkupImport {
 public:
  using MarkupImport::MarkupImport;

  Result<RegistryImport, RegistryProblem> run() {
    for (XmlEvent event = scanner_.next(); event != XmlEvent::done; event = scanner_.next()) {
      if (event == XmlEvent::start && !read_element()) break;
      if (event == XmlEvent::fault) break;
    }
    return finish();
  }

 private:
  /// Whatever surrounds the records and people may be there or not: notes, experts, footnotes.
  bool read_element() {
    if (scanner_.depth() == 1) return check_root();
    if (scanner_.name() == "record") {
      if (import_.full()) return refuse(RegistryIssue::too_large, scanner_.at());
      return read_record();
    }
    if (scanner_.name() == "person") import_.count_contact();
    if (scanner_.name() == "updated" && scanner_.depth() == 2) {
      return read_content(cell_) && take_edition();
    }
    return true;
  }

  bool check_root() {
    const std::string_view id = scanner_.attribute("id").raw;
    if (scanner_.name() == "registry" && id == registry_id) return true;
    return refuse(RegistryIssue::bad_header, scanner_.at(), id);
  }

  bool read_record() {
    start_row();
    for (XmlEvent event = scanner_.next(); event != XmlEvent::end; event = scanner_.next()) {
      if (event == XmlEvent::fault) return false;
      if (event == XmlEvent::text) check_blank();
      if (event == XmlEvent::start && !read_part()) return false;
    }
    row_[contact] = contacts_.finish(import_);
    row_[references] = references_.finish(import_);
    // IANA states an assignee only where it is another than the contact.
    if (row_[assignee].text.empty()) row_[assignee] = row_[contact];
    if (!rejected_) import_.add(row_);
    return true;
  }

  void start_row() {
    import_.start_row(scanner_.at());
    rejected_ = false;
    seen_.reset();
    clear_row();
    contacts_.start(scanner_.at());
    references_.start(scanner_.at());
    for (const XmlAttribute& attribute : scanner_.attributes()) {
      cell_.start(scanner_.at());
      const auto offset =
          static_cast<std::size_t>(attribute.value.raw.data() - import_.source().data());
      cell_.add(attribute.value, offset);
      if (attribute.name == "date") row_[registered] = cell_.finish(import_);
      if (attribute.name == "updated") row_[modified] = cell_.finish(import_);
    }
  }

  void check_blank() {
    const std::string_view text = scanner_.text().raw;
    const auto at = text.find_first_not_of(" \t\r\n");
    if (at == text.npos) return;
    import_.doubt(RegistryIssue::unknown_element, scanner_.at() + at, text.substr(at));
  }

  /// An element of the record: a cell, or a reference to a person or a document.
  bool read_part() {
    if (scanner_.name() == "xref") {
      const bool person = scanner_.attribute("type").raw == "person";
      return read_reference(person ? contacts_ : references_);
    }
    const auto element = std::find_if(cell_elements.begin(), cell_elements.end(),
                                      [&](const auto& e) { return e.first == scanner_.name(); });
    if (element == cell_elements.end()) {
      import_.doubt(RegistryIssue::unknown_element, scanner_.at(), scanner_.name());
      return read_content(cell_);
    }
    const Column column = element->second;
    if (seen_[column] && !std::exchange(rejected_, true)) {
      import_.reject(RegistryIssue::field_count, scanner_.at(), scanner_.name());
    }
    seen_.set(column);
    if (!(column == assignee ? read_people(cell_) : read_content(cell_))) return false;
    row_[column] = cell_.finish(import_);
    return true;
  }

  /// All text of the element whose start tag was just read, up to its end.
  bool read_content(MarkupCell& cell) {
    cell.start(scanner_.at());
    const std::size_t outside = scanner_.depth() - 1;
    for (;;) {
      switch (scanner_.next()) {
        case XmlEvent::text:
          cell.add(scanner_.text(), scanner_.at());
          break;
        case XmlEvent::start:
          if (scanner_.name() == "xref" && !read_reference(cell)) return false;
          if (scanner_.name() == "br") cell.add_break();
          if (scanner_.name() == "paragraph") cell.add_indent();
          break;
        case XmlEvent::end:
          if (scanner_.depth() == outside) return true;
          break;
        case XmlEvent::done:
        case XmlEvent::fault:
          return false;
      }
    }
  }

  /// The white space between people is none of the cell's.
  bool read_people(MarkupCell& cell) {
    cell.start(scanner_.at());
    for (XmlEvent event = scanner_.next(); event != XmlEvent::end; event = scanner_.next()) {
      if (event == XmlEvent::fault) return false;
      if (event == XmlEvent::text) check_blank();
      if (event != XmlEvent::start) continue;
      const bool person = scanner_.name() == "xref";
      if (!person) import_.doubt(RegistryIssue::unknown_element, scanner_.at(), scanner_.name());
      if (!read_reference(person ? cell : ignored_)) return false;
    }
    return true;
  }

  /// "[RFC6335]" for an <xref>: its text, or else what it refers to. Of a person or a draft, IANA's
  /// CSV always gives the latter.
  bool read_reference(MarkupCell& cell) {
    const std::string_view type = scanner_.attribute("type").raw;
    target_.clear();
    scanner_.attribute("data").append_to(target_);
    label_.clear();
    if (!scanner_.append_content(label_)) return false;
    const bool labelled = label_.find_first_not_of(" \t\n") != label_.npos;
    if (labelled && type != "person" && type != "draft") {
      cell.add_key(label_);
    } else {
      if (type == "rfc" || type == "bcp" || type == "std") {
        std::transform(target_.begin(), target_.end(), target_.begin(), ascii::upper);
      }
      cell.add_key(target_);
    }
    return true;
  }

  std::bitset<column_count> seen_;
  bool rejected_ = false;
  MarkupCell contacts_;
  MarkupCell references_;
  MarkupCell ignored_;
  std::string label_;
  std::string target_;
};

}  // namespace

bool is_xml(std::string_view text) { return xml_root(text) == "registry"; }

Result<RegistryImport, RegistryProblem> import_xml(std::string text,
                                                   const ImportSettings& settings) {
  return Importer(std::move(text), settings).run();
}

}  // namespace srvwarden::registry
