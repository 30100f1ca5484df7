// The kind "tcp": connects, and closes at once.
// SPDX-License-Identifier: Apache-2.0
#include "health/tcp_probe.hpp"

#include "health/connector.hpp"

namespace srvwarden::daemon {

namespace {

class TcpProbe final : public Probe {
 public:
  TcpProbe(boost::asio::io_context& context, const HealthSettings& settings)
      : Probe(context, settings.timeout),
        peer_(words_for_peer(settings)),
        connector_(std::make_shared<Connector>(context, settings)) {}

 private:
  void begin() override {
    connector_->start(
        [weak = weak_self<TcpProbe>()](const Connector::Socket& socket, const std::string& why) {
          if (const auto me = weak.lock()) me->judge(socket.is_open(), why);
        });
  }
  void judge(bool connected, const std::string& why) {
    finish(connected, peer_ + (connected ? " accepts connections" : ": " + why));
  }
  void end() override { connector_->close(); }
  std::string waiting_for() const override { return peer_ + ": no answer to a connection attempt"; }

  std::string peer_;
  std::shared_ptr<Connector> connector_;
};

}  // namespace

std::optional<HealthFault> tcp_fault(const HealthSettings& settings) {
  return host_fault(settings);
}

std::shared_ptr<Probe> make_tcp_probe(boost::asio::io_context& context,
                                      const HealthSettings& settings) {
  return std::make_shared<TcpProbe>(context, settings);
}

}  // namespace srvwarden::daemon
