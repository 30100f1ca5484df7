// Tests of what decoding may cost: memory, and work on hostile packets. RFC 9267.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <new>
#include <vector>

#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_writer.hpp"
#include "wire/hex.hpp"
#include "wire/name_reader.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

// Not inlined, or g++ takes them for mismatched.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* const room = std::malloc(size)) return room;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* room) noexcept { std::free(room); }
[[gnu::noinline]] void operator delete(void* room, std::size_t) noexcept { std::free(room); }

using namespace srvwarden;
using namespace srvwarden::wire;

namespace {

using Octets = std::vector<std::uint8_t>;

constexpr std::size_t header_size = 12;
constexpr std::size_t largest_packet = 9000;

void put16(Octets& out, std::size_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}
void put_pointer(Octets& out, std::size_t target) { put16(out, 0xC000 | target); }

/// A header that claims as many questions as it can.
Octets endless_query() { return test::octets("0000 0000 FFFF 0000 0000 0000"); }

/// A name of 127 labels, each of one octet.
void put_long_name(Octets& out) {
  for (int i = 0; i < 127; ++i) out.insert(out.end(), {1, 'a'});
  out.push_back(0);
}

/// Fills the packet up to the largest size with questions whose names are made by `put_name`.
template <class PutName>
Octets full_of(Octets packet, PutName put_name) {
  while (packet.size() < largest_packet - 6) {
    put_name(packet);
    put16(packet, 12);
    put16(packet, 1);
  }
  return packet;
}

struct Cost {
  std::size_t names = 0;
  std::size_t faults = 0;
  std::size_t steps = 0;
};

/// Reads the names as the decoder does, from `start` on.
Cost cost_of(const Octets& packet, std::size_t start) {
  NameReader reader;
  reader.start(packet);
  Cost cost;
  for (std::size_t at = start; at < packet.size(); ++cost.names) {
    const NameRead read = reader.read(at, packet.size());
    cost.faults += read.fault ? 1 : 0;
    if (read.end == 0) break;
    at = read.end + 4;
  }
  cost.steps = reader.steps();
  return cost;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decoder_bounds)

BOOST_AUTO_TEST_CASE(allocates_nothing_once_it_is_warm) {
  Octets packet = test::octets(
      "0000 8400 0001 0004 0000 0000"
      "05'_http'04'_tcp'05'local'00 000C 0001"  // 12
      "C00C 000C 0001 00001194 0006 03'Foo'C00C"
      "C02E 0021 8001 00000078 000A 0000 0001 1F90 01'h'C017"
      "C046 0001 8001 00000078 0004 C0A80001"
      "01'x'00 0001 8001 00000078 0003 C0A800");  // with a fault
  Decoder decoder;
  BOOST_TEST(decoder.decode(packet).records.size() == 4u);
  const std::size_t before = allocations;
  for (int i = 0; i < 1000; ++i) decoder.decode(packet);
  const std::size_t after = allocations;
  BOOST_TEST(after == before);
  std::vector<int> proof(1);
  BOOST_TEST(allocations > before);  // it does count
}

BOOST_AUTO_TEST_CASE(counts_that_lie_cost_nothing) {
  Decoder decoder;
  decoder.decode(endless_query());
  const Octets packet = test::octets("0000 8400 FFFF FFFF FFFF FFFF");
  const std::size_t before = allocations;
  const Message& message = decoder.decode(packet);
  const std::size_t after = allocations;
  BOOST_TEST(after == before);
  BOOST_TEST(message.questions.empty());
}

BOOST_AUTO_TEST_CASE(names_without_pointers_are_not_copied) {
  const Octets packet = test::octets("0000 0000 0001 0000 0000 0000 01'a'01'b'00 000C 0001");
  Decoder decoder;
  const std::string_view name = decoder.decode(packet).questions.at(0).name.octets();
  BOOST_TEST(static_cast<const void*>(name.data()) ==
             static_cast<const void*>(packet.data() + header_size));
}

BOOST_AUTO_TEST_CASE(work_grows_with_the_packet_alone) {
  struct Row {
    std::string_view what;
    Octets packet;
    std::size_t start = header_size;
  };
  Octets long_name = endless_query();
  put_long_name(long_name);
  put16(long_name, 12);
  put16(long_name, 1);
  std::size_t label = 0;
  std::size_t before = header_size;
  const Row rows[] = {
      {"pointers to one long name",
       full_of(long_name, [](Octets& out) { put_pointer(out, header_size); })},
      {"pointers to each of its labels",
       full_of(long_name,
               [&](Octets& out) { put_pointer(out, header_size + 2 * (label++ % 128)); })},
      {"labels before pointers to it", full_of(long_name,
                                               [](Octets& out) {
                                                 out.insert(out.end(), {1, 'b'});
                                                 put_pointer(out, header_size + 2);
                                               })},
      {"each name points to the one before", full_of(long_name,
                                                     [&](Octets& out) {
                                                       const std::size_t here = out.size();
                                                       put_pointer(out, before);
                                                       before = here;
                                                     })},
      {"names of their own", full_of(endless_query(), [](Octets& out) { put_long_name(out); })},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      const Cost cost = cost_of(row.packet, row.start);
      BOOST_TEST(cost.names > 30u);
      BOOST_TEST(cost.faults == 0u);
      BOOST_TEST(cost.steps <= row.packet.size());
    }
  }
}

// What no name reads stands before the first: the chain is new to the reader.
BOOST_AUTO_TEST_CASE(a_chain_of_pointers_has_an_end) {
  for (const std::size_t links : {NameReader::max_pointers, NameReader::max_pointers + 1}) {
    Octets packet = endless_query();
    packet.push_back(0);
    std::size_t last = header_size;
    for (std::size_t i = 1; i < links; ++i) {
      const std::size_t here = packet.size();
      put_pointer(packet, last);
      last = here;
    }
    const std::size_t start = packet.size();
    put_pointer(packet, last);
    NameReader reader;
    reader.start(packet);
    const NameRead read = reader.read(start, packet.size());
    BOOST_TEST(read.fault.has_value() == (links > NameReader::max_pointers));
    BOOST_TEST(read.end == packet.size());
  }
}

BOOST_AUTO_TEST_CASE(names_with_a_fault_cost_a_fixed_sum) {
  Octets packet = endless_query();
  put16(packet, 0x4000);  // what all ends in: a reserved label
  std::size_t last = header_size;
  for (int i = 0; i < 126; ++i) {
    const std::size_t here = packet.size();
    packet.insert(packet.end(), {1, 'a'});
    put_pointer(packet, last);
    last = here;
  }
  const std::size_t start = packet.size();
  packet = full_of(packet, [&](Octets& out) { put_pointer(out, last); });
  const Cost cost = cost_of(packet, start);
  BOOST_TEST(cost.names > 1000u);
  BOOST_TEST(cost.faults == cost.names);
  BOOST_TEST(cost.steps <= cost.names * 2 * NameReader::max_pointers);
}

BOOST_AUTO_TEST_SUITE_END()
