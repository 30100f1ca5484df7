// Reader of systemd's .dnssd files: one [Service] section, one service. systemd.dnssd(5).
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>

#include "definition/decode.hpp"
#include "definition/formats.hpp"
#include "definition/quote.hpp"
#include "definition/readers.hpp"
#include "definition/systemd_lines.hpp"
#include "definition/systemd_words.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

enum class Section : std::uint8_t { none, service, other };

/// Of a drop-in, the file beside it states what it does not: "x.dnssd.d/port.conf".
bool is_drop_in(std::string_view path) {
  const std::string_view folder = path.substr(0, path.size() - file_name(path).size());
  return path.ends_with(".conf") && folder.ends_with(".dnssd.d/");
}

class DnssdReader {
 public:
  explicit DnssdReader(const Reading& reading) : reading_(reading) {
    reading.definition.services.emplace_back();
  }

  void run() {
    read_systemd_lines(reading_, [this](const MappedText& line) { take_line(line); });
    if (!is_drop_in(definition().path)) {
      need(definition().instance, "Name=");
      need(service().type, "Type=");
      need(service().port, "Port=");
    }
    definition().replace_wildcards = find_specifiers();
  }

 private:
  Definition& definition() { return reading_.definition; }
  ServiceDefinition& service() { return definition().services.front(); }

  void problem(ProblemCode code, Span at, std::string detail) {
    reading_.problem(code, at.offset, at.length, std::move(detail));
  }

  void take_line(const MappedText& line);
  void take_section(const MappedText& line);
  void take_assignment(const MappedText& key, const MappedText& value);
  void take_txt(const MappedText& value, bool base64);
  void take_txt_string(Word& word, bool base64);
  void set(DefinitionText& field, const MappedText& value);
  void need(const DefinitionText& field, std::string_view key);
  bool find_specifiers();

  DefinitionText text_of(const MappedText& value) {
    TextBuilder builder;
    value.add_to(builder, reading_.source, 0, value.bytes.size());
    return builder.finish(reading_.source, value.offsets.front());
  }

  const Reading& reading_;
  Section section_ = Section::none;
  bool met_service_ = false;
};

void DnssdReader::take_line(const MappedText& line) {
  if (line.bytes.front() == '[') return take_section(line);
  const std::size_t equals = line.bytes.find('=');
  if (section_ == Section::other) return;
  if (section_ == Section::none) {
    problem(ProblemCode::unknown_element, line.span(0, line.bytes.size()), "outside any section");
  } else if (equals == std::string::npos) {
    problem(ProblemCode::syntax, line.span(0, line.bytes.size()), "no \"=\"");
  } else if (equals == 0) {
    problem(ProblemCode::syntax, line.span(0, 1), "no key before \"=\"");
  } else {
    take_assignment(line.stripped(0, equals), line.stripped(equals + 1, line.bytes.size()));
  }
}

void DnssdReader::take_section(const MappedText& line) {
  const Span at = line.span(0, line.bytes.size());
  if (line.bytes.back() != ']') {
    section_ = Section::other;
    problem(ProblemCode::syntax, at, "no \"]\": systemd drops the whole file");
    return;
  }
  const std::string name = line.bytes.substr(1, line.bytes.size() - 2);
  section_ = name == "Service" ? Section::service : Section::other;
  if (section_ == Section::service && !met_service_) {
    met_service_ = true;
    service().at = reading_.source.place(at.offset);
    service().length = at.length;
  }
  if (section_ == Section::other && !name.starts_with("X-")) {
    problem(ProblemCode::unknown_element, at, "section [" + quote(name) + "]");
  }
}

void DnssdReader::take_assignment(const MappedText& key, const MappedText& value) {
  const std::string_view name = key.bytes;
  if (name == "Name") return set(definition().instance, value);
  if (name == "Type") return set(service().type, value);
  if (name == "Port") return set(service().port, value);
  if (name == "Priority") return set(service().priority, value);
  if (name == "Weight") return set(service().weight, value);
  if (name == "TxtText") return take_txt(value, false);
  if (name == "TxtData") return take_txt(value, true);
  if (name == "SubType") {
    DefinitionText subtype;
    if (!service().subtypes.empty()) subtype = std::move(service().subtypes.front());
    service().subtypes.clear();
    set(subtype, value);
    if (subtype.present) service().subtypes.push_back(std::move(subtype));
    return;
  }
  if (!name.starts_with("X-")) {
    problem(ProblemCode::unknown_element, key.span(0, name.size()), "key " + quote(name));
  }
}

void DnssdReader::set(DefinitionText& field, const MappedText& value) {
  if (field.present) {
    reading_.problem(ProblemCode::overridden, field, "a later assignment replaces it");
  }
  field = text_of(value);
  field.present = !field.value.empty();
}

void DnssdReader::take_txt(const MappedText& value, bool base64) {
  std::vector<DefinitionText>& txt = service().txt;
  if (value.bytes.empty()) {
    if (!txt.empty()) {
      reading_.problem(ProblemCode::overridden, txt.front(), "a later empty assignment resets all");
    }
    txt.clear();
    service().further_txt_records.clear();
    return;
  }
  auto words = split_words(reading_, value);
  if (!words) return;
  const std::size_t before = txt.size();
  for (Word& word : *words) take_txt_string(word, base64);
  if (before > 0 && txt.size() > before) service().further_txt_records.push_back(before);
}

void DnssdReader::take_txt_string(Word& word, bool base64) {
  const std::string_view text = word.text.value();
  const std::size_t equals = text.find('=');
  const std::string_view key = text.substr(0, equals);
  std::optional<std::string> octets;
  if (base64 && equals != text.npos) octets = decode_base64(text.substr(equals + 1));
  const bool good_key = std::all_of(key.begin(), key.end(), ascii::is_ascii);
  const bool good_value = !base64 || equals == text.npos || octets;
  if (octets) word.text.decode_tail(equals + 1, *octets);
  DefinitionText string = word.text.finish(reading_.source, word.at);
  if (!good_key) {
    reading_.problem(ProblemCode::bad_value, string, "key not ASCII: systemd leaves it out");
  } else if (!good_value) {
    reading_.problem(ProblemCode::bad_value, string, "not base64: systemd leaves it out");
  } else {
    service().txt.push_back(std::move(string));
  }
}

void DnssdReader::need(const DefinitionText& field, std::string_view key) {
  if (field.present) return;
  const ServiceDefinition& at = service();
  reading_.problem(ProblemCode::missing, at.at.offset, at.length, std::string(key));
}

bool DnssdReader::find_specifiers() {
  const DefinitionText& name = definition().instance;
  const std::string& text = name.value;
  bool found = false;
  for (std::size_t i = text.find('%'); i < text.size(); i = text.find('%', i)) {
    const std::size_t size = std::min<std::size_t>(2, text.size() - i);
    const bool known = size == 2 && (text[i + 1] == '%' ||
                                     systemd_specifiers.find(text[i + 1]) != std::string::npos);
    found |= known;
    if (!known) {
      const std::size_t at = name.verbatim ? name.at.offset + i : name.offsets[i];
      problem(ProblemCode::unknown_escape, {at, size},
              text.compare(i, 2, "%h") == 0 ? "systemd's host name is %H" : "stays in the name");
    }
    i += size;
  }
  return found;
}

}  // namespace

bool is_systemd_dnssd(std::string_view path, std::string_view) {
  return path.ends_with(".dnssd") || is_drop_in(path);
}

void read_systemd_dnssd(const Reading& reading) { DnssdReader(reading).run(); }

}  // namespace srvwarden::definition
