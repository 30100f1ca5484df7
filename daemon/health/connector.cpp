// Connector: one address after the other, the second also when the first is merely slow.
// SPDX-License-Identifier: Apache-2.0
#include "health/connector.hpp"

#include <boost/asio/ip/address.hpp>
#include <utility>

#include "report/terminal.hpp"

namespace srvwarden::daemon {

namespace {

namespace ip = boost::asio::ip;

constexpr std::chrono::milliseconds head_start{250};  // RFC 8305 §5

bool means_this_host(const std::string& host) { return host.empty() || host == "localhost"; }

std::vector<ip::address> addresses_of(const std::string& host) {
  if (means_this_host(host)) return {ip::address_v4::loopback(), ip::address_v6::loopback()};
  return {ip::make_address(host)};
}

/// On a free port of the range that outgoing connections take theirs from, a connection may meet
/// itself: nobody listens there.
bool meets_itself(const ip::tcp::socket& socket) {
  boost::system::error_code error;
  const auto here = socket.local_endpoint(error);
  return !error && here == socket.remote_endpoint(error) && !error;
}

}  // namespace

std::optional<HealthFault> host_fault(const HealthSettings& settings) {
  if (settings.port == 0) return HealthFault{"port", "must be given, since the service has none"};
  if (means_this_host(settings.host)) return std::nullopt;
  boost::system::error_code error;
  const bool has_null = settings.host.find('\0') != settings.host.npos;
  const ip::address address = ip::make_address(settings.host, error);
  if (error || has_null) {
    return HealthFault{"host",
                       "must be an IP address or localhost: names are not looked up, so that "
                       "a name service can neither delay nor falsify a check"};
  }
  if (address.is_unspecified() || address.is_multicast()) {
    return HealthFault{"host", "must be an address that can be connected to"};
  }
  return std::nullopt;
}

std::string words_for_peer(const HealthSettings& settings) {
  const std::string port = " port " + std::to_string(settings.port);
  if (means_this_host(settings.host)) return "localhost" + port;
  return report::shown(settings.host) + port;
}

Connector::Connector(boost::asio::io_context& context, const HealthSettings& settings)
    : timer_(context) {
  for (const ip::address& address : addresses_of(settings.host)) {
    attempts_.push_back({{address, settings.port}, Socket(context)});
  }
}

void Connector::start(Done done) {
  done_ = std::move(done);
  try_next();
}

void Connector::try_next() {
  const std::size_t place = started_++;
  attempts_[place].socket.async_connect(
      attempts_[place].to, [me = shared_from_this(), place](boost::system::error_code error) {
        me->take(place, error);
      });
  if (started_ == attempts_.size()) return;
  timer_.expires_after(head_start);
  timer_.async_wait([me = shared_from_this()](boost::system::error_code error) {
    if (!error && me->done_ && me->started_ < me->attempts_.size()) me->try_next();
  });
}

void Connector::take(std::size_t place, boost::system::error_code error) {
  if (!done_) return;
  Attempt& mine = attempts_[place];
  if (!error && meets_itself(mine.socket)) error = boost::asio::error::connection_refused;
  if (!error) {
    const Done done = std::exchange(done_, nullptr);
    Socket socket = std::move(mine.socket);
    close();
    return done(std::move(socket), "");
  }
  if (!why_.empty()) why_ += "; ";
  why_ += mine.to.address().to_string() + ": " + error.message();
  boost::system::error_code ignored;
  mine.socket.close(ignored);
  if (++failed_ == attempts_.size()) {
    const Done done = std::exchange(done_, nullptr);
    Socket none(timer_.get_executor());
    close();
    return done(std::move(none), why_);
  }
  if (started_ < attempts_.size()) {
    timer_.cancel();
    try_next();
  }
}

void Connector::close() {
  done_ = nullptr;
  timer_.cancel();
  boost::system::error_code ignored;
  for (Attempt& attempt : attempts_) attempt.socket.close(ignored);
}

}  // namespace srvwarden::daemon
