// Browse names ("_http._tcp.local."): what PTR queries for services ask.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "srvwarden/domain_name.hpp"
#include "srvwarden/name_shape.hpp"
#include "srvwarden/service_subtype.hpp"

namespace srvwarden {

/// A valid PTR owner of DNS-SD: a type, a subtype, or a name below _dns-sd._udp.
/// RFC 6763 §4, §7.1, §9 and §11.
class BrowseName {
 public:
  constexpr BrowseName() noexcept = default;

  /// Reads presentation form; without a domain the name is relative (DN001 is a warning).
  ///
  /// @return  the name, or the first violation: ES001-ES003, NM003, the structure (ST004, SB002,
  ///          ST005), NM002, SB001, the type (ST001-ST003, SN001-SN006), NM001.
  static constexpr Result<BrowseName> parse(std::string_view text,
                                            Context context = Context::automatic) noexcept {
    const auto labels = Labels::parse(text);
    if (!labels) return labels.error();
    const NameShape shape = shape_of(*labels, true);
    if (const Error error = refusal(*labels, shape); error.code != Errc::none) return error;
    BrowseName name;
    name.role_ = shape.role;
    if (shape.role != NameRole::enumeration) {
      const auto type = parse_service_pair(*labels, shape.service);
      const auto subtype = ServiceSubtype::from_labels(*labels, 0, type);
      if (shape.role == NameRole::subtype && !subtype) return subtype.error();
      if (!type) return type.error();
      name.type_ = *type;
      if (shape.role == NameRole::subtype) name.subtype_ = *subtype;
    }
    const bool multicast = is_multicast(*labels, shape.domain, context);
    const std::size_t first = shape.role == NameRole::enumeration ? 0 : shape.domain;
    const Error error = check_name_size(*labels, first, multicast);
    if (error.code != Errc::none) return error;
    name.name_ = DomainName::from_labels(*labels, 0);
    return name;
  }

  /// browse, subtype or enumeration.
  constexpr NameRole role() const noexcept { return role_; }
  /// The service type; of no meaning for enumeration.
  constexpr const ServiceType& type() const noexcept { return type_; }
  /// The subtype; of no meaning but for role subtype.
  constexpr const ServiceSubtype& subtype() const noexcept { return subtype_; }
  /// The whole name, as given.
  constexpr const DomainName& name() const noexcept { return name_; }
  std::string text() const { return name_.text(); }

 private:
  static constexpr Error refusal(const Labels& labels, const NameShape& shape) noexcept {
    switch (shape.role) {
      case NameRole::none:
        return {Errc::service_type_label_count, 0};
      case NameRole::instance:
      case NameRole::split:
        return {Errc::subtype_structure, 0};
      case NameRole::enumeration:
        return {};
      case NameRole::browse:
      case NameRole::subtype:
        break;
    }
    if (ascii::equal(labels[shape.service], "_dns-sd")) {
      return {Errc::dns_sd_is_no_service_type, labels.offset(shape.service)};
    }
    return {};
  }

  NameRole role_ = NameRole::browse;
  ServiceType type_;
  ServiceSubtype subtype_;
  DomainName name_;
};

}  // namespace srvwarden
