// What stands before the table in every textual form of IANA's page: above all, the edition's day.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "srvwarden/registry_record.hpp"

namespace srvwarden::registry {

/// The line after "Last Updated", without list markers and spaces; or nothing.
std::optional<std::string_view> find_last_updated(std::span<const std::string_view> lines);

/// A line without "- " and spaces around it.
std::string_view without_list_marker(std::string_view line) noexcept;

/// The heading of the contact table.
inline constexpr std::string_view contact_title = "Contact Information";

/// Files are told apart by the headings of their table, which come within so many bytes.
inline constexpr std::size_t max_page_head = 32'768;

}  // namespace srvwarden::registry
