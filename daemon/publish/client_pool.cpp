// ClientPool: the next connection is made when all others are full.
// SPDX-License-Identifier: Apache-2.0
#include "publish/client_pool.hpp"

#include <avahi-common/error.h>

#include <utility>

namespace srvwarden::daemon {

namespace {

struct FreeClient {
  void operator()(AvahiClient* client) const noexcept { avahi_client_free(client); }
};

}  // namespace

struct ClientPool::Connection {
  ClientPool& pool;
  bool is_first;
  std::unique_ptr<AvahiClient, FreeClient> client;
};

ClientPool::ClientPool(const AvahiPoll* poll, StateHandler on_state)
    : poll_(poll), on_state_(std::move(on_state)) {}

ClientPool::~ClientPool() = default;

int ClientPool::open() { return connect(); }

// avahi_client_free disconnects first and then frees its groups, which spares a call for each.
void ClientPool::close() {
  connections_.clear();
  current_ = 0;
}

int ClientPool::connect() {
  const bool is_first = connections_.empty();
  connections_.push_back(std::make_unique<Connection>(Connection{*this, is_first, nullptr}));
  int error = AVAHI_OK;
  connections_.back()->client.reset(
      avahi_client_new(poll_, AVAHI_CLIENT_NO_FAIL, on_client, connections_.back().get(), &error));
  if (connections_.back()->client) return AVAHI_OK;
  connections_.pop_back();
  return error;
}

AvahiEntryGroup* ClientPool::new_group(AvahiEntryGroupCallback callback, void* user, int& error) {
  const std::size_t count = connections_.size();
  error = AVAHI_ERR_BAD_STATE;
  for (std::size_t tried = 0; tried < count; ++tried) {
    AvahiClient* const client = connections_[current_]->client.get();
    if (AvahiEntryGroup* const made = avahi_entry_group_new(client, callback, user)) return made;
    error = avahi_client_errno(client);
    if (error != AVAHI_ERR_TOO_MANY_OBJECTS) return nullptr;
    current_ = (current_ + 1) % count;
  }
  if (count == 0 || count == most) return nullptr;
  if (const int failed = connect(); failed != AVAHI_OK) {
    error = failed;
    return nullptr;
  }
  current_ = count;
  AvahiClient* const client = connections_.back()->client.get();
  AvahiEntryGroup* const made = avahi_entry_group_new(client, callback, user);
  if (made == nullptr) error = avahi_client_errno(client);
  return made;
}

void ClientPool::on_client(AvahiClient* client, AvahiClientState state, void* connection) noexcept {
  const auto& mine = *static_cast<const Connection*>(connection);
  if (mine.is_first || state == AVAHI_CLIENT_FAILURE) mine.pool.on_state_(client, state);
}

}  // namespace srvwarden::daemon
