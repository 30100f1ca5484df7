// migrate: brings a database to the tables that this version uses, step by step.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "history/database.hpp"

namespace srvwarden::history {

/// In SQLite's header, so that file(1) and we know our files: "srvW".
inline constexpr std::int64_t application_id = 0x73727657;

/// Statements that lead from one version to the next; the first from an empty file to version 1.
std::span<const std::string_view> schema_steps();

/// Runs the steps that are missing, all in one transaction.
///
/// @throws DatabaseFault  where the file is another program's, or has more steps behind it.
void migrate(Database& database, std::span<const std::string_view> steps);

/// The same for a file that is only to be read: it must have all steps behind it.
void expect_current(Database& database, std::span<const std::string_view> steps);

}  // namespace srvwarden::history
