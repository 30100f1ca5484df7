// InputStream: the octets of a file or pipe in order, unpacked where gzip packed them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "link/gunzip.hpp"
#include "link/link_error.hpp"
#include "srvwarden/wire_name.hpp"

namespace srvwarden::link {

/// Reads ahead, but never waits for more than was asked for: a pipe's octets are there at once.
class InputStream {
 public:
  /// @param descriptor  closed at the end, but for standard input.
  explicit InputStream(int descriptor);
  ~InputStream();
  InputStream(const InputStream&) = delete;
  InputStream& operator=(const InputStream&) = delete;

  /// The next `size` octets; fewer at the end, or where failure() says why. Valid until the next
  /// call.
  wire::Bytes take(std::size_t size) {
    const wire::Bytes octets = peek(size);
    begin_ += octets.size();
    return octets;
  }
  /// The same, but they stay the next.
  wire::Bytes peek(std::size_t size) {
    if (size > end_ - begin_) fill(size);
    return wire::Bytes(buffer_).subspan(begin_, std::min(size, end_ - begin_));
  }

  /// How many octets were taken, counted as they are when unpacked.
  std::uint64_t position() const noexcept { return moved_ + begin_; }
  /// How many octets of the file were read, packed or not.
  std::uint64_t octets_read() const noexcept { return octets_read_; }
  /// Why reading ended early; its words are the reason alone.
  const std::optional<LinkError>& failure() const noexcept { return failure_; }

 private:
  void fill(std::size_t size);
  void begin_unpacking();
  std::size_t read(std::span<std::uint8_t> room);
  std::size_t read_file(std::span<std::uint8_t> room);

  int descriptor_;
  std::vector<std::uint8_t> buffer_;
  std::size_t begin_ = 0;  ///< in the buffer: what was read and not taken
  std::size_t end_ = 0;
  std::uint64_t octets_read_ = 0;
  std::uint64_t moved_ = 0;  ///< octets before the buffer's first
  bool started_ = false;
  std::unique_ptr<Gunzip> gunzip_;
  std::optional<LinkError> failure_;
};

}  // namespace srvwarden::link
