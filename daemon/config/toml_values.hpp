// Names for what reads values of TOML: the daemon's files are read as all others are.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/toml_values.hpp"

namespace srvwarden::daemon {

using rules::absolute;
using rules::take_table;
using rules::TomlKey;
using rules::TomlReading;
using rules::TomlValue;

}  // namespace srvwarden::daemon
