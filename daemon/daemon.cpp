// Daemon: signals, the publisher's events and the link, on one loop.
// SPDX-License-Identifier: Apache-2.0
#include "daemon.hpp"

#include <systemd/sd-daemon.h>

#include <csignal>
#include <ctime>
#include <utility>

#include "avahi_publisher.hpp"
#include "embedded_publisher.hpp"
#include "specifiers.hpp"
#include "system_bus.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::chrono::seconds bus_answers_within{3};
constexpr std::chrono::seconds stop_within{2};
constexpr std::chrono::milliseconds same_wish{500};  // timeout(1) and others signal twice
constexpr std::chrono::milliseconds goodbye_interval{20};

/// Tells the wire watch what to expect before the publisher acts on it.
class WatchedPublisher final : public Publisher {
 public:
  WatchedPublisher(std::unique_ptr<Publisher> inner, WireWatch& wire)
      : inner_(std::move(inner)), wire_(wire) {}
  void start() override { inner_->start(); }
  void publish(const Announcement& announcement) override {
    wire_.expect(announcement);
    inner_->publish(announcement);
  }
  void withdraw(const std::string& key) override {
    wire_.forget(key);
    inner_->withdraw(key);
  }
  void stop() override { inner_->stop(); }

 private:
  std::unique_ptr<Publisher> inner_;
  WireWatch& wire_;
};

std::string name_on_host(const Definition& definition, const std::string& host) {
  return instance_name(definition, [&](char letter) { return specifier_value(letter, host); });
}

void notify_reloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld",
             static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000);
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

}  // namespace

Daemon::Daemon(Options options, Log& log)
    : options_(std::move(options)),
      log_(log),
      signals_(context_, SIGTERM, SIGINT, SIGHUP),
      timer_(context_),
      folder_(options_.folder),
      wire_(context_, log, options_.interfaces) {}

Daemon::~Daemon() = default;

int Daemon::run() {
  if (const int status = start(); status != exit_stopped) return status;
  context_.run();
  return status_;
}

int Daemon::start() {
  std::vector<CheckedFile> files;
  if (const std::error_code error = folder_.read(files, log_)) {
    log_(Level::error, "unreadable", folder_.path() + ": cannot be read: " + error.message(),
         {{"folder", folder_.path()}});
    return exit_unreadable;
  }
  auto chosen = choose_publisher();
  if (!chosen) return exit_cannot_announce;
  publisher_ = std::make_unique<WatchedPublisher>(std::move(chosen), wire_);
  const bool by_avahi = options_.publisher == Choice::avahi;
  supervisor_ = std::make_unique<Supervisor>(
      *publisher_, log_, name_on_host, by_avahi ? options_.interfaces : std::vector<std::string>());
  const LoadSummary loaded = supervisor_->load(std::move(files));
  if (loaded.files == 0) {
    log_(Level::info, "empty", folder_.path() + ": no definitions; waiting for some");
  } else if (loaded.refused == loaded.files) {
    log_(Level::error, "nothing", "nothing can be announced: every definition is refused");
    return exit_cannot_announce;
  }
  wire_.start();
  publisher_->start();
  wait_for_signal();
  return exit_stopped;
}

/// Settles options_.publisher, and says why where it was not said by the user.
std::unique_ptr<Publisher> Daemon::choose_publisher() {
  const auto on_event = [this](const Event& event) { handle(event); };
  if (options_.publisher != Choice::embedded) {
    const BusAnswer answer = ask_avahi(bus_answers_within);
    if (options_.publisher == Choice::automatic) {
      const bool avahi = answer.who == BusAnswer::Who::avahi;
      options_.publisher = avahi ? Choice::avahi : Choice::embedded;
      log_(Level::info, "chosen",
           avahi ? "announcing through the system's avahi-daemon" +
                       (answer.why.empty() ? ", which answers" : ": " + answer.why)
                 : "announcing through the embedded responder: " + answer.why);
    } else if (answer.who == BusAnswer::Who::nobody) {
      log_(Level::error, "no-bus", answer.why);
      return nullptr;
    }
  }
  if (options_.publisher == Choice::avahi) {
    return std::make_unique<AvahiPublisher>(context_, on_event);
  }
  return std::make_unique<EmbeddedPublisher>(
      context_, ResponderOptions{options_.interfaces, options_.host_name}, on_event);
}

void Daemon::handle(const Event& event) {
  if (const auto* remark = std::get_if<Remark>(&event)) {
    return log_(Level::warning, "remark", remark->text);
  }
  if (std::holds_alternative<Stopped>(event)) return on_stopped();
  if (stopping_) return;
  if (const auto* up = std::get_if<BackendUp>(&event)) wire_.set_host(up->host, up->domain);
  const auto* down = std::get_if<BackendDown>(&event);
  if (down != nullptr && down->cannot_start && !ready_) {
    log_(Level::error, "cannot-start", down->detail);
    return stop(exit_cannot_announce);
  }
  supervisor_->handle(event);
  const auto* change = std::get_if<StateChange>(&event);
  if (change != nullptr && change->state == State::established) wire_.established(change->key);
  become_ready();
}

void Daemon::become_ready() {
  if (std::exchange(ready_, true)) return;
  sd_notify(0, "READY=1");
}

void Daemon::wait_for_signal() {
  signals_.async_wait([this](boost::system::error_code error, int signal) {
    if (error) return;
    wait_for_signal();
    on_signal(signal);
  });
}

void Daemon::on_signal(int signal) {
  if (signal == SIGHUP) return reload();
  if (!stopping_) return stop(exit_stopped);
  if (std::chrono::steady_clock::now() - stop_began_ < same_wish) return;
  log_(Level::warning, "stopped", "told twice to stop: leaving at once");
  finish(true);
}

void Daemon::reload() {
  if (stopping_) return;
  notify_reloading();
  std::vector<CheckedFile> files;
  if (const std::error_code error = folder_.read(files, log_)) {
    log_(Level::error, "unreadable",
         folder_.path() + ": cannot be read: " + error.message() + "; everything stays as it is",
         {{"folder", folder_.path()}});
  } else {
    const LoadSummary loaded = supervisor_->load(std::move(files));
    log_(Level::info, "reloaded",
         "reloaded " + counted(loaded.files, "definition", "definitions") + " with " +
             counted(loaded.services, "service", "services") + "; refused " +
             std::to_string(loaded.refused) + ", last good version kept of " +
             std::to_string(loaded.kept));
  }
  sd_notify(0, "READY=1");
}

void Daemon::stop(int status) {
  stopping_ = true;
  stop_began_ = std::chrono::steady_clock::now();
  status_ = status;
  sd_notify(0, "STOPPING=1");
  if (status == exit_stopped) log_(Level::info, "stopping", "withdrawing everything");
  timer_.expires_after(stop_within);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    log_(Level::warning, "stopped", "the publisher does not answer: goodbyes may be missing");
    finish(true);
  });
  publisher_->stop();
}

void Daemon::on_stopped() {
  timer_.cancel();
  await_goodbyes();
}

void Daemon::await_goodbyes() {
  const bool heard = wire_.all_gone();
  if (heard || std::chrono::steady_clock::now() - stop_began_ >= stop_within) {
    if (status_ == exit_stopped) {
      log_(heard ? Level::info : Level::warning, "stopped",
           heard ? "stopped; nothing is announced any more"
                 : "stopped; not every goodbye was heard");
    }
    return finish(false);
  }
  timer_.expires_after(goodbye_interval);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) await_goodbyes();
  });
}

void Daemon::finish(bool abandoned) {
  abandoned_ = abandoned;
  signals_.cancel();
  timer_.cancel();
  wire_.stop();
  context_.stop();
}

}  // namespace srvwarden::daemon
