// A consumer of srvwarden::srvwarden: its literals, its compile-time names and its compiled parts.
// SPDX-License-Identifier: Apache-2.0
#include <srvwarden/literals.hpp>
#include <srvwarden/registered.hpp>
#include <srvwarden/registry.hpp>

using namespace srvwarden::literals;

int main() {
  constexpr auto type = "_ipp._tcp"_service_type;
  static_assert(srvwarden::is_registered(type));
  return type.text() == "_ipp._tcp" && srvwarden::Registry::builtin().record_count() > 0 ? 0 : 1;
}
