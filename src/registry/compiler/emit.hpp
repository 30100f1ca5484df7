// C++ text for what the table compiler makes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "registry/image_builder.hpp"

namespace srvwarden::registry {

/// A source file that defines builtin_image: read-only arrays without pointers between them.
std::string emit_image(const ImageStorage& storage);

/// The header srvwarden/registry_names.hpp: every valid service name, sorted, for compile time.
std::string emit_names(const ImageStorage& storage);

}  // namespace srvwarden::registry
