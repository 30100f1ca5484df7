// A consumer of srvwarden::srvwarden: header-only and compiled parts.
// SPDX-License-Identifier: Apache-2.0
#include <srvwarden/service_type.hpp>

int main() {
  constexpr auto type = srvwarden::ServiceType::parse("_ipp._tcp");
  static_assert(type.has_value());
  return type->text() == "_ipp._tcp" ? 0 : 1;
}
