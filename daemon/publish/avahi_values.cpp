// Avahi's lists, numbers and errors.
// SPDX-License-Identifier: Apache-2.0
#include "publish/avahi_values.hpp"

#include <avahi-common/error.h>

#include <new>

namespace srvwarden::daemon {

StringList to_string_list(const std::vector<std::string>& strings) {
  StringList list;
  for (auto string = strings.rbegin(); string != strings.rend(); ++string) {  // it grows in front
    if (string->empty()) continue;
    AvahiStringList* const longer = avahi_string_list_add_arbitrary(
        list.get(), reinterpret_cast<const std::uint8_t*>(string->data()), string->size());
    if (longer == nullptr) throw std::bad_alloc();
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

AvahiProtocol to_avahi(Protocol protocol) noexcept {
  switch (protocol) {
    case Protocol::any:
      return AVAHI_PROTO_UNSPEC;
    case Protocol::ipv4:
      return AVAHI_PROTO_INET;
    case Protocol::ipv6:
      return AVAHI_PROTO_INET6;
  }
  return AVAHI_PROTO_UNSPEC;
}

const char* or_default(const std::string& text) noexcept {
  return text.empty() ? nullptr : text.c_str();
}

std::string avahi_words(const std::string& what, int error) {
  return what + ": " + avahi_strerror(error);
}

}  // namespace srvwarden::daemon
