// The kind "http": one GET, of whose answer the head is read and no more.
// SPDX-License-Identifier: Apache-2.0
#include "health/http_probe.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "health/connector.hpp"
#include "health/http_head.hpp"
#include "report/terminal.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::daemon {

namespace {

namespace asio = boost::asio;

constexpr std::size_t longest_path = 2000;
constexpr std::size_t longest_quote = 128;

const std::string& path_of(const HealthSettings& settings) {
  static const std::string top = "/";
  return settings.path.empty() ? top : settings.path;
}

/// An IPv6 address stands in brackets, and without its zone: RFC 9110 §7.2, RFC 6874 §4.
std::string host_field(const HealthSettings& settings) {
  std::string host = settings.host.empty() ? "localhost" : settings.host;
  host = host.substr(0, host.find('%'));
  if (host.find(':') != host.npos) host = '[' + host + ']';
  return host + ':' + std::to_string(settings.port);
}

std::string request_for(const HealthSettings& settings) {
  return "GET " + path_of(settings) + " HTTP/1.1\r\nHost: " + host_field(settings) +
         "\r\nUser-Agent: srvwardend\r\nAccept: */*\r\nConnection: close\r\n\r\n";
}

std::string quoted(std::string_view text) {
  return '"' + report::shown(utf8::prefix(text, longest_quote)) + '"';
}

std::string words_for_redirect(const HttpHead& head) {
  return "status " + std::to_string(head.status()) + " to " + quoted(head.location()) +
         "; redirects are not followed: let the check name the page itself";
}

class HttpProbe final : public Probe {
 public:
  HttpProbe(asio::io_context& context, const HealthSettings& settings)
      : Probe(context, settings.timeout),
        what_("GET " + report::shown(path_of(settings)) + " at " + words_for_peer(settings) + ": "),
        request_(request_for(settings)),
        connector_(std::make_shared<Connector>(context, settings)),
        socket_(context) {}

 private:
  void begin() override;
  void end() override;
  std::string waiting_for() const override;
  void take(Connector::Socket socket, const std::string& why);
  void send();
  void read();
  void judge();
  void judge_end(boost::system::error_code error);

  std::string what_;
  std::string request_;
  std::shared_ptr<Connector> connector_;
  asio::ip::tcp::socket socket_;
  std::array<char, 4096> buffer_{};
  std::size_t received_ = 0;
  HttpHead head_;
};

void HttpProbe::begin() {
  connector_->start(
      [weak = weak_self<HttpProbe>()](Connector::Socket socket, const std::string& why) {
        if (const auto me = weak.lock()) me->take(std::move(socket), why);
      });
}

void HttpProbe::take(Connector::Socket socket, const std::string& why) {
  if (!socket.is_open()) return finish(false, what_ + why);
  socket_ = std::move(socket);
  read();  // also while writing: a server may answer before it has read everything
  send();
}

void HttpProbe::end() {
  connector_->close();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

std::string HttpProbe::waiting_for() const {
  if (!socket_.is_open()) return what_ + "no answer to a connection attempt";
  if (received_ == 0) return what_ + "connected, but no answer";
  return what_ + "an answer began, but its head did not end";
}

void HttpProbe::send() {
  asio::async_write(socket_, asio::buffer(request_),
                    [me = self<HttpProbe>()](boost::system::error_code, std::size_t) {
                      // reading says what went wrong
                    });
}

void HttpProbe::read() {
  socket_.async_read_some(
      asio::buffer(buffer_),
      [me = self<HttpProbe>()](boost::system::error_code error, std::size_t size) {
        if (me->finished()) return;
        if (error) return me->judge_end(error);
        me->received_ += size;
        if (me->head_.add({me->buffer_.data(), size}) == HttpHead::State::incomplete) {
          return me->read();
        }
        me->judge();
      });
}

void HttpProbe::judge() {
  if (head_.state() == HttpHead::State::too_long) {
    return finish(false, what_ + "the answer's head has no end within " +
                             std::to_string(HttpHead::limit) + " bytes");
  }
  if (head_.state() == HttpHead::State::not_http) {
    const bool tls = head_.beginning().starts_with("\x15\x03");  // a TLS alert: RFC 8446 §5.1
    return finish(false, what_ + (tls ? "the server speaks TLS, which is not spoken here: check it "
                                        "by tcp or exec"
                                      : "the answer is not HTTP/1: it begins with " +
                                            quoted(head_.beginning())));
  }
  const unsigned status = head_.status();
  if (status >= 300 && status < 400 && !head_.location().empty()) {
    return finish(false, what_ + words_for_redirect(head_));
  }
  finish(status >= 200 && status < 300, what_ + "status " + std::to_string(status));
}

void HttpProbe::judge_end(boost::system::error_code error) {
  const std::string how = error == asio::error::eof ? "closed" : error.message();
  if (received_ == 0) return finish(false, what_ + "no answer: " + how);
  const std::string interim = head_.status() >= 100 && head_.status() < 200
                                  ? ", after status " + std::to_string(head_.status())
                                  : "";
  finish(false, what_ + "the answer ended after " + std::to_string(received_) +
                    " bytes, within its head" + interim + ": " + how);
}

}  // namespace

std::optional<HealthFault> http_fault(const HealthSettings& settings) {
  const std::string& path = path_of(settings);
  if (path.front() != '/') return HealthFault{"path", "must start with '/'"};
  if (path.size() > longest_path) {
    return HealthFault{"path", "must have at most " + std::to_string(longest_path) + " bytes"};
  }
  const auto is_plain = [](char c) { return c > ' ' && c < '\x7f' && c != '#'; };
  if (!std::all_of(path.begin(), path.end(), is_plain)) {
    return HealthFault{"path",
                       "must be as in a request: ASCII without spaces, controls and '#'; "
                       "write others as %XX"};
  }
  return host_fault(settings);
}

std::shared_ptr<Probe> make_http_probe(asio::io_context& context, const HealthSettings& settings) {
  return std::make_shared<HttpProbe>(context, settings);
}

}  // namespace srvwarden::daemon
