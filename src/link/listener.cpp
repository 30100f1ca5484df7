// The sockets of a Listener on an io_context.
// SPDX-License-Identifier: Apache-2.0
#include "link/listener.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/udp.hpp>
#include <utility>

#include "link/group_socket.hpp"
#include "link/interfaces.hpp"

namespace srvwarden::link {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

LinkError failed(const std::string& doing, const Interface& interface, Family family,
                 std::error_code code) {
  return {code, doing + " on " + interface.name +
                    (family == Family::ipv4 ? " (IPv4): " : " (IPv6): ") + code.message()};
}

bool is_nothing_there(std::error_code code) {
  return code == std::errc::operation_would_block || code == std::errc::interrupted ||
         code == std::errc::resource_unavailable_try_again;
}

}  // namespace

struct Listener::State : std::enable_shared_from_this<State> {
  struct Socket {
    Interface interface;
    Family family;
    asio::ip::udp::socket socket;
    std::uint64_t packets = 0;
    std::uint32_t drops = 0;
  };

  explicit State(asio::io_context& c) : context(c) {}

  LinkError open(const Interface& interface, Family family);
  std::vector<LinkError> open_missing(const std::vector<Interface>& interfaces);
  void give_up_others(const std::vector<Interface>& interfaces);
  void wait(const std::shared_ptr<Socket>& socket);
  void receive_all(const std::shared_ptr<Socket>& socket);
  void deliver(Socket& socket, Received& received);
  void report(const LinkError& error) const {
    if (on_error) on_error(error);
  }

  asio::io_context& context;
  ListenOptions options;
  std::vector<Listened> former;
  bool is_open = false;
  PacketHandler on_packet;
  ErrorHandler on_error;
  std::vector<std::shared_ptr<Socket>> sockets;
  std::array<std::uint8_t, 65536> buffer{};
  std::uint64_t count = 0;
};

LinkError Listener::State::open(const Interface& interface, Family family) {
  std::error_code code;
  const int descriptor = open_group_socket(interface, family, code);
  if (descriptor < 0) return failed("cannot listen to mDNS", interface, family, code);
  auto socket = std::make_shared<Socket>(Socket{interface, family, asio::ip::udp::socket(context)});
  const auto protocol = family == Family::ipv4 ? asio::ip::udp::v4() : asio::ip::udp::v6();
  socket->socket.assign(protocol, descriptor);
  sockets.push_back(std::move(socket));
  return {};
}

/// Opens what is not open yet, family by family. Gives what was refused.
std::vector<LinkError> Listener::State::open_missing(const std::vector<Interface>& interfaces) {
  std::vector<LinkError> errors;
  for (const Interface& interface : interfaces) {
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      if (!(family == Family::ipv4 ? options.ipv4 : options.ipv6)) continue;
      const bool is_there = std::ranges::any_of(sockets, [&](const auto& socket) {
        return socket->interface.index == interface.index && socket->family == family;
      });
      if (is_there) continue;
      if (LinkError refused = open(interface, family); refused.code) {
        errors.push_back(std::move(refused));
      }
    }
  }
  return errors;
}

/// Closes the sockets of interfaces that are not among these, and tells the others' what is new.
void Listener::State::give_up_others(const std::vector<Interface>& interfaces) {
  std::erase_if(sockets, [&](const std::shared_ptr<Socket>& socket) {
    const auto same = std::ranges::find(interfaces, socket->interface.index, &Interface::index);
    if (same != interfaces.end() && same->name == socket->interface.name) {
      socket->interface = *same;
      return false;
    }
    const bool is_ipv4 = socket->family == Family::ipv4;
    former.push_back({socket->interface.name, socket->interface.index, is_ipv4, !is_ipv4,
                      socket->packets, socket->drops});
    error_code ignored;
    socket->socket.close(ignored);
    return true;
  });
}

void Listener::State::wait(const std::shared_ptr<Socket>& socket) {
  socket->socket.async_wait(asio::ip::udp::socket::wait_read,
                            [self = shared_from_this(), socket](error_code error) {
                              if (error || !self->is_open) return;
                              self->receive_all(socket);
                            });
}

/// Takes what is there, but not for ever, so that other handlers get their turn.
void Listener::State::receive_all(const std::shared_ptr<Socket>& socket) {
  constexpr int turn = 64;
  for (int i = 0; i < turn && is_open; ++i) {
    std::error_code code;
    auto received = receive(socket->socket.native_handle(), buffer, code);
    if (!received) {
      if (is_nothing_there(code)) break;
      report(failed("cannot receive mDNS", socket->interface, socket->family, code));
      if (code == std::errc::network_down) break;  // told once; it may come up again
      std::erase(sockets, socket);
      return;
    }
    deliver(*socket, *received);
  }
  if (is_open) wait(socket);
}

void Listener::State::deliver(Socket& socket, Received& received) {
  ++socket.packets;
  socket.drops = received.drops.value_or(socket.drops);
  wire::Packet& packet = received.packet;
  packet.number = ++count;
  packet.interface = socket.interface.index;
  packet.interface_name = socket.interface.name;
  on_packet(packet);
}

Listener::Listener(asio::io_context& context) : state_(std::make_shared<State>(context)) {}

Listener::~Listener() { close(); }

LinkError Listener::open(const ListenOptions& options, PacketHandler on_packet,
                         ErrorHandler on_error) {
  LinkError error;
  const auto all = list_interfaces(error);
  if (!all) return error;
  const auto chosen = choose_interfaces(*all, options.interfaces, error);
  if (!chosen) return error;
  state_->on_packet = std::move(on_packet);
  state_->on_error = std::move(on_error);
  state_->options = options;
  const std::vector<LinkError> errors = state_->open_missing(*chosen);
  if (state_->sockets.empty()) {
    return errors.empty() ? LinkError{std::make_error_code(std::errc::invalid_argument),
                                      "neither IPv4 nor IPv6 is to be listened to"}
                          : errors.front();
  }
  state_->is_open = true;
  for (const LinkError& refused : errors) state_->report(refused);
  for (const auto& socket : state_->sockets) state_->wait(socket);
  return {};
}

void Listener::update() {
  LinkError error;
  const auto all = list_interfaces(error);
  if (!all) return state_->report(error);
  std::vector<Interface> chosen;
  if (state_->options.interfaces.empty()) {
    chosen = choose_interfaces(*all, {}, error).value_or(chosen);
  }
  for (const std::string& name : state_->options.interfaces) {
    if (const auto one = choose_interfaces(*all, std::span(&name, 1), error)) {
      chosen.push_back(one->front());
    }
  }
  state_->give_up_others(chosen);
  const std::size_t before = state_->sockets.size();
  const std::vector<LinkError> errors = state_->open_missing(chosen);
  for (std::size_t i = before; i < state_->sockets.size(); ++i) state_->wait(state_->sockets[i]);
  for (const LinkError& refused : errors) state_->report(refused);
}

const std::vector<Listened>& Listener::former() const noexcept { return state_->former; }

bool Listener::is_own(const wire::Address& address) const noexcept {
  return std::ranges::any_of(state_->sockets, [&](const auto& socket) {
    const auto& own = socket->interface.addresses;
    return std::ranges::find(own, address) != own.end();
  });
}

std::size_t Listener::send(wire::Bytes message, std::uint32_t only) {
  std::size_t sent = 0;
  for (const auto& socket : std::vector(state_->sockets)) {  // the handler may close
    const Interface& interface = socket->interface;
    const Family family = socket->family;
    if (only != 0 && only != interface.index) continue;
    if (!(family == Family::ipv4 ? interface.has_ipv4 : interface.has_ipv6)) continue;
    const int descriptor = socket->socket.native_handle();
    const std::error_code code = send_to_group(descriptor, interface, family, message);
    if (code) state_->report(failed("cannot send a query", interface, family, code));
    if (!code) ++sent;
  }
  return sent;
}

std::vector<Listened> Listener::interfaces() const {
  std::vector<Listened> listened;
  for (const auto& socket : state_->sockets) {
    if (listened.empty() || listened.back().index != socket->interface.index) {
      listened.emplace_back();
      listened.back().name = socket->interface.name;
      listened.back().index = socket->interface.index;
    }
    Listened& last = listened.back();
    (socket->family == Family::ipv4 ? last.ipv4 : last.ipv6) = true;
    last.packets += socket->packets;
    last.dropped += socket->drops;
  }
  return listened;
}

/// The handlers stay, since one of them may be what calls this; they go with the last wait.
void Listener::close() {
  state_->is_open = false;
  for (const auto& socket : std::exchange(state_->sockets, {})) {
    error_code ignored;
    socket->socket.close(ignored);
  }
}

Listener::PacketHandler decoded(
    std::function<void(const wire::Packet&, const wire::Message&)> handler) {
  return [handler = std::move(handler), decoder = std::make_shared<wire::Decoder>()](
             const wire::Packet& packet) { handler(packet, decoder->decode(packet.payload)); };
}

}  // namespace srvwarden::link
