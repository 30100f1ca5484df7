// Fuzzes reading captures: formats, gzip, link layers, fragments; every frame is counted once.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "srvwarden/mdns_message.hpp"

using namespace srvwarden;

namespace {

using Octets = std::vector<std::uint8_t>;

void hold(bool invariant) {
  if (!invariant) std::abort();
}

/// What a file of these octets gives, so that two readings can be compared.
struct Account {
  bool opened = false;
  bool failed = false;
  link::FrameCounts counts;
  std::string packets;
};

void check(const wire::Packet& packet) {
  hold(packet.number > 0 && packet.time >= wire::Time());
  hold(packet.source.port == wire::mdns_port || packet.destination.port == wire::mdns_port);
  hold(packet.source.address.is_ipv4() == packet.destination.address.is_ipv4());
  hold(packet.ip_size == 0 || packet.ip_size >= packet.payload.size() + 28);
  hold(packet.was_fragmented() == (packet.fragments > 0));
}

Account account_of(wire::Bytes content) {
  const int descriptor = memfd_create("capture", MFD_CLOEXEC);
  hold(descriptor >= 0);
  hold(write(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
  lseek(descriptor, 0, SEEK_SET);
  Account account;
  link::LinkError error;
  auto capture = link::Capture::read(descriptor, "fuzzed", error);
  account.opened = capture.has_value();
  hold(account.opened != (error.code != std::error_code()));
  if (!capture) return account;
  wire::Decoder decoder;
  while (const auto packet = capture->next()) {
    check(*packet);
    decoder.decode(packet->payload);
    account.packets += wire::as_text(packet->payload);
    account.packets += packet->source.address.text();
  }
  account.counts = capture->counts();
  account.failed = capture->failure().has_value();
  const link::FrameCounts& counts = account.counts;
  hold(counts.frames == counts.mdns - counts.assembled + counts.other + counts.fragments +
                            counts.cut + counts.malformed + counts.encrypted + counts.unsupported);
  hold(counts.lost <= counts.fragments && counts.overlaps <= counts.lost);
  return account;
}

Octets gzip(wire::Bytes content) {
  z_stream stream{};
  hold(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  Octets out(deflateBound(&stream, static_cast<uLong>(content.size())) + 64);
  stream.next_in = const_cast<Bytef*>(content.data());
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  hold(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wire::Bytes content(data, size);
  const Account account = account_of(content);
  const bool is_packed = size >= 2 && data[0] == 0x1F && data[1] == 0x8B;
  if (is_packed || size == 0) return 0;
  const Account packed = account_of(gzip(content));
  hold(packed.opened == account.opened && packed.failed == account.failed);
  hold(packed.counts == account.counts && packed.packets == account.packets);
  return 0;
}
