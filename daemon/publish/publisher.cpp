// Publisher: the words for its values.
// SPDX-License-Identifier: Apache-2.0
#include "publish/publisher.hpp"

namespace srvwarden::daemon {

std::string_view name_of(Protocol protocol) noexcept {
  switch (protocol) {
    case Protocol::any:
      return "any";
    case Protocol::ipv4:
      return "IPv4";
    case Protocol::ipv6:
      return "IPv6";
  }
  return "";
}

std::string_view name_of(State state) noexcept {
  switch (state) {
    case State::registering:
      return "registering";
    case State::established:
      return "established";
    case State::collision:
      return "collision";
    case State::failed:
      return "failed";
  }
  return "";
}

std::string words_for(const Announcement& announcement) {
  return '"' + announcement.instance + "\" " + announcement.type;
}

}  // namespace srvwarden::daemon
