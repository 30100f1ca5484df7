// Unpacking with zlib.
// SPDX-License-Identifier: Apache-2.0
#include "link/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

namespace srvwarden::link {

namespace {

constexpr std::size_t piece = std::size_t{64} << 10;
constexpr std::uint8_t magic[] = {0x1F, 0x8B};

}  // namespace

struct Gunzip::Stream {
  explicit Stream(wire::Bytes start) : input(std::max(piece, start.size())) {
    constexpr int gzip_only = 15 + 16;  // zlib: the largest window, and gzip's header
    if (inflateInit2(&zlib, gzip_only) != Z_OK) throw std::bad_alloc();
    std::ranges::copy(start, input.begin());
    zlib.next_in = input.data();
    zlib.avail_in = static_cast<uInt>(start.size());
  }
  ~Stream() { inflateEnd(&zlib); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  std::vector<std::uint8_t> input;
  z_stream zlib{};
};

bool Gunzip::is_gzip(wire::Bytes start) noexcept {
  return start.size() >= std::size(magic) && std::ranges::equal(start.first(2), magic);
}

Gunzip::Gunzip(wire::Bytes start, Source source)
    : source_(std::move(source)), stream_(std::make_unique<Stream>(start)) {}
Gunzip::~Gunzip() = default;

bool Gunzip::refill() {
  z_stream& zlib = stream_->zlib;
  if (zlib.avail_in > 0) return true;
  zlib.next_in = stream_->input.data();
  zlib.avail_in = static_cast<uInt>(source_(stream_->input));
  return zlib.avail_in > 0;
}

/// Goes to the next member. Gives false at the end.
bool Gunzip::begin_member() {
  z_stream& zlib = stream_->zlib;
  for (; refill(); ++zlib.next_in, --zlib.avail_in) {
    if (*zlib.next_in == 0) continue;
    in_member_ = *zlib.next_in == magic[0];
    if (in_member_) return inflateReset(&zlib) == Z_OK;
    fail("other octets follow its gzip data");
    return false;
  }
  return false;
}

/// Unpacks what there is. Gives false where no more can come.
bool Gunzip::step() {
  if (!in_member_ && !begin_member()) return false;
  if (!refill()) {
    fail("it ends in the middle of its gzip data");
    return false;
  }
  z_stream& zlib = stream_->zlib;
  const int result = inflate(&zlib, Z_NO_FLUSH);
  if (result == Z_STREAM_END) in_member_ = false;
  if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR) return true;
  fail(std::string("its gzip data is corrupt") + (zlib.msg ? std::string(": ") + zlib.msg : ""));
  return false;
}

std::size_t Gunzip::read(std::span<std::uint8_t> out) {
  if (failure_) return 0;
  z_stream& zlib = stream_->zlib;
  zlib.next_out = out.data();
  zlib.avail_out = static_cast<uInt>(out.size());
  while (zlib.avail_out == out.size() && step()) {
  }
  return out.size() - zlib.avail_out;
}

}  // namespace srvwarden::link
