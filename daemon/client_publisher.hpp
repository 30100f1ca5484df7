// ClientPublisher: announces through the system's avahi-daemon, with libavahi-client.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-client/client.h>
#include <avahi-client/publish.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "asio_poll.hpp"
#include "backoff.hpp"
#include "publisher.hpp"

namespace srvwarden::daemon {

/// Lives on the thread of its io_context and blocks it: each of libavahi-client's calls waits for
/// the bus. AvahiPublisher gives it a thread of its own.
class ClientPublisher final : public Publisher {
 public:
  /// Entries that avahi-daemon takes in one group, as Debian and upstream configure it.
  static constexpr std::size_t entries_per_group = 32;

  ClientPublisher(boost::asio::io_context& context, EventHandler on_event);
  ~ClientPublisher() override;

  void start() override;
  void publish(const Announcement& announcement) override;
  void withdraw(const std::string& key) override;
  void stop() override;

 private:
  struct FreeClient {
    void operator()(AvahiClient* client) const noexcept { avahi_client_free(client); }
  };
  struct FreeGroup {
    void operator()(AvahiEntryGroup* group) const noexcept { avahi_entry_group_free(group); }
  };
  struct Group {
    std::unique_ptr<AvahiEntryGroup, FreeGroup> handle;
    AvahiEntryGroupState state = AVAHI_ENTRY_GROUP_UNCOMMITED;
  };
  /// An announcement and the groups that hold its entries.
  struct Registration {
    ClientPublisher* owner = nullptr;
    Announcement wanted;
    std::vector<Group> groups;
    std::vector<AvahiIfIndex> indexes;  ///< that it is registered on
    std::optional<State> told;
  };

  void connect();
  void rebuild_later();
  void rebuild();
  void drop_client();
  void on_client(AvahiClient* client, AvahiClientState state);
  void on_group(Registration& registration, AvahiEntryGroup* group, AvahiEntryGroupState state);
  void go_up(AvahiClient* client);
  void go_down(std::string detail);
  void forget_registrations();

  void apply(Registration& registration);
  bool add_entries(Registration& registration);
  bool add_service(Registration& registration, AvahiEntryGroup* group, AvahiIfIndex index);
  bool add_subtype(Registration& registration, AvahiEntryGroup* group, AvahiIfIndex index,
                   const std::string& subtype);
  bool commit(Registration& registration);
  bool update_txt(Registration& registration);
  AvahiEntryGroup* group_for(Registration& registration, std::size_t entry);
  void refuse(Registration& registration, const std::string& what, int error);
  void tell(Registration& registration, State state, std::string detail);
  void follow_interfaces();

  static void client_callback(AvahiClient* client, AvahiClientState state, void* self) noexcept;
  static void group_callback(AvahiEntryGroup* group, AvahiEntryGroupState state,
                             void* registration) noexcept;

  EventHandler on_event_;
  AsioPoll poll_;
  std::unique_ptr<AvahiClient, FreeClient> client_;
  std::map<std::string, Registration> registrations_;
  boost::asio::steady_timer retry_;
  boost::asio::steady_timer interfaces_;
  Backoff backoff_;
  bool up_ = false;
  bool stopping_ = false;
};

}  // namespace srvwarden::daemon
