// Daemon: signals, the publisher's events and the link, on one loop.
// SPDX-License-Identifier: Apache-2.0
#include "daemon.hpp"

#include <systemd/sd-daemon.h>

#include <csignal>
#include <utility>

#include "publish/avahi_publisher.hpp"
#include "publish/embedded_publisher.hpp"
#include "publish/system_bus.hpp"
#include "specifiers.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::chrono::seconds bus_answers_within{3};
constexpr std::chrono::seconds stop_within{2};
constexpr std::chrono::milliseconds same_wish{500};  // timeout(1) and others signal twice
constexpr std::chrono::milliseconds goodbye_interval{20};
constexpr std::chrono::milliseconds save_after{200};
constexpr std::chrono::minutes left_out_interval{1};

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

/// A daemon for one definition leaves nothing behind.
bool is_for_one(const Config& config) {
  return config.folders.front() == Definitions::standard_input;
}

std::string names_file(const Config& config) {
  return is_for_one(config) || config.state.empty() ? "" : config.state + "/names.json";
}

ControlOptions control_options(const ControlSettings& settings, int inherited) {
  ControlOptions options;
  options.path = settings.socket;
  options.mode = static_cast<mode_t>(settings.mode);
  options.group = settings.group;
  options.inherited = inherited;
  options.metrics_port = settings.metrics_port;
  return options;
}

}  // namespace

Daemon::Daemon(Config config, Log& log, ReadConfig read_config, InheritedSocket socket)
    : at_start_(std::move(config)),
      config_(at_start_),
      read_config_(std::move(read_config)),
      log_(log),
      signals_(context_, SIGTERM, SIGINT, SIGHUP),
      timer_(context_),
      save_(context_),
      left_out_(context_),
      definitions_(config_.folders, config_.overlays, log),
      folders_(context_, {}, log, [this] { load_changes(); }),
      names_(names_file(config_), log),
      wire_(context_, log, config_.interfaces,
            [this](const std::string& key) {
              WireWatch::Heard heard = wire_.heard(key);
              if (supervisor_) supervisor_->hear(key, std::move(heard.on), heard.everywhere);
            }),
      watchdog_(context_),
      health_(context_,
              [this](const HealthChange& change) {
                if (stopping_) return;
                supervisor_->set_health(change.key, change.healthy ? Health::good : Health::bad,
                                        change.words);
              }),
      inherited_(std::move(socket)),
      control_(context_, *this, counters_, log_,
               control_options(config_.control, inherited_.descriptor)) {
  log_.count_by([this](Level level) { counters_.count(level); });
}

Daemon::~Daemon() { log_.count_by({}); }

int Daemon::run() {
  if (const int status = start(); status != exit_stopped) return status;
  context_.run();
  return status_;
}

int Daemon::start() {
  const std::vector<CheckedFile> files = definitions_.read();
  if (!definitions_.all_readable()) return exit_unreadable;
  auto chosen = choose_publisher();
  if (!chosen) return exit_cannot_announce;
  publisher_ = std::make_unique<WatchedPublisher>(std::move(chosen), wire_);
  supervisor_ = std::make_unique<Supervisor>(*publisher_, log_, names_, hooks());
  const LoadSummary loaded = supervisor_->load(files);
  const std::string where = config_.folders.front();
  if (loaded.files == 0) {
    log_(Level::info, "empty", where + ": no definitions; waiting for some");
  } else if (loaded.refused == loaded.files) {
    log_(Level::error, "nothing", "nothing can be announced: every definition is refused");
    return exit_cannot_announce;
  }
  watch_folders();
  folders_.start();
  wire_.start();
  publisher_->start();
  watchdog_.start();
  if (!is_for_one(config_)) {
    watch_link();
    open_control();
  }
  tell_left_out();
  wait_for_signal();
  return exit_stopped;
}

SupervisorHooks Daemon::hooks() {
  SupervisorHooks hooks;
  hooks.naming = name_on_host;
  hooks.shape = [this](Announcement& one, const SupervisorHooks::Origin& origin) {
    // The embedded responder has its own interfaces, late ones too.
    if (config_.publisher == Choice::avahi) one.interfaces = config_.interfaces;
    apply(settings_for(config_, {origin.wanted, one.type, origin.path}), one);
  };
  hooks.wanted = [this](const Announcement& one, const SupervisorHooks::Origin& origin) {
    return watch_health(one, origin);
  };
  hooks.changed = [this] { control_.changed(); };
  hooks.unwanted = [this](const std::string& key) { health_.forget(key); };
  return hooks;
}

bool Daemon::watch_health(const Announcement& announcement, const SupervisorHooks::Origin& origin) {
  const auto settings =
      settings_for(config_, {origin.wanted, announcement.type, origin.path}).health;
  if (settings) {
    health_.watch(announcement.key, *settings, announcement.port);
  } else {
    health_.forget(announcement.key);
  }
  return settings.has_value();
}

/// Without it everything else goes on. A daemon for one definition has none: the socket is
/// another's.
void Daemon::open_control() {
  const std::string& socket = config_.control.socket;
  if (!inherited_.trouble.empty()) log_(Level::warning, "control", inherited_.trouble);
  const std::string trouble = control_.start();
  if (trouble.empty() && inherited_.descriptor >= 0) tell_inherited(socket);
  if (trouble.empty()) return;
  log_(Level::warning, "control", "no control socket: " + trouble, {{"file", socket}});
}

void Daemon::tell_inherited(const std::string& configured) {
  const std::string& path = inherited_.path;
  log_(Level::info, "control", "listening on the control socket of systemd: " + path,
       {{"file", path}});
  if (path == configured) return;
  log_(Level::warning, "control",
       configured + ", as configured, is not made: systemd listens on " + path +
           "; set ListenStream= in srvwardend.socket, or stop and mask that",
       {{"file", configured}});
}

void Daemon::watch_link() {
  WatchSettings settings = config_.watch;
  if (!settings.enabled) return;
  if (settings.database.empty() && !config_.state.empty()) {
    settings.database = config_.state + "/history.db";
  }
  if (settings.database == "none") settings.database.clear();
  watch_ = std::make_unique<LinkWatch>(context_, log_, wire_.listener(), definitions_.registry(),
                                       std::move(settings));
  wire_.listen_too([this](const wire::Packet& packet) { watch_->hear(packet); });
  watch_->start();
}

/// Settles config_.publisher, and says why where it was not said by the user.
std::unique_ptr<Publisher> Daemon::choose_publisher() {
  const auto on_event = [this](const Event& event) { handle(event); };
  if (config_.publisher != Choice::embedded) {
    const BusAnswer answer = ask_avahi(bus_answers_within);
    if (config_.publisher == Choice::automatic) {
      const bool avahi = answer.who == BusAnswer::Who::avahi;
      config_.publisher = avahi ? Choice::avahi : Choice::embedded;
      log_(Level::info, "chosen",
           avahi ? "announcing through the system's avahi-daemon" +
                       (answer.why.empty() ? ", which answers" : ": " + answer.why)
                 : "announcing through the embedded responder: " + answer.why);
    } else if (answer.who == BusAnswer::Who::nobody) {
      log_(Level::error, "no-bus", answer.why);
      return nullptr;
    }
  }
  if (config_.publisher == Choice::avahi) {
    return std::make_unique<AvahiPublisher>(context_, on_event);
  }
  return std::make_unique<EmbeddedPublisher>(
      context_, ResponderOptions{config_.interfaces, config_.host_name}, on_event);
}

void Daemon::handle(const Event& event) {
  if (const auto* remark = std::get_if<Remark>(&event)) {
    return log_(Level::warning, "remark", remark->text);
  }
  if (std::holds_alternative<Stopped>(event)) return on_stopped();
  if (stopping_) return;
  const auto* up = std::get_if<BackendUp>(&event);
  if (up != nullptr) wire_.set_host(up->host, up->domain);
  const auto* down = std::get_if<BackendDown>(&event);
  if (down != nullptr && down->cannot_start && !ready_) {
    log_(Level::error, "cannot-start", down->detail);
    return stop(exit_cannot_announce);
  }
  if (up != nullptr) {
    if (!backend_.detail.empty()) ++counters_.backend_restarts;
    backend_ = *up;
  }
  if (const auto* change = std::get_if<StateChange>(&event)) {
    handle_change(*change);
  } else {
    supervisor_->handle(event);
  }
  become_ready();
  save_names_soon();
}

void Daemon::handle_change(StateChange change) {
  if (change.state == State::collision) {
    const std::string rival = wire_.rival_of(change.key);
    if (!rival.empty()) change.detail += change.detail.empty() ? rival : ": " + rival;
    if (rival.empty()) wire_.ask_who_has(change.key);
  }
  const bool established = change.state == State::established;
  supervisor_->handle(change);
  if (established) wire_.established(change.key);
}

void Daemon::save_names_soon() {
  if (names_.is_saved()) return;
  save_.expires_after(save_after);
  save_.async_wait([this](boost::system::error_code error) {
    if (!error) names_.save();
  });
}

void Daemon::become_ready() {
  if (std::exchange(ready_, true)) return;
  log_.started();
  sd_notify(0, "READY=1");
}

/// A burst may be followed by silence: what the log left out is told then, too.
void Daemon::tell_left_out() {
  left_out_.expires_after(left_out_interval);
  left_out_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    log_.tell_left_out();
    tell_left_out();
  });
}

void Daemon::wait_for_signal() {
  signals_.async_wait([this](boost::system::error_code error, int signal) {
    if (error) return;
    wait_for_signal();
    on_signal(signal);
  });
}

void Daemon::on_signal(int signal) {
  if (signal == SIGHUP) return (void)reload();
  if (!stopping_) return stop(exit_stopped);
  if (std::chrono::steady_clock::now() - stop_began_ < same_wish) return;
  log_(Level::warning, "stopped", "told twice to stop: leaving at once");
  finish(true);
}

/// What inotify told of.
void Daemon::load_changes() {
  if (stopping_) return;
  supervisor_->load(definitions_.read());
  watch_folders();
}

/// The folders of definitions, and those of drop-ins that are there now.
void Daemon::watch_folders() {
  std::vector<std::string> all = definitions_.folders();
  std::erase(all, Definitions::standard_input);
  for (std::string& folder : definitions_.drop_in_folders()) all.push_back(std::move(folder));
  folders_.set_folders(std::move(all));
}

void Daemon::stop(int status) {
  stopping_ = true;
  stop_began_ = std::chrono::steady_clock::now();
  status_ = status;
  sd_notify(0, "STOPPING=1");
  folders_.stop();
  health_.stop();
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
  save_.cancel();
  left_out_.cancel();
  names_.save();
  watchdog_.stop();
  control_.stop();
  wire_.stop();
  if (watch_ && !watch_->stop()) abandoned_ = true;
  context_.stop();
}

}  // namespace srvwarden::daemon
