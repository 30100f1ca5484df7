// Listener: hears all mDNS on a link's interfaces, and may ask, without disturbing anyone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "link/link_error.hpp"
#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

struct ListenOptions {
  std::vector<std::string> interfaces = {};  ///< names; empty: see choose_interfaces
  bool ipv4 = true;
  bool ipv6 = true;
};

/// An interface that is listened on.
struct Listened {
  std::string name;
  std::uint32_t index = 0;
  bool ipv4 = false;
  bool ipv6 = false;
  std::uint64_t packets = 0;  ///< heard until now
  std::uint64_t dropped = 0;  ///< by the kernel, because we were too slow
};

/// Joins both groups on each interface, with one socket an interface and family that is bound to
/// the group's address: it gets no unicast packet, which belongs to the host's own responder.
///
/// Everything happens in handlers on the io_context given; none is called after close().
class Listener {
 public:
  /// The packet's views live during the call.
  using PacketHandler = std::function<void(const wire::Packet&)>;
  /// An interface is heard no more, or a packet could not be read.
  using ErrorHandler = std::function<void(const LinkError&)>;

  /// The context must outlive the listener.
  explicit Listener(boost::asio::io_context& context);
  ~Listener();  ///< closes
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Begins to listen.
  ///
  /// @return  the reason if no interface can be listened on; the code is 0 if one can. What fails
  ///          on one family or interface while others work goes to `on_error`, at once.
  LinkError open(const ListenOptions& options, PacketHandler on_packet, ErrorHandler on_error);

  /// Sends a message to the group on each interface and family, from port 5353 with TTL 255.
  /// What fails goes to the error handler; where we have no address of the family, nothing is sent.
  ///
  /// @param interface  index; 0: on all.
  /// @return  on how many sockets it was sent.
  std::size_t send(wire::Bytes message, std::uint32_t interface = 0);

  /// Looks at the system's interfaces anew: listens on those that came, which open() would have
  /// taken, and gives up those that went or went down.
  void update();

  /// By interface; empty unless open.
  std::vector<Listened> interfaces() const;
  /// Those that were given up, as they were last.
  const std::vector<Listened>& former() const noexcept;
  /// Whether an interface that is listened on has the address.
  bool is_own(const wire::Address& address) const noexcept;
  void close();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// A packet handler that decodes first. The message lives during the call.
Listener::PacketHandler decoded(
    std::function<void(const wire::Packet&, const wire::Message&)> handler);

}  // namespace srvwarden::link
