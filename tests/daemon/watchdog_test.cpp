// Watchdog: what systemd is told, and how often.
// SPDX-License-Identifier: Apache-2.0
#include "watchdog.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

namespace {

using namespace srvwarden::daemon;

/// systemd's end of the notification socket, an abstract one.
class Manager {
 public:
  explicit Manager(const char* period) : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    const std::string name = "srvwarden-watchdog-test-" + std::to_string(::getpid());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name.copy(address.sun_path + 1, name.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    BOOST_TEST_REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    ::setenv("NOTIFY_SOCKET", ("@" + name).c_str(), 1);
    ::setenv("WATCHDOG_USEC", period, 1);
    ::unsetenv("WATCHDOG_PID");
  }
  ~Manager() {
    ::close(fd_);
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
  }

  int count() const {
    int all = 0;
    std::array<char, 64> message{};
    for (ssize_t size = 0; (size = ::recv(fd_, message.data(), message.size(), 0)) >= 0; ++all) {
      BOOST_TEST(std::string(message.data(), static_cast<std::size_t>(size)) == "WATCHDOG=1");
    }
    return all;
  }

 private:
  int fd_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(watchdog)

BOOST_AUTO_TEST_CASE(tells_twice_in_each_period_until_stopped) {
  const Manager manager("20000");
  BOOST_TEST(watchdog_interval().count() == 10000);
  boost::asio::io_context context;
  Watchdog watchdog(context);
  watchdog.start();
  BOOST_TEST(manager.count() == 1);  // at once
  BOOST_TEST(context.run_one() == 1U);
  BOOST_TEST(context.run_one() == 1U);
  BOOST_TEST(manager.count() == 2);
  watchdog.stop();
  context.run();  // comes to its end
  BOOST_TEST(manager.count() == 0);
}

BOOST_AUTO_TEST_CASE(is_silent_where_no_watchdog_is_asked_for) {
  const Manager manager("0");
  ::unsetenv("WATCHDOG_USEC");
  boost::asio::io_context context;
  Watchdog watchdog(context);
  watchdog.start();
  context.run();
  BOOST_TEST(manager.count() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
