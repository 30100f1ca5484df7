// The port probe: a socket, SO_REUSEADDR and bind, as libavahi-core does it.
// SPDX-License-Identifier: Apache-2.0
#include "publish/port_probe.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace srvwarden::daemon {

std::string why_port_is_busy() {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    return "cannot open a UDP socket: " + std::generic_category().message(errno);
  }
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_port = htons(5353);
  const int failed = bind(fd, reinterpret_cast<const sockaddr*>(&any), sizeof any);
  const int why = errno;
  close(fd);
  if (failed == 0) return "";
  if (why == EADDRINUSE) return "port 5353 is in use by a program that does not share it";
  return "cannot bind UDP port 5353: " + std::generic_category().message(why);
}

}  // namespace srvwarden::daemon
