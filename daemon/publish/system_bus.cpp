// The system bus, asked with sd-bus, whose calls can be bounded in time.
// SPDX-License-Identifier: Apache-2.0
#include "publish/system_bus.hpp"

#include <systemd/sd-bus.h>

#include <cerrno>
#include <exception>
#include <memory>
#include <system_error>

namespace srvwarden::daemon {

namespace {

struct CloseBus {
  void operator()(sd_bus* bus) const noexcept { sd_bus_close_unref(bus); }
};
using Bus = std::unique_ptr<sd_bus, CloseBus>;

using Clock = std::chrono::steady_clock;

/// What became of a call: nothing yet, success (0 or more), or an errno below 0 and its words.
struct Outcome {
  bool known = false;
  int code = 0;
  std::string words;
};

int take_reply(sd_bus_message* reply, void* outcome, sd_bus_error*) noexcept {
  auto& mine = *static_cast<Outcome*>(outcome);
  const sd_bus_error* const error = sd_bus_message_get_error(reply);
  mine.known = true;
  mine.code = error == nullptr ? 0 : -sd_bus_error_get_errno(error);
  try {
    if (error != nullptr && error->message != nullptr) mine.words = error->message;
    while (mine.words.ends_with('\n')) mine.words.pop_back();
  } catch (const std::exception&) {
    mine.words.clear();  // the code alone will do
  }
  return 0;
}

std::uint64_t microseconds_left(Clock::time_point end) {
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(end - Clock::now());
  return left.count() > 0 ? static_cast<std::uint64_t>(left.count()) : 0;
}

/// sd_bus_call would wait 25 s for a bus that accepts and says nothing.
Outcome call(sd_bus* bus, const char* name, const char* path, const char* interface,
             const char* member, Clock::time_point end) {
  Outcome outcome;
  outcome.code = sd_bus_call_method_async(bus, nullptr, name, path, interface, member, take_reply,
                                          &outcome, nullptr);
  while (outcome.code >= 0 && !outcome.known) {
    const int processed = sd_bus_process(bus, nullptr);
    if (processed < 0) outcome.code = processed;
    if (processed != 0) continue;
    const std::uint64_t left = microseconds_left(end);
    if (left == 0) outcome.code = -ETIMEDOUT;
    if (left != 0) sd_bus_wait(bus, left);
  }
  if (outcome.code < 0 && outcome.words.empty()) {
    outcome.words = std::generic_category().message(-outcome.code);
  }
  return outcome;
}

/// Whether a program that answers or not is known to the bus by this name.
bool has_owner(sd_bus* bus, const char* name) {
  return sd_bus_get_name_creds(bus, name, 0, nullptr) >= 0;
}

}  // namespace

BusAnswer ask_avahi(std::chrono::milliseconds at_most) {
  const Clock::time_point end = Clock::now() + at_most;
  sd_bus* opened = nullptr;
  const int code = sd_bus_open_system(&opened);
  const Bus bus(opened);
  if (code < 0) {
    return {BusAnswer::Who::nobody,
            "no system bus answers: " + std::generic_category().message(-code)};
  }
  const Outcome hello = call(bus.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus",
                             "org.freedesktop.DBus", "GetId", end);
  if (hello.code < 0) return {BusAnswer::Who::nobody, "no system bus answers: " + hello.words};
  const Outcome state = call(bus.get(), "org.freedesktop.Avahi", "/",
                             "org.freedesktop.Avahi.Server", "GetState", end);
  if (state.code == -ETIMEDOUT && has_owner(bus.get(), "org.freedesktop.Avahi")) {
    return {BusAnswer::Who::avahi, "it is there, but busy or stopped: waiting for its answer"};
  }
  if (state.code < 0) {
    return {BusAnswer::Who::bus, "avahi-daemon does not answer: " + state.words};
  }
  return {BusAnswer::Who::avahi, ""};
}

}  // namespace srvwarden::daemon
