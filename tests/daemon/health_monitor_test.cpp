// The health monitor: what it tells as services come, go and flap, and how much it does at once.
// SPDX-License-Identifier: Apache-2.0
#include "health/health_monitor.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

#include "health_probing.hpp"

namespace {

using namespace srvwarden::daemon;

HealthSettings quick(unsigned failures = 2, unsigned successes = 1) {
  HealthSettings settings;
  settings.host = "127.0.0.1";
  settings.interval = milliseconds(100);
  settings.timeout = milliseconds(2000);
  settings.failures = failures;
  settings.successes = successes;
  return settings;
}

struct House {
  asio::io_context context;
  std::vector<HealthChange> changes;
  HealthMonitor monitor{context, [this](const HealthChange& change) { changes.push_back(change); }};

  bool wait_for(std::size_t count) {
    return turn_until(context, [&] { return changes.size() >= count; });
  }
};

/// Holds each connection for some time, and counts those that are open.
class SlowServer {
 public:
  SlowServer(asio::io_context& context, milliseconds hold)
      : acceptor_(context, {asio::ip::address_v4::loopback(), 0}), hold_(hold) {
    accept();
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  std::size_t most() const { return most_; }
  std::size_t answered() const { return answered_; }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error) return;
      most_ = std::max(most_, ++open_);
      auto client = std::make_shared<tcp::socket>(std::move(socket));
      auto timer = std::make_shared<asio::steady_timer>(client->get_executor(), hold_);
      timer->async_wait([this, client, timer](boost::system::error_code) {
        --open_;  // before the client can see it
        ++answered_;
        boost::system::error_code ignored;
        asio::write(*client, asio::buffer(std::string("HTTP/1.1 200 x\r\n\r\n")), ignored);
      });
      accept();
    });
  }

  tcp::acceptor acceptor_;
  milliseconds hold_;
  std::size_t open_ = 0;
  std::size_t most_ = 0;
  std::size_t answered_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(health_monitor)

BOOST_AUTO_TEST_CASE(tells_first_success_failures_in_a_row_and_recovery) {
  House house;
  auto server = std::make_unique<tcp::acceptor>(house.context,
                                                tcp::endpoint{asio::ip::address_v4::loopback(), 0});
  const auto at = server->local_endpoint();
  BOOST_TEST(house.monitor.may_announce("a"));  // nothing is watched
  BOOST_TEST(house.monitor.last("a") == "");
  house.monitor.watch("a", quick(), at.port());
  BOOST_TEST(!house.monitor.may_announce("a"));
  BOOST_TEST(house.monitor.last("a") != "");
  BOOST_TEST_REQUIRE(house.wait_for(1));
  BOOST_TEST(house.changes[0].key == "a");
  BOOST_TEST(house.changes[0].healthy);
  BOOST_TEST(house.monitor.may_announce("a"));
  server.reset();
  BOOST_TEST_REQUIRE(house.wait_for(2));
  BOOST_TEST(!house.changes[1].healthy);
  BOOST_TEST(!house.monitor.may_announce("a"));
  BOOST_TEST(house.monitor.last("a") != house.changes[0].words);
  server = std::make_unique<tcp::acceptor>(house.context, at);
  BOOST_TEST_REQUIRE(house.wait_for(3));
  BOOST_TEST(house.changes[2].healthy);
  house.monitor.forget("a");
  BOOST_TEST(house.monitor.may_announce("a"));
  house.context.restart();
  BOOST_TEST(house.context.run_for(milliseconds(300)) < 20);  // only what was cancelled
  BOOST_TEST(house.changes.size() == 3);
}

BOOST_AUTO_TEST_CASE(a_service_that_never_was_well_is_told_once) {
  House house;
  house.monitor.watch("a", quick(2), free_port(house.context));
  BOOST_TEST_REQUIRE(house.wait_for(1));
  BOOST_TEST(!house.changes[0].healthy);
  turn_until(house.context, [end = std::chrono::steady_clock::now() + milliseconds(400)] {
    return std::chrono::steady_clock::now() > end;
  });
  BOOST_TEST(house.changes.size() == 1);
}

BOOST_AUTO_TEST_CASE(faulty_settings_are_failures_and_crash_nothing) {
  House house;
  std::map<std::string, HealthSettings> faulty;
  faulty["host"] = quick(1);
  faulty["host"].host = "example.com";
  faulty["path"] = quick(1);
  faulty["path"].kind = HealthKind::unix_socket;
  faulty["command"] = quick(1);
  faulty["command"].kind = HealthKind::exec;
  for (const auto time : {milliseconds::min(), milliseconds(0), milliseconds::max()}) {
    auto& settings = faulty["interval " + std::to_string(time.count())] = quick(1);
    settings.interval = time;
  }
  for (const auto& [key, settings] : faulty) house.monitor.watch(key, settings, 80);
  BOOST_TEST(house.changes.empty());
  BOOST_TEST_REQUIRE(house.wait_for(faulty.size()));
  for (const HealthChange& change : house.changes) {
    BOOST_TEST(!change.healthy);
    BOOST_TEST(has(change.words, change.key.substr(0, change.key.find(' '))));
  }
}

BOOST_AUTO_TEST_CASE(flapping_is_damped_and_says_until_when) {
  House house;
  auto server = std::make_unique<tcp::acceptor>(house.context,
                                                tcp::endpoint{asio::ip::address_v4::loopback(), 0});
  const auto at = server->local_endpoint();
  house.monitor.watch("a", quick(1), at.port());
  for (std::size_t count = 1; count <= 5; ++count) {
    BOOST_TEST_REQUIRE(house.wait_for(count));
    if (count % 2 == 1) {
      server.reset();
    } else {
      server = std::make_unique<tcp::acceptor>(house.context, at);
    }
  }
  BOOST_TEST(house.changes[2].healthy);
  BOOST_TEST(!house.changes[3].damped_until.has_value());
  BOOST_TEST(!house.changes[4].healthy);  // well again, and held
  BOOST_TEST_REQUIRE(house.changes[4].damped_until.has_value());
  const auto left = *house.changes[4].damped_until - std::chrono::system_clock::now();
  BOOST_TEST((left > std::chrono::seconds(100) && left <= std::chrono::seconds(120)));
  BOOST_TEST(!house.monitor.may_announce("a"));
}

BOOST_AUTO_TEST_CASE(new_settings_keep_what_is_known_and_the_same_change_nothing) {
  House house;
  const tcp::acceptor server(house.context, {asio::ip::address_v4::loopback(), 0});
  const std::uint16_t port = server.local_endpoint().port();
  house.monitor.watch("a", quick(), port);
  BOOST_TEST_REQUIRE(house.wait_for(1));
  const std::string words = house.monitor.last("a");
  house.monitor.watch("a", quick(), port);
  house.monitor.watch("a", quick(1), free_port(house.context));
  BOOST_TEST(house.monitor.may_announce("a"));
  BOOST_TEST(house.monitor.last("a") == words);
  BOOST_TEST_REQUIRE(house.wait_for(2));
  BOOST_TEST(!house.changes[1].healthy);
}

BOOST_AUTO_TEST_CASE(only_so_many_at_once_and_each_alone) {
  House house;
  SlowServer server(house.context, milliseconds(150));
  HealthSettings settings = quick();
  settings.kind = HealthKind::http;
  constexpr std::size_t services = 3 * HealthMonitor::most_at_once;
  for (std::size_t i = 0; i < services; ++i) {
    house.monitor.watch("service " + std::to_string(i), settings, server.port());
  }
  BOOST_TEST(house.wait_for(services));
  BOOST_TEST(turn_until(house.context, [&] { return server.answered() > 2 * services; }));
  BOOST_TEST(server.most() == HealthMonitor::most_at_once);
  BOOST_TEST(house.changes.size() == services);
  house.monitor.stop();

  House alone;
  SlowServer slower(alone.context, milliseconds(150));  // longer than the interval
  alone.monitor.watch("a", settings, slower.port());
  BOOST_TEST(turn_until(alone.context, [&] { return slower.answered() >= 3; }));
  BOOST_TEST(slower.most() == 1);
}

BOOST_AUTO_TEST_CASE(checks_of_many_services_spread) {
  House house;
  Server server(house.context, "HTTP/1.1 200 x\r\n\r\n", Server::Then::close);
  HealthSettings settings = quick();
  settings.kind = HealthKind::http;
  settings.interval = milliseconds(2000);
  std::vector<std::chrono::steady_clock::time_point> first;
  HealthMonitor monitor(house.context, [&](const HealthChange&) {
    first.push_back(std::chrono::steady_clock::now());
  });
  for (int i = 0; i < 100; ++i) monitor.watch(std::to_string(i), settings, server.port());
  BOOST_TEST_REQUIRE(turn_until(house.context, [&] { return first.size() == 100; }));
  BOOST_TEST((first.back() - first.front() > milliseconds(500)));
}

BOOST_AUTO_TEST_CASE(whoever_is_told_may_forget_watch_or_stop) {
  asio::io_context context;
  const tcp::acceptor server(context, {asio::ip::address_v4::loopback(), 0});
  const std::uint16_t port = server.local_endpoint().port();
  std::unique_ptr<HealthMonitor> monitor;
  int told = 0;
  monitor = std::make_unique<HealthMonitor>(context, [&](const HealthChange& change) {
    ++told;
    monitor->forget(change.key);
    if (told == 2) monitor->watch("again", quick(), port);
    if (told == 4) monitor->stop();
    if (told == 5) monitor.reset();
  });
  for (const char* key : {"a", "b", "c"}) monitor->watch(key, quick(), port);
  BOOST_TEST(turn_until(context, [&] { return told == 4; }));
  monitor->watch("last", quick(), port);
  BOOST_TEST(turn_until(context, [&] { return told == 5; }));
  BOOST_TEST(!monitor);
  context.restart();
  context.run_for(milliseconds(200));
  BOOST_TEST(told == 5);
}

BOOST_AUTO_TEST_CASE(stopping_or_going_away_leaves_nothing_open) {
  asio::io_context context;
  SlowServer server(context, milliseconds(50));
  context.poll();
  const std::size_t before = open_descriptors();
  HealthSettings settings = quick();
  settings.kind = HealthKind::exec;
  settings.command = {"/bin/sleep", "1000"};
  {
    HealthMonitor monitor(context, [](const HealthChange&) { BOOST_ERROR("told"); });
    for (int i = 0; i < 50; ++i) monitor.watch(std::to_string(i), settings, 0);
    context.run_for(milliseconds(150));
    BOOST_TEST(open_descriptors() > before);
  }
  BOOST_TEST(turn_until(context, [&] { return open_descriptors() == before; }));
}

BOOST_AUTO_TEST_SUITE_END()
