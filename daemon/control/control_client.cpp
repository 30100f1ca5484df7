// ControlClient: read, answer, and only then read on.
// SPDX-License-Identifier: Apache-2.0
#include "control/control_client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "link/control.hpp"

namespace srvwarden::daemon {

namespace asio = boost::asio;

namespace {

std::string seconds_words(std::chrono::milliseconds time) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

}  // namespace

ControlClient::ControlClient(Socket socket, ControlDesk& desk, ControlDesk::Client who,
                             const ControlTimes& times)
    : socket_(std::move(socket)),
      desk_(desk),
      who_(std::move(who)),
      times_(times),
      timer_(socket_.get_executor()) {}

void ControlClient::start(EndHandler on_end) {
  on_end_ = std::move(on_end);
  read();
  wait();
}

void ControlClient::read() {
  if (reading_ || ended_ || !socket_.is_open()) return;
  reading_ = true;
  socket_.async_read_some(
      asio::buffer(buffer_),
      [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
        self->reading_ = false;
        self->on_read(error, size);
      });
}

void ControlClient::on_read(boost::system::error_code error, std::size_t size) {
  if (!socket_.is_open()) return;
  if (error && error != asio::error::eof) return end();
  ended_ = ended_ || error == asio::error::eof;
  input_.append(buffer_.data(), size);
  proceed();
}

/// Does the next thing that can be done.
void ControlClient::proceed() {
  if (writing_ || !socket_.is_open()) return;
  std::string line;
  if (take_line(line)) return serve(line);
  if (input_.size() > link::max_control_request) {
    closing_ = true;
    return write(refusal(
        "null", "a line has at most " + std::to_string(link::max_control_request) + " octets"));
  }
  if (ended_) return end();
  if (changes_ > 0) return tell_now();
  read();
  wait();
}

/// The last line may lack its line feed.
bool ControlClient::take_line(std::string& line) {
  const auto feed = input_.find('\n');
  const bool whole = feed != input_.npos || (ended_ && !input_.empty());
  if (!whole || std::min(feed, input_.size()) > link::max_control_request) return false;
  line = input_.substr(0, feed);
  input_.erase(0, feed == input_.npos ? feed : feed + 1);
  waiting_ = Waiting::nothing;
  return true;
}

void ControlClient::serve(const std::string& line) {
  Line answer = desk_.answer(who_, line);
  if (is_watching()) told_ = answer.body ? answer.body : told_;
  write(std::move(answer));
}

void ControlClient::tell() {
  if (!is_watching() || !socket_.is_open()) return;
  ++changes_;
  if (!writing_) tell_now();
}

void ControlClient::tell_now() {
  const std::uint64_t skipped = std::exchange(changes_, 0) - 1;
  SharedText status = desk_.status_for(who_.watch_key);
  desk_.counters().skipped_updates += skipped;
  if (told_ && *told_ == *status) return proceed();
  told_ = status;
  write(status_event(*who_.watch_id, std::move(status), skipped));
}

void ControlClient::write(Line line) {
  writing_ = true;
  output_ = std::move(line);
  const std::array<asio::const_buffer, 3> pieces = {
      asio::buffer(output_.head), output_.body ? asio::buffer(*output_.body) : asio::const_buffer(),
      asio::buffer(output_.tail)};
  wait_for(Waiting::unread, times_.unread);
  asio::async_write(socket_, pieces,
                    [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                      self->on_written(error);
                    });
}

void ControlClient::on_written(boost::system::error_code error) {
  writing_ = false;
  output_ = {};
  waiting_ = Waiting::nothing;
  if (!socket_.is_open()) return;
  if (error || closing_) return end();
  proceed();
}

/// What may take how long now. Of a line, the time since its first octet counts.
void ControlClient::wait() {
  if (!input_.empty()) {
    if (waiting_ != Waiting::line) wait_for(Waiting::line, times_.line);
  } else if (is_watching() || who_.advertised > 0) {
    waiting_ = Waiting::nothing;
    timer_.cancel();
  } else {
    wait_for(Waiting::idle, times_.idle);
  }
}

void ControlClient::wait_for(Waiting what, std::chrono::milliseconds time) {
  waiting_ = what;
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), what](boost::system::error_code error) {
    const bool is_late = self->timer_.expiry() <= asio::steady_timer::clock_type::now();
    if (!error && is_late && self->waiting_ == what && self->socket_.is_open()) self->on_late();
  });
}

void ControlClient::on_late() {
  if (waiting_ != Waiting::idle) ++desk_.counters().too_slow;
  if (waiting_ == Waiting::unread) return end();
  closing_ = true;
  const std::string words = waiting_ == Waiting::line
                                ? "a line must end within " + seconds_words(times_.line)
                                : "nothing was asked for " + seconds_words(times_.idle);
  write(refusal("null", words));
}

void ControlClient::end() {
  const EndHandler on_end = std::exchange(on_end_, nullptr);
  close();
  if (on_end) on_end();
}

void ControlClient::close() {
  boost::system::error_code ignored;
  timer_.cancel();
  socket_.close(ignored);
  on_end_ = nullptr;
}

}  // namespace srvwarden::daemon
