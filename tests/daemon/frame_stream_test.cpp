// FrameStream: whole frames arrive, and an end that does not read is given up.
// SPDX-License-Identifier: Apache-2.0
#include "publish/frame_stream.hpp"

#include <sys/socket.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace srvwarden::daemon;

struct Pair {
  Pair() {
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    ours = std::make_shared<FrameStream>(context, ends[0]);
    theirs = std::make_shared<FrameStream>(context, ends[1]);
  }
  ~Pair() {
    ours->close();
    theirs->close();
    context.restart();
    context.poll();  // what was under way ends
  }

  boost::asio::io_context context;
  std::shared_ptr<FrameStream> ours;
  std::shared_ptr<FrameStream> theirs;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(frame_stream)

BOOST_AUTO_TEST_CASE(frames_arrive_whole_and_in_order) {
  Pair pair;
  std::vector<std::string> keys;
  pair.ours->start([](const std::string&) { return false; }, [] {});
  pair.theirs->start(
      [&](const std::string& body) {
        const auto command = read_command(body);
        const auto* withdraw = command ? std::get_if<WithdrawCommand>(&*command) : nullptr;
        if (withdraw != nullptr) keys.push_back(withdraw->key);
        return withdraw != nullptr;
      },
      [] {});
  const std::vector<std::string> sent = {"a", std::string(100'000, 'b'), "c"};
  for (const std::string& key : sent) pair.ours->send(to_frame(WithdrawCommand{key}));
  while (keys.size() < sent.size() && pair.context.run_one_for(std::chrono::seconds(5)) != 0) {
  }
  BOOST_TEST(keys == sent, boost::test_tools::per_element());
  BOOST_TEST(pair.ours->is_flushed());
}

BOOST_AUTO_TEST_CASE(an_end_that_does_not_read_is_given_up) {
  Pair pair;
  int ends = 0;
  pair.ours->start([](const std::string&) { return true; }, [&] { ++ends; });
  const std::string frame(std::size_t{1} << 20, 'x');
  for (std::size_t sent = 0; sent + frame.size() <= FrameStream::max_unsent; sent += frame.size()) {
    pair.ours->send(frame);
  }
  pair.context.poll();
  BOOST_TEST(ends == 0);
  for (int more = 0; more < 2; ++more) pair.ours->send(frame);  // the kernel took less than one
  BOOST_TEST(ends == 0);                                        // never from within send()
  pair.context.restart();
  while (ends == 0 && pair.context.run_one_for(std::chrono::seconds(5)) != 0) {
  }
  BOOST_TEST(ends == 1);
}

BOOST_AUTO_TEST_SUITE_END()
