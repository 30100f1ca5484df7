// AsioPoll: watches share a descriptor, and poll(2) has the last word on what happened.
// SPDX-License-Identifier: Apache-2.0
#include "publish/asio_poll.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/time.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <exception>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace srvwarden::daemon {

namespace {

using boost::asio::posix::stream_descriptor;

constexpr int asked_mask = POLLIN | POLLOUT;
constexpr int always_mask = POLLERR | POLLHUP | POLLNVAL;

/// How long from now until a wall clock time; never negative, and never beyond what a timer holds.
std::chrono::microseconds time_until(const timeval& at) {
  constexpr std::int64_t longest = 100LL * 365 * 24 * 3600;  // seconds after 1970
  timeval now{};
  gettimeofday(&now, nullptr);
  const std::int64_t second = std::clamp<std::int64_t>(at.tv_sec, 0, longest);
  const std::chrono::microseconds left = std::chrono::seconds(second - now.tv_sec) +
                                         std::chrono::microseconds(at.tv_usec - now.tv_usec);
  return std::max(std::chrono::microseconds(0), left);
}

/// One duplicate of one fd, with the watches that share it. Its handlers keep it alive.
class Descriptor : public std::enable_shared_from_this<Descriptor> {
 public:
  Descriptor(boost::asio::io_context& context, int original, int copy)
      : fd_(original), handle_(context, copy) {}

  AvahiWatch* add(int events, AvahiWatchCallback callback, void* userdata);
  void remove(AvahiWatch* watch);
  void arm();
  void close() { handle_.close(); }
  bool is_watched() const;
  int fd() const noexcept { return fd_; }

 private:
  void wait(stream_descriptor::wait_type kind, bool& waiting);
  void dispatch();
  int wanted() const;
  void drop_freed();

  int fd_;
  stream_descriptor handle_;
  std::vector<std::unique_ptr<AvahiWatch>> watches_;
  bool waiting_read_ = false;
  bool waiting_write_ = false;
  bool waiting_error_ = false;
  bool dispatching_ = false;
};

}  // namespace

struct AsioPoll::State {
  explicit State(boost::asio::io_context& io);
  ~State();

  AvahiWatch* new_watch(int fd, int events, AvahiWatchCallback callback, void* userdata);
  void free_watch(AvahiWatch* watch);
  AvahiTimeout* new_timeout(const timeval* at, AvahiTimeoutCallback callback, void* userdata);
  std::shared_ptr<Descriptor> descriptor_of(int fd);

  boost::asio::io_context& context;
  std::map<int, std::shared_ptr<Descriptor>> descriptors;
  std::map<const AvahiTimeout*, std::shared_ptr<AvahiTimeout>> timeouts;
  AvahiPoll api{};
};

}  // namespace srvwarden::daemon

struct AvahiWatch {
  srvwarden::daemon::AsioPoll::State* state = nullptr;
  srvwarden::daemon::Descriptor* descriptor = nullptr;
  int wanted = 0;
  int happened = 0;  ///< within its callback only
  bool freed = false;
  AvahiWatchCallback callback = nullptr;
  void* userdata = nullptr;
};

struct AvahiTimeout : std::enable_shared_from_this<AvahiTimeout> {
  using Clock = std::chrono::steady_clock;

  AvahiTimeout(srvwarden::daemon::AsioPoll::State& owner, AvahiTimeoutCallback call, void* data)
      : state(owner), timer(owner.context), callback(call), userdata(data) {}

  void set(const timeval* at);
  void wait(Clock::time_point until);
  void wake();

  srvwarden::daemon::AsioPoll::State& state;
  boost::asio::steady_timer timer;
  std::optional<Clock::time_point> due;      ///< nothing: off
  std::optional<Clock::time_point> waiting;  ///< until when the timer waits, if it does
  unsigned turn = 0;  ///< counts waits: the handler of an earlier one is stale
  AvahiTimeoutCallback callback;
  void* userdata;
};

// libavahi-core updates its timeout thousands of times a second, nearly always to a later time: the
// timer is only disturbed where it has to be earlier, and looks again where it woke too early.
void AvahiTimeout::set(const timeval* at) {
  due.reset();
  if (at == nullptr) return;
  due = Clock::now() + srvwarden::daemon::time_until(*at);
  if (!waiting || *due < *waiting) wait(*due);
}

void AvahiTimeout::wait(Clock::time_point until) {
  waiting = until;
  timer.expires_at(until);
  timer.async_wait([self = shared_from_this(), mine = ++turn](boost::system::error_code) {
    if (mine == self->turn) self->wake();
  });
}

void AvahiTimeout::wake() {
  waiting.reset();
  if (!due) return;
  if (*due > Clock::now()) return wait(*due);
  due.reset();
  callback(this, userdata);
}

namespace srvwarden::daemon {

namespace {

AvahiWatch* Descriptor::add(int events, AvahiWatchCallback callback, void* userdata) {
  auto watch = std::make_unique<AvahiWatch>();
  watch->descriptor = this;
  watch->wanted = events & asked_mask;
  watch->callback = callback;
  watch->userdata = userdata;
  watches_.push_back(std::move(watch));
  arm();
  return watches_.back().get();
}

void Descriptor::remove(AvahiWatch* watch) {
  watch->freed = true;
  if (!dispatching_) drop_freed();
}

bool Descriptor::is_watched() const {
  return std::any_of(watches_.begin(), watches_.end(), [](const auto& w) { return !w->freed; });
}

int Descriptor::wanted() const {
  int all = 0;
  for (const auto& watch : watches_) all |= watch->freed ? 0 : watch->wanted;
  return all;
}

void Descriptor::drop_freed() {
  std::erase_if(watches_, [](const auto& watch) { return watch->freed; });
}

// Each async_wait arms the edge-triggered reactor anew, so that a state which persists is seen.
void Descriptor::arm() {
  if (!handle_.is_open()) return;
  const int events = wanted();
  if ((events & POLLIN) != 0) wait(stream_descriptor::wait_read, waiting_read_);
  if ((events & POLLOUT) != 0) wait(stream_descriptor::wait_write, waiting_write_);
  wait(stream_descriptor::wait_error, waiting_error_);
}

void Descriptor::wait(stream_descriptor::wait_type kind, bool& waiting) {
  if (std::exchange(waiting, true)) return;
  handle_.async_wait(kind, [self = shared_from_this(), &waiting](boost::system::error_code error) {
    waiting = false;
    if (error || !self->handle_.is_open()) return;
    self->dispatch();
    self->arm();
  });
}

void Descriptor::dispatch() {
  pollfd state{handle_.native_handle(), static_cast<short>(wanted()), 0};
  if (::poll(&state, 1, 0) <= 0) return;
  dispatching_ = true;
  const std::size_t count = watches_.size();  // those that a callback makes wait for their turn
  for (std::size_t i = 0; i < count; ++i) {
    AvahiWatch& watch = *watches_[i];
    const int happened = state.revents & (watch.wanted | always_mask);
    if (watch.freed || happened == 0) continue;
    watch.happened = happened;
    watch.callback(&watch, fd_, static_cast<AvahiWatchEvent>(happened), watch.userdata);
    watch.happened = 0;
  }
  dispatching_ = false;
  drop_freed();
}

/// Boundary to C: whatever fails inside, the caller gets the null that it has to expect.
template <class Make>
auto null_on_failure(Make make) noexcept -> decltype(make()) {
  try {
    return make();
  } catch (const std::exception&) {
    return nullptr;
  }
}

AsioPoll::State* state_of(const AvahiPoll* api) noexcept {
  return static_cast<AsioPoll::State*>(api->userdata);
}

AvahiWatch* watch_new(const AvahiPoll* api, int fd, AvahiWatchEvent events,
                      AvahiWatchCallback callback, void* userdata) noexcept {
  return null_on_failure([&] { return state_of(api)->new_watch(fd, events, callback, userdata); });
}

void watch_update(AvahiWatch* watch, AvahiWatchEvent events) noexcept {
  watch->wanted = static_cast<int>(events) & asked_mask;
  watch->descriptor->arm();
}

AvahiWatchEvent watch_get_events(AvahiWatch* watch) noexcept {
  return static_cast<AvahiWatchEvent>(watch->happened);
}

void watch_free(AvahiWatch* watch) noexcept { watch->state->free_watch(watch); }

AvahiTimeout* timeout_new(const AvahiPoll* api, const timeval* at, AvahiTimeoutCallback callback,
                          void* userdata) noexcept {
  return null_on_failure([&] { return state_of(api)->new_timeout(at, callback, userdata); });
}

void timeout_update(AvahiTimeout* timeout, const timeval* at) noexcept { timeout->set(at); }

void timeout_free(AvahiTimeout* timeout) noexcept {
  timeout->due.reset();
  timeout->timer.cancel();  // its last handler finds nothing due
  timeout->state.timeouts.erase(timeout);
}

}  // namespace

AsioPoll::State::State(boost::asio::io_context& io) : context(io) {
  api.userdata = this;
  api.watch_new = watch_new;
  api.watch_update = watch_update;
  api.watch_get_events = watch_get_events;
  api.watch_free = watch_free;
  api.timeout_new = timeout_new;
  api.timeout_update = timeout_update;
  api.timeout_free = timeout_free;
}

AsioPoll::State::~State() {
  for (const auto& [fd, descriptor] : descriptors) descriptor->close();
  for (const auto& [key, timeout] : timeouts) timeout->due.reset();
}

std::shared_ptr<Descriptor> AsioPoll::State::descriptor_of(int fd) {
  if (const auto found = descriptors.find(fd); found != descriptors.end()) return found->second;
  const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return nullptr;
  return descriptors.emplace(fd, std::make_shared<Descriptor>(context, fd, copy)).first->second;
}

AvahiWatch* AsioPoll::State::new_watch(int fd, int events, AvahiWatchCallback callback,
                                       void* userdata) {
  const auto descriptor = descriptor_of(fd);
  if (!descriptor) return nullptr;
  AvahiWatch* const watch = descriptor->add(events, callback, userdata);
  watch->state = this;
  return watch;
}

void AsioPoll::State::free_watch(AvahiWatch* watch) {
  const auto descriptor = watch->descriptor->shared_from_this();
  descriptor->remove(watch);
  if (descriptor->is_watched()) return;
  descriptor->close();  // its number may soon be another file's
  descriptors.erase(descriptor->fd());
}

AvahiTimeout* AsioPoll::State::new_timeout(const timeval* at, AvahiTimeoutCallback callback,
                                           void* userdata) {
  const auto timeout = std::make_shared<AvahiTimeout>(*this, callback, userdata);
  timeouts.emplace(timeout.get(), timeout);
  timeout->set(at);
  return timeout.get();
}

AsioPoll::AsioPoll(boost::asio::io_context& context) : state_(std::make_unique<State>(context)) {}
AsioPoll::~AsioPoll() = default;

const AvahiPoll* AsioPoll::api() const noexcept { return &state_->api; }

}  // namespace srvwarden::daemon
