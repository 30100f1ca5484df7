// The underscored names as C++.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "registry/compiler/emit.hpp"

namespace srvwarden::registry {

std::string emit_underscored(std::span<const UnderscoredName> names) {
  std::string out =
      "// Underscored names that are no service names. Made by registry_compiler from\n"
      "// data/underscored-names.tsv.\n"
      "// SPDX-License-Identifier: Apache-2.0\n"
      "#include \"srvwarden/underscored_names.hpp\"\n\n"
      "namespace srvwarden {\n\nstatic constexpr UnderscoredName names[] = {\n";
  for (const UnderscoredName& one : names) {
    out += "    {";
    for (const std::string_view text : {one.name, one.types, one.references}) {
      out.append("R\"=(").append(text).append(")=\", ");
    }
    out += "},\n";
  }
  return out +
         "};\n\nstd::span<const UnderscoredName> underscored_names() noexcept { return names; }\n"
         "\n}  // namespace srvwarden\n";
}

}  // namespace srvwarden::registry
