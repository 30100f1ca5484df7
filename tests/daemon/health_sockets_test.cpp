// Health checks of kinds tcp and unix: accepted, refused, silent, and nothing left open.
// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cstring>
#include <vector>

#include "health_probing.hpp"
#include "temporary_folder.hpp"

namespace {

using namespace srvwarden::daemon;
using srvwarden::tests::TemporaryFolder;

HealthSettings tcp_to(const std::string& host, std::uint16_t port) {
  HealthSettings settings;
  settings.host = host;
  settings.port = port;
  settings.timeout = milliseconds(1000);
  return settings;
}

HealthSettings unix_to(const std::string& path) {
  HealthSettings settings;
  settings.kind = HealthKind::unix_socket;
  settings.path = path;
  settings.timeout = milliseconds(200);
  return settings;
}

/// A local socket of a type, bound; '@' is an abstract one's NUL.
struct LocalSocket {
  LocalSocket(std::string name, int type, int backlog) : fd(socket(AF_UNIX, type, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t size = name.size();
    if (name.front() == '@') name.front() = '\0';
    std::memcpy(static_cast<char*>(address.sun_path), name.data(), size);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + size);
    BOOST_TEST_REQUIRE(bind(fd, reinterpret_cast<const sockaddr*>(&address), length) == 0);
    if (backlog >= 0) BOOST_TEST_REQUIRE(listen(fd, backlog) == 0);
  }
  LocalSocket(const LocalSocket&) = delete;
  LocalSocket& operator=(const LocalSocket&) = delete;
  ~LocalSocket() { close(fd); }
  int fd;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(health_sockets)

BOOST_AUTO_TEST_CASE(tcp_is_accepted_or_refused) {
  asio::io_context context;
  const tcp::acceptor server(context, {asio::ip::address_v4::loopback(), 0});
  const std::uint16_t open = server.local_endpoint().port();
  BOOST_TEST(ask(context, tcp_to("", open)).healthy);
  BOOST_TEST(ask(context, tcp_to("localhost", open)).healthy);
  BOOST_TEST(ask(context, tcp_to("127.0.0.1", open)).healthy);
  BOOST_TEST(!ask(context, tcp_to("127.0.0.2", open)).healthy);  // it listens on the other
  const std::uint16_t shut = free_port(context);
  const ProbeResult refused = ask(context, tcp_to("", shut));
  BOOST_TEST(!refused.healthy);
  BOOST_TEST(has(refused.words, "127.0.0.1: "));  // both were tried, and are told
  BOOST_TEST(has(refused.words, "::1: "));
}

BOOST_AUTO_TEST_CASE(tcp_finds_who_listens_on_ipv6_alone) {
  asio::io_context context;
  boost::system::error_code error;
  tcp::acceptor server(context, tcp::v6());
  server.set_option(asio::ip::v6_only(true));
  server.bind({asio::ip::address_v6::loopback(), 0}, error);
  if (error) {
    BOOST_TEST_MESSAGE("skipped: no IPv6 here");
    return;
  }
  server.listen();
  const std::uint16_t port = server.local_endpoint().port();
  BOOST_TEST(ask(context, tcp_to("", port)).healthy);
  BOOST_TEST(ask(context, tcp_to("::1", port)).healthy);
  BOOST_TEST(!ask(context, tcp_to("127.0.0.1", port)).healthy);
}

// A full queue of connections lets the next attempt wait.
BOOST_AUTO_TEST_CASE(tcp_that_does_not_answer_is_given_up_in_time) {
  asio::io_context context;
  tcp::acceptor server(context, tcp::v4());
  server.bind({asio::ip::address_v4::loopback(), 0});
  server.listen(0);
  std::vector<tcp::socket> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.emplace_back(context);
    waiting.back().async_connect(server.local_endpoint(), [](boost::system::error_code) {});
  }
  context.run_for(milliseconds(50));
  HealthSettings settings = tcp_to("127.0.0.1", server.local_endpoint().port());
  settings.timeout = milliseconds(150);
  const auto began = std::chrono::steady_clock::now();
  BOOST_TEST(!ask(context, settings).healthy);
  BOOST_TEST((std::chrono::steady_clock::now() - began >= milliseconds(150)));
}

// Within the range of ports that are given out, one attempt in some thousands would.
BOOST_AUTO_TEST_CASE(tcp_never_takes_itself_for_the_server) {
  asio::io_context context;
  const std::uint16_t port = free_port(context);
  for (int i = 0; i < 500; ++i) {
    BOOST_TEST_REQUIRE(!ask(context, tcp_to("127.0.0.1", port)).healthy);
  }
}

BOOST_AUTO_TEST_CASE(unix_sockets_are_accepted_or_refused) {
  asio::io_context context;
  const TemporaryFolder folder;
  const LocalSocket listening(folder / "a", SOCK_STREAM, 5);
  const LocalSocket bound(folder / "b", SOCK_STREAM, -1);
  const LocalSocket datagram(folder / "c", SOCK_DGRAM, -1);
  const LocalSocket abstract('@' + folder.path().string(), SOCK_STREAM, 5);
  BOOST_TEST(ask(context, unix_to(folder / "a")).healthy);
  BOOST_TEST(ask(context, unix_to('@' + folder.path().string())).healthy);
  for (const char* name : {"/b", "/c", "/missing", ""}) {
    BOOST_TEST(!ask(context, unix_to(folder.path().string() + name)).healthy);
  }
  BOOST_TEST(!ask(context, unix_to('@' + folder.path().string() + "x")).healthy);
}

BOOST_AUTO_TEST_CASE(a_unix_server_that_accepts_nobody_is_not_healthy) {
  asio::io_context context;
  const TemporaryFolder folder;
  const LocalSocket server(folder / "a", SOCK_STREAM, 0);
  asio::local::stream_protocol::socket first(context);
  first.connect({folder / "a"});  // fills the queue
  BOOST_TEST(!ask(context, unix_to(folder / "a")).healthy);
  close(accept(server.fd, nullptr, nullptr));
  BOOST_TEST(ask(context, unix_to(folder / "a")).healthy);
}

BOOST_AUTO_TEST_CASE(nothing_stays_open) {
  asio::io_context context;
  const TemporaryFolder folder;
  const LocalSocket local(folder / "a", SOCK_STREAM, 4096);
  const tcp::acceptor server(context, {asio::ip::address_v4::loopback(), 0}, true);
  const std::uint16_t open = server.local_endpoint().port();
  const std::uint16_t shut = free_port(context);
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 125; ++i) {
    ask(context, tcp_to("", shut));
    ask(context, unix_to(folder / "a"));
    ask(context, unix_to(folder / "missing"));
    const auto cancelled = make_probe(context, tcp_to("", open), 0);
    cancelled->start([](const ProbeResult&) { BOOST_ERROR("it was cancelled"); });
    if (i % 2 == 0) context.poll_one();
    cancelled->cancel();
    context.poll();
  }
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_SUITE_END()
