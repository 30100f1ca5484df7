// Gunzip: unpacks gzip data piece by piece, as it is read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "srvwarden/wire_name.hpp"

namespace srvwarden::link {

/// Several members in a row are one stream, and zeros after the last are padding. RFC 1952 §2.2.
class Gunzip {
 public:
  /// Fills the room given, at least by one octet; 0 at the end or where reading fails.
  using Source = std::function<std::size_t(std::span<std::uint8_t>)>;

  /// Whether octets begin as gzip data does.
  static bool is_gzip(wire::Bytes start) noexcept;

  /// @param start  what was read of the source already.
  Gunzip(wire::Bytes start, Source source);
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  /// Unpacks at least one octet; 0 at the end, or where failure() says why.
  std::size_t read(std::span<std::uint8_t> out);
  /// What is wrong with the data, in words; what was given until then is good as far as it goes.
  const std::optional<std::string>& failure() const noexcept { return failure_; }

 private:
  struct Stream;

  bool refill();
  bool begin_member();
  bool step();
  void fail(std::string why) { failure_ = std::move(why); }

  Source source_;
  std::unique_ptr<Stream> stream_;
  bool in_member_ = true;
  std::optional<std::string> failure_;
};

}  // namespace srvwarden::link
