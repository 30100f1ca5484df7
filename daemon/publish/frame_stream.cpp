// FrameStream: one read and one write under way at a time.
// SPDX-License-Identifier: Apache-2.0
#include "publish/frame_stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace srvwarden::daemon {

namespace asio = boost::asio;

FrameStream::FrameStream(asio::io_context& context, int fd)
    : socket_(context, asio::local::stream_protocol(), fd) {}

void FrameStream::start(BodyHandler on_body, EndHandler on_end) {
  on_body_ = std::move(on_body);
  on_end_ = std::move(on_end);
  read();
}

void FrameStream::read() {
  socket_.async_read_some(
      asio::buffer(buffer_),
      [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
        if (error) return self->end();
        self->cutter_.add({self->buffer_.data(), size});
        while (const auto body = self->cutter_.next()) {
          if (!self->socket_.is_open()) return;  // closed by a handler
          if (!self->on_body_(*body)) return self->end();
        }
        if (self->cutter_.broken()) return self->end();
        if (self->socket_.is_open()) self->read();
      });
}

void FrameStream::send(std::string frame) {
  if (!socket_.is_open()) return;
  unsent_octets_ += frame.size();
  if (unsent_octets_ > max_unsent) {
    boost::system::error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_both, ignored);  // reading says that it ended
    return;
  }
  unsent_.push_back(std::move(frame));
  if (unsent_.size() == 1) write();
}

void FrameStream::write() {
  asio::async_write(socket_, asio::buffer(unsent_.front()),
                    [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                      if (error) return self->unsent_.clear();  // reading says that it ended
                      self->unsent_octets_ -= self->unsent_.front().size();
                      self->unsent_.pop_front();
                      if (!self->unsent_.empty()) self->write();
                    });
}

void FrameStream::end() {
  const EndHandler on_end = std::exchange(on_end_, nullptr);
  close();
  if (on_end) on_end();
}

void FrameStream::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  on_end_ = nullptr;
}

}  // namespace srvwarden::daemon
