// InterfaceWatch: says that interfaces or their addresses came, went or changed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <system_error>

namespace srvwarden::link {

/// Listens to the kernel (rtnetlink), which needs no privilege.
class InterfaceWatch {
 public:
  /// The context must outlive the watch.
  explicit InterfaceWatch(boost::asio::io_context& context);

  /// @param on_change  called on the context, a moment after the last of several changes.
  /// @return           why it cannot, if so.
  std::error_code start(std::function<void()> on_change);

 private:
  void wait();
  void drain();

  boost::asio::posix::stream_descriptor netlink_;
  boost::asio::steady_timer settled_;
  std::function<void()> on_change_;
};

}  // namespace srvwarden::link
