// The kind "unix": connects, and closes at once.
// SPDX-License-Identifier: Apache-2.0
#include "health/unix_probe.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "report/terminal.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::size_t longest_path = sizeof(sockaddr_un::sun_path) - 1;
constexpr std::chrono::milliseconds retry_interval{20};

/// Connects at once or not at all. Returns an errno.
///
/// Boost.Asio would take EAGAIN, which here means that the queue of the server is full, for a
/// connection under way, and then for success.
int try_to_connect(const std::string& path) {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return errno;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(static_cast<char*>(address.sun_path), path.data(), path.size());
  const bool abstract = path.front() == '@';
  if (abstract) address.sun_path[0] = '\0';
  const std::size_t size = offsetof(sockaddr_un, sun_path) + path.size() + (abstract ? 0 : 1);
  const int result =
      connect(fd, reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(size));
  const int error = result == 0 ? 0 : errno;
  close(fd);
  return error;
}

class UnixProbe final : public Probe {
 public:
  UnixProbe(boost::asio::io_context& context, const HealthSettings& settings)
      : Probe(context, settings.timeout), path_(settings.path), retry_(context) {}

 private:
  void begin() override;
  void end() override { retry_.cancel(); }
  std::string waiting_for() const override {
    return report::shown(path_) + ": the queue of connections is full, and none is accepted";
  }

  std::string path_;
  boost::asio::steady_timer retry_;
};

void UnixProbe::begin() {
  const int error = try_to_connect(path_);
  if (error == 0) return finish(true, report::shown(path_) + " accepts connections");
  if (error != EAGAIN) {
    std::string words = report::shown(path_) + ": " + std::generic_category().message(error);
    if (error == EPROTOTYPE) words += "; it is no stream socket";
    return finish(false, std::move(words));
  }
  retry_.expires_after(retry_interval);
  retry_.async_wait([me = self<UnixProbe>()](boost::system::error_code failure) {
    if (!failure && !me->finished()) me->begin();
  });
}

}  // namespace

std::optional<HealthFault> unix_fault(const HealthSettings& settings) {
  const std::string& path = settings.path;
  if (path.empty() || (path.front() != '/' && path.front() != '@')) {
    return HealthFault{"path", "must start with '/', or with '@' for an abstract socket"};
  }
  if (path.size() > longest_path) {
    return HealthFault{"path", "must have at most " + std::to_string(longest_path) +
                                   " bytes, since sockets have no longer ones"};
  }
  if (path.size() == 1) return HealthFault{"path", "must name a socket"};
  if (path.find('\0') != path.npos) return HealthFault{"path", "must have no NUL"};
  return std::nullopt;
}

std::shared_ptr<Probe> make_unix_probe(boost::asio::io_context& context,
                                       const HealthSettings& settings) {
  return std::make_shared<UnixProbe>(context, settings);
}

}  // namespace srvwarden::daemon
