// is_registered: the registry at compile time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "srvwarden/registry_names.hpp"
#include "srvwarden/service_name.hpp"
#include "srvwarden/service_type.hpp"

namespace srvwarden {

/// Whether IANA registered the type's name for its transport, in the edition that this library was
/// built with: rules RG001 and RG002. A row without a transport counts for both; rows of sctp and
/// dccp count for _udp. RFC 6335 §5.2.
///
/// Costs nothing at run time when evaluated at compile time; to ask at run time, Registry is
/// quicker and knows more.
constexpr bool is_registered(const ServiceType& type) noexcept {
  return detail::is_registered_name(type.name().text(), type.transport() == Transport::udp);
}

/// Whether the name is registered for any transport.
constexpr bool is_registered(const ServiceName& name) noexcept {
  return detail::registered_transports(name.text()) != 0;
}

}  // namespace srvwarden
