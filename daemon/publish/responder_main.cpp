// srvwardend-responder: the embedded responder, started by srvwardend and by nothing else.
// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "publish/embedded_child.hpp"
#include "publish/responder_options.hpp"

namespace {

using srvwarden::daemon::responder_descriptor;
using srvwarden::daemon::ResponderOptions;

bool is_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

/// Pairs of an option and its value, as responder_arguments() writes them.
bool read_arguments(int argc, char** argv, ResponderOptions& options) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--interface") {
      options.interfaces.emplace_back(argv[i + 1]);
    } else if (option == "--host-name") {
      options.host_name = argv[i + 1];
    } else {
      return false;
    }
  }
  return argc % 2 == 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    close_range(responder_descriptor + 1, ~0U, 0);  // whatever else was inherited
    ResponderOptions options;
    if (!is_socket(responder_descriptor) || !read_arguments(argc, argv, options)) {
      std::fputs("srvwardend-responder: started by srvwardend, not by hand\n", stderr);
      return 2;
    }
    return srvwarden::daemon::run_embedded_child(responder_descriptor, options);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "srvwardend-responder: %s\n", fault.what());
    return EXIT_FAILURE;
  }
}
