// Definition: what a file declares, whatever its format, with the place of every text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden {

/// Where a text stands in its file. Lines and columns count from 1; columns are bytes.
struct Place {
  std::size_t offset = 0;  ///< bytes from the start of the file
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend constexpr bool operator==(const Place&, const Place&) = default;
};

/// A text of a definition: decoded (entities, escapes, specifiers as the format has them).
struct DefinitionText {
  std::string value;
  Place at;
  bool verbatim = true;  ///< the file has exactly these bytes there, so offsets can be added
  bool present = false;  ///< the file states it (it may be empty)
};

enum class DefinitionFormat : std::uint8_t { avahi_service, systemd_dnssd };

/// What a reader could not read or what the format's own loader would misread.
enum class ProblemCode : std::uint8_t {
  syntax,            ///< not well-formed: nothing after this place was read
  unknown_element,   ///< element, section or key that the format does not have
  missing,           ///< a required part (name, type, port, ...) is not there
  duplicate,         ///< stated twice where once is allowed
  bad_value,         ///< a value that the format does not allow
  empty_txt_record,  ///< avahi-daemon drops the whole group on an empty <txt-record/>
};

struct Problem {
  ProblemCode code = ProblemCode::syntax;
  Place at;
  std::size_t length = 0;  ///< bytes in the file; 0: a place only
  std::string detail;      ///< what exactly, for people
};

/// One service of a file: one SRV, one TXT and its PTRs.
struct ServiceDefinition {
  Place at;
  DefinitionText type;  ///< "_ipp._tcp"
  std::vector<DefinitionText>
      subtypes;           ///< as written: "_printer._sub._ipp._tcp" (Avahi), "_printer" (systemd)
  DefinitionText domain;  ///< not present: the default, local
  DefinitionText host;    ///< SRV target; not present: this host
  DefinitionText port;    ///< as written; decimal
  DefinitionText priority;
  DefinitionText weight;
  DefinitionText protocol;          ///< "ipv4", "ipv6" or "any"; not present: any
  std::vector<DefinitionText> txt;  ///< TXT strings in order, octets ("key=value", "key")
};

/// A definition file. Owns its texts.
struct Definition {
  std::string path;
  DefinitionFormat format = DefinitionFormat::avahi_service;
  DefinitionText instance;         ///< instance name; wildcards are not replaced yet
  bool replace_wildcards = false;  ///< "%h" in the instance name stands for the host name
  std::vector<ServiceDefinition> services;
  std::vector<Problem> problems;  ///< in file order
};

/// Reads a definition. `text` is the whole file; the format is told from the name of the file
/// (".service", ".dnssd"), or, for other names, from the content.
///
/// @return  what could be read, with a problem for all that could not; never throws on bad input.
Definition read_definition(std::string_view path, std::string_view text);

}  // namespace srvwarden
