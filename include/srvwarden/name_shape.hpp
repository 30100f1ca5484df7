// NameShape: which labels of a name are instance, subtype, service type and domain.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/error.hpp"

namespace srvwarden {

/// What a name as a whole is. RFC 6763 §4.1, §7.1, §9 and §11.
enum class NameRole : std::uint8_t {
  none,         ///< no service pair in it
  browse,       ///< <Service>.<Domain>
  instance,     ///< <Instance>.<Service>.<Domain>
  subtype,      ///< <sub>._sub.<Service>.<Domain>
  enumeration,  ///< <label>._dns-sd._udp.<Domain>: meta-query or domain enumeration
  split,        ///< several labels before the service: an unescaped dot, or a label too many
};

/// The roles of a name's labels, by index.
struct NameShape {
  NameRole role = NameRole::none;
  std::size_t service = 0;  ///< label of the service name; the transport is the next one
  std::size_t domain = 0;   ///< first label of the domain; the label count if there is none
};

namespace detail {

constexpr bool is_transport(std::string_view label) noexcept {
  return ascii::equal(label, "_tcp") || ascii::equal(label, "_udp");
}
constexpr bool is_bare_transport(std::string_view label) noexcept {
  return ascii::equal(label, "tcp") || ascii::equal(label, "udp");
}

/// Whether labels i and i + 1 look like a service pair with a fault in it (ST002, ST003).
template <class LabelList>
constexpr bool looks_like_pair(const LabelList& labels, std::size_t i) noexcept {
  return i + 1 < labels.count() && labels[i].starts_with('_') &&
         (labels[i + 1].starts_with('_') || is_bare_transport(labels[i + 1]));
}

/// The index of the service label, or npos.
template <class LabelList>
constexpr std::size_t find_service(const LabelList& labels, bool browsing) noexcept {
  for (std::size_t i = 1; i < labels.count(); ++i) {
    if (is_transport(labels[i])) return i - 1;
  }
  if (labels.count() > 1 && ascii::equal(labels[1], "_sub") && looks_like_pair(labels, 2)) return 2;
  if (browsing && looks_like_pair(labels, 0)) return 0;
  return looks_like_pair(labels, 1) ? 1 : std::string_view::npos;
}

}  // namespace detail

/// Tells the roles of labels. LabelList gives count() and operator[] (decoded octets).
///
/// @param browsing  the name is meant as a PTR owner, so a faulty pair may stand first.
template <class LabelList>
constexpr NameShape shape_of(const LabelList& labels, bool browsing) noexcept {
  const std::size_t service = detail::find_service(labels, browsing);
  if (service == std::string_view::npos) return {NameRole::none, 0, labels.count()};
  const auto shape = [&](NameRole role) { return NameShape{role, service, service + 2}; };
  const bool dns_sd =
      ascii::equal(labels[service], "_dns-sd") && ascii::equal(labels[service + 1], "_udp");
  if (service == 0) return shape(NameRole::browse);
  if (service == 1) return shape(dns_sd ? NameRole::enumeration : NameRole::instance);
  const bool marked = ascii::equal(labels[service - 1], "_sub");
  return shape(marked && service == 2 ? NameRole::subtype : NameRole::split);
}

}  // namespace srvwarden
