// Service instance names ("Dr\. Pepper._http._tcp.local."): what owns SRV and TXT records.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "srvwarden/domain_name.hpp"
#include "srvwarden/instance_name.hpp"
#include "srvwarden/name_shape.hpp"
#include "srvwarden/service_type.hpp"

namespace srvwarden {

/// A valid <Instance>.<Service>.<Domain>. RFC 6763 §4.1.
class ServiceInstanceName {
 public:
  /// "x._x._tcp.", so that a Result can hold one. Use parse or the parts.
  constexpr ServiceInstanceName() noexcept = default;
  constexpr ServiceInstanceName(const InstanceName& instance, ServiceType type,
                                const DomainName& domain) noexcept
      : instance_(instance), type_(type), domain_(domain) {}

  /// Reads presentation form; without a domain the name is relative (DN001 is a warning).
  ///
  /// @return  the name, or the first violation: ES001-ES003, NM003, the structure (IN015-IN017,
  ///          IN004, ST004, ST005), NM002, the instance (IN001-IN009), the type (ST001-ST003,
  ///          SN001-SN006), NM001. Offsets count in text.
  static constexpr Result<ServiceInstanceName> parse(
      std::string_view text, Context context = Context::automatic) noexcept {
    const auto labels = Labels::parse(text);
    if (!labels) return labels.error();
    const NameShape shape = shape_of(*labels, false);
    if (const Error error = refusal(*labels, shape); error.code != Errc::none) return error;
    const auto instance = InstanceName::parse((*labels)[0]);
    if (!instance) return Error{instance.error().code, labels->offset(0, instance.error().offset)};
    const auto type = parse_service_pair(*labels, shape.service);
    if (!type) return type.error();
    const bool multicast = is_multicast(*labels, shape.domain, context);
    const Error error = check_name_size(*labels, shape.domain, multicast);
    if (error.code != Errc::none) return error;
    return ServiceInstanceName(*instance, *type, DomainName::from_labels(*labels, shape.domain));
  }

  constexpr const InstanceName& instance() const noexcept { return instance_; }
  constexpr const ServiceType& type() const noexcept { return type_; }
  constexpr const DomainName& domain() const noexcept { return domain_; }

  /// Presentation form, absolute: "Dr\. Pepper._http._tcp.local.".
  std::string text() const;

  friend constexpr bool operator==(const ServiceInstanceName&,
                                   const ServiceInstanceName&) noexcept = default;

 private:
  static constexpr Error refusal(const Labels& labels, const NameShape& shape) noexcept {
    switch (shape.role) {
      case NameRole::none:
      case NameRole::browse:
        return {Errc::not_an_instance_name, 0};
      case NameRole::subtype:
        return {Errc::subtype_as_instance, 0};
      case NameRole::enumeration:

        return {Errc::reserved_name_as_instance, labels.offset(shape.service)};
      case NameRole::split: {
        const bool extra_label = labels[shape.service - 1].starts_with('_');
        return {extra_label ? Errc::service_type_label_count : Errc::instance_unescaped_dot,
                labels.offset(extra_label ? shape.service - 1 : 1) - (extra_label ? 0u : 1u)};
      }
      case NameRole::instance:
        break;
    }
    if (ascii::equal(labels[shape.service], "_dns-sd")) {
      return {Errc::dns_sd_is_no_service_type, labels.offset(shape.service)};
    }
    return {};
  }

  InstanceName instance_;
  ServiceType type_;
  DomainName domain_;
};

}  // namespace srvwarden
