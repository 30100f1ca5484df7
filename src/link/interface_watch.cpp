// An rtnetlink socket on an io_context.
// SPDX-License-Identifier: Apache-2.0
#include "link/interface_watch.hpp"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace srvwarden::link {

namespace {

constexpr std::chrono::milliseconds calm{100};  // an address comes soon after its interface

}  // namespace

InterfaceWatch::InterfaceWatch(boost::asio::io_context& context)
    : netlink_(context), settled_(context) {}

std::error_code InterfaceWatch::start(std::function<void()> on_change) {
  on_change_ = std::move(on_change);
  const int opened = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  if (opened < 0 ||
      bind(opened, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const std::error_code code(errno, std::generic_category());
    if (opened >= 0) close(opened);
    return code;
  }
  netlink_.assign(opened);
  wait();
  return {};
}

void InterfaceWatch::wait() {
  netlink_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                      [this](const boost::system::error_code& error) {
                        if (!error) drain();
                      });
}

/// What changed is asked of the system later; here it matters only that something did.
void InterfaceWatch::drain() {
  std::array<char, 8192> messages;
  ssize_t size = 0;
  do {
    size = recv(netlink_.native_handle(), messages.data(), messages.size(), 0);
  } while (size > 0 || (size < 0 && (errno == EINTR || errno == ENOBUFS)));
  settled_.expires_after(calm);
  settled_.async_wait([this](const boost::system::error_code& error) {
    if (!error) on_change_();
  });
  wait();
}

}  // namespace srvwarden::link
