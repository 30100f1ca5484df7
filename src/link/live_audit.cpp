// The event loop of a live audit.
// SPDX-License-Identifier: Apache-2.0
#include "link/live_audit.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>

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

LinkError LiveAudit::run(const LiveAuditOptions& options, const census::Census& census,
                         std::function<void(const wire::Packet&)> on_packet,
                         std::function<void(const LinkError&)> on_error) {
  boost::asio::io_context context;
  Listener listener(context);
  if (LinkError error = listener.open({.interfaces = options.interfaces}, std::move(on_packet),
                                      std::move(on_error));
      error.code) {
    return error;
  }
  Surveyor surveyor(context, listener, census);
  if (options.ask) surveyor.start();
  boost::asio::steady_timer end(context, options.time);
  if (options.time.count() > 0) {
    end.async_wait([&](const boost::system::error_code&) { context.stop(); });
  }
  Ticker ticker(context, options.on_tick);
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code&, int) { context.stop(); });
  context.run();
  for (const Listened& heard : listener.interfaces()) {
    heard_.push_back({heard.name, heard.packets, heard.dropped});
  }
  return {};
}

}  // namespace srvwarden::link
