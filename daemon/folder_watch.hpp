// FolderWatch: tells when the files of some folders may have changed, with inotify(7).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "log.hpp"

namespace srvwarden::daemon {

/// A file counts as changed once its writer closes it, or once it is moved or linked into place. Of
/// changes in quick succession one word comes: when nothing has happened for `quiet`, and at the
/// latest after `patience`. A folder that is not there is looked for every `absent_interval`.
class FolderWatch {
 public:
  static constexpr std::chrono::milliseconds quiet{50};
  static constexpr std::chrono::milliseconds patience{500};
  static constexpr std::chrono::seconds absent_interval{2};

  /// @param on_change  called on the context, never from within start(). The log must outlive it.
  FolderWatch(boost::asio::io_context& context, std::vector<std::string> folders, Log& log,
              std::function<void()> on_change);

  /// Where inotify cannot be had, says so in the log: then only reload orders are heard.
  void start();
  void stop();
  /// Watches these and no others from now on.
  void set_folders(std::vector<std::string> folders);

 private:
  using Clock = std::chrono::steady_clock;

  void watch_all();
  void look_for_absent();
  void read();
  bool matters(const std::string& folder, unsigned mask, const char* name) const;
  void on_events(std::size_t size);
  void tell_soon();

  std::vector<std::string> folders_;
  Log& log_;
  std::function<void()> on_change_;
  boost::asio::posix::stream_descriptor inotify_;
  boost::asio::steady_timer settle_;
  boost::asio::steady_timer absent_;
  std::map<int, std::string> watched_;  // folders by watch descriptor
  Clock::time_point first_change_{};
  bool pending_ = false;
  alignas(8) std::array<char, 16384> buffer_{};
};

}  // namespace srvwarden::daemon
