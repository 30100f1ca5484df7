// Fuzzes the reading of "Defined TXT keys" notes: what is read is clean and reads back.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "registry/fields.hpp"
#include "srvwarden/txt_keys.hpp"

using namespace srvwarden;

namespace {

void hold(bool invariant) {
  if (!invariant) std::abort();
}

void check_read(std::string_view note) {
  const TxtKeys keys = read_txt_keys_note(note);
  const bool lists = keys.status == TxtKeysStatus::closed || keys.status == TxtKeysStatus::open;
  hold(lists == !keys.keys.empty());
  hold((keys.status == TxtKeysStatus::reference) == !keys.reference.empty());
  const std::string text = to_text(keys);
  hold(parse_txt_keys(text) == keys);
  hold(registry::is_clean(text) && !registry::has_address(text));
  for (const TxtKey& key : keys.keys) {
    // Contacts are left out, not hidden behind escapes.
    hold(!registry::has_address(key.key) && !registry::has_address(key.value));
    hold(keys.find(key.series ? key.key + '0' : key.key) != nullptr);
    for (const std::string& value : key.values) hold(suits(key, value));
    if (key.kind == TxtKeyKind::literal) hold(suits(key, key.value));
    suits(key, note);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view note(reinterpret_cast<const char*>(data), size);
  check_read(note);
  check_read("Defined TXT keys:" + std::string(note));
  // Not only what we write is canonical; but whatever is, is written the same again.
  if (const auto keys = parse_txt_keys(note)) hold(to_text(*keys) == note);
  return 0;
}
