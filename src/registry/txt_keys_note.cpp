// Reading IANA's "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {

TxtKeys read_txt_keys_note(std::string_view) { return {}; }

}  // namespace srvwarden
