// Health checks of kind http: statuses, half answers, endless ones, and what is no HTTP.
// SPDX-License-Identifier: Apache-2.0
#include "health_probing.hpp"

namespace {

using namespace srvwarden::daemon;

HealthSettings get(const Server& server, const std::string& path = "/health?a=b") {
  HealthSettings settings;
  settings.kind = HealthKind::http;
  settings.host = "127.0.0.1";
  settings.port = server.port();
  settings.path = path;
  settings.timeout = milliseconds(2000);
  return settings;
}

std::string head(unsigned status, const std::string& fields = "") {
  return "HTTP/1.1 " + std::to_string(status) + " x\r\n" + fields + "\r\n";
}

/// Asks a server of its own.
ProbeResult answer_to(const std::string& answer, Server::Then then, int timeout = 2000) {
  asio::io_context context;
  const Server server(context, answer, then);
  HealthSettings settings = get(server);
  settings.timeout = milliseconds(timeout);
  return ask(context, settings);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(health_http)

BOOST_AUTO_TEST_CASE(statuses_from_200_to_299_are_healthy) {
  struct Row {
    unsigned status;
    bool healthy;
  };
  const Row rows[] = {{101, false}, {199, false}, {200, true},  {204, true},  {299, true},
                      {300, false}, {302, false}, {404, false}, {500, false}, {999, false}};
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.status) {
      const ProbeResult result = answer_to(head(row.status), Server::Then::close);
      BOOST_TEST(result.healthy == row.healthy);
      BOOST_TEST(has(result.words, std::to_string(row.status)));
    }
  }
  BOOST_TEST(answer_to(head(100) + head(200), Server::Then::close).healthy);
  BOOST_TEST(!answer_to(head(100) + head(500), Server::Then::close).healthy);
}

BOOST_AUTO_TEST_CASE(the_request_names_path_and_host) {
  asio::io_context context;
  const Server server(context, head(200), Server::Then::keep);
  BOOST_TEST(ask(context, get(server)).healthy);  // and does not wait for an end
  BOOST_TEST(server.received().starts_with("GET /health?a=b HTTP/1.1\r\n"));
  BOOST_TEST(
      has(server.received(), "\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"));
  BOOST_TEST(server.received().ends_with("\r\n\r\n"));
  const Server other(context, head(200), Server::Then::close);
  HealthSettings settings = get(other, "");
  settings.host.clear();
  BOOST_TEST(ask(context, settings).healthy);
  BOOST_TEST(other.received().starts_with("GET / HTTP/1.1\r\nHost: localhost:"));
}

BOOST_AUTO_TEST_CASE(redirects_are_told_and_not_followed) {
  asio::io_context context;
  Server target(context, head(200), Server::Then::close);
  const std::string to = "http://127.0.0.1:" + std::to_string(target.port()) + "/there";
  const Server server(context, head(302, "Location: " + to + "\r\n"), Server::Then::close);
  const ProbeResult result = ask(context, get(server));
  BOOST_TEST(!result.healthy);
  BOOST_TEST(has(result.words, to));
  BOOST_TEST(target.connections() == 0);
  const ProbeResult hostile = answer_to(
      head(301, "Location: \x1b[2J" + std::string(9000, 'x') + "\r\n"), Server::Then::close);
  BOOST_TEST(!has(hostile.words, "\x1b"));
  BOOST_TEST(hostile.words.size() < 500);
}

BOOST_AUTO_TEST_CASE(half_answers_are_failures) {
  BOOST_TEST(!answer_to("", Server::Then::close).healthy);
  const std::string whole = head(200, "A: b\r\n");
  for (std::size_t size = 1; size < whole.size(); ++size) {
    BOOST_TEST_CONTEXT(size) {
      BOOST_TEST(!answer_to(whole.substr(0, size), Server::Then::close).healthy);
    }
  }
}

BOOST_AUTO_TEST_CASE(silence_ends_with_the_time) {
  for (const char* answer : {"", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 100 Continue\r\n\r\n"}) {
    const auto began = std::chrono::steady_clock::now();
    BOOST_TEST(!answer_to(answer, Server::Then::keep, 100).healthy);
    const auto took = std::chrono::steady_clock::now() - began;
    BOOST_TEST((took >= milliseconds(100)));
    BOOST_TEST((took < std::chrono::seconds(5)));
  }
}

BOOST_AUTO_TEST_CASE(what_has_no_end_is_bounded) {
  const std::string field = "A: " + std::string(1000, 'x') + "\r\n";
  BOOST_TEST(
      !answer_to("HTTP/1.1 200 OK\r\n" + std::string(20'000, 'x'), Server::Then::keep).healthy);
  BOOST_TEST(!answer_to(head(100), Server::Then::repeat).healthy);
  std::string fields;
  for (int i = 0; i < 17; ++i) fields += field;
  BOOST_TEST(!answer_to(head(200, fields), Server::Then::close).healthy);
  // The body is not waited for, however large it is.
  BOOST_TEST(answer_to(head(200) + std::string(10'000'000, 'x'), Server::Then::close).healthy);
}

BOOST_AUTO_TEST_CASE(other_protocols_are_told_at_once) {
  const std::string tls("\x15\x03\x01\0\x02\x02\x50", 7);
  for (const std::string& answer : {std::string("SSH-2.0-x\r\n"), std::string("220 x\r\n"), tls,
                                    std::string("\x1b[2J\n"), std::string("HTTP/2.0 200\r\n")}) {
    const auto began = std::chrono::steady_clock::now();
    const ProbeResult result = answer_to(answer, Server::Then::keep, 9000);
    BOOST_TEST(!result.healthy);
    BOOST_TEST((std::chrono::steady_clock::now() - began < std::chrono::seconds(5)));
    BOOST_TEST(!has(result.words, "\x1b"));
  }
}

BOOST_AUTO_TEST_CASE(nothing_stays_open) {
  asio::io_context context;
  Server good(context, head(200), Server::Then::close);
  Server bad(context, "x\r\n", Server::Then::close);
  ask(context, get(good));
  good.forget_clients();
  context.poll();
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 250; ++i) {
    ask(context, get(good));
    ask(context, get(bad));
    good.forget_clients();
    bad.forget_clients();
    context.poll();
  }
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_SUITE_END()
