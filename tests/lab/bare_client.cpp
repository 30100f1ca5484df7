// The measure for srvwardend: announces services as libavahi-client alone does it.
// SPDX-License-Identifier: Apache-2.0
//
//   bare_client COUNT PER_CLIENT   "established" once all are; then it waits to be ended
#include <avahi-client/client.h>
#include <avahi-client/publish.h>
#include <avahi-common/error.h>
#include <avahi-common/simple-watch.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

int left = 0;

void on_group(AvahiEntryGroup*, AvahiEntryGroupState state, void*) {
  if (state != AVAHI_ENTRY_GROUP_ESTABLISHED || --left != 0) return;
  std::puts("established");
  std::fflush(stdout);
}

void on_client(AvahiClient*, AvahiClientState, void*) {}

int end_with(const char* what, int error) {
  std::fprintf(stderr, "bare_client: %s: %s\n", what, avahi_strerror(error));
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int count = left = std::atoi(argv[1]);
  const int per_client = std::atoi(argv[2]);
  AvahiSimplePoll* const poll = avahi_simple_poll_new();
  AvahiClient* client = nullptr;
  for (int i = 0; i < count; ++i) {
    int error = AVAHI_OK;
    if (i % per_client == 0) {
      client = avahi_client_new(avahi_simple_poll_get(poll), {}, on_client, nullptr, &error);
      if (client == nullptr) return end_with("no client", error);
    }
    AvahiEntryGroup* const group = avahi_entry_group_new(client, on_group, nullptr);
    if (group == nullptr) return end_with("no group", avahi_client_errno(client));
    const std::string name = "bare" + std::to_string(i);
    error =
        avahi_entry_group_add_service(group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, {}, name.c_str(),
                                      "_http._tcp", nullptr, nullptr, 80, "v=1", nullptr);
    if (error != AVAHI_OK) return end_with("not added", error);
    error = avahi_entry_group_commit(group);
    if (error != AVAHI_OK) return end_with("not committed", error);
  }
  avahi_simple_poll_loop(poll);
}
