// Listing interfaces with getifaddrs, and choosing among them.
// SPDX-License-Identifier: Apache-2.0
#include "link/interfaces.hpp"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>

namespace srvwarden::link {

namespace {

LinkError refused(std::errc code, std::string words) {
  return {std::make_error_code(code), std::move(words)};
}

const char* why_not(const Interface& interface) {
  if (!interface.is_up) return "is down";
  return interface.can_multicast ? nullptr : "has no multicast";
}

/// An interface is listed once for each address that it has, and once without.
void add(const ifaddrs& entry, std::vector<Interface>& interfaces) {
  auto found = std::ranges::find(interfaces, entry.ifa_name, &Interface::name);
  if (found == interfaces.end()) {
    const std::uint32_t index = if_nametoindex(entry.ifa_name);
    if (index == 0) return;  // gone meanwhile, or an alias
    interfaces.push_back({.name = entry.ifa_name,
                          .index = index,
                          .is_up = (entry.ifa_flags & IFF_UP) != 0,
                          .can_multicast = (entry.ifa_flags & IFF_MULTICAST) != 0,
                          .is_loopback = (entry.ifa_flags & IFF_LOOPBACK) != 0});
    found = std::prev(interfaces.end());
  }
  if (!entry.ifa_addr) return;
  const auto add_address = [&](const auto& octets) {
    found->addresses.emplace_back(
        wire::Bytes(reinterpret_cast<const std::uint8_t*>(&octets), sizeof octets));
  };
  if (entry.ifa_addr->sa_family == AF_INET) {
    found->has_ipv4 = true;
    add_address(reinterpret_cast<const sockaddr_in*>(entry.ifa_addr)->sin_addr);
  }
  if (entry.ifa_addr->sa_family == AF_INET6) {
    found->has_ipv6 = true;
    add_address(reinterpret_cast<const sockaddr_in6*>(entry.ifa_addr)->sin6_addr);
  }
}

}  // namespace

std::optional<std::vector<Interface>> list_interfaces(LinkError& error) {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) {
    const std::error_code code(errno, std::generic_category());
    error = {code, "cannot list the network interfaces: " + code.message()};
    return std::nullopt;
  }
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(list, &freeifaddrs);
  std::vector<Interface> interfaces;
  for (const ifaddrs* at = list; at; at = at->ifa_next) add(*at, interfaces);
  return interfaces;
}

std::optional<std::vector<Interface>> choose_interfaces(std::span<const Interface> all,
                                                        std::span<const std::string> names,
                                                        LinkError& error) {
  std::vector<Interface> chosen;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(all, name, &Interface::name);
    if (found == all.end()) {
      error = refused(std::errc::no_such_device, "no network interface is named " + name);
      return std::nullopt;
    }
    if (const char* const why = why_not(*found)) {
      error = refused(std::errc::network_down, "network interface " + name + " " + why);
      return std::nullopt;
    }
    if (std::ranges::find(chosen, *found) == chosen.end()) chosen.push_back(*found);
  }
  if (!names.empty()) return chosen;
  std::ranges::copy_if(all, std::back_inserter(chosen), [](const Interface& interface) {
    return !interface.is_loopback && !why_not(interface);
  });
  if (!chosen.empty()) return chosen;
  error = refused(std::errc::no_such_device,
                  "no network interface is up and can multicast; name one to choose it");
  return std::nullopt;
}

}  // namespace srvwarden::link
