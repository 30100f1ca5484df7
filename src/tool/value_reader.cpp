// ValueReader: standard input as values.
// SPDX-License-Identifier: Apache-2.0
#include "tool/value_reader.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace srvwarden::tool {
namespace {

constexpr std::size_t block = std::size_t{1} << 18;

}  // namespace

ValueReader::ValueReader(int descriptor, char separator)
    : descriptor_(descriptor), separator_(separator), buffer_(block) {}

bool ValueReader::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
  ssize_t got = 0;
  do {
    got = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - end_);
  } while (got < 0 && errno == EINTR);
  failed_ = got < 0;
  at_end_ = got <= 0;
  if (got > 0) end_ += static_cast<std::size_t>(got);
  return !failed_;
}

ValueReader::Status ValueReader::next(std::string_view& out) {
  std::size_t searched = 0;
  while (true) {
    const char* const start = buffer_.data() + begin_;
    const std::size_t size = end_ - begin_;
    const void* const found =
        size > searched ? std::memchr(start + searched, separator_, size - searched) : nullptr;
    if (found != nullptr) {
      out = {start, static_cast<std::size_t>(static_cast<const char*>(found) - start)};
      begin_ += out.size() + 1;
      return Status::value;
    }
    if (at_end_) {
      if (failed_) return Status::unreadable;
      if (size == 0) return Status::end;
      out = {start, size};
      begin_ = end_;
      return Status::value;
    }
    if (size > max_value) return Status::too_long;
    searched = size;
    fill();
  }
}

}  // namespace srvwarden::tool
