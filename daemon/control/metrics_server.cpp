// MetricsServer: one request a connection, and an end to each of them.
// SPDX-License-Identifier: Apache-2.0
#include "control/metrics_server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "srvwarden/ascii.hpp"

namespace srvwarden::daemon {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds accept_again{100};
constexpr std::size_t max_unasked = std::size_t{64} << 10;  // octets read after the answer

std::string_view words_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 421:
      return "Misdirected Request";
    case 431:
      return "Request Header Fields Too Large";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Bad Request";
  }
}

std::string_view next_line(std::string_view& rest) {
  const auto feed = rest.find('\n');
  std::string_view line = rest.substr(0, feed);
  rest = feed == rest.npos ? std::string_view() : rest.substr(feed + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view next_word(std::string_view& rest) {
  const auto space = rest.find(' ');
  const std::string_view word = rest.substr(0, space);
  rest = space == rest.npos ? std::string_view() : rest.substr(space + 1);
  return word;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

/// A web page whose name was made to lead here sends its own name: it must read nothing.
bool is_this_host(std::string_view host) {
  for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"}) {
    if (host.size() < name.size() || !ascii::equal(host.substr(0, name.size()), name)) continue;
    const std::string_view port = host.substr(name.size());
    const bool is_port =
        port.size() > 1 && port[0] == ':' && std::ranges::all_of(port.substr(1), ascii::is_digit);
    if (port.empty() || is_port) return true;
  }
  return false;
}

/// 200, or what is wrong with the fields.
int judge_fields(std::string_view fields, bool needs_host) {
  int hosts = 0;
  bool is_ours = true;
  while (!fields.empty()) {
    const std::string_view line = next_line(fields);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == line.npos || colon == 0) return 400;
    if (!ascii::equal(line.substr(0, colon), "host")) continue;
    ++hosts;
    is_ours = is_this_host(trimmed(line.substr(colon + 1)));
  }
  if (hosts > 1 || (hosts == 0 && needs_host)) return 400;
  return is_ours ? 200 : 421;
}

std::string head_of(const HttpAnswer& answer, std::size_t size) {
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
  head += words_of(answer.status);
  head += answer.status == 200 ? "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8"
                               : "\r\nContent-Type: text/plain; charset=utf-8";
  if (answer.status == 405) head += "\r\nAllow: GET, HEAD";
  return head + "\r\nContent-Length: " + std::to_string(size) +
         "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
         "\r\nConnection: close\r\n\r\n";
}

}  // namespace

HttpAnswer judge_http(std::string_view head) {
  std::string_view line = next_line(head);
  const std::string_view method = next_word(line);
  const std::string_view target = next_word(line);
  const std::string_view version = line;
  if (method.empty() || target.empty() || !version.starts_with("HTTP/")) return {400};
  const bool with_body = method != "HEAD";
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return {505, with_body};
  const int fields = judge_fields(head, version == "HTTP/1.1");
  if (fields != 200) return {fields, with_body};
  if (target.substr(0, target.find('?')) != "/metrics") return {404, with_body};
  if (method != "GET" && method != "HEAD") return {405};
  return {200, with_body};
}

/// Reads a head, writes an answer, waits until the other side closes, all within one time.
class MetricsServer::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(MetricsServer& server, tcp::socket socket)
      : server_(server), socket_(std::move(socket)), timer_(socket_.get_executor()) {}

  void start() {
    timer_.expires_after(server_.limits_.time);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
      if (!error) self->end();
    });
    read();
  }
  void close() {
    boost::system::error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
  }

 private:
  void read() {
    socket_.async_read_some(
        asio::buffer(buffer_),
        [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
          if (!self->socket_.is_open()) return;
          if (error) return self->end();
          self->on_read(size);
        });
  }

  void on_read(std::size_t size) {
    if (answered_) {
      unasked_ += size;
      return unasked_ > max_unasked ? end() : read();
    }
    head_.append(buffer_.data(), size);
    if (const auto at = end_of_head(); at != head_.npos) {
      return answer(judge_http(std::string_view(head_).substr(0, at)));
    }
    if (head_.size() > server_.limits_.head) return answer({431});
    read();
  }

  /// After the empty line; npos where it has not come, or too late.
  std::size_t end_of_head() const {
    for (const std::string_view mark : {"\r\n\r\n", "\n\n"}) {
      const auto at = head_.find(mark);
      const std::size_t end = at + mark.size();
      if (at != head_.npos && end <= server_.limits_.head) return end;
    }
    return head_.npos;
  }

  void answer(const HttpAnswer& what) {
    body_ = what.status == 200
                ? server_.source_()
                : std::make_shared<const std::string>(std::string(words_of(what.status)) + '\n');
    head_ = head_of(what, body_->size());
    const std::array<asio::const_buffer, 2> pieces = {
        asio::buffer(head_), what.with_body ? asio::buffer(*body_) : asio::const_buffer()};
    asio::async_write(socket_, pieces,
                      [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                        if (!self->socket_.is_open()) return;
                        if (error) return self->end();
                        self->on_written();
                      });
  }

  // Closed with something unread, the connection would be reset, and the answer lost.
  void on_written() {
    boost::system::error_code ignored;
    answered_ = true;
    body_.reset();
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    read();
  }

  void end() {
    if (!socket_.is_open()) return;
    close();
    server_.connections_.erase(shared_from_this());
  }

  MetricsServer& server_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  std::array<char, 2048> buffer_{};
  std::string head_;
  SharedText body_;
  std::size_t unasked_ = 0;
  bool answered_ = false;
};

struct MetricsServer::Listener {
  explicit Listener(asio::io_context& context) : acceptor(context), timer(context) {}
  tcp::acceptor acceptor;
  asio::steady_timer timer;
};

MetricsServer::MetricsServer(asio::io_context& context, Source source, const MetricsLimits& limits)
    : context_(context), source_(std::move(source)), limits_(limits) {}

MetricsServer::~MetricsServer() { stop(); }

std::string MetricsServer::start(std::uint16_t port) {
  if (std::string trouble = listen({asio::ip::address_v4::loopback(), port}); !trouble.empty()) {
    return "metrics on 127.0.0.1 port " + std::to_string(port) + ": " + trouble;
  }
  port_ = listeners_.front()->acceptor.local_endpoint().port();
  listen({asio::ip::address_v6::loopback(), port_});  // a host may have no IPv6
  return {};
}

std::string MetricsServer::listen(const tcp::endpoint& where) {
  const auto listener = std::make_shared<Listener>(context_);
  tcp::acceptor& acceptor = listener->acceptor;
  boost::system::error_code error;
  acceptor.open(where.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && where.protocol() == tcp::v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.bind(where, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) return error.message();
  listeners_.push_back(listener);
  accept(listener);
  return {};
}

void MetricsServer::accept(const std::shared_ptr<Listener>& listener) {
  listener->acceptor.async_accept(
      [this, listener](boost::system::error_code error, tcp::socket socket) {
        if (!listener->acceptor.is_open()) return;
        if (!error) {
          serve(std::move(socket));
          return accept(listener);
        }
        listener->timer.expires_after(accept_again);  // no descriptor left: another time
        listener->timer.async_wait([this, listener](boost::system::error_code cancelled) {
          if (!cancelled && listener->acceptor.is_open()) accept(listener);
        });
      });
}

void MetricsServer::serve(tcp::socket socket) {
  if (connections_.size() >= limits_.connections) return;
  const auto connection = std::make_shared<Connection>(*this, std::move(socket));
  connections_.insert(connection);
  connection->start();
}

void MetricsServer::stop() {
  for (const auto& listener : listeners_) {
    boost::system::error_code ignored;
    listener->acceptor.close(ignored);
    listener->timer.cancel();
  }
  listeners_.clear();
  for (const auto& connection : connections_) connection->close();
  connections_.clear();
}

}  // namespace srvwarden::daemon
