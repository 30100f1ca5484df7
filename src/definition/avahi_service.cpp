// Reader of Avahi's .service files: one group, one name, services. avahi.service(5).
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>

#include "core/concat.hpp"
#include "definition/decode.hpp"
#include "definition/formats.hpp"
#include "definition/quote.hpp"
#include "definition/readers.hpp"
#include "definition/text_builder.hpp"
#include "definition/xml_parser.hpp"

namespace srvwarden::definition {
namespace {

/// In the order in which the DTD wants a service's elements.
enum class Element : std::uint8_t {
  document,
  service_group,
  name,
  service,
  type,
  subtype,
  domain_name,
  host_name,
  port,
  txt_record,
};

struct Known {
  std::string_view tag;
  Element element;
  Element parent;
  std::string_view attribute;  ///< the only one it may have
};

constexpr Known known_elements[] = {
    {"service-group", Element::service_group, Element::document, {}},
    {"name", Element::name, Element::service_group, "replace-wildcards"},
    {"service", Element::service, Element::service_group, "protocol"},
    {"type", Element::type, Element::service, {}},
    {"subtype", Element::subtype, Element::service, {}},
    {"domain-name", Element::domain_name, Element::service, {}},
    {"host-name", Element::host_name, Element::service, {}},
    {"port", Element::port, Element::service, {}},
    {"txt-record", Element::txt_record, Element::service, "value-format"},
};

bool holds_text(Element element) { return element == Element::name || element >= Element::type; }

/// The elements met so far.
class Met {
 public:
  bool has(Element element) const { return (bits_ >> static_cast<int>(element) & 1U) != 0; }
  void add(Element element) {
    bits_ |= 1U << static_cast<int>(element);
    if (element > last_) last_ = element;
  }
  Element last() const { return last_; }

 private:
  unsigned bits_ = 0;
  Element last_ = Element::document;
};

class AvahiReader final : public XmlHandler {
 public:
  explicit AvahiReader(const Reading& reading) : reading_(reading) {}

  void start(std::string_view tag, const std::vector<XmlAttribute>& attributes, Span at) override;
  void end() override;
  void characters(std::string_view octets, Span at) override;
  void skipped_entity(std::string_view name, Span at) override;

 private:
  Definition& definition() { return reading_.definition; }
  ServiceDefinition& service() { return definition().services.back(); }
  Met& met() { return current_ >= Element::service ? in_service_ : in_group_; }

  void problem(ProblemCode code, Span at, std::string detail) {
    reading_.problem(code, at.offset, at.length, std::move(detail));
  }

  void take_attributes(const std::vector<XmlAttribute>& attributes, std::string_view allowed);
  void take_attribute(const XmlAttribute& attribute);
  bool refuse_service(Span at);
  void check_order(Element element, Span at);
  void end_text();
  void end_txt_record();
  void end_single(DefinitionText& field);
  void need(Element element, Span at, std::string_view tag);
  DefinitionText& field_of(Element element);

  const Reading& reading_;
  Element current_ = Element::document;
  std::size_t unknown_depth_ = 0;
  bool told_of_text_ = false;
  bool told_of_services_ = false;
  Met in_group_;
  Met in_service_;
  Span group_at_;
  Span tag_at_;  ///< the start tag of the current element
  std::string_view tag_;
  TextBuilder text_;
  std::string value_format_;
};

void AvahiReader::start(std::string_view tag, const std::vector<XmlAttribute>& attributes,
                        Span at) {
  told_of_text_ = false;
  const Known* known = nullptr;
  for (const Known& row : known_elements) {
    if (row.tag == tag && row.parent == current_) known = &row;
  }
  if (unknown_depth_ > 0 || known == nullptr) {
    if (unknown_depth_++ == 0) {
      problem(ProblemCode::unknown_element, at, concat({"<", quote(tag), ">"}));
    }
    return;
  }
  if (known->element == Element::service && refuse_service(at)) return;
  check_order(known->element, at);
  current_ = known->element;
  tag_ = known->tag;
  tag_at_ = at;
  value_format_ = "text";
  if (current_ == Element::service_group) group_at_ = at;
  if (current_ == Element::service) {
    in_group_.add(current_);
    in_service_ = Met();
    definition().services.emplace_back();
    service().at = reading_.source.place(at.offset);
    service().length = at.length;
  }
  take_attributes(attributes, known->attribute);
}

bool AvahiReader::refuse_service(Span at) {
  if (definition().services.size() < max_definition_services) return false;
  if (!std::exchange(told_of_services_, true)) {
    problem(ProblemCode::too_large, at,
            "more than " + std::to_string(max_definition_services) + " services");
  }
  unknown_depth_ = 1;
  return true;
}

void AvahiReader::check_order(Element element, Span at) {
  const Met& met = element >= Element::type ? in_service_ : in_group_;
  if (element != Element::service && met.last() > element && !met.has(element)) {
    problem(ProblemCode::element_order, at, "the DTD wants it earlier");
  }
}

void AvahiReader::take_attributes(const std::vector<XmlAttribute>& attributes,
                                  std::string_view allowed) {
  for (const XmlAttribute& attribute : attributes) {
    if (!allowed.empty() && attribute.name == allowed) {
      take_attribute(attribute);
    } else {
      problem(ProblemCode::unknown_element, attribute.name_at,
              concat({"attribute ", quote(attribute.name), " of <", quote(tag_), ">"}));
    }
  }
}

void AvahiReader::take_attribute(const XmlAttribute& attribute) {
  bool good = true;
  const auto is_any_of = [&](auto... values) { return ((attribute.value == values) || ...); };
  if (current_ == Element::name) {
    good = is_any_of("yes", "no");
    definition().replace_wildcards = attribute.value == "yes";
  } else if (current_ == Element::service) {
    good = is_any_of("any", "ipv4", "ipv6");
    TextBuilder value;
    if (reading_.source.text().substr(attribute.value_at.offset, attribute.value_at.length) ==
        attribute.value) {
      value.copy(attribute.value, attribute.value_at.offset);
    } else {
      value.decoded(attribute.value, attribute.value_at.offset, attribute.value_at.length);
    }
    service().protocol = value.finish(reading_.source, attribute.value_at.offset);
  } else {
    good = is_any_of("text", "binary-hex", "binary-base64");
    value_format_ = attribute.value;
  }
  if (!good) {
    problem(ProblemCode::bad_value, attribute.value_at,
            concat({quote(attribute.name), " \"", quote(attribute.value), "\""}));
  }
}

void AvahiReader::end() {
  told_of_text_ = false;
  if (unknown_depth_ > 0) {
    --unknown_depth_;
    return;
  }
  if (current_ == Element::service_group) {
    need(Element::name, group_at_, "<name>");
    need(Element::service, group_at_, "<service>");
    current_ = Element::document;
  } else if (current_ == Element::service) {
    const Span start{service().at.offset, service().length};
    need(Element::type, start, "<type>");
    need(Element::port, start, "<port>");
    current_ = Element::service_group;
  } else if (holds_text(current_)) {
    end_text();
    met().add(current_);
    current_ = current_ == Element::name ? Element::service_group : Element::service;
  }
}

void AvahiReader::need(Element element, Span at, std::string_view tag) {
  const Met& met = element >= Element::type ? in_service_ : in_group_;
  if (!met.has(element)) problem(ProblemCode::missing, at, std::string(tag));
}

DefinitionText& AvahiReader::field_of(Element element) {
  switch (element) {
    case Element::name:
      return definition().instance;
    case Element::type:
      return service().type;
    case Element::domain_name:
      return service().domain;
    case Element::host_name:
      return service().host;
    default:
      return service().port;
  }
}

void AvahiReader::end_text() {
  if (current_ == Element::txt_record) {
    end_txt_record();
  } else if (current_ == Element::subtype) {
    end_single(service().subtypes.emplace_back());
  } else if (met().has(current_)) {
    problem(ProblemCode::duplicate, tag_at_, concat({"<", tag_, ">"}));
    text_ = TextBuilder();
  } else {
    end_single(field_of(current_));
  }
}

void AvahiReader::end_single(DefinitionText& field) {
  field = text_.finish(reading_.source, tag_at_.offset + tag_at_.length);
  if (field.value.empty() && current_ != Element::subtype) {
    field.present = false;
    const bool optional = current_ == Element::domain_name || current_ == Element::host_name;
    problem(optional ? ProblemCode::ignored_text : ProblemCode::missing, tag_at_,
            concat({"empty <", tag_, ">"}));
    return;
  }
  const bool wildcard = current_ == Element::name && field.value.find("%h") != std::string::npos;
  if (wildcard && !definition().replace_wildcards) {
    reading_.problem(ProblemCode::wildcard_as_it_is, field, "in <name>");
  }
  constexpr std::string_view white_space = " \t\r\n";
  if (field.value.find_first_not_of(white_space) != 0 ||
      field.value.find_last_not_of(white_space) + 1 != field.value.size()) {
    reading_.problem(ProblemCode::outer_whitespace, field, concat({"in <", tag_, ">"}));
  }
}

void AvahiReader::end_txt_record() {
  if (text_.value().empty()) {
    problem(ProblemCode::empty_txt_record, tag_at_, {});
    text_ = TextBuilder();
    return;
  }
  if (value_format_ == "binary-hex" || value_format_ == "binary-base64") {
    const std::size_t equals = text_.value().find('=');
    std::optional<std::string> octets;
    if (equals != std::string::npos) {
      const auto encoded = std::string_view(text_.value()).substr(equals + 1);
      octets = value_format_ == "binary-hex" ? decode_hex(encoded) : decode_base64(encoded);
    }
    if (!octets) {
      const DefinitionText text = text_.finish(reading_.source, tag_at_.offset);
      reading_.problem(ProblemCode::bad_value, text, "not " + value_format_ + " after a \"=\"");
      return;
    }
    text_.decode_tail(equals + 1, *octets);
  }
  end_single(service().txt.emplace_back());
}

void AvahiReader::characters(std::string_view octets, Span at) {
  if (unknown_depth_ > 0) return;
  if (holds_text(current_)) {
    const bool same = reading_.source.text().substr(at.offset, octets.size()) == octets;
    if (same) {
      text_.copy(octets, at.offset);
    } else {
      text_.decoded(octets, at.offset, at.length);
    }
  } else if (!told_of_text_ && octets.find_first_not_of(" \t\r\n") != octets.npos) {
    told_of_text_ = true;
    problem(ProblemCode::ignored_text, at, "text outside the elements that hold text");
  }
}

void AvahiReader::skipped_entity(std::string_view name, Span at) {
  if (unknown_depth_ > 0) return;
  problem(ProblemCode::bad_value, at, "entity " + quote(name) + " is not in this file");
}

}  // namespace

/// systemd's units have the same name, ".service": those begin with a section or a comment.
bool is_avahi_service(std::string_view path, std::string_view text) {
  const std::string_view first = first_text(text);
  if (path.ends_with(".service")) {
    return first.empty() || std::string_view("[#;").find(first.front()) == first.npos;
  }
  return first.starts_with('<') && first.substr(0, 4096).find("<service-group") != first.npos;
}

void read_avahi_service(const Reading& reading) {
  AvahiReader reader(reading);
  const std::string_view text = reading.source.text();
  const XmlFailure failure = parse_xml(text, max_definition_size, reader);
  if (failure.reason == nullptr) return;
  if (failure.too_large) {
    reading.problem(ProblemCode::too_large, failure.offset, 0, "entities expand to too much");
  } else if (text.starts_with('[') || text.starts_with('#') || text.starts_with(';')) {
    reading.problem(ProblemCode::syntax, failure.offset, 0,
                    "not XML: is this a systemd unit? Avahi's .service files are XML");
  } else {
    reading.problem(ProblemCode::syntax, failure.offset, 0, failure.reason);
  }
}

}  // namespace srvwarden::definition
