// Reading a descriptor through a buffer.
// SPDX-License-Identifier: Apache-2.0
#include "link/input_stream.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace srvwarden::link {

namespace {

constexpr std::size_t read_ahead = std::size_t{128} << 10;

}  // namespace

InputStream::InputStream(int descriptor) : descriptor_(descriptor) {}

InputStream::~InputStream() {
  if (descriptor_ != STDIN_FILENO) close(descriptor_);
}

void InputStream::fill(std::size_t size) {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  moved_ += begin_;
  end_ -= begin_;
  begin_ = 0;
  if (buffer_.size() < std::max(size, read_ahead)) buffer_.resize(std::max(size, read_ahead));
  while (end_ < size) {
    const std::size_t got = read(std::span(buffer_).subspan(end_));
    if (got == 0) return;
    end_ += got;
    if (!started_ && end_ >= 2) begin_unpacking();
  }
}

/// The first octets tell; if they are gzip's, they are what it unpacks first.
void InputStream::begin_unpacking() {
  started_ = true;
  const wire::Bytes start = wire::Bytes(buffer_).first(end_);
  if (!Gunzip::is_gzip(start)) return;
  gunzip_ = std::make_unique<Gunzip>(
      start, [this](std::span<std::uint8_t> room) { return read_file(room); });
  end_ = 0;
}

std::size_t InputStream::read(std::span<std::uint8_t> room) {
  if (!gunzip_) return read_file(room);
  const std::size_t got = gunzip_->read(room);
  if (got == 0 && gunzip_->failure() && !failure_) {
    failure_ = {std::make_error_code(std::errc::invalid_argument), *gunzip_->failure()};
  }
  return got;
}

std::size_t InputStream::read_file(std::span<std::uint8_t> room) {
  for (;;) {
    const ssize_t got = ::read(descriptor_, room.data(), room.size());
    if (got >= 0) {
      octets_read_ += static_cast<std::size_t>(got);
      return static_cast<std::size_t>(got);
    }
    if (errno == EINTR) continue;
    const std::error_code code(errno, std::generic_category());
    failure_ = {code, code.message()};
    return 0;
  }
}

}  // namespace srvwarden::link
