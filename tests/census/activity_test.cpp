// Tests of the activity record: every packet is in one bucket, whatever the times and however many.
// SPDX-License-Identifier: Apache-2.0
#include "census/activity.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <numeric>

#include "census/announcement.hpp"

using namespace srvwarden;
using namespace srvwarden::census;
using namespace std::chrono_literals;
using test::Announcement;

namespace {

SeenMessage response(std::uint32_t ttl = 120) {
  SeenMessage seen;
  seen.role = MessageRole::multicast_response;
  seen.records.push_back({.ttl = ttl, .type = wire::Type::a});
  return seen;
}

wire::Address host(std::uint16_t number) {
  return wire::Address(std::array<std::uint8_t, 4>{10, 77, static_cast<std::uint8_t>(number >> 8),
                                                   static_cast<std::uint8_t>(number)});
}

/// A packet of a host at a time.
wire::Packet packet(wire::Time::duration time, std::uint16_t from = 1) {
  wire::Packet packet;
  packet.time = wire::Time(time);
  packet.source.address = host(from);
  return packet;
}

wire::Time at(wire::Time::duration time) { return wire::Time(time); }

template <class Member>
std::uint64_t sum(const Activity& activity, Member member) {
  std::uint64_t total = 0;
  for (const ActivityBucket& bucket : activity.buckets()) total += bucket.*member;
  return total;
}

std::uint32_t packets_of(const ActivityBucket& bucket, const wire::Address& sender) {
  for (const Talker& talker : bucket.talkers) {
    if (talker.packets > 0 && talker.sender == sender) return talker.packets;
  }
  return 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(activity)

BOOST_AUTO_TEST_CASE(buckets_begin_with_the_first_packet) {
  Activity activity;
  BOOST_TEST(activity.buckets().empty());
  activity.add(packet(5s), response());
  activity.add(packet(5s + 99ms), response());
  activity.add(packet(5s + 100ms), response());
  BOOST_TEST((activity.begin() == at(5s)));
  BOOST_TEST_REQUIRE(activity.buckets().size() == 2u);
  BOOST_TEST(activity.buckets()[0].packets == 2u);
  BOOST_TEST(activity.buckets()[1].packets == 1u);
}

BOOST_AUTO_TEST_CASE(buckets_are_joined_when_there_are_too_many) {
  Activity activity;
  for (std::size_t i = 0; i < Activity::max_buckets; ++i) {
    activity.add(packet(i * 100ms), response());
  }
  BOOST_TEST(activity.buckets().size() == Activity::max_buckets);
  BOOST_TEST((activity.width() == 100ms));
  activity.add(packet(Activity::max_buckets * 100ms), response());
  BOOST_TEST((activity.width() == 200ms));
  BOOST_TEST(activity.buckets().size() == Activity::max_buckets / 2 + 1);
  BOOST_TEST(activity.buckets()[0].packets == 2u);
  BOOST_TEST(sum(activity, &ActivityBucket::packets) == Activity::max_buckets + 1);
}

BOOST_AUTO_TEST_CASE(times_may_go_back_and_lie) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  const std::int64_t times[] = {0, -1, 1'000'000'000, -50'000'000'000, most, least, 0, most, 7};
  Activity activity;
  for (const std::int64_t time : times) {
    activity.add(packet(wire::Time::duration(time)), response());
    BOOST_TEST(activity.buckets().size() <= Activity::max_buckets);
  }
  BOOST_TEST(sum(activity, &ActivityBucket::packets) == std::size(times));
}

BOOST_AUTO_TEST_CASE(an_earlier_packet_moves_the_begin) {
  Activity activity;
  activity.add(packet(10s), response());
  activity.add(packet(10s - 1ns), response());
  BOOST_TEST((activity.begin() == at(10s - 100ms)));
  BOOST_TEST_REQUIRE(activity.buckets().size() == 2u);
  BOOST_TEST(activity.buckets()[0].packets == 1u);
}

BOOST_AUTO_TEST_CASE(whoever_sends_most_is_known) {
  Activity activity;
  for (int i = 0; i < 3000; ++i) {  // over 30 s: joined once
    const bool storm = i % 3 == 0;
    activity.add(packet(i * 10ms, static_cast<std::uint16_t>(storm ? 7 : 1000 + i % 400)),
                 response());
  }
  BOOST_TEST((activity.width() == 200ms));
  for (const ActivityBucket& bucket : activity.buckets()) {
    const std::uint32_t counted = packets_of(bucket, host(7));
    BOOST_TEST(counted > 0u);
    BOOST_TEST(counted <= bucket.packets / 3 + 1);
  }
}

BOOST_AUTO_TEST_CASE(kinds_of_packets) {
  Activity activity;
  SeenMessage query;
  query.questions.emplace_back();
  activity.add(packet(0s), query);
  query.questions.back().proposes = true;
  activity.add(packet(0s), query);
  activity.add(packet(0s), response());
  activity.add(packet(0s), response(0));
  SeenMessage with_opt = response();
  with_opt.records.push_back({.ttl = 0, .type = wire::Type::opt});
  activity.add(packet(0s), with_opt);
  const ActivityBucket& bucket = activity.buckets().at(0);
  BOOST_TEST(bucket.questions == 1u);
  BOOST_TEST(bucket.probes == 1u);
  BOOST_TEST(bucket.announcements == 2u);
  BOOST_TEST(bucket.goodbyes == 1u);
}

BOOST_AUTO_TEST_CASE(conflicts_are_between_hosts) {
  struct Row {
    std::string_view from;
    std::string_view address;
    std::chrono::seconds time;
    bool conflict;
  };
  const Row rows[] = {
      {"10.77.0.2", "0A4D0002", 1s, true},
      {"10.77.0.2", "0A4D0001", 1s, false},   // says the same
      {"10.77.0.1", "0A4D0003", 1s, false},   // the host has another address now
      {"10.77.0.2", "0A4D0002", 119s, true},  // the first is live until its TTL ends
      {"10.77.0.2", "0A4D0002", 121s, false},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.from << " " << row.address) {
      Census census;
      wire::Decoder decoder;
      SeenMessage seen;
      Announcement first;
      first.a("h.local", "0A4D0001");
      census.add(first.packet(), decoder.decode(first.packet().payload));
      Announcement second;
      second.a("h.local", row.address).from(row.from).at(row.time);
      census.look(second.packet(), decoder.decode(second.packet().payload), seen);
      BOOST_TEST(contradicts(census, second.packet(), seen) == row.conflict);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
