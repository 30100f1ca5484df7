// Subtypes ("_printer._sub._http._tcp"): a label that narrows browsing of a service type.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "srvwarden/service_type.hpp"

namespace srvwarden {

/// The fixed label between a subtype's identifier and its service type. RFC 6763 §7.1.
inline constexpr std::string_view subtype_marker = "_sub";

/// A valid subtype: one label of 1 to 63 octets, any octets, and a service type. RFC 6763 §7.1.
class ServiceSubtype {
 public:
  static constexpr std::size_t max_size = 63;  ///< octets of the identifier

  /// "x" of "_x._tcp", so that a Result can hold one. Use parse.
  constexpr ServiceSubtype() noexcept : identifier_{'x'} {}

  /// Reads "identifier._sub._name._tcp" in presentation form; one trailing dot is tolerated.
  ///
  /// @return  the subtype, or the first violation: ES001-ES003, NM002, NM003, SB002, SB001, then
  ///          those of the service type (ST001-ST003, ST005, SN001-SN006).
  static constexpr Result<ServiceSubtype> parse(std::string_view text) noexcept {
    const auto labels = Labels::parse(text);
    if (!labels) return labels.error();
    if (labels->count() != 4 || !ascii::equal((*labels)[1], subtype_marker)) {
      return Error{Errc::subtype_structure, 0};
    }
    const auto type = parse_service_pair(*labels, 2);
    return from_labels(*labels, 0, type);
  }

  /// The identifier at label `index`, joined with a type that was read from the same labels.
  static constexpr Result<ServiceSubtype> from_labels(const Labels& labels, std::size_t index,
                                                      const Result<ServiceType>& type) noexcept {
    const std::string_view identifier = labels[index];
    if (identifier.size() > max_size) {
      return Error{Errc::subtype_too_long, labels.offset(index, max_size)};
    }
    if (!type) return type.error();
    ServiceSubtype subtype;
    subtype.type_ = *type;
    subtype.size_ = static_cast<std::uint8_t>(identifier.size());
    for (std::size_t i = 0; i < identifier.size(); ++i) subtype.identifier_[i] = identifier[i];
    return subtype;
  }

  /// The identifier's octets ("_printer"), as given.
  constexpr std::string_view identifier() const noexcept {
    return {identifier_.data(), std::size_t{size_}};
  }
  constexpr const ServiceType& type() const noexcept { return type_; }

  /// "_printer._sub._http._tcp" in presentation form.
  std::string text() const {
    std::string out = to_presentation(identifier());
    return out.append(".").append(subtype_marker).append(".").append(type_.text());
  }

  friend constexpr bool operator==(const ServiceSubtype& a, const ServiceSubtype& b) noexcept {
    return a.type_ == b.type_ && ascii::equal(a.identifier(), b.identifier());
  }

 private:
  std::array<char, max_size> identifier_{};
  std::uint8_t size_ = 1;
  ServiceType type_;
};

}  // namespace srvwarden
