// Frames: what goes in comes out, and nothing else is taken.
// SPDX-License-Identifier: Apache-2.0
#include "publish/frames.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

namespace {

using namespace srvwarden::daemon;
using namespace std::string_literals;

const std::vector<Command> commands = {
    PublishCommand{{"key",
                    "Name \xff\0 x"s,
                    "_ipp._tcp",
                    {"_a._sub._ipp._tcp"},
                    "local",
                    "h.local",
                    65535,
                    {"a=\0\xff"s, "b"},
                    Protocol::ipv6,
                    {"eth0", "eth1"}}},
    PublishCommand{},
    WithdrawCommand{"key"},
    StopCommand{},
};
const std::vector<Event> events = {
    BackendUp{"host", "local", "words"},
    BackendDown{"why", true},
    BackendDown{"", false},
    StateChange{"key", "Name", State::failed, "why"},
    Stopped{},
    Remark{std::string(70000, 'x')},
};

std::string body_of(const std::string& frame) { return frame.substr(4); }

template <class Value, class Read>
void holds(const std::vector<Value>& values, Read read) {
  for (const Value& value : values) {
    const std::string body = body_of(to_frame(value));
    const auto same = read(body);
    BOOST_TEST_REQUIRE(same.has_value());
    BOOST_TEST((*same == value));
    BOOST_TEST(!read(body + "x").has_value());
    for (std::size_t size = 0; size < std::min<std::size_t>(body.size(), 300); ++size) {
      BOOST_TEST(!read(body.substr(0, size)).has_value());
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(reads_what_was_written_and_no_part_of_it) {
  holds(commands, read_command);
  holds(events, read_event);
}

BOOST_AUTO_TEST_CASE(refuses_values_out_of_range) {
  const auto with_last = [](std::string body, char last) {
    body.back() = last;
    return body;
  };
  const std::string publish = body_of(to_frame(commands[0]));
  BOOST_TEST(read_command(with_last(publish, 2)).has_value());
  BOOST_TEST(!read_command(with_last(publish, 3)).has_value());  // no such protocol
  const std::string change = body_of(to_frame(events[3]));
  BOOST_TEST(read_event(with_last(change, 3)).has_value());
  BOOST_TEST(!read_event(with_last(change, 4)).has_value());  // no such state
  const std::string down = body_of(to_frame(events[1]));
  BOOST_TEST(!read_event(with_last(down, 2)).has_value());
  BOOST_TEST(!read_event("\0\0\0\x05"s).has_value());  // no such event
  BOOST_TEST(!read_command("\0\0\0\x03"s).has_value());
  BOOST_TEST(!read_command("\0\0\0\x01\xff\xff\xff\xff"s).has_value());  // a length that lies
}

BOOST_AUTO_TEST_CASE(cuts_a_stream_wherever_it_was_split) {
  const std::string stream = to_frame(commands[0]) + to_frame(commands[3]);
  for (std::size_t split = 0; split <= stream.size(); ++split) {
    FrameCutter cutter;
    std::vector<std::string> bodies;
    for (const std::string& part : {stream.substr(0, split), stream.substr(split)}) {
      cutter.add(part);
      while (const auto body = cutter.next()) bodies.push_back(*body);
    }
    BOOST_TEST_REQUIRE(bodies.size() == 2U);
    BOOST_TEST((read_command(bodies[0]) == commands[0]));
    BOOST_TEST((read_command(bodies[1]) == commands[3]));
  }
}

BOOST_AUTO_TEST_CASE(breaks_on_a_frame_that_is_too_large) {
  FrameCutter largest;
  largest.add("\x00\x10\x00\x00"s + std::string(max_frame_size, 'x'));
  BOOST_TEST(largest.next().has_value());
  BOOST_TEST(!largest.broken());
  FrameCutter larger;
  larger.add("\x00\x10\x00\x01"s);
  BOOST_TEST(!larger.next().has_value());
  BOOST_TEST(larger.broken());
}
