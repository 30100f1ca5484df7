// What `srvwarden --version` says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace srvwarden::tool {

/// The version, the edition of the registry that is compiled in and, where there is one, of the
/// updated one. Says where the former is older than a year; SOURCE_DATE_EPOCH stands in for today.
std::string version_text();

}  // namespace srvwarden::tool
