// A consumer of srvwarden::lint: reads a definition.
// SPDX-License-Identifier: Apache-2.0
#include <srvwarden/definition.hpp>
#include <srvwarden/finding.hpp>

int main() {
  const auto definition =
      srvwarden::read_definition("web.dnssd", "[Service]\nName=Web\nType=_http._tcp\nPort=80\n");
  const bool read = definition.services.size() == 1 && definition.problems.empty();
  return read && srvwarden::name_of(srvwarden::Severity::error) == "error" ? 0 : 1;
}
