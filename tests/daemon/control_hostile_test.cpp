// A hundred clients that mean no good, and one that wants answers.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>

#include "daemon/control_bench.hpp"

namespace {

using namespace control_bench;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr int hostile_clients = 100;
constexpr int questions = 300;

/// What one of them does, over and over, without ever waiting.
void misbehave(int kind, Client& client, const std::string& path, const std::string& flood) {
  switch (kind % 5) {
    case 0:  // half a line
      client.push("{\"command\":");
      break;
    case 1:  // requests without end, answers unread
    case 2:
      client.push(flood);
      break;
    case 3:  // watches, and does not read
      client.push("{\"command\":\"watch\"}\n");
      break;
    default:  // leaves in the middle of an answer
      client.push("{\"command\":\"status\"}\n");
      client = Client(path);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(control_answers_whatever_others_do) {
  ControlOptions options;
  options.admission.clients = hostile_clients * 2;
  Bench bench(options);
  bench.run([&] {
    for (int i = 0; i < 1000; ++i) {
      bench.daemon.base.services.push_back(service(std::to_string(i), ServiceState::verified));
    }
  });
  std::string flood;
  for (int i = 0; i < 200; ++i) flood += "{\"command\":\"status\"}\nnonsense\n{\"id\":[[[[[[[[";
  flood += '\n';
  std::atomic<bool> over = false;
  std::thread crowd([&] {
    std::vector<Client> all;
    for (int i = 0; i < hostile_clients; ++i) all.emplace_back(bench.path);
    while (!over) {
      for (int i = 0; i < hostile_clients; ++i) {
        misbehave(i, all[static_cast<std::size_t>(i)], bench.path, flood);
      }
    }
  });
  Client good(bench.path);
  std::vector<microseconds> took;
  for (int i = 0; i < questions; ++i) {
    if (i % 10 == 0) bench.run([&] { bench.server->changed(); });
    const bool large = i % 20 == 0;
    const auto begin = Clock::now();
    good.send(json({{"id", i}, {"command", large ? "status" : "version"}}).dump() + '\n');
    const auto answer = good.text();
    took.push_back(std::chrono::duration_cast<microseconds>(Clock::now() - begin));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST_REQUIRE(json::parse(*answer)["id"] == i);
  }
  over = true;
  crowd.join();
  std::ranges::sort(took);
  BOOST_TEST_MESSAGE("beside " << hostile_clients << " hostile clients: median "
                               << took[took.size() / 2].count() << " us, longest "
                               << took.back().count() << " us");
  BOOST_TEST((took.back() < std::chrono::seconds(2)));  // of a busy machine, sanitized
}
