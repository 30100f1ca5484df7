// Inherited socket: which of the descriptors it is, and whether it is of use.
// SPDX-License-Identifier: Apache-2.0
#include "control/inherited_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <system_error>

namespace srvwarden::daemon {

namespace {

constexpr std::string_view wanted = "control";
constexpr std::string_view nameless = "unknown";  // where the environment has no names

/// The names of the descriptors that were passed, as sd_listen_fds_with_names(3) gives them.
class Names {
 public:
  Names() : count_(sd_listen_fds_with_names(1, &names_)) {}
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  ~Names() {
    for (int i = 0; i < count_; ++i) std::free(names_[i]);
    std::free(names_);
  }
  int count() const noexcept { return count_; }  ///< below 0: an errno
  std::string_view operator[](int i) const noexcept { return names_[i]; }
  int place_of_ours() const noexcept {
    for (int i = 0; i < count_; ++i) {
      if (names_[i] == wanted) return i;
    }
    return count_ == 1 && names_[0] == nameless ? 0 : -1;
  }

 private:
  char** names_ = nullptr;
  int count_;
};

std::string path_of(int descriptor) {
  sockaddr_un address{};
  socklen_t size = sizeof address;
  if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "";
  const std::size_t length = size - offsetof(sockaddr_un, sun_path);
  return std::string(address.sun_path, strnlen(address.sun_path, length));
}

InheritedSocket checked(int descriptor) {
  if (sd_is_socket_unix(descriptor, SOCK_STREAM, 1, nullptr, 0) > 0 &&
      fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0) {
    return {descriptor, path_of(descriptor), ""};
  }
  ::close(descriptor);
  return {-1, "",
          "what systemd passed is no listening Unix stream socket: see ListenStream= in "
          "srvwardend.socket"};
}

}  // namespace

InheritedSocket take_inherited_socket() {
  const Names names;
  if (names.count() < 0) {
    return {-1, "",
            "cannot tell what systemd passed: " + std::generic_category().message(-names.count())};
  }
  const int ours = names.place_of_ours();
  std::string others;
  for (int i = 0; i < names.count(); ++i) {
    if (i == ours) continue;
    others.append(others.empty() ? "\"" : ", \"").append(names[i]).append("\"");
    ::close(SD_LISTEN_FDS_START + i);
  }
  if (ours >= 0) return checked(SD_LISTEN_FDS_START + ours);
  if (others.empty()) return {};
  return {-1, "",
          "systemd passed " + others +
              ", and no socket named \"control\": see FileDescriptorName= in srvwardend.socket"};
}

}  // namespace srvwarden::daemon
