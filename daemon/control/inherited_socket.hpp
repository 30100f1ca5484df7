// Inherited socket: the control socket that systemd listens on for us, sd_listen_fds(3).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace srvwarden::daemon {

/// What was passed at the start. At most one of descriptor and trouble says something.
struct InheritedSocket {
  int descriptor = -1;  ///< listening, non-blocking, closed on exec, the caller's; -1: none
  std::string path;     ///< that it is bound to
  std::string trouble;  ///< why what was passed is of no use, for people
};

/// Takes the socket that is named "control", or the only one if it has no name, and closes the
/// others. To be called once, before threads and children are started: the environment is changed.
InheritedSocket take_inherited_socket();

}  // namespace srvwarden::daemon
