// Tests of listening and asking, in a network namespace of the test's own with only a loopback.
// SPDX-License-Identifier: Apache-2.0
#include "link/listener.hpp"

#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "srvwarden/mdns_writer.hpp"

using namespace srvwarden;
using namespace srvwarden::link;

namespace {

bool raise_loopback() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_MULTICAST | IFF_LOOPBACK;
  const bool up = socket >= 0 && ioctl(socket, SIOCSIFFLAGS, &request) == 0;
  if (socket >= 0) close(socket);
  return up;
}

/// Once for the program, which has no other thread: from here on there is no network but ours.
bool enter_namespace() {
  static const bool entered =
      unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) == 0 &&
      raise_loopback();
  return entered;
}

struct Private {
  static bool skipped() {
    if (enter_namespace()) return false;
    BOOST_TEST_MESSAGE("skipped: no network namespace can be made here");
    return true;
  }
};

const std::string http = wire::make_name({"_http", "_tcp", "local"});

}  // namespace

BOOST_AUTO_TEST_SUITE(listener)

BOOST_AUTO_TEST_CASE(hears_what_is_sent_to_the_group) {
  if (Private::skipped()) return;
  boost::asio::io_context context;
  Listener listener(context);
  bool heard_ipv4 = false;
  bool heard_ipv6 = false;
  const LinkError error =
      listener.open({.interfaces = {"lo"}},
                    decoded([&](const wire::Packet& packet, const wire::Message& message) {
                      BOOST_TEST(message.faults.empty());
                      BOOST_TEST_REQUIRE(message.questions.size() == 1u);
                      BOOST_TEST((message.questions[0].name == wire::NameView(http)));
                      BOOST_TEST(packet.interface_name == "lo");
                      BOOST_TEST(packet.ttl.value_or(0) == 255u);
                      BOOST_TEST(packet.source.port == wire::mdns_port);
                      BOOST_TEST(packet.to_group());
                      BOOST_TEST((packet.time > wire::Time()));
                      (packet.source.address.is_ipv4() ? heard_ipv4 : heard_ipv6) = true;
                      if (heard_ipv4 && heard_ipv6) listener.close();
                    }),
                    [](const LinkError& refused) { BOOST_TEST_MESSAGE(refused.words); });
  BOOST_TEST_REQUIRE(!error.code);
  const auto interfaces = listener.interfaces();
  BOOST_TEST_REQUIRE(interfaces.size() == 1u);
  BOOST_TEST(interfaces[0].name == "lo");
  BOOST_TEST(interfaces[0].ipv4);
  const wire::QuerySpec question[] = {{wire::NameView(http)}};
  const std::size_t sent = listener.send(wire::write_query(question, {}).at(0));
  BOOST_TEST(sent >= 1u);
  context.run_for(std::chrono::seconds(5));  // ends as soon as all was heard
  BOOST_TEST(heard_ipv4);
  BOOST_TEST(heard_ipv6 == (sent == 2));
}

BOOST_AUTO_TEST_CASE(leaves_unicast_to_the_responder) {
  if (Private::skipped()) return;
  boost::asio::io_context context;
  Listener first(context);
  Listener second(context);  // the port is shared
  const auto nothing = [](const wire::Packet&) { BOOST_TEST(false); };
  BOOST_TEST(!first.open({.interfaces = {"lo"}}, nothing, nullptr).code);
  BOOST_TEST(!second.open({.interfaces = {"lo"}}, nothing, nullptr).code);
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(wire::mdns_port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sendto(socket, "x", 1, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  close(socket);
  BOOST_TEST(context.poll() == 0u);
}

BOOST_AUTO_TEST_CASE(says_why_it_cannot) {
  if (Private::skipped()) return;
  boost::asio::io_context context;
  Listener listener(context);
  const auto open = [&](const ListenOptions& options) {
    return listener
        .open(
            options, [](const wire::Packet&) {}, nullptr)
        .code;
  };
  BOOST_TEST((open({.interfaces = {"nope0"}}) == std::errc::no_such_device));
  BOOST_TEST((open({}) == std::errc::no_such_device));  // the loopback is taken only by name
  BOOST_TEST(
      (open({.interfaces = {"lo"}, .ipv4 = false, .ipv6 = false}) == std::errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(says_that_the_port_is_taken) {
  if (Private::skipped()) return;
  const int taken = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_port = htons(wire::mdns_port);
  BOOST_TEST_REQUIRE(bind(taken, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0);
  boost::asio::io_context context;
  Listener listener(context);
  const LinkError error = listener.open(
      {.interfaces = {"lo"}, .ipv6 = false}, [](const wire::Packet&) {}, nullptr);
  close(taken);
  BOOST_TEST((error.code == std::errc::address_in_use));
}

BOOST_AUTO_TEST_SUITE_END()
