// C++ text for what the table compiler makes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "registry/image_builder.hpp"

namespace srvwarden::registry {

/// A source file that defines builtin_image: read-only arrays without pointers between them.
std::string emit_image(const ImageStorage& storage);

/// A name for compile time, and the labels that it is registered for.
struct CompiledName {
  std::string_view name;  ///< any case
  bool tcp = false;
  bool udp = false;
};

/// The header srvwarden/registry_names.hpp: every valid service name, sorted, for compile time.
///
/// @param origin  what it is made by and from, for the header's first line.
std::string emit_names(std::span<const CompiledName> names, std::string_view origin);

}  // namespace srvwarden::registry
