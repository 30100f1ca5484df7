// Service types ("_http._tcp"): a service name and a transport, as two DNS labels.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "srvwarden/labels.hpp"
#include "srvwarden/service_name.hpp"

namespace srvwarden {

/// The second label of a service type: _tcp for TCP, _udp for all else. RFC 6763 §7.
enum class Transport : std::uint8_t { tcp, udp };

/// "_tcp" or "_udp".
constexpr std::string_view label_of(Transport transport) noexcept {
  return transport == Transport::tcp ? "_tcp" : "_udp";
}

/// A valid service type. RFC 6763 §4.1.2 and §7.
class ServiceType {
 public:
  constexpr ServiceType() noexcept = default;
  constexpr ServiceType(ServiceName name, Transport transport) noexcept
      : name_(name), transport_(transport) {}

  /// Reads "_name._tcp" or "_name._udp" in presentation form; one trailing dot is tolerated.
  ///
  /// @param text  need not outlive the call.
  /// @return      the type, or the first violation and its byte offset in text: escapes (ES), label
  ///              count (ST004), underscores and transport (ST001-ST003), the name (SN001-SN006),
  ///              and "_dns-sd" (ST005), which RFC 6763 §9 keeps for itself.
  /// @throws      nothing.
  static constexpr Result<ServiceType> parse(std::string_view text) noexcept;

  constexpr const ServiceName& name() const noexcept { return name_; }
  constexpr Transport transport() const noexcept { return transport_; }

  /// "_http._tcp", in lower case.
  std::string text() const;

  friend constexpr bool operator==(const ServiceType&, const ServiceType&) noexcept = default;
  friend constexpr auto operator<=>(const ServiceType&, const ServiceType&) noexcept = default;

 private:
  friend class ServiceTypeReader;

  ServiceName name_;
  Transport transport_ = Transport::tcp;
};

/// Reads the service pair inside a longer name: labels[service] and labels[service + 1].
///
/// Errors as for ServiceType::parse, without ST004; offsets are those of the labels' text.
constexpr Result<ServiceType> parse_service_pair(const Labels& labels,
                                                 std::size_t service) noexcept {
  const std::string_view name = labels[service];
  const std::string_view transport = labels[service + 1];
  if (ascii::equal(name, "_dns-sd")) {
    return Error{Errc::dns_sd_is_no_service_type, labels.offset(service)};
  }
  if (name.front() != '_') {
    return Error{Errc::service_underscore_missing, labels.offset(service)};
  }
  const bool tcp = ascii::equal(transport, "_tcp");
  if (!tcp && !ascii::equal(transport, "_udp")) {
    const bool bare = ascii::equal(transport, "tcp") || ascii::equal(transport, "udp");
    return Error{bare ? Errc::transport_underscore_missing : Errc::transport_unknown,
                 labels.offset(service + 1)};
  }
  const auto parsed = ServiceName::parse(name.substr(1));
  if (!parsed) {
    return Error{parsed.error().code, labels.offset(service, parsed.error().offset + 1)};
  }
  return ServiceType(*parsed, tcp ? Transport::tcp : Transport::udp);
}

/// The ways to read a service type that ServiceType::parse chooses from.
class ServiceTypeReader {
 public:
  /// The quick way for what is plainly right: "_name._tcp" without escapes. Anything else, right
  /// or wrong, is left to the general way.
  ///
  /// @return  whether text is such a type; then `out` holds it.
  static bool read_plain(std::string_view text, ServiceType& out) noexcept;

  /// The general way, for any text.
  static constexpr Result<ServiceType> read_any(std::string_view text) noexcept {
    const auto labels = Labels::parse(text);
    if (!labels) return labels.error();
    if (labels->count() != 2) return Error{Errc::service_type_label_count, 0};
    return parse_service_pair(*labels, 0);
  }

  /// The quick way, then the general one: at run time.
  static Result<ServiceType> read(std::string_view text) noexcept;
};

constexpr Result<ServiceType> ServiceType::parse(std::string_view text) noexcept {
  // g++ 12 and clang++ 14 lack `if consteval`; <type_traits> would cost more than this name.
  return __builtin_is_constant_evaluated() ? ServiceTypeReader::read_any(text)
                                           : ServiceTypeReader::read(text);
}

}  // namespace srvwarden
