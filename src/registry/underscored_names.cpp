// Reading, writing and finding the underscored names of RFC 8552.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/underscored_names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "registry/fields.hpp"
#include "registry/formats/xml_scanner.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden {

namespace {

constexpr std::string_view registry_id = "underscored-globally-scoped-dns-node-names";
constexpr std::string_view first_line = "# srvwarden underscored names, version 1\n";
constexpr std::string_view edition_line = "# edition: ";
constexpr std::string_view comments =
    "# Facts of IANA's Underscored and Globally Scoped DNS Node Names (RFC 8552), which is under\n"
    "# CC0 1.0: a name, the record types found there, the references.\n";

bool is_label(std::string_view name) {
  const auto fits = [](char c) {
    return ascii::is_alphanumeric(c) || c == '-' || c == '_' || c == '*';
  };
  return name.size() > 1 && name.size() <= 63 && name.front() == '_' &&
         std::ranges::all_of(name, fits);
}

}  // namespace

/// Both readers: what they have in common is how names are collected.
class UnderscoredReader {
 public:
  explicit UnderscoredReader(std::string text) : text_(std::move(text)) {}

  Result<UnderscoredTable, RegistryProblem> run() {
    const bool ours = text_.starts_with('#');
    if (!(ours ? read_ours() : read_xml())) return std::move(*problem_);
    return finish();
  }

 private:
  struct Facts {
    std::string types;
    std::string references;
  };

  bool fail(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    problem_ = RegistryProblem{issue, registry::place_in(text_, 0, 1, offset), true,
                               registry::shorten(detail)};
    return false;
  }

  bool read_ours();
  bool read_xml();
  bool read_record(registry::XmlScanner& scanner);
  bool add(std::size_t at, std::string name, const std::string& type, const std::string& reference);
  UnderscoredTable finish();

  std::string text_;
  std::map<std::string, Facts> names_;
  RegistryDate edition_;
  std::optional<RegistryProblem> problem_;
};

/// A name has a row for each record type: one entry takes them all.
bool UnderscoredReader::add(std::size_t at, std::string name, const std::string& type,
                            const std::string& reference) {
  while (name.ends_with(' ')) name.pop_back();
  std::ranges::transform(name, name.begin(), ascii::fold);
  if (!is_label(name)) return fail(RegistryIssue::bad_name, at, name);
  const bool clean = registry::is_clean(type) && registry::is_clean(reference);
  if (!clean || type.empty()) return fail(RegistryIssue::bad_text, at, type);
  Facts& facts = names_[name];
  if (!facts.types.empty()) facts.types += ' ';
  facts.types += type;
  if (facts.references.find(reference) == std::string::npos) facts.references += reference;
  return true;
}

bool UnderscoredReader::read_record(registry::XmlScanner& scanner) {
  using registry::XmlEvent;
  const std::size_t at = scanner.at();
  std::string type, name, reference;
  for (XmlEvent event = scanner.next(); event != XmlEvent::end; event = scanner.next()) {
    if (event == XmlEvent::fault) return false;
    if (event != XmlEvent::start) continue;
    const std::string_view element = scanner.name();
    std::string data;
    scanner.attribute("data").append_to(data);
    const std::string_view reference_type = scanner.attribute("type").raw;
    const bool rfc = reference_type == "rfc";
    if (reference_type == "rfc-errata") data = "RFC Errata " + data;
    std::string content;
    const bool is_value = element == "value", is_name = element == "description";
    const bool is_reference = element == "xref";
    if (!scanner.append_content(content)) return false;
    if (is_value) type = content;
    if (is_name) name = content;
    if (!is_reference) continue;
    if (rfc) std::ranges::transform(data, data.begin(), ascii::upper);
    reference += '[' + (content.empty() ? data : content) + ']';
  }
  return add(at, std::move(name), type, reference);
}

bool UnderscoredReader::read_xml() {
  using registry::XmlEvent;
  registry::XmlScanner scanner(text_);
  std::size_t inside = 0;  // depth of the registry that is read; 0: another
  bool found = false;
  for (XmlEvent event = scanner.next(); event != XmlEvent::done; event = scanner.next()) {
    if (event == XmlEvent::fault) break;
    if (event == XmlEvent::end && scanner.depth() + 1 == inside) inside = 0;
    if (event != XmlEvent::start) continue;
    if (scanner.name() == "updated" && scanner.depth() == 2) {
      std::string date;
      if (!scanner.append_content(date)) break;
      edition_ = registry::parse_date(date).value_or(RegistryDate{});
    } else if (scanner.name() == "registry" && scanner.attribute("id").raw == registry_id) {
      inside = scanner.depth();
      found = true;
    } else if (scanner.name() == "record" && inside != 0 && !read_record(scanner)) {
      break;
    }
  }
  if (problem_) return false;
  if (scanner.fault() != registry::XmlFault::none) {
    const bool cut = scanner.fault() == registry::XmlFault::truncated;
    return fail(cut ? RegistryIssue::truncated : RegistryIssue::bad_markup, scanner.at());
  }
  return found || fail(RegistryIssue::unknown_format, 0, registry_id);
}

bool UnderscoredReader::read_ours() {
  const std::string_view text = text_;
  if (!text.starts_with(first_line)) return fail(RegistryIssue::bad_version, 0);
  if (!text.ends_with('\n')) return fail(RegistryIssue::truncated, text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string_view line = text.substr(at, end - at);
    if (line.starts_with(edition_line)) {
      edition_ = registry::parse_date(line.substr(edition_line.size())).value_or(RegistryDate{});
    }
    if (!line.starts_with('#')) {
      const std::size_t first = line.find('\t');
      const std::size_t second = line.find('\t', first + 1);
      if (first == line.npos || second == line.npos) return fail(RegistryIssue::field_count, at);
      if (!add(at, std::string(line.substr(0, first)),
               std::string(line.substr(first + 1, second - first - 1)),
               std::string(line.substr(second + 1)))) {
        return false;
      }
    }
    at = end + 1;
  }
  return true;
}

UnderscoredTable UnderscoredReader::finish() {
  UnderscoredTable table;
  table.edition_ = edition_;
  table.texts_.reserve(names_.size() * 3);
  for (auto& [name, facts] : names_) {
    const std::string& kept = table.texts_.emplace_back(name);
    const std::string& types = table.texts_.emplace_back(std::move(facts.types));
    const std::string& references = table.texts_.emplace_back(std::move(facts.references));
    table.names_.push_back({kept, types, references});
  }
  return table;
}

Result<UnderscoredTable, RegistryProblem> UnderscoredTable::read(std::string text) {
  return UnderscoredReader(std::move(text)).run();
}

std::string UnderscoredTable::text() const {
  std::string out(first_line);
  out.append(edition_line).append(to_text(edition_)).append("\n").append(comments);
  for (const UnderscoredName& one : names_) {
    out.append(one.name).append("\t").append(one.types).append("\t");
    out.append(one.references).append("\n");
  }
  return out;
}

}  // namespace srvwarden
