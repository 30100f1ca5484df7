// A daemon in memory behind a real control socket, and clients that say what they like.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "control/control_server.hpp"
#include "temporary_folder.hpp"

namespace control_bench {

using namespace srvwarden::daemon;
using Clock = std::chrono::steady_clock;
using nlohmann::json;

using Folder = srvwarden::tests::TemporaryFolder;

constexpr std::chrono::seconds patience{20};  // only where a test fails

inline ServiceStatus service(const std::string& instance, ServiceState state) {
  ServiceStatus status;
  status.announcement.key = "/x/" + instance + " _ipp._tcp";
  status.announcement.instance = status.wanted = instance;
  status.announcement.type = "_ipp._tcp";
  status.announcement.port = 631;
  status.file = "/x/" + instance;
  status.state = state;
  return status;
}

/// Services in a list; withdrawing and announcing are done in it.
class MemoryDaemon final : public Controlled {
 public:
  DaemonStatus status() const override {
    DaemonStatus now = base;
    for (const auto& [client, one] : advertised) now.services.push_back(one);
    return now;
  }
  Answer reload() override { return {true, "reloaded", base.services.size(), ""}; }
  Answer withdraw(const std::string& name) override {
    return set(name, ServiceState::withdrawn, Hold::order);
  }
  Answer announce(const std::string& name) override {
    return set(name, ServiceState::probing, Hold::none);
  }
  Answer advertise(const Advertisement& wanted) override {
    if (wanted.type != "_ipp._tcp") return {false, "not a type", 0, ""};
    ServiceStatus one = service(wanted.instance, ServiceState::probing);
    one.announcement.txt = wanted.txt;
    one.file.clear();
    advertised.emplace(wanted.client, one);
    return {true, "advertised", 1, one.announcement.key};
  }
  void release(std::uint64_t client) override {
    advertised.erase(client);
    ++released;
  }

  DaemonStatus base;
  std::multimap<std::uint64_t, ServiceStatus> advertised;
  int released = 0;

 private:
  Answer set(const std::string& name, ServiceState state, Hold hold) {
    Answer answer{false, "no such service", 0, ""};
    for (ServiceStatus& one : base.services) {
      if (one.announcement.instance != name) continue;
      one.state = state;
      one.hold = hold;
      ++answer.services;
    }
    answer.done = answer.services > 0;
    if (answer.done) answer.words = "done";
    return answer;
  }
};

/// A server on a thread of its own.
class Bench {
 public:
  explicit Bench(ControlOptions options = {}) {
    options.path = path = folder / "control";
    daemon.base.version = "9.9";
    daemon.base.backend = "a responder in memory";
    daemon.base.services = {service("one", ServiceState::verified),
                            service("two", ServiceState::established)};
    server = std::make_unique<ControlServer>(context, daemon, counters, log, options);
    const std::string trouble = server->start();
    BOOST_TEST_REQUIRE(trouble == "");
    thread = std::thread([this] { context.run(); });
  }
  /// Does something on the server's thread, and waits for it.
  template <class Work>
  auto run(Work what) {
    std::packaged_task<decltype(what())()> task(std::move(what));
    auto result = task.get_future();
    boost::asio::post(context, [&task] { task(); });
    return result.get();
  }
  ~Bench() {
    run([this] { server->stop(); });
    work.reset();
    thread.join();
  }

  Folder folder;
  std::string path;
  MemoryDaemon daemon;
  Counters counters;
  std::vector<std::string> logged;
  Log log{[this](const LogEntry& entry) { logged.push_back(entry.message); }};
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
      context.get_executor()};
  std::unique_ptr<ControlServer> server;
  std::thread thread;
};

class Client {
 public:
  explicit Client(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    connected = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  Client(Client&& other) noexcept
      : connected(other.connected), fd_(std::exchange(other.fd_, -1)), input_(other.input_) {}
  Client& operator=(Client&& other) noexcept {
    std::swap(connected, other.connected);
    std::swap(fd_, other.fd_);
    std::swap(input_, other.input_);
    return *this;
  }
  ~Client() { close(); }

  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  void end_input() const { ::shutdown(fd_, SHUT_WR); }
  /// Sends what the kernel takes at once.
  std::size_t push(const std::string& octets) const {
    const ssize_t size = ::send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return size < 0 ? 0 : static_cast<std::size_t>(size);
  }
  /// Sends all of it.
  void send(const std::string& octets) const {
    for (std::size_t sent = 0; sent < octets.size();) {
      const ssize_t size = ::send(fd_, octets.data() + sent, octets.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) return;
      sent += static_cast<std::size_t>(size);
    }
  }
  /// The next line; nothing at the end, or when nothing comes.
  std::optional<json> line(std::chrono::milliseconds within = patience) {
    const auto octets = text(within);
    return octets ? std::optional(json::parse(*octets)) : std::nullopt;
  }
  /// The same as it came.
  std::optional<std::string> text(std::chrono::milliseconds within = patience) {
    const auto until = Clock::now() + within;
    std::size_t feed = input_.find('\n');
    for (; feed == input_.npos; feed = input_.find('\n')) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
      pollfd one{fd_, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&one, 1, static_cast<int>(left.count())) <= 0) return {};
      std::array<char, 65536> buffer{};
      const ssize_t size = ::recv(fd_, buffer.data(), buffer.size(), 0);
      if (size <= 0) {
        at_end = true;
        return {};
      }
      input_.append(buffer.data(), static_cast<std::size_t>(size));
    }
    std::string octets = input_.substr(0, feed);
    input_.erase(0, feed + 1);
    return octets;
  }
  json ask(const json& request) {
    send(request.dump() + '\n');
    const auto answer = line();
    BOOST_TEST_REQUIRE(answer.has_value());
    return *answer;
  }

  bool connected = false;
  bool at_end = false;

 private:
  int fd_;
  std::string input_;
};

}  // namespace control_bench
