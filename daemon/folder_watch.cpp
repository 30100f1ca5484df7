// FolderWatch: events of inotify become one word.
// SPDX-License-Identifier: Apache-2.0
#include "folder_watch.hpp"

#include <sys/inotify.h>
#include <sys/stat.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace srvwarden::daemon {

namespace {

constexpr unsigned events = IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |
                            IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

}  // namespace

FolderWatch::FolderWatch(boost::asio::io_context& context, std::vector<std::string> folders,
                         Log& log, std::function<void()> on_change)
    : folders_(std::move(folders)),
      log_(log),
      on_change_(std::move(on_change)),
      inotify_(context),
      settle_(context),
      absent_(context) {}

void FolderWatch::start() {
  const int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0) {
    return log_(Level::warning, "unwatched",
                "changes of definitions are not noticed, only reloads: inotify: " +
                    std::generic_category().message(errno));
  }
  inotify_.assign(fd);
  watch_all();
  read();
}

void FolderWatch::stop() {
  boost::system::error_code ignored;
  inotify_.close(ignored);
  settle_.cancel();
  absent_.cancel();
}

void FolderWatch::set_folders(std::vector<std::string> folders) {
  folders_ = std::move(folders);
  if (!inotify_.is_open()) return;
  std::erase_if(watched_, [this](const auto& one) {
    if (std::find(folders_.begin(), folders_.end(), one.second) != folders_.end()) return false;
    inotify_rm_watch(inotify_.native_handle(), one.first);
    return true;
  });
  watch_all();
}

void FolderWatch::watch_all() {
  bool all = true;
  for (const std::string& folder : folders_) {
    const bool known = std::any_of(watched_.begin(), watched_.end(),
                                   [&](const auto& one) { return one.second == folder; });
    if (known) continue;
    const int watch = inotify_add_watch(inotify_.native_handle(), folder.c_str(), events);
    if (watch >= 0) {
      watched_[watch] = folder;
      tell_soon();  // what was made before the watch
    }
    all = all && watch >= 0;
  }
  if (!all) look_for_absent();
}

void FolderWatch::look_for_absent() {
  absent_.expires_after(absent_interval);
  absent_.async_wait([this](boost::system::error_code error) {
    if (!error) watch_all();
  });
}

void FolderWatch::read() {
  inotify_.async_read_some(boost::asio::buffer(buffer_),
                           [this](boost::system::error_code error, std::size_t size) {
                             if (error) return;
                             on_events(size);
                             read();
                           });
}

void FolderWatch::on_events(std::size_t size) {
  bool gone = false;
  bool changed = false;
  for (std::size_t at = 0; at + sizeof(inotify_event) <= size;) {
    inotify_event event{};
    std::memcpy(&event, buffer_.data() + at, sizeof event);
    const char* const name = event.len > 0 ? buffer_.data() + at + sizeof event : "";
    at += sizeof event + event.len;
    if ((event.mask & IN_IGNORED) != 0) {
      gone = watched_.erase(event.wd) > 0 || gone;
      continue;
    }
    if ((event.mask & IN_MOVE_SELF) != 0) inotify_rm_watch(inotify_.native_handle(), event.wd);
    const auto folder = watched_.find(event.wd);
    const bool lost = (event.mask & IN_Q_OVERFLOW) != 0;
    changed =
        changed || lost || (folder != watched_.end() && matters(folder->second, event.mask, name));
  }
  if (gone) watch_all();
  if (changed) tell_soon();
}

/// A file that was only created is still being written: its writer closes it. Links are whole, and
/// a folder may be one of drop-ins.
bool FolderWatch::matters(const std::string& folder, unsigned mask, const char* name) const {
  if ((mask & IN_CREATE) == 0) return true;
  struct stat status {};
  if (::lstat((folder + '/' + name).c_str(), &status) != 0) return true;
  return S_ISLNK(status.st_mode) || S_ISDIR(status.st_mode) || status.st_nlink > 1;
}

void FolderWatch::tell_soon() {
  const auto now = Clock::now();
  if (!std::exchange(pending_, true)) first_change_ = now;
  settle_.expires_at(std::min(now + quiet, first_change_ + patience));
  settle_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    pending_ = false;
    on_change_();
  });
}

}  // namespace srvwarden::daemon
