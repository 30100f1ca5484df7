// The child of EmbeddedPublisher: a responder that does what the frames on its socket say.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "publish/responder_options.hpp"

namespace srvwarden::daemon {

/// Runs until told to stop, until the other end is gone, or until SIGTERM, which it also gets when
/// its parent dies. It withdraws everything with goodbyes before it returns.
///
/// @param fd  the socket, owned from now on.
/// @return    the exit status: 0, or 1 where the responder could not start or failed.
int run_embedded_child(int fd, const ResponderOptions& options);

}  // namespace srvwarden::daemon
