// ControlServer: real clients, one daemon in memory.
// SPDX-License-Identifier: Apache-2.0
#include "control/control_server.hpp"

#include <grp.h>
#include <sys/wait.h>

#include <fstream>

#include "daemon/control_bench.hpp"

namespace {

using namespace control_bench;
using std::chrono::milliseconds;

ControlOptions impatient() {
  ControlOptions options;
  options.times = {milliseconds(150), milliseconds(150), milliseconds(1000), milliseconds(100)};
  return options;
}

/// As another user; only root can. True where all of it was so.
template <class Test>
bool as_nobody(Test test) {
  const pid_t child = fork();
  if (child == 0) {
    try {
      const bool other = setgroups(0, nullptr) == 0 && setgid(65534) == 0 && setuid(65534) == 0;
      _exit(other && test() ? 0 : 1);
    } catch (...) {  // the other tests are the parent's
      _exit(1);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

BOOST_AUTO_TEST_CASE(control_answers_each_command) {
  Bench bench;
  Client client(bench.path);
  const json status = client.ask({{"id", 1}, {"command", "status"}});
  BOOST_TEST(status["id"] == 1);
  BOOST_TEST(status["ok"] == true);
  BOOST_TEST(status["status"]["services"].size() == 2U);
  BOOST_TEST(client.ask({{"command", "version"}})["version"] == "9.9");
  BOOST_TEST(client.ask({{"command", "reload"}})["services"] == 2);
  BOOST_TEST(client.ask({{"command", "withdraw"}, {"name", "one"}})["ok"] == true);
  BOOST_TEST(client.ask({{"command", "status"}})["status"]["services"][0]["state"] == "withdrawn");
  BOOST_TEST(client.ask({{"command", "announce"}, {"name", "one"}})["words"] == "done");
  const json unknown = client.ask({{"command", "announce"}, {"name", "three"}});
  BOOST_TEST(unknown["ok"] == false);
  BOOST_TEST(unknown["error"] == "no such service");
  const std::string metrics = client.ask({{"command", "metrics"}})["metrics"];
  BOOST_TEST(metrics.find("srvwardend_services{state=\"established\"} 1\n") != metrics.npos);
  BOOST_TEST(bench.run([&] { return bench.logged.size(); }) == 4U);  // orders, who gave them
}

BOOST_AUTO_TEST_CASE(control_goes_on_after_a_wrong_line) {
  Bench bench;
  Client client(bench.path);
  client.send("nonsense\n\xff\n{\"command\":\"version\"}\n");
  BOOST_TEST((*client.line())["ok"] == false);
  BOOST_TEST((*client.line())["ok"] == false);
  BOOST_TEST((*client.line())["ok"] == true);
}

BOOST_AUTO_TEST_CASE(control_takes_a_last_line_without_its_end) {
  Bench bench;
  Client client(bench.path);
  client.send(R"({"command":"version"})");
  client.end_input();
  BOOST_TEST((*client.line())["ok"] == true);
  BOOST_TEST(!client.line().has_value());
  BOOST_TEST(client.at_end);
}

BOOST_AUTO_TEST_CASE(control_bounds_a_line) {
  Bench bench;
  std::string line = R"({"command":"version"})";
  line.resize(srvwarden::link::max_control_request, ' ');
  Client client(bench.path);
  client.send(line + '\n');
  BOOST_TEST((*client.line())["ok"] == true);
  client.send(line + " \n");
  BOOST_TEST((*client.line())["ok"] == false);
  client.line();
  BOOST_TEST(client.at_end);
}

BOOST_AUTO_TEST_CASE(control_releases_what_a_client_advertised) {
  Bench bench;
  Client client(bench.path);
  const json request = {{"command", "advertise"},
                        {"instance", "mine"},
                        {"type", "_ipp._tcp"},
                        {"port", 1},
                        {"txt_hex", {"ff"}}};
  const json answer = client.ask(request);
  BOOST_TEST(answer["key"] == "/x/mine _ipp._tcp");
  Client other(bench.path);
  json watched = other.ask({{"command", "watch"}, {"key", answer["key"]}});
  BOOST_TEST(watched["status"]["services"][0]["txt_hex"][0] == "ff");
  json wrong = request;
  wrong["type"] = "x";
  BOOST_TEST(client.ask(wrong)["ok"] == false);
  for (std::size_t i = 1; i < ControlDesk::max_advertised; ++i) {
    BOOST_TEST_REQUIRE(client.ask(request)["ok"] == true);
  }
  BOOST_TEST(client.ask(request)["ok"] == false);
  client.close();
  bench.run([&] { return 0; });
  const auto until = Clock::now() + patience;
  while (bench.run([&] { return bench.daemon.released; }) == 0 && Clock::now() < until) {
    std::this_thread::yield();
  }
  BOOST_TEST(bench.daemon.released == 1);
  BOOST_TEST(other.ask({{"command", "status"}})["status"]["services"].size() == 2U);
}

BOOST_AUTO_TEST_CASE(control_tells_watchers_of_changes) {
  Bench bench;
  Client watcher(bench.path);
  BOOST_TEST(watcher.ask({{"id", "w"}, {"command", "watch"}})["status"]["services"].size() == 2U);
  const auto change = [&](ServiceState state) {
    bench.daemon.base.services[0].state = state;
    bench.server->changed();
  };
  bench.run([&] { change(ServiceState::lost); });
  const json event = watcher.line().value();
  BOOST_TEST(event["id"] == "w");
  BOOST_TEST(event["event"] == "status");
  BOOST_TEST(event["status"]["services"][0]["state"] == "lost");
  // A thousand changes at once are one or two events, and the last is the last state.
  const auto begin = Clock::now();
  for (int i = 0; i < 1000; ++i) {
    bench.run([&] { change(i % 2 == 0 ? ServiceState::probing : ServiceState::established); });
  }
  bench.run([&] { change(ServiceState::failed); });
  const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
  std::size_t events = 0;
  for (std::string last; last != "failed"; ++events) {
    const auto line = watcher.line();
    BOOST_TEST_REQUIRE(line.has_value());
    last = (*line)["status"]["services"][0]["state"];
  }
  BOOST_TEST(events <= 2U + static_cast<std::size_t>(took.count()) / 100);
  // A change of nothing is no event.
  bench.run([&] { bench.server->changed(); });
  BOOST_TEST(!watcher.line(milliseconds(300)).has_value());
  BOOST_TEST(!watcher.at_end);
}

BOOST_AUTO_TEST_CASE(control_ends_half_lines_and_idlers) {
  Bench bench(impatient());
  Client half(bench.path);
  Client idle(bench.path);
  Client watcher(bench.path);
  Client advertiser(bench.path);
  half.send("{");
  watcher.ask({{"command", "watch"}});
  advertiser.ask({{"command", "advertise"}, {"instance", "m"}, {"type", "_ipp._tcp"}, {"port", 1}});
  BOOST_TEST((*half.line())["ok"] == false);
  BOOST_TEST(!half.line().has_value());
  BOOST_TEST(half.at_end);
  BOOST_TEST((*idle.line())["ok"] == false);
  BOOST_TEST(!idle.line().has_value());
  BOOST_TEST(idle.at_end);
  BOOST_TEST(watcher.ask({{"command", "version"}})["ok"] == true);
  BOOST_TEST(advertiser.ask({{"command", "version"}})["ok"] == true);
}

BOOST_AUTO_TEST_CASE(control_ends_a_line_that_drips) {
  Bench bench(impatient());
  Client drip(bench.path);
  const auto until = Clock::now() + patience;
  while (!drip.line(milliseconds(20)) && !drip.at_end && Clock::now() < until) drip.push(" ");
  BOOST_TEST((Clock::now() < until));
}

BOOST_AUTO_TEST_CASE(control_drops_who_does_not_read) {
  Bench bench(impatient());
  bench.run([&] {
    for (int i = 0; i < 5000; ++i) {
      bench.daemon.base.services.push_back(service(std::to_string(i), ServiceState::verified));
    }
  });
  Client deaf(bench.path);
  deaf.send("{\"command\":\"status\"}\n");
  Client client(bench.path);
  const auto until = Clock::now() + patience;
  std::string metrics;
  do {
    Client now(bench.path);
    metrics = now.ask({{"command", "metrics"}})["metrics"];
    std::this_thread::yield();
  } while (metrics.find("too_slow_total 1\n") == metrics.npos && Clock::now() < until);
  BOOST_TEST((Clock::now() < until));
}

BOOST_AUTO_TEST_CASE(control_turns_away_whom_it_has_no_place_for) {
  Bench bench;
  std::vector<Client> clients;
  for (int i = 0; i < 64; ++i) {
    clients.emplace_back(bench.path);
    BOOST_TEST_REQUIRE(clients.back().ask({{"command", "version"}})["ok"] == true);
  }
  Client extra(bench.path);
  BOOST_TEST((*extra.line())["ok"] == false);
  extra.line();
  BOOST_TEST(extra.at_end);
  clients.pop_back();
  const auto until = Clock::now() + patience;
  bool let_in = false;
  while (!let_in && Clock::now() < until) {
    Client next(bench.path);
    next.send("{\"command\":\"version\"}\n");
    let_in = next.line().value_or(json{{"ok", false}})["ok"] == true;
  }
  BOOST_TEST(let_in);
}

BOOST_AUTO_TEST_CASE(control_lets_others_read_but_not_order,
                     *boost::unit_test::precondition([](auto) { return geteuid() == 0; })) {
  Bench bench;
  BOOST_TEST(as_nobody([&] {
    Client client(bench.path);
    const bool reads = client.ask({{"command", "status"}})["ok"] == true;
    const json order = client.ask({{"command", "reload"}});
    const std::string error = order.value("error", "");
    return reads && order["ok"] == false && error.find("65534") != error.npos;
  }));
  ControlOptions closed;
  closed.mode = 0600;
  Bench private_bench(closed);
  BOOST_TEST(as_nobody([&] { return !Client(private_bench.path).connected; }));
  ControlOptions grouped;
  grouped.group = "65534";
  Bench shared(grouped);
  BOOST_TEST(as_nobody([&] {
    Client client(shared.path);
    return client.ask({{"command", "reload"}})["ok"] == true;
  }));
}

BOOST_AUTO_TEST_CASE(control_says_why_it_does_not_start) {
  const Folder folder;
  boost::asio::io_context context;
  MemoryDaemon daemon;
  const Counters counters;
  Log log([](const LogEntry&) {});
  ControlOptions options;
  options.path = folder / "control";
  options.group = "no such group";
  BOOST_TEST(ControlServer(context, daemon, counters, log, options).start() != "");
  options.group.clear();
  std::ofstream(options.path) << "mine";
  const std::string trouble = ControlServer(context, daemon, counters, log, options).start();
  BOOST_TEST(trouble.find(options.path) != trouble.npos);
}
