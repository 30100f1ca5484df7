// The kind "systemd": asks systemd for the unit's state over the system bus, without waiting.
// SPDX-License-Identifier: Apache-2.0
#include "health/unit_probe.hpp"

#include <fcntl.h>
#include <poll.h>
#include <systemd/sd-bus.h>

#include <algorithm>
#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <system_error>
#include <utility>

#include "report/terminal.hpp"

namespace srvwarden::daemon {

namespace {

using boost::asio::posix::stream_descriptor;

constexpr std::size_t longest_name = 255;  // systemd's own limit, as are the characters
constexpr std::array<std::string_view, 11> suffixes = {".service",   ".socket", ".device", ".mount",
                                                       ".automount", ".swap",   ".target", ".path",
                                                       ".timer",     ".slice",  ".scope"};
constexpr std::array<std::string_view, 3> running = {"active", "reloading", "refreshing"};

struct CloseBus {
  void operator()(sd_bus* bus) const noexcept { sd_bus_close_unref(bus); }
};
struct FreeMessage {
  void operator()(sd_bus_message* message) const noexcept { sd_bus_message_unref(message); }
};
using Message = std::unique_ptr<sd_bus_message, FreeMessage>;

std::string words_for_errno(int code) { return std::generic_category().message(-code); }

std::string words_for_error(const sd_bus_error& error) {
  if (sd_bus_error_has_name(&error, SD_BUS_ERROR_NAME_HAS_NO_OWNER) > 0 ||
      sd_bus_error_has_name(&error, SD_BUS_ERROR_SERVICE_UNKNOWN) > 0) {
    return "systemd is not on the system bus: does it run this host?";
  }
  std::string words = error.message != nullptr ? error.message : error.name;
  return report::shown(words);
}

/// One connection a question. The bus does its authentication, too, as its socket allows.
class UnitProbe final : public Probe {
 public:
  UnitProbe(boost::asio::io_context& context, const HealthSettings& settings)
      : Probe(context, settings.timeout), unit_(settings.path), descriptor_(context) {}

 private:
  using Handler = void (UnitProbe::*)(const std::string& state);

  void begin() override;
  void end() override;
  std::string waiting_for() const override { return unit_ + ": no answer on the system bus"; }
  void fail(const std::string& why) { finish(false, unit_ + ": " + why); }

  int watch_bus();
  int ask(const char* property, Handler handler);
  static int on_reply(sd_bus_message* reply, void* probe, sd_bus_error*) noexcept;
  void take_reply(sd_bus_message* reply);
  void take_active_state(const std::string& state);
  void take_load_state(const std::string& state);
  void pump();
  void wait(stream_descriptor::wait_type kind, bool& waiting);

  std::string unit_;
  std::unique_ptr<sd_bus, CloseBus> bus_;
  stream_descriptor descriptor_;  // a duplicate: the bus closes its own
  bool waiting_read_ = false;
  bool waiting_write_ = false;
  Handler handler_ = nullptr;  // of the reply that is awaited
  std::string active_state_;
};

void UnitProbe::begin() {
  sd_bus* opened = nullptr;
  int code = sd_bus_open_system(&opened);
  bus_.reset(opened);
  if (code < 0) return fail("no system bus answers: " + words_for_errno(code));
  code = watch_bus();
  if (code >= 0) code = ask("ActiveState", &UnitProbe::take_active_state);
  if (code < 0) return fail("cannot ask the system bus: " + words_for_errno(code));
  pump();
}

void UnitProbe::end() {
  boost::system::error_code ignored;
  descriptor_.close(ignored);
  // Not now: this may be called from within sd_bus_process.
  boost::asio::post(context(), [me = self<UnitProbe>()] { me->bus_.reset(); });
}

int UnitProbe::watch_bus() {
  const int fd = sd_bus_get_fd(bus_.get());
  if (fd < 0) return fd;
  const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return -errno;
  descriptor_.assign(copy);
  return 0;
}

// The object's path holds the unit's name, and systemd loads the unit when it is asked for. Nobody
// is started for the question.
int UnitProbe::ask(const char* property, Handler handler) {
  char* path = nullptr;
  int code = sd_bus_path_encode("/org/freedesktop/systemd1/unit", unit_.c_str(), &path);
  if (code < 0) return code;
  const std::unique_ptr<char, decltype(&std::free)> owned_path(path, &std::free);
  sd_bus_message* made = nullptr;
  code = sd_bus_message_new_method_call(bus_.get(), &made, "org.freedesktop.systemd1", path,
                                        "org.freedesktop.DBus.Properties", "Get");
  const Message message(made);
  if (code >= 0) code = sd_bus_message_set_auto_start(made, 0);
  if (code >= 0) {
    code = sd_bus_message_append(made, "ss", "org.freedesktop.systemd1.Unit", property);
  }
  handler_ = handler;
  if (code >= 0) code = sd_bus_call_async(bus_.get(), nullptr, made, on_reply, this, 0);
  return code;
}

int UnitProbe::on_reply(sd_bus_message* reply, void* probe, sd_bus_error*) noexcept {
  auto& me = *static_cast<UnitProbe*>(probe);
  try {
    if (!me.finished()) me.take_reply(reply);
  } catch (const std::exception&) {
    return -ENOMEM;  // sd_bus_process returns it
  }
  return 1;
}

void UnitProbe::take_reply(sd_bus_message* reply) {
  if (const sd_bus_error* error = sd_bus_message_get_error(reply)) {
    return fail(words_for_error(*error));
  }
  const char* state = nullptr;
  if (sd_bus_message_read(reply, "v", "s", &state) < 0) {
    return fail("systemd's answer is not understood");
  }
  (this->*handler_)(report::shown(state));
}

void UnitProbe::take_active_state(const std::string& state) {
  if (std::find(running.begin(), running.end(), state) != running.end()) {
    return finish(true, unit_ + " is " + state);
  }
  active_state_ = state;
  const int code = ask("LoadState", &UnitProbe::take_load_state);
  if (code < 0) finish(false, unit_ + " is " + state);
}

// A unit that does not exist is "inactive", too, which would send people the wrong way.
void UnitProbe::take_load_state(const std::string& state) {
  if (state == "not-found") return fail("there is no such unit");
  finish(false, unit_ + " is " + active_state_ + (state == "loaded" ? "" : " (" + state + ")"));
}

void UnitProbe::pump() {
  int processed = 1;
  while (processed > 0 && !finished()) processed = sd_bus_process(bus_.get(), nullptr);
  if (finished()) return;
  if (processed < 0) return fail("lost the system bus: " + words_for_errno(processed));
  const int events = sd_bus_get_events(bus_.get());
  if (events < 0) return fail("lost the system bus: " + words_for_errno(events));
  if ((events & POLLIN) != 0) wait(stream_descriptor::wait_read, waiting_read_);
  if ((events & POLLOUT) != 0) wait(stream_descriptor::wait_write, waiting_write_);
}

void UnitProbe::wait(stream_descriptor::wait_type kind, bool& waiting) {
  if (std::exchange(waiting, true)) return;
  descriptor_.async_wait(kind, [me = self<UnitProbe>(), &waiting](boost::system::error_code error) {
    waiting = false;
    if (me->finished()) return;
    if (error) return me->fail("lost the system bus: " + error.message());
    me->pump();
  });
}

}  // namespace

std::optional<HealthFault> unit_fault(const HealthSettings& settings) {
  const std::string_view name = settings.path;
  const auto suffix = std::find_if(suffixes.begin(), suffixes.end(), [&](std::string_view end) {
    return name.size() > end.size() && name.ends_with(end);
  });
  if (suffix == suffixes.end()) {
    return HealthFault{"path", "must be the full name of a unit, such as \"cups.service\""};
  }
  if (name.size() > longest_name) {
    return HealthFault{"path", "must have at most " + std::to_string(longest_name) + " bytes"};
  }
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-_.\\@";
  if (name.find_first_not_of(allowed) != name.npos) {
    return HealthFault{"path", "must be a unit's name: letters, digits and :-_.\\@"};
  }
  return std::nullopt;
}

std::shared_ptr<Probe> make_unit_probe(boost::asio::io_context& context,
                                       const HealthSettings& settings) {
  return std::make_shared<UnitProbe>(context, settings);
}

}  // namespace srvwarden::daemon
