// The event loop of a live audit.
// SPDX-License-Identifier: Apache-2.0
#include "link/live_audit.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>

#include "link/interface_watch.hpp"
#include "link/listener.hpp"
#include "link/surveyor.hpp"

namespace srvwarden::link {

namespace {

constexpr std::chrono::milliseconds tick_interval{100};

/// Calls a function again and again, until it wants an end.
class Ticker {
 public:
  Ticker(boost::asio::io_context& context, std::function<bool()> on_tick)
      : context_(context), timer_(context), on_tick_(std::move(on_tick)) {
    if (on_tick_) wait();
  }

 private:
  void wait() {
    timer_.expires_after(tick_interval);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (error) return;
      on_tick_() ? wait() : context_.stop();
    });
  }

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  std::function<bool()> on_tick_;
};

}  // namespace

/// Adds to what was heard on an interface of that name before it went.
void LiveAudit::count(const Listened& heard) {
  auto same = std::ranges::find(heard_, heard.name, &HeardInterface::name);
  if (same == heard_.end()) same = heard_.insert(heard_.end(), {heard.name, 0, 0});
  same->packets += heard.packets;
  same->dropped += heard.dropped;
}

LinkError LiveAudit::run(const LiveAuditOptions& options, const census::Census& census,
                         std::function<void(const wire::Packet&)> on_packet,
                         std::function<void(const LinkError&)> on_error) {
  boost::asio::io_context context;
  Listener listener(context);
  Surveyor surveyor(context, listener, census);
  const auto hear = [&](const wire::Packet& packet) {
    if (options.ask) surveyor.hear(packet);
    on_packet(packet);
  };
  if (LinkError error = listener.open({.interfaces = options.interfaces}, hear, on_error);
      error.code) {
    return error;
  }
  if (options.ask) surveyor.start();
  InterfaceWatch watch(context);
  if (const std::error_code code = watch.start([&] { listener.update(); })) {
    on_error({code, "cannot see interfaces come and go: " + code.message()});
  }
  boost::asio::steady_timer end(context, options.time);
  if (options.time.count() > 0) {
    end.async_wait([&](const boost::system::error_code&) { context.stop(); });
  }
  Ticker ticker(context, options.on_tick);
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code&, int) { context.stop(); });
  context.run();
  for (const Listened& heard : listener.former()) count(heard);
  for (const Listened& heard : listener.interfaces()) count(heard);
  return {};
}

}  // namespace srvwarden::link
