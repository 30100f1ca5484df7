// ControlServer: lets clients in, tells those who watch, and forgets those who left.
// SPDX-License-Identifier: Apache-2.0
#include "control/control_server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <utility>
#include <vector>

namespace srvwarden::daemon {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds accept_again{100};

}  // namespace

ControlServer::ControlServer(asio::io_context& context, Controlled& controlled,
                             const Counters& counters, Log& log, ControlOptions options)
    : options_(std::move(options)),
      desk_(controlled, counters, log, access_of(options_)),
      admission_(options_.admission),
      acceptor_(context),
      again_(context),
      updates_(context),
      context_(context) {}

ControlServer::~ControlServer() { stop(); }

Access ControlServer::access_of(const ControlOptions& options) {
  return Access(geteuid(), options.group.empty() ? std::nullopt : group_named(options.group));
}

std::string ControlServer::start() {
  if (!options_.group.empty() && !group_named(options_.group)) {
    return "control socket: there is no group \"" + options_.group +
           "\": make it, or name another one";
  }
  if (std::string trouble = listen(); !trouble.empty()) {
    return "control socket " + options_.path + ": " + trouble;
  }
  if (options_.metrics_port != 0) {
    metrics_ = std::make_unique<MetricsServer>(context_, [this] {
      ++desk_.counters().scrapes;
      return desk_.metrics();
    });
    if (std::string trouble = metrics_->start(options_.metrics_port); !trouble.empty()) {
      stop();
      return trouble;
    }
  }
  accept();
  return {};
}

std::string ControlServer::listen() {
  boost::system::error_code error;
  if (options_.inherited >= 0) {
    acceptor_.assign(Protocol(), std::exchange(options_.inherited, -1), error);
    return error ? error.message() : "";
  }
  const auto group = options_.group.empty() ? std::nullopt : group_named(options_.group);
  const auto id = group ? std::optional(group->id) : std::nullopt;
  if (std::string trouble = file_.open(options_.path, options_.mode, id); !trouble.empty()) {
    return trouble;
  }
  acceptor_.assign(Protocol(), file_.release(), error);
  return error ? error.message() : "";
}

void ControlServer::accept() {
  acceptor_.async_accept([this](boost::system::error_code error, Protocol::socket socket) {
    if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!error) {
      enter(std::move(socket));
      return accept();
    }
    again_.expires_after(accept_again);  // no descriptor left: another time
    again_.async_wait([this](boost::system::error_code cancelled) {
      if (!cancelled) accept();
    });
  });
}

void ControlServer::enter(Protocol::socket socket) {
  const auto peer = peer_of(socket.native_handle());
  if (!peer) return turn_away(socket, "the kernel does not tell who you are");
  const bool may_order = desk_.access().may_order(*peer);
  if (const std::string full = admission_.enter(peer->uid, may_order); !full.empty()) {
    return turn_away(socket, full);
  }
  ++desk_.counters().accepted;
  desk_.counters().clients = admission_.clients();
  const std::uint64_t number = ++last_number_;
  auto client = std::make_shared<ControlClient>(
      std::move(socket), desk_, ControlDesk::Client{number, *peer, 0, std::nullopt, ""},
      options_.times);
  clients_.emplace(number, client);
  client->start([this, number] { leave(number); });
}

void ControlServer::leave(std::uint64_t number) {
  const auto node = clients_.extract(number);
  if (node.empty()) return;
  const ControlDesk::Client& who = node.mapped()->who();
  admission_.leave(who.peer.uid, desk_.access().may_order(who.peer));
  desk_.counters().clients = admission_.clients();
  desk_.leave(who);
}

/// As much of the reason as the kernel takes at once.
void ControlServer::turn_away(Protocol::socket& socket, const std::string& why) {
  ++desk_.counters().turned_away;
  const std::string text = refusal("null", why).text();
  boost::system::error_code ignored;
  socket.non_blocking(true, ignored);
  if (!ignored) socket.write_some(asio::buffer(text), ignored);
}

void ControlServer::changed() {
  desk_.changed();
  if (std::exchange(update_due_, true)) return;
  updates_.expires_at(std::max(told_ + options_.times.updates, std::chrono::steady_clock::now()));
  updates_.async_wait([this](boost::system::error_code error) {
    if (!error) tell_watchers();
  });
}

void ControlServer::tell_watchers() {
  update_due_ = false;
  told_ = std::chrono::steady_clock::now();
  for (const auto& [number, client] : clients_) client->tell();
}

void ControlServer::stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  again_.cancel();
  updates_.cancel();
  metrics_.reset();
  file_.remove();
  for (const auto& [number, client] : std::exchange(clients_, {})) {
    desk_.leave(client->who());
    client->close();
  }
}

}  // namespace srvwarden::daemon
