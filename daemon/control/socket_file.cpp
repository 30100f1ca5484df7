// SocketFile: one daemon at a time looks, removes and binds, held by a lock on the folder.
// SPDX-License-Identifier: Apache-2.0
#include "control/socket_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "control/peer.hpp"

namespace srvwarden::daemon {

namespace {

constexpr int backlog = 128;
constexpr int lock_attempts = 20;
constexpr useconds_t lock_interval = 10'000;

std::string why(int error) { return std::generic_category().message(error); }

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

int unix_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

/// Held while the descriptor is open. Whoever may read the folder can hold it, too, so after a
/// while we go on without.
int lock(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (int attempt = 0; fd >= 0 && attempt < lock_attempts; ++attempt) {
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) break;
    ::usleep(lock_interval);
  }
  return fd;
}

/// Makes way for a new socket. Empty, or what is in the way.
std::string clear(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    return errno == ENOENT ? "" : "cannot look at it: " + why(errno);
  }
  if (!S_ISSOCK(found.st_mode)) {
    return "something else is there, which is no socket: move it away, or name another path";
  }
  const Descriptor probe(unix_socket());
  const sockaddr_un address = address_of(path);
  const int result =
      ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int error = result == 0 ? 0 : errno;
  if (error == ECONNREFUSED)
    return ::unlink(path.c_str()) == 0 ? "" : "cannot remove the old socket: " + why(errno);
  if (error != 0 && error != EAGAIN) return "cannot tell whether somebody listens: " + why(error);
  const auto peer = error == 0 ? peer_of(probe.get()) : std::nullopt;
  return "another program listens there" +
         (peer ? " (process " + std::to_string(peer->pid) + ')' : std::string()) +
         ": stop it, or name another path";
}

}  // namespace

std::string SocketFile::open(const std::string& path, mode_t mode, std::optional<gid_t> group) {
  if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
    return "the path of a socket has 1 to " + std::to_string(sizeof(sockaddr_un::sun_path) - 1) +
           " octets, not " + std::to_string(path.size());
  }
  const auto folder = std::filesystem::absolute(path).parent_path();
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) {
    return "the folder " + folder.string() + " is not there and cannot be made: " + why(errno);
  }
  const Descriptor held(lock(folder));
  if (std::string trouble = clear(path); !trouble.empty()) return trouble;
  std::string trouble = bind(path);
  if (trouble.empty()) trouble = permit(mode, group);
  if (!trouble.empty()) remove();
  return trouble;
}

std::string SocketFile::bind(const std::string& path) {
  fd_ = unix_socket();
  if (fd_ < 0) return "no socket: " + why(errno);
  const sockaddr_un address = address_of(path);
  // The file gets the mode of the socket that is bound to it. unix(7)
  if (::fchmod(fd_, 0600) != 0 ||
      ::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return "cannot make it: " + why(errno);
  }
  path_ = std::filesystem::absolute(path).string();
  made_ = ::open(path_.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (made_ < 0 || ::listen(fd_, backlog) != 0) return "cannot listen: " + why(errno);
  return {};
}

std::string SocketFile::permit(mode_t mode, std::optional<gid_t> group) {
  if (group && ::lchown(path_.c_str(), static_cast<uid_t>(-1), *group) != 0) {
    return "cannot give it to group " + std::to_string(*group) + ": " + why(errno) +
           "; srvwardend must be root or a member";
  }
  if (::chmod(path_.c_str(), mode) != 0) return "cannot set its mode: " + why(errno);
  return {};
}

int SocketFile::release() noexcept { return std::exchange(fd_, -1); }

void SocketFile::remove() noexcept {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  if (made_ < 0) return;
  struct stat mine {};
  struct stat there {};
  const bool is_mine = ::fstat(made_, &mine) == 0 && ::lstat(path_.c_str(), &there) == 0 &&
                       mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
  if (is_mine) ::unlink(path_.c_str());
  ::close(std::exchange(made_, -1));
}

}  // namespace srvwarden::daemon
