// Fuzz: any octets that the responder child or the daemon reads as frames, in pieces as sent.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "publish/frames.hpp"

namespace {

using namespace srvwarden::daemon;

void check(bool holds) {
  if (!holds) std::abort();
}

/// What is understood is written as it was read; its frame is cut into the same body again.
template <class Value>
void must_return(const Value& value, const std::string& body) {
  FrameCutter cutter;
  const std::string frame = to_frame(value);
  cutter.add(frame);
  check(cutter.next() == body);
  check(!cutter.next() && !cutter.broken());
}

void read_all(FrameCutter& cutter) {
  while (const auto body = cutter.next()) {
    check(body->size() <= max_frame_size);
    if (const auto command = read_command(*body)) must_return(*command, *body);
    if (const auto event = read_event(*body)) must_return(*event, *body);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  FrameCutter whole;
  whole.add(octets);
  read_all(whole);
  FrameCutter pieces;
  for (const char octet : octets) {
    pieces.add({&octet, 1});
    read_all(pieces);
  }
  check(whole.broken() == pieces.broken());
  return 0;
}
