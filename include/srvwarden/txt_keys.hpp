// TxtKeys: which TXT keys the registry defines for a service, from IANA's "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden {

/// How much a definition says.
enum class TxtKeysStatus : std::uint8_t {
  unstated,   ///< no definition
  none,       ///< "None": the service has no keys
  closed,     ///< the keys are listed, and there are no others
  open,       ///< some keys are listed, and others may be there
  opaque,     ///< there are keys, but the registrant does not say which ("Proprietary", "TBD")
  reference,  ///< the keys stand in a document: see TxtKeys::reference
  prose,      ///< a text that the grammar does not understand: nothing is known for sure
};

/// "none", "closed", ...; "" for unstated.
std::string_view name_of(TxtKeysStatus status) noexcept;

/// What a key's value must look like, where its definition says so. A type is only given where the
/// definition names it beyond doubt; everything else is any.
enum class TxtValueType : std::uint8_t {
  any,
  number,   ///< decimal digits, with or without a minus sign
  port,     ///< 0 to 65535
  version,  ///< digits and dots, perhaps with more after them: "1", "2.0.1-rc1"
  hex,      ///< hexadecimal digits, with or without 0x
  mac,      ///< 48 bits in hex, with or without ':' or '-' or '.'
  uuid,     ///< RFC 9562, with or without braces or hyphens, any case
  url,      ///< scheme ':' and something. RFC 3986
  path,     ///< any text; as a path it cannot be wrong
  boolean,  ///< "0" "1" "true" "false" "yes" "no" "on" "off", any case
  address,  ///< an IPv4 or IPv6 address
  host,     ///< a host name or an address
  date,     ///< YYYY-MM-DD, with or without hyphens, perhaps with a time
};

/// "number", ...; "" for any.
std::string_view name_of(TxtValueType type) noexcept;

/// What a definition says of a key's value.
enum class TxtKeyKind : std::uint8_t {
  bare,         ///< nothing: the key is named and no more
  literal,      ///< it is always this: TxtKey::value
  enumeration,  ///< one of TxtKey::values
  placeholder,  ///< "<...>": TxtKey::value is what stands in for it, TxtKey::type its type
};

/// "bare", ...
std::string_view name_of(TxtKeyKind kind) noexcept;

struct TxtKey {
  std::string key;        ///< as the note spells it; compare with ASCII case ignored
  bool series = false;    ///< key and a decimal number: "c" stands for c0, c1, c2, ...
  bool optional = false;  ///< the definition says that it may be absent
  TxtKeyKind kind = TxtKeyKind::bare;
  TxtValueType type = TxtValueType::any;
  std::string value;                ///< of a literal, or a placeholder's words; else empty
  std::vector<std::string> values;  ///< of an enumeration, two or more, as the note spells them

  friend bool operator==(const TxtKey&, const TxtKey&) = default;
};

struct TxtKeys {
  TxtKeysStatus status = TxtKeysStatus::unstated;
  std::vector<TxtKey> keys;  ///< of closed and open, one or more; each key once
  std::string reference;     ///< of reference: the document or URL in the note's words

  /// The key that `key` is an occurrence of, ASCII case ignored, or null.
  const TxtKey* find(std::string_view key) const noexcept;

  friend bool operator==(const TxtKeys&, const TxtKeys&) = default;
};

/// Reads IANA's "Assignment Notes" of a service: finds "Defined TXT keys" in it and what it says.
///
/// The notes are free text of many hands. What this reads, it reads for sure: where a note leaves
/// a doubt, the status is open rather than closed, and prose rather than a wrong set of keys.
/// E-mail addresses, and texts longer than a line, are left out. srvwarden-registry(5) has the
/// grammar.
///
/// @param note  UTF-8, may hold line breaks; need not outlive the call.
/// @return      status unstated where the note defines no keys.
TxtKeys read_txt_keys_note(std::string_view note);

/// The canonical form, one line of printable text without tabs; srvwarden-registry(5) has its
/// grammar. Empty for unstated. parse_txt_keys(to_text(keys)) == keys for every TxtKeys that has
/// no more than its status, and each key no more than its kind, allows. Whatever the keys hold,
/// the text is printable UTF-8 without an e-mail address: such bytes are escaped.
std::string to_text(const TxtKeys& keys);

/// Reads the canonical form; nothing where the text is not what to_text writes.
std::optional<TxtKeys> parse_txt_keys(std::string_view text);

/// Whether a value suits the definition. `value` is nothing where the TXT string has no '=',
/// which suits bare keys alone. Bare keys take everything, placeholders without a type any value;
/// enumerations and literals compare with ASCII case ignored. A series' value is as one key's.
bool suits(const TxtKey& key, std::optional<std::string_view> value) noexcept;

}  // namespace srvwarden
