// Checker: which rules look at which part of a value, in the catalogue's order of evaluation.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "core/hex.hpp"
#include "rules/subjects.hpp"
#include "srvwarden/check.hpp"
#include "srvwarden/domain_name.hpp"
#include "srvwarden/service_type.hpp"
#include "srvwarden/srv_record.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden {

using namespace rules;

struct Checker::Scratch {
  explicit Scratch(std::size_t max_near_names) : near(max_near_names) {}

  rules::NearNames near;
  Findings findings;
  DecodedName name;
  std::string octets;               // of TXT RDATA
  std::vector<std::size_t> source;  // of each of them, and of the end
};

namespace {

/// How a suggestion for a part of the value is written there.
enum class Writing : std::uint8_t { as_it_is, escaped, none };

/// One value under evaluation. The names in it are decoded one at a time.
class Evaluation {
 public:
  Evaluation(const CheckOptions& options, std::string_view value, Findings& findings,
             DecodedName& name, NearNames& near)
      : options_(options), value_(value), findings_(findings), name_(name), near_(near) {
    policy_.advice = options.advice;
    policy_.context = options.context == Context::unicast ? Context::unicast : Context::mdns;
  }

  void check_name(Kind kind);
  void check_service_name(std::string_view octets, std::string_view transport, const SourceMap& map,
                          Span place, Writing writing);
  void check_instance(std::string_view octets, const SourceMap& map, Span place, Writing writing);
  /// The short way for a valid type: of the rules that are not advice, only the registry's can
  /// still have a say. Returns whether the value was one.
  bool check_plain_type();
  void check_txt_string(std::string_view octets, const SourceMap& map, Writing writing);
  void check_txt_rdata(std::string& octets, std::vector<std::size_t>& source);
  void check_srv();

 private:
  bool decode(std::string_view text, std::size_t base);
  void decide_context(std::size_t domain) {
    policy_.context =
        is_multicast(name_, domain, options_.context) ? Context::mdns : Context::unicast;
  }
  NameShape shape_for(Kind kind) const;
  void check_parts(Kind kind, const NameShape& shape);
  void check_pair(std::size_t service);
  void check_registered(std::string_view octets, std::string_view transport, const SourceMap& map,
                        Span place, Writing writing);
  void check_subtype();
  void check_labels(std::size_t first, std::size_t last);
  void check_domain(std::size_t first, bool has_service, bool is_host);
  void check_host(std::string_view text);

  SourceMap map() const { return SourceMap(name_.source(), base_); }
  SourceMap map(std::size_t label) const { return SourceMap(name_.source(label), base_); }
  Span place(Span in_name) const { return map()(in_name); }

  /// Runs the rows on a part of the value, and makes their suggestions suggestions for the whole.
  template <class Subject>
  bool run(Table<Subject> rows, const Subject& subject, const SourceMap& map, Span place,
           Writing writing) {
    const std::size_t before = findings_.size();
    const bool found = rules::run(rows, subject, policy_, map, findings_);
    for (std::size_t i = before; i < findings_.size(); ++i) splice(findings_[i], place, writing);
    return found;
  }
  void splice(Finding& finding, Span place, Writing writing) const;

  const CheckOptions& options_;
  std::string_view value_;
  Findings& findings_;
  DecodedName& name_;
  NearNames& near_;
  std::size_t base_ = 0;  ///< of the decoded name in the value
  Policy policy_;
};

void Evaluation::splice(Finding& finding, Span place, Writing writing) const {
  if (finding.suggestion.empty()) return;
  if (writing == Writing::none) {
    finding.suggestion.clear();
    return;
  }
  std::string whole(value_.substr(0, place.offset));
  whole += writing == Writing::escaped ? to_presentation(finding.suggestion) : finding.suggestion;
  whole += value_.substr(place.offset + place.length);
  finding.suggestion = std::move(whole);
}

bool Evaluation::decode(std::string_view text, std::size_t base) {
  base_ = base;
  const bool faulty = run(presentation_rules(), PresentationText{text}, SourceMap(base),
                          {base, text.size()}, Writing::as_it_is);
  return name_.decode(text) && !faulty;
}

NameShape Evaluation::shape_for(Kind kind) const {
  const std::size_t count = name_.count();
  if (kind == Kind::service_type && count == 2) return {NameRole::browse, 0, 2};
  const bool marked = count == 4 && ascii::equal(name_[1], "_sub");
  if (kind == Kind::subtype && marked) return {NameRole::subtype, 2, 4};
  if (kind == Kind::browse_name || kind == Kind::full_name) {
    return shape_of(name_, kind == Kind::browse_name);
  }
  return {NameRole::none, 0, 0};
}

void Evaluation::check_name(Kind kind) {
  if (!decode(value_, 0)) return;
  const NameShape shape = shape_for(kind);
  const bool has_domain = kind != Kind::service_type && kind != Kind::subtype;
  if (has_domain) decide_context(shape.role == NameRole::none ? 0 : shape.domain);
  const NameText name{name_, shape, kind};
  run(name_size_rules(), name, map(), place(name_.all()), Writing::none);
  if (run(name_structure_rules(), name, map(), place(name_.all()), Writing::as_it_is)) return;
  run(enumeration_rules(), name, map(), place(name_.all()), Writing::none);
  check_parts(kind, shape);
}

void Evaluation::check_parts(Kind kind, const NameShape& shape) {
  if (kind == Kind::host_name) return check_host(value_);
  if (kind == Kind::domain) {
    check_labels(0, name_.count());
    return check_domain(0, false, false);
  }
  if (shape.role == NameRole::instance) {
    check_instance(name_[0], map(0), place(name_.span(0)), Writing::escaped);
  } else if (shape.role == NameRole::subtype) {
    check_subtype();
  } else if (shape.role == NameRole::enumeration) {
    check_labels(0, shape.domain);
  }
  if (shape.role != NameRole::enumeration) check_pair(shape.service);
  if (kind == Kind::service_type || kind == Kind::subtype) return;
  check_labels(shape.domain, name_.count());
  check_domain(shape.domain, true, false);
}

void Evaluation::check_pair(std::size_t service) {
  run(service_pair_rules(), ServicePairText{name_, service}, map(),
      place(name_.span_of(service, service + 1)), Writing::as_it_is);
  const std::string_view label = name_[service];
  const std::size_t underscore = label.starts_with('_') ? 1 : 0;
  const std::string_view transport = name_[service + 1];
  const SourceMap source(name_.source(service).subspan(underscore), base_);
  check_service_name(
      label.substr(underscore), detail::is_transport(transport) ? transport : std::string_view(),
      source, place(name_.span(service, underscore, label.size() - underscore)), Writing::escaped);
}

void Evaluation::check_service_name(std::string_view octets, std::string_view transport,
                                    const SourceMap& map, Span place, Writing writing) {
  run(service_name_rules(), ServiceNameText{octets}, map, place, writing);
  if (options_.registry == nullptr || octets.empty()) return;
  check_registered(octets, transport, map, place, writing);
}

void Evaluation::check_registered(std::string_view octets, std::string_view transport,
                                  const SourceMap& map, Span place, Writing writing) {
  const Registry& registry = *options_.registry;
  run(registry_name_rules(),
      RegistryName{octets, transport, registry, registry.standing(octets), near_}, map, place,
      writing);
}

bool Evaluation::check_plain_type() {
  if (options_.advice) return false;
  const auto type = ServiceType::parse(value_);
  if (!type) return false;
  const Span name{1, type->name().text().size()};
  const std::string_view transport = label_of(type->transport());
  // Longer: with an escape or a trailing dot.
  if (value_.size() != name.offset + name.length + 1 + transport.size()) return false;
  if (options_.registry == nullptr) return true;
  check_registered(value_.substr(name.offset, name.length), transport, SourceMap(name.offset), name,
                   Writing::as_it_is);
  return true;
}

void Evaluation::check_subtype() {
  run(subtype_rules(), SubtypeText{name_[0]}, map(0), place(name_.span(0)), Writing::escaped);
}

void Evaluation::check_labels(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    run(label_rules(), LabelText{name_[i]}, map(i), place(name_.span(i)), Writing::escaped);
  }
}

void Evaluation::check_domain(std::size_t first, bool has_service, bool is_host) {
  const bool context_given = options_.context != Context::automatic;
  run(domain_rules(), DomainText{name_, first, context_given, has_service, is_host}, map(),
      place(name_.all()), Writing::as_it_is);
}

void Evaluation::check_host(std::string_view text) {
  const HostText host{name_, text};
  const Span whole = place(name_.all());
  // A trailing dot belongs to the name that a suggestion replaces.
  const Span written{whole.offset, whole.length + (name_.absolute() ? 1u : 0u)};
  check_labels(0, name_.count());
  if (run(host_structure_rules(), host, map(), written, Writing::as_it_is)) return;
  run(host_content_rules(), host, map(), written, Writing::as_it_is);
  check_domain(0, false, true);
}

void Evaluation::check_instance(std::string_view octets, const SourceMap& map, Span place,
                                Writing writing) {
  const InstanceText instance{octets};
  run(instance_size_rules(), instance, map, place, writing);
  if (octets.empty() || run(instance_encoding_rules(), instance, map, place, writing)) return;
  run(instance_content_rules(), instance, map, place, writing);
}

void Evaluation::check_txt_string(std::string_view octets, const SourceMap& map, Writing writing) {
  run(txt_string_rules(), TxtStringText{octets}, map, {0, value_.size()}, writing);
}

void Evaluation::check_txt_rdata(std::string& octets, std::vector<std::size_t>& source) {
  const HexText hex{read_hex(value_, octets, source)};
  if (run(value_rules(), hex, SourceMap(), {}, Writing::none)) return;
  const TxtRdata rdata{octets};
  const SourceMap map{source};
  if (run(txt_structure_rules(), rdata, map, {}, Writing::none)) return;
  run(txt_record_rules(), rdata, map, {}, Writing::none);
  TxtStrings strings(octets);
  while (const auto string = strings.next()) {
    const auto at = static_cast<std::size_t>(string->data() - octets.data());
    check_txt_string(*string, SourceMap(std::span<const std::size_t>(source).subspan(at)),
                     Writing::none);
  }
}

void Evaluation::check_srv() {
  const SrvText srv{value_, split_srv(value_)};
  const Span whole{0, value_.size()};
  if (run(srv_structure_rules(), srv, SourceMap(), whole, Writing::as_it_is)) return;
  const std::string_view target = srv.split.fields[3];
  const auto base = static_cast<std::size_t>(target.data() - value_.data());
  const bool is_root = target == ".";
  const bool decoded = decode(target, base);
  if (!is_root && decoded) decide_context(0);
  run(srv_rules(), srv, SourceMap(), whole, Writing::as_it_is);
  if (is_root || !decoded) return;
  const NameText name{name_, {}, Kind::host_name};
  run(name_size_rules(), name, map(), {}, Writing::none);
  check_host(target);
}

}  // namespace

Checker::Checker(const CheckOptions& options)
    : options_(options), scratch_(std::make_unique<Scratch>(options.max_near_names)) {}
Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;
Checker& Checker::operator=(Checker&&) noexcept = default;

const Findings& Checker::check(Kind kind, std::string_view value) {
  Scratch& s = *scratch_;
  s.findings.clear();
  Evaluation evaluation(options_, value, s.findings, s.name, s.near);
  const Span whole{0, value.size()};
  switch (kind) {
    case Kind::service_type:
      if (!evaluation.check_plain_type()) evaluation.check_name(kind);
      break;
    case Kind::service_name:
      evaluation.check_service_name(value, {}, SourceMap(), whole, Writing::as_it_is);
      break;
    case Kind::instance:
      evaluation.check_instance(value, SourceMap(), whole, Writing::as_it_is);
      break;
    case Kind::txt:
      evaluation.check_txt_string(value, SourceMap(), Writing::as_it_is);
      break;
    case Kind::txt_rdata:
      evaluation.check_txt_rdata(s.octets, s.source);
      break;
    case Kind::srv:
      evaluation.check_srv();
      break;
    default:
      evaluation.check_name(kind);
  }
  return s.findings;
}

std::optional<Severity> worst(const Findings& findings) {
  if (findings.empty()) return std::nullopt;
  return std::ranges::max_element(findings, {}, &Finding::severity)->severity;
}

}  // namespace srvwarden
