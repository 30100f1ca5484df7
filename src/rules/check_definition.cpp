// check_definition: takes a definition apart and gives each part to its rules.
// SPDX-License-Identifier: Apache-2.0
#include "rules/check_definition.hpp"
#include "core/trim.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "rules/check_declared.hpp"
#include "rules/check_zone.hpp"
#include "rules/checkers.hpp"
#include "rules/declared_rules.hpp"
#include "rules/definition_rules.hpp"
#include "rules/definition_text.hpp"
#include "rules/instance_template.hpp"
#include "rules/service_subjects.hpp"
#include "rules/service_txt.hpp"
#include "rules/subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/domain_name.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/service_type.hpp"

namespace srvwarden {
namespace {

using rules::map_of;
using rules::SourceMap;

/// Subtypes that the later ones are compared with: keeps the time linear for any file.
constexpr std::size_t max_compared = 1000;

/// What the format's loader makes of a port that is no number.
std::string misreading(DefinitionFormat format, std::string_view port) {
  if (format == DefinitionFormat::systemd_dnssd) {
    return "systemd-resolved drops the line and announces port 0";
  }
  if (port.starts_with('+')) port.remove_prefix(1);
  unsigned value = 0;
  for (const char c : port) {
    if (!ascii::is_digit(c) || value > 0xFFFF) break;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > 0xFFFF || port.starts_with('-')) return {};
  return "avahi-daemon reads " + std::to_string(value);
}

std::string_view without_dot(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool is_below(std::string_view name, std::string_view domain) {
  name = without_dot(name);
  domain = without_dot(domain);
  if (domain.empty()) return true;
  if (name.size() <= domain.size() || name[name.size() - domain.size() - 1] != '.') return false;
  return ascii::equal(name.substr(name.size() - domain.size()), domain);
}

/// The text, or what stands for it where it is absent.
std::string_view value_or(const DefinitionText& text, std::string_view otherwise) {
  return text.present ? std::string_view(text.value) : otherwise;
}

class DefinitionCheck {
 public:
  DefinitionCheck(const Definition& definition, const CheckOptions& options)
      : definition_(definition), options_(options), checkers_(options) {}

  Findings run() {
    policy_ = {Context::mdns, options_.advice};
    for (const Problem& problem : definition_.problems) {
      apply(rules::definition_problem_rules(), problem, SourceMap());
      apply(rules::deployment_problem_rules(), problem, SourceMap());
    }
    check_instance();
    for (std::size_t i = 0; i < definition_.services.size(); ++i) check_service(i);
    rules::check_declared(definition_.values, options_, findings_);
    std::ranges::stable_sort(findings_, {}, [](const Finding& f) { return f.at.offset; });
    return std::move(findings_);
  }

 private:
  void check_instance();
  void check_service(std::size_t index);
  void check_subtypes(const ServiceDefinition& service);
  void check_subtype(const DefinitionText& subtype, const ServiceDefinition& service);
  void check_names(const ServiceDefinition& service);
  void check_srv(const ServiceDefinition& service);
  void check_port(const ServiceDefinition& service);
  void check_txt(const ServiceDefinition& service);
  void check_value(Checker& checker, Kind kind, std::string_view value, const SourceMap& map,
                   std::size_t known_from = std::string_view::npos);

  template <class Subject>
  void apply(rules::Table<Subject> rows, const Subject& subject, const SourceMap& map) {
    rules::run(rows, subject, policy_, map, findings_);
  }

  /// Reports a whole text by a row whose own check judges announcements.
  void report(std::string_view id, const DefinitionText& text, rules::Note note = {}) {
    rules::Report(*find_rule(id), policy_, SourceMap(), findings_)({text.at.offset, text.length},
                                                                   std::move(note));
  }

  /// The service's port, if it is one.
  static std::optional<std::uint16_t> port_of(const ServiceDefinition& service) {
    std::uint16_t port = 0;
    if (!service.port.present || !read_uint16(trimmed(service.port.value), port)) return {};
    return port;
  }

  const Definition& definition_;
  const CheckOptions& options_;
  rules::Policy policy_;
  rules::Checkers checkers_;
  Findings findings_;
};

/// Checks a value and moves the findings to the file. Those that start at `known_from` or behind
/// are left out: another value has them.
void DefinitionCheck::check_value(Checker& checker, Kind kind, std::string_view value,
                                  const SourceMap& map, std::size_t known_from) {
  for (const Finding& found : checker.check(kind, value)) {
    if (found.at.offset >= known_from && known_from < value.size()) continue;
    Finding& finding = findings_.emplace_back(found);
    finding.at = map(finding.at);
    for (Span& span : finding.more) span = map(span);
  }
}

void DefinitionCheck::check_instance() {
  const DefinitionText& text = definition_.instance;
  if (!text.present) return;
  const Context context = options_.context == Context::automatic ? Context::mdns : options_.context;
  Checker& checker = checkers_.in(context);
  if (!definition_.replace_wildcards) {
    return check_value(checker, Kind::instance, text.value, map_of(text));
  }
  const rules::ExpandedInstance expanded = rules::expand_instance(definition_);
  const std::size_t before = findings_.size();
  check_value(checker, Kind::instance, expanded.name, SourceMap(std::span(expanded.offsets)));
  for (std::size_t i = before; i < findings_.size(); ++i) findings_[i].suggestion.clear();
  apply(rules::instance_template_rules(), expanded.subject, map_of(text));
}

void DefinitionCheck::check_service(std::size_t index) {
  const std::span all(definition_.services);
  const ServiceDefinition& service = all[index];
  policy_.context = options_.context;
  if (policy_.context == Context::automatic) {
    const auto domain = Labels::parse(value_or(service.domain, "local"));
    policy_.context = !domain || is_multicast_domain(*domain, 0) ? Context::mdns : Context::unicast;
  }
  check_names(service);
  check_subtypes(service);
  check_srv(service);
  check_port(service);
  check_txt(service);
  if (service.type.present) {
    apply(rules::service_among_others_rules(), {service, all.first(index)}, map_of(service.type));
  }
}

void DefinitionCheck::check_names(const ServiceDefinition& service) {
  Checker& checker = checkers_.in(policy_.context);
  if (service.type.present) {
    check_value(checker, Kind::service_type, service.type.value, map_of(service.type));
  }
  if (service.domain.present) {
    // Whatever the domain is, the definition's records go out by multicast.
    Checker& multicast =
        checkers_.in(options_.context == Context::automatic ? Context::mdns : options_.context);
    check_value(multicast, Kind::domain, service.domain.value, map_of(service.domain));
  }
  if (!service.host.present || service.host.value == ".") return;
  const std::string_view target = service.host.value;
  Checker& of_host =
      checkers_.in(options_.context);  // a target in another domain is judged as that domain's
  check_value(of_host, Kind::host_name, target, map_of(service.host));
  if (!is_below(target, value_or(service.domain, "local"))) report("SR013", service.host);
}

void DefinitionCheck::check_subtypes(const ServiceDefinition& service) {
  const bool avahi = definition_.format == DefinitionFormat::avahi_service;
  std::vector<std::string_view> earlier;
  for (const DefinitionText& subtype : service.subtypes) {
    check_subtype(subtype, service);
    std::string_view identifier = subtype.value;
    const std::string_view type = rules::type_of_subtype(identifier);
    if (avahi && !type.empty()) identifier.remove_suffix(type.size() + 6);
    apply(rules::repeated_subtype_rules(), {identifier, earlier}, map_of(subtype));
    if (earlier.size() < max_compared) earlier.push_back(identifier);
  }
}

void DefinitionCheck::check_subtype(const DefinitionText& subtype,
                                    const ServiceDefinition& service) {
  Checker& checker = checkers_.in(policy_.context, false);  // the service's type was looked up
  const SourceMap map = map_of(subtype);
  const std::string_view value = subtype.value;
  const std::string_view type = value_or(service.type, "_x._tcp");
  if (definition_.format == DefinitionFormat::avahi_service) {
    const std::string_view tail = rules::type_of_subtype(value);
    const bool known = !tail.empty() && ascii::equal(tail, type);
    check_value(checker, Kind::subtype, value, map,
                known ? value.size() - tail.size() : value.npos);
    if (service.type.present) apply(rules::subtype_of_type_rules(), {value, type}, map);
    return;
  }
  const std::string rest = "._sub." + std::string(type);
  const std::size_t before = findings_.size();
  const std::string whole = subtype.value + rest;
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i <= whole.size(); ++i) {
    offsets.push_back(map({std::min(i, value.size()), 0}).offset);
  }
  check_value(checker, Kind::subtype, whole, SourceMap(std::span(offsets)), value.size());
  for (std::size_t i = before; i < findings_.size(); ++i) {
    std::string& suggestion = findings_[i].suggestion;
    const bool ends = suggestion.ends_with(rest);
    suggestion.resize(ends ? suggestion.size() - rest.size() : 0);
  }
}

void DefinitionCheck::check_srv(const ServiceDefinition& service) {
  rules::SrvParts parts;
  parts.add(0, service.priority, "0", service.at.offset);
  parts.add(1, service.weight, "0", service.at.offset);
  parts.add(2, service.port, "1", service.at.offset);
  parts.add(3, service.host, "h.local.", service.at.offset);
  const std::size_t before = findings_.size();
  apply(rules::srv_rules(), parts.srv(), SourceMap(std::span(parts.offsets)));
  for (std::size_t i = before; i < findings_.size(); ++i) {
    Finding& finding = findings_[i];
    if (!finding.suggestion.empty()) finding.suggestion = "0";
    if (finding.rule->id == "SR007" && finding.detail.empty()) {
      finding.detail = misreading(definition_.format, trimmed(service.port.value));
    }
  }
}

void DefinitionCheck::check_port(const ServiceDefinition& service) {
  const auto port = port_of(service);
  if (!port) return;
  const std::size_t size = service.port.value.size();
  const auto type = ServiceType::parse(service.type.value);
  // Nobody connects to what only tells of the device, so its port says nothing.
  const bool is_note = type && type->name().text() == "device-info";
  if (*port == 0 && !is_note) report("SR006", service.port);
  if (options_.registry == nullptr || !type) return;
  apply(rules::registry_port_rules(),
        {type->name().text(), type->transport() == Transport::udp, *port, size, *options_.registry},
        map_of(service.port));
}

void DefinitionCheck::check_txt(const ServiceDefinition& service) {
  const std::span<const DefinitionText> strings(service.txt);
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= service.further_txt_records.size(); ++i) {
    const std::size_t end =
        i < service.further_txt_records.size() ? service.further_txt_records[i] : strings.size();
    const rules::ServiceTxt txt{strings.subspan(begin, end - begin), service.type.value,
                                port_of(service), value_or(service.host, ""), service.at.offset};
    rules::check_service_txt(txt, options_.registry, policy_, findings_);
    begin = end;
  }
  if (service.further_txt_records.empty()) return;
  if (ascii::equal(service.type.value, "_printer._tcp")) return;  // one for each queue
  report("TX024", service.txt[service.further_txt_records.front()],
         {.detail = std::to_string(service.further_txt_records.size() + 1),
          .help = "Merge them: each TxtText= and TxtData= makes a record of its own."});
}

}  // namespace

Findings check_definition(const Definition& definition, const CheckOptions& options) {
  // Whoever misspells more names than this in one file knows what is wrong by then.
  constexpr std::size_t max_near_names = 500;
  CheckOptions bounded = options;
  bounded.max_near_names = std::min(options.max_near_names, max_near_names);
  if (definition.format == DefinitionFormat::zone) return check_zone(definition, bounded);
  return DefinitionCheck(definition, bounded).run();
}

}  // namespace srvwarden
