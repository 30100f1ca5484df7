// ControlClient: a Unix socket, read and written with an eye on the clock.
// SPDX-License-Identifier: Apache-2.0
#include "tool/control_client.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "link/control.hpp"
#include "report/terminal.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t max_answer = std::size_t{256} << 20;  // octets; no status comes near it
constexpr const char* variable = "SRVWARDEN_CONTROL";

std::string why(int error) { return std::generic_category().message(error); }

/// Waits for an event. False where the time is over.
bool wait_for(int fd, short event, Clock::time_point until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd one{fd, event, 0};
    const int result = ::poll(&one, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (result > 0) return true;
    if (result == 0 || errno != EINTR) return false;
  }
}

}  // namespace

ControlClient::~ControlClient() { close(); }

void ControlClient::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

std::optional<NoDaemon> ControlClient::connect(const std::string& path) {
  close();
  input_.clear();
  trouble_.clear();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    trouble_ = "the path of a socket has at most " + std::to_string(sizeof address.sun_path - 1) +
               " octets";
    return NoDaemon::broken;
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd_ >= 0 &&
      ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return std::nullopt;
  }
  const int error = errno;
  close();
  trouble_ = error == EAGAIN ? "it is busy: too many are waiting to connect" : why(error);
  if (error == ENOENT || error == ECONNREFUSED || error == ENOTDIR) return NoDaemon::absent;
  return error == EACCES || error == EPERM ? NoDaemon::forbidden : NoDaemon::broken;
}

bool ControlClient::send(const std::string& line) {
  const auto until = Clock::now() + answers_within;
  for (std::size_t sent = 0; sent < line.size();) {
    const ssize_t size = ::send(fd_, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
    if (size >= 0) {
      sent += static_cast<std::size_t>(size);
    } else if (errno == EAGAIN && wait_for(fd_, POLLOUT, until)) {
      continue;
    } else if (errno == EPIPE || errno == ECONNRESET) {
      return true;  // it has said why, perhaps: reading tells
    } else {
      trouble_ = "srvwardend does not take the request: " + why(errno);
      return false;
    }
  }
  return true;
}

/// Reads some octets. False where none came.
bool ControlClient::fill(Clock::time_point until) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t size = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (size > 0) {
      input_.append(buffer.data(), static_cast<std::size_t>(size));
      if (input_.size() <= max_answer) return true;
      trouble_ = "srvwardend's answer is larger than " + std::to_string(max_answer >> 20) + " MiB";
      return false;
    }
    if (size == 0) {
      trouble_ = "srvwardend has ended the connection";
      return false;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) {
      trouble_ = "srvwardend cannot be read: " + why(errno);
      return false;
    }
    if (!wait_for(fd_, POLLIN, until)) return false;
  }
}

std::optional<nlohmann::json> ControlClient::next(std::chrono::milliseconds within) {
  trouble_.clear();
  const auto until = Clock::now() + within;
  std::size_t searched = 0;
  std::size_t feed = input_.find('\n');
  while (feed == input_.npos) {
    searched = input_.size();
    if (!fill(until)) return std::nullopt;
    feed = input_.find('\n', searched);
  }
  auto value = nlohmann::json::parse(
      input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(feed), nullptr, false);
  input_.erase(0, feed + 1);
  if (!value.is_object()) {
    trouble_ = "what answers there is not srvwardend";
    return std::nullopt;
  }
  return value;
}

std::optional<nlohmann::json> ControlClient::ask(nlohmann::json request) {
  const int id = ++last_id_;
  request["id"] = id;
  const std::string line =
      request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  if (line.size() - 1 > link::max_control_request) {
    trouble_ =
        "the request is larger than " + std::to_string(link::max_control_request) + " octets";
    return std::nullopt;
  }
  if (!send(line)) return std::nullopt;
  const auto until = Clock::now() + answers_within;
  for (;;) {
    auto answer = next(std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()));
    if (!answer) {
      if (trouble_.empty()) {
        trouble_ =
            "srvwardend did not answer within " + std::to_string(answers_within.count()) + " s";
      }
      return std::nullopt;
    }
    const bool is_ours = answer->value("id", nlohmann::json()) == id && answer->contains("ok");
    const bool is_farewell = !answer->value("ok", true) && (*answer)["id"].is_null();
    if (is_ours || is_farewell) return answer;
  }
}

std::shared_ptr<SocketChoice> SocketChoice::add_to(CLI::App& command) {
  auto choice = std::make_shared<SocketChoice>();
  choice->path_ = link::default_control_path;
  command.add_option("--socket", choice->path_, "The control socket of srvwardend")
      ->type_name("FILE")
      ->envname(variable)
      ->check(not_empty)
      ->capture_default_str();
  return choice;
}

std::string SocketChoice::words_for(NoDaemon why_not, const std::string& trouble) const {
  const std::string path = report::shown(path_);
  switch (why_not) {
    case NoDaemon::absent:
      return "no srvwardend answers on " + path + ": " + trouble +
             "; start it (`systemctl start srvwardend`, or `srvwardend FOLDER`), or name its "
             "socket with --socket or $" +
             variable;
    case NoDaemon::forbidden:
      return "cannot connect to " + path + ": " + trouble + "; uid " + std::to_string(geteuid()) +
             " must be let in by the mode of the socket and of the folders above it: see the "
             "socket's mode and group in srvwardend(8), or ask as root";
    case NoDaemon::broken:
      break;
  }
  return "cannot connect to " + path + ": " + trouble;
}

}  // namespace srvwarden::tool
