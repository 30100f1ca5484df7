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
  /// Whether parse would give a type: quicker, for who needs to know no more.
  static constexpr bool is_valid(std::string_view text) noexcept;

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

/// Reads the service pair inside a longer name: labels[service] and labels[service + 1]. LabelList
/// gives operator[] (decoded octets, not empty) and offset(label, octet).
///
/// Errors as for ServiceType::parse, without ST004; offsets are those of the labels' text.
template <class LabelList>
constexpr Result<ServiceType> parse_service_pair(const LabelList& labels,
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

namespace detail {

/// Two labels without escapes, as views of their text.
class PlainPair {
 public:
  /// Returns whether text is such a pair, with or without a trailing dot, short enough for a name.
  constexpr bool split(std::string_view text) noexcept {
    if (text.size() > 250) return false;
    if (text.ends_with('.')) text.remove_suffix(1);
    text_ = text;
    dot_ = text.size();
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\\' || (text[at] == '.' && dot_ < text.size())) return false;
      if (text[at] == '.') dot_ = at;
    }
    return dot_ > 0 && dot_ + 1 < text.size();
  }

  constexpr std::string_view operator[](std::size_t label) const noexcept {
    return label == 0 ? text_.substr(0, dot_) : text_.substr(dot_ + 1);
  }
  constexpr std::size_t offset(std::size_t label, std::size_t octet = 0) const noexcept {
    return (label == 0 ? 0 : dot_ + 1) + octet;
  }

 private:
  std::string_view text_;
  std::size_t dot_ = 0;
};

}  // namespace detail

/// The ways to read a service type that ServiceType::parse chooses from.
class ServiceTypeReader {
 public:
  /// The general way, for any text.
  static constexpr Result<ServiceType> read_any(std::string_view text) noexcept {
    if (detail::PlainPair pair; pair.split(text)) return parse_service_pair(pair, 0);
    const auto labels = Labels::parse(text);
    if (!labels) return labels.error();
    if (labels->count() != 2) return Error{Errc::service_type_label_count, 0};
    return parse_service_pair(*labels, 0);
  }

  /// The same at run time: the common spelling sixteen bytes at once, the rest the general way.
  static Result<ServiceType> read(std::string_view text) noexcept;
  static bool is_valid(std::string_view text) noexcept;

 private:
  static void read_into(std::string_view text, Result<ServiceType>& out) noexcept;
};

constexpr Result<ServiceType> ServiceType::parse(std::string_view text) noexcept {
  // g++ 12 and clang++ 14 lack `if consteval`; <type_traits> would cost more than this name.
  return __builtin_is_constant_evaluated() ? ServiceTypeReader::read_any(text)
                                           : ServiceTypeReader::read(text);
}

constexpr bool ServiceType::is_valid(std::string_view text) noexcept {
  return __builtin_is_constant_evaluated() ? ServiceTypeReader::read_any(text).has_value()
                                           : ServiceTypeReader::is_valid(text);
}

}  // namespace srvwarden
