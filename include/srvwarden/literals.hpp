// Literals: names that are checked while your program compiles.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "srvwarden/browse_name.hpp"
#include "srvwarden/host_name.hpp"
#include "srvwarden/instance_name.hpp"
#include "srvwarden/service_instance_name.hpp"
#include "srvwarden/service_name.hpp"
#include "srvwarden/service_subtype.hpp"
#include "srvwarden/service_type.hpp"
#include "srvwarden/srv_record.hpp"
#include "srvwarden/txt_string.hpp"

namespace srvwarden {
namespace detail {

/// A string literal as a template argument.
template <std::size_t Size>
struct LiteralText {
  char bytes[Size]{};

  consteval LiteralText(const char (&text)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) bytes[i] = text[i];
  }
  constexpr std::string_view view() const { return {bytes, Size - 1}; }
};

/// A rule's id as a template argument, which compilers print.
struct RuleId {
  char id[6]{};

  consteval explicit RuleId(std::string_view text) {
    for (std::size_t i = 0; i < text.size() && i < 5; ++i) id[i] = text[i];
  }
};

/// Not constexpr, so that calling it stops compilation. It is never run.
template <RuleId id>
void stop_compilation() {}

/// Stands in the compiler's message: g++ prints the template's argument, clang++ the call's.
template <RuleId id>
constexpr void literal_breaks_rule(const char* rule, std::size_t offset) {
  if (rule != nullptr || offset > 0) stop_compilation<id>();
}

/// The parsed text; a text that breaks a rule does not compile, and the message names the rule.
template <class T, LiteralText text>
consteval T checked() {
  constexpr auto result = T::parse(text.view());
  if constexpr (!result) {
    constexpr Error error = result.error();
    literal_breaks_rule<RuleId(rule_id(error.code))>(rule_id(error.code).data(), error.offset);
  }
  return *result;
}

}  // namespace detail

/// `"_ipp._tcp"_service_type`: a value of its class, or a compile error that names the rule that
/// the text breaks (`srvwarden rules SN002` explains it) and the byte where it does.
inline namespace literals {

template <detail::LiteralText text>
consteval ServiceName operator""_service_name() {
  return detail::checked<ServiceName, text>();
}
template <detail::LiteralText text>
consteval ServiceType operator""_service_type() {
  return detail::checked<ServiceType, text>();
}
template <detail::LiteralText text>
consteval ServiceSubtype operator""_service_subtype() {
  return detail::checked<ServiceSubtype, text>();
}
template <detail::LiteralText text>
consteval BrowseName operator""_browse_name() {
  return detail::checked<BrowseName, text>();
}
template <detail::LiteralText text>
consteval InstanceName operator""_instance_name() {
  return detail::checked<InstanceName, text>();
}
template <detail::LiteralText text>
consteval ServiceInstanceName operator""_service_instance_name() {
  return detail::checked<ServiceInstanceName, text>();
}
template <detail::LiteralText text>
consteval DomainName operator""_domain_name() {
  return detail::checked<DomainName, text>();
}
template <detail::LiteralText text>
consteval HostName operator""_host_name() {
  return detail::checked<HostName, text>();
}
template <detail::LiteralText text>
consteval TxtString operator""_txt() {
  return detail::checked<TxtString, text>();
}
template <detail::LiteralText text>
consteval SrvRecord operator""_srv() {
  return detail::checked<SrvRecord, text>();
}

}  // namespace literals
}  // namespace srvwarden
