// What both Avahi publishers need: our values as Avahi's, and its errors in words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-common/address.h>
#include <avahi-common/strlst.h>

#include <memory>
#include <string>
#include <vector>

#include "publish/publisher.hpp"

namespace srvwarden::daemon {

struct FreeStringList {
  void operator()(AvahiStringList* list) const noexcept { avahi_string_list_free(list); }
};
using StringList = std::unique_ptr<AvahiStringList, FreeStringList>;

/// TXT strings in their order. Null for none, which Avahi sends as one empty string; empty strings
/// are left out, since one of them makes avahi-daemon drop the service. RFC 6763 §6.1.
///
/// @throws  std::bad_alloc.
StringList to_string_list(const std::vector<std::string>& strings);

AvahiProtocol to_avahi(Protocol protocol) noexcept;

/// Null for an empty text: Avahi's word for "the default".
const char* or_default(const std::string& text) noexcept;

/// `what` and `error` (an AVAHI_ERR_ number) in words: "cannot add the service: Not permitted".
std::string avahi_words(const std::string& what, int error);

}  // namespace srvwarden::daemon
