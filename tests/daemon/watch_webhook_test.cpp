// Tests of the webhook against servers on the loopback.
// SPDX-License-Identifier: Apache-2.0
#include "watch/webhook.hpp"

#include <boost/test/unit_test.hpp>

#include "health_probing.hpp"

using namespace srvwarden::daemon;
using namespace std::chrono_literals;

namespace {

const WebhookTimes quick{.connect = 1s, .whole = 1s, .pauses = {1ms, 1ms}};

std::string answer(int status) {
  return "HTTP/1.1 " + std::to_string(status) +
         " x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

struct Bench {
  asio::io_context context;
  std::size_t warnings = 0;
  Log log{[this](const LogEntry& entry) { warnings += entry.event == "webhook" ? 1 : 0; }};

  std::string url(std::uint16_t port) const {
    return "http://127.0.0.1:" + std::to_string(port) + "/hook";
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(watch_webhook)

BOOST_AUTO_TEST_CASE(posts_json) {
  Bench bench;
  Server server(bench.context, answer(204), Server::Then::close);
  Webhook webhook(bench.context, bench.log, bench.url(server.port()), quick);
  webhook.post("{\"a\":1}");
  BOOST_TEST(turn_until(bench.context, [&] { return webhook.counts().delivered == 1; }));
  const std::string& got = server.received();
  BOOST_TEST(got.starts_with("POST /hook HTTP/1.1\r\n"));
  BOOST_TEST(has(got, "Content-Type: application/json\r\n"));
  BOOST_TEST(got.ends_with("\r\n\r\n{\"a\":1}"));
  BOOST_TEST(bench.warnings == 0U);
}

BOOST_AUTO_TEST_CASE(tries_again_only_where_it_helps) {
  struct Row {
    int status;
    std::size_t tries;
  };
  for (const Row row : {Row{500, 3}, Row{503, 3}, Row{429, 3}, Row{408, 3}, Row{400, 1},
                        Row{404, 1}, Row{301, 1}}) {
    BOOST_TEST_CONTEXT(row.status) {
      Bench bench;
      Server server(bench.context, answer(row.status), Server::Then::close);
      Webhook webhook(bench.context, bench.log, bench.url(server.port()), quick);
      webhook.post("{}");
      BOOST_TEST(turn_until(bench.context, [&] { return bench.warnings == 1; }));
      BOOST_TEST(webhook.counts().failed == 1U);
      BOOST_TEST(webhook.counts().delivered == 0U);
      BOOST_TEST(server.connections() == row.tries);
    }
  }
}

BOOST_AUTO_TEST_CASE(gives_up_where_nobody_listens) {
  Bench bench;
  Webhook webhook(bench.context, bench.log, bench.url(free_port(bench.context)), quick);
  webhook.post("{}");
  BOOST_TEST(turn_until(bench.context, [&] { return bench.warnings == 1; }));
  BOOST_TEST(webhook.counts().failed == 1U);
}

BOOST_AUTO_TEST_CASE(a_server_that_is_silent_delays_no_end) {
  Bench bench;
  Server server(bench.context, "", Server::Then::keep);
  WebhookTimes patient = quick;
  patient.whole = 1h;
  Webhook webhook(bench.context, bench.log, bench.url(server.port()), patient);
  for (std::size_t i = 0; i < Webhook::most_waiting + 3; ++i) webhook.post("{}");
  BOOST_TEST(turn_until(bench.context, [&] { return server.connections() == 1; }));
  BOOST_TEST(webhook.counts().dropped >= 2U);
  BOOST_TEST(webhook.counts().dropped <= 3U);
  const auto begin = std::chrono::steady_clock::now();
  webhook.stop();
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s));
  BOOST_TEST(webhook.counts().delivered == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
