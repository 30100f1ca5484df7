// The one list of formats.
// SPDX-License-Identifier: Apache-2.0
#include "definition/formats.hpp"

#include <algorithm>
#include <array>

#include "definition/readers.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

/// Files that people write; zones and sources are larger than what a daemon loads.
constexpr std::size_t large = std::size_t{16} << 20;

constexpr std::size_t small = max_definition_size;

constexpr FormatInfo table[] = {
    {DefinitionFormat::avahi_service,
     "avahi",
     is_avahi_service,
     read_avahi_service,
     small,
     TextNeeds::nothing,
     {"<!--"},
     true},
    {DefinitionFormat::systemd_dnssd,
     "dnssd",
     is_systemd_dnssd,
     read_systemd_dnssd,
     small,
     TextNeeds::no_utf16,
     {"#", ";"}},
    {DefinitionFormat::zone, "zone", is_zone, read_zone, large, TextNeeds::nothing, {";"}, true},
    {DefinitionFormat::info_plist,
     "plist",
     is_info_plist,
     read_info_plist,
     small,
     TextNeeds::nothing,
     {"<!--"},
     true},
    {DefinitionFormat::kubernetes,
     "kubernetes",
     is_kubernetes,
     read_kubernetes,
     large,
     TextNeeds::unicode,
     {"#"},
     true},
    {DefinitionFormat::nomad,
     "nomad",
     is_nomad,
     read_nomad,
     small,
     TextNeeds::unicode,
     {"#", "//", "/*"},
     true},
    {DefinitionFormat::consul,
     "consul",
     is_consul,
     read_consul,
     small,
     TextNeeds::unicode,
     {"#", "//", "/*"},
     true},
    {DefinitionFormat::services,
     "services",
     is_services,
     read_services,
     large,
     TextNeeds::no_nul,
     {"#"},
     true},
    {DefinitionFormat::source,
     "source",
     nullptr,
     read_source,
     large,
     TextNeeds::no_nul,
     {"//", "/*"},
     true},
    {DefinitionFormat::list, "list", nullptr, read_list, large, TextNeeds::no_nul, {"#"}},
};

}  // namespace

std::span<const FormatInfo> formats() noexcept { return table; }

const FormatInfo& info_of(DefinitionFormat format) noexcept {
  return *std::ranges::find(table, format, &FormatInfo::format);
}

std::string_view file_name(std::string_view path) noexcept {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view first_text(std::string_view text) noexcept {
  text.remove_prefix(utf8::mark_size(text));
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

}  // namespace srvwarden::definition

namespace srvwarden {

std::string_view name_of(DefinitionFormat format) noexcept {
  return definition::info_of(format).name;
}

std::vector<DefinitionFormat> all_definition_formats() {
  std::vector<DefinitionFormat> all;
  for (const definition::FormatInfo& one : definition::formats()) all.push_back(one.format);
  return all;
}

std::optional<DefinitionFormat> definition_format_named(std::string_view name) noexcept {
  for (const definition::FormatInfo& one : definition::formats()) {
    if (one.name == name) return one.format;
  }
  return {};
}

std::size_t max_size_of(DefinitionFormat format) noexcept {
  return definition::info_of(format).max_size;
}

std::span<const std::string_view> comment_marks(DefinitionFormat format) noexcept {
  const auto& marks = definition::info_of(format).comments;
  return {marks.begin(), marks.size()};
}

bool comments_may_follow(DefinitionFormat format) noexcept {
  return definition::info_of(format).comments_anywhere;
}

std::optional<DefinitionFormat> find_definition_format(std::string_view path,
                                                       std::string_view text) {
  for (const definition::FormatInfo& one : definition::formats()) {
    if (one.recognizes != nullptr && one.recognizes(path, text)) return one.format;
  }
  return {};
}

}  // namespace srvwarden
