// Definition: what a file declares, whatever its format, with the place of every text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "srvwarden/finding.hpp"
#include "srvwarden/kind.hpp"
#include "srvwarden/place.hpp"

namespace srvwarden {

/// A text of a definition, with entities, escapes, quotes and continued lines resolved.
struct DefinitionText {
  std::string value;
  Place at;
  std::size_t length = 0;  ///< bytes in the file that it was read from
  bool verbatim = true;    ///< the file has exactly these bytes there, so offsets can be added
  bool present = false;    ///< the file states it (it may be empty)
  /// Where each octet of value came from, and the end: bytes from the start of the file.
  /// Empty if verbatim. Octets beyond the last entry (a zone's origin) stand where that is.
  std::vector<std::size_t> offsets;
};

/// Formats of files that declare services.
enum class DefinitionFormat : std::uint8_t {
  avahi_service,  ///< avahi.service(5): XML
  systemd_dnssd,  ///< systemd.dnssd(5), and its drop-ins
  zone,           ///< master files. RFC 1035 §5
  info_plist,     ///< Apple's Info.plist as XML: NSBonjourServices
  kubernetes,     ///< YAML of Kubernetes and of Compose: names of ports
  nomad,          ///< HCL or JSON of Nomad: names of services and ports
  consul,         ///< HCL or JSON of Consul: names of services
  services,       ///< services(5)
  source,         ///< C and C++: string literals that look like service types
  list,           ///< one value a line
};

/// Those that this library reads.
std::vector<DefinitionFormat> all_definition_formats();

/// Its name on the command line: "avahi", "dnssd", "zone", "plist", "kubernetes", ...
std::string_view name_of(DefinitionFormat format) noexcept;
std::optional<DefinitionFormat> definition_format_named(std::string_view name) noexcept;

/// What a reader could not read, or what the format's own loader would misread.
enum class ProblemCode : std::uint8_t {
  syntax,               ///< not well-formed; of XML, nothing after this place was read
  unknown_element,      ///< element, attribute, section or key that the format does not have
  missing,              ///< a required part (name, type, port, ...) is not there
  duplicate,            ///< stated twice where once is allowed; the first one counts
  bad_value,            ///< a value that the format does not allow
  empty_txt_record,     ///< avahi-daemon drops the whole group on an empty <txt-record/>
  too_large,            ///< beyond a limit below; nothing, or no more, was read
  bad_encoding,         ///< a NUL byte, or bytes that are not UTF-8
  overridden,           ///< an assignment that a later one replaces
  ignored_text,         ///< text between elements, which the loader skips
  element_order,        ///< the loader takes any order, the format's description does not
  outer_whitespace,     ///< the loader keeps the space around the text as a part of it
  unknown_escape,       ///< no escape or specifier of the format: stays in the text as it is
  unread_form,          ///< a form of the format that this library does not read, such as binary
  template_text,        ///< a template that makes a file of the format; it cannot be judged itself
  misplaced,            ///< a key where the loader does not look for it
  wrong_type,           ///< a value of another type than the format has there
  unnamed_port,         ///< one of several ports of a Kubernetes Service, without a name
  no_usage_text,        ///< NSBonjourServices without NSLocalNetworkUsageDescription
  wildcard_as_it_is,    ///< "%h" where nothing is put in its place
  zone_syntax,          ///< an entry of a zone that no name server could read; it is passed over
  zone_rdata,           ///< RDATA that the record's type does not allow; the record is kept
  zone_type,            ///< a record type that is not known
  zone_directive,       ///< $INCLUDE or $GENERATE: records that stand elsewhere, or are made
  zone_origin_doubled,  ///< a name that lacks the dot at its end
};

/// A problem is the reader's; what the values themselves break is for the rules to say.
struct Problem {
  ProblemCode code = ProblemCode::syntax;
  Place at;
  std::size_t length = 0;  ///< bytes in the file; 0: a place only
  std::string detail;      ///< what exactly, for people
  std::string help = {};   ///< how to mend it in this format; empty: as the rule says
};

/// One service of a file: one SRV, one TXT and its PTRs.
struct ServiceDefinition {
  Place at;
  std::size_t length = 0;  ///< bytes of the start tag or section header
  DefinitionText type;     ///< "_ipp._tcp"
  std::vector<DefinitionText>
      subtypes;           ///< as written: "_printer._sub._ipp._tcp" (Avahi), "_printer" (systemd)
  DefinitionText domain;  ///< not present: the default, local
  DefinitionText host;    ///< SRV target; not present: this host
  DefinitionText port;    ///< as written: decimal, if it is right
  DefinitionText priority;
  DefinitionText weight;
  DefinitionText protocol;          ///< "ipv4", "ipv6" or "any"; not present: any
  std::vector<DefinitionText> txt;  ///< TXT strings in order, octets ("key=value", "key")
  /// Indexes in txt where another TXT record begins: systemd makes one of each assignment.
  std::vector<std::size_t> further_txt_records;
};

/// What the format makes of a declared value, where that is more than its kind says.
enum class DeclaredRole : std::uint8_t {
  value,              ///< nothing more
  bonjour_type,       ///< of NSBonjourServices: a service type, perhaps with a subtype in front
  port_name,          ///< of a Kubernetes container, or a reference to a port: IANA_SVC_NAME
  service_port_name,  ///< of a Kubernetes Service: a DNS label
  app_protocol,       ///< Kubernetes' appProtocol
  port_protocol,      ///< Kubernetes' protocol of a port
  compose_port_name,  ///< of a Compose service: any text
  nomad_service,      ///< a name that Nomad refuses if it is no DNS label
  nomad_port,         ///< a label of a Nomad port
  consul_service,     ///< a name that Consul's DNS answers for if it is a DNS label
};

/// A value that stands alone: the file declares no service of its own with it.
struct DeclaredValue {
  DefinitionText text;
  std::optional<Kind> kind = Kind::service_type;  ///< none: to be guessed
  bool looked_up = true;  ///< a name of the registry; not so the name that a container gives a port
  std::size_t group = 0;  ///< values of one group must differ; 0: of none
  DefinitionText port;    ///< stated beside it, decimal; not present: none
  std::string transport;  ///< of the port: "tcp"; lower case
  DeclaredRole role = DeclaredRole::value;
  std::size_t owner = 0;  ///< within a group: two values of one owner are refused by its loader
};

/// A record of a zone. RFC 1035 §5.1.
///
/// Names are in presentation form, and absolute ("a._ipp._tcp.example.com.") where the zone's
/// origin is known; else relative names stay so, and "@" is the origin.
struct ZoneRecord {
  Place at;                 ///< of the record's type
  std::size_t length = 0;   ///< bytes, from the type to the last field
  std::string owner;        ///< what is written, and the origin behind it
  Span owner_at;            ///< where it is written, perhaps in a line before
  std::string type;         ///< "SRV", "TYPE65280"; upper case
  std::uint32_t ttl = 0;    ///< seconds; 0 where neither the record nor the file says
  bool is_internet = true;  ///< class IN
  bool is_generic = false;  ///< RDATA is "\#" and octets, which are not read. RFC 3597 §5
  std::vector<DefinitionText> fields;  ///< of the RDATA; names as owner, strings of TXT as octets
};

/// A definition file. Owns its texts.
struct Definition {
  std::string path;
  DefinitionFormat format = DefinitionFormat::avahi_service;
  DefinitionText instance;         ///< instance name; wildcards are not replaced yet
  bool replace_wildcards = false;  ///< instance has "%h" (Avahi) or specifiers (systemd)
  std::vector<ServiceDefinition> services;
  std::vector<DeclaredValue> values;
  std::vector<ZoneRecord> records;
  std::string origin;             ///< of a zone: the owner of its SOA record; empty without one
  bool partial = false;           ///< of a zone: it has more records than these
  std::vector<Problem> problems;  ///< in file order
};

/// Bytes of a file, and of all text that its entities expand to.
inline constexpr std::size_t max_definition_size = std::size_t{1} << 20;

/// Services of a file; Avahi's own limit is lower (entries-per-entry-group-max).
inline constexpr std::size_t max_definition_services = 1000;

/// Records of a zone, their fields, and problems of a zone; no more are read.
inline constexpr std::size_t max_zone_records = 500'000;
inline constexpr std::size_t max_zone_fields = 2'000'000;
inline constexpr std::size_t max_zone_problems = 1000;

/// The format of a file, told from its name and its first bytes; nothing where it is none of those
/// that declare services. `source` and `list` are never told: they have to be asked for.
std::optional<DefinitionFormat> find_definition_format(std::string_view path,
                                                       std::string_view text);

/// Reads a definition. `text` is the whole file. No other file is ever opened.
///
/// @return  what could be read, with a problem for all that could not; never throws on bad input.
Definition read_definition(std::string_view path, std::string_view text, DefinitionFormat format);

/// The same where one of the two formats that daemons load is expected: ".service", ".dnssd", or,
/// of other names, what the content looks like.
///
/// @see     avahi.service(5), systemd.dnssd(5), systemd.syntax(7).
Definition read_definition(std::string_view path, std::string_view text);

/// Bytes of a file of the format; larger ones are not read. A definition that a daemon loads may
/// have max_definition_size.
std::size_t max_size_of(DefinitionFormat format) noexcept;

/// What begins a comment in a file of the format: "#", "<!--"; none for formats without comments.
std::span<const std::string_view> comment_marks(DefinitionFormat format) noexcept;
/// Whether a comment may stand behind something else on its line.
bool comments_may_follow(DefinitionFormat format) noexcept;

/// Reads a file into `text`, at most one byte more than `most` (so that read_definition sees that
/// it is too large). Only regular files are read: a FIFO does not block, and is invalid_argument.
std::error_code read_definition_file(const std::string& path, std::string& text,
                                     std::size_t most = max_definition_size);

/// A piece of an instance name.
struct InstancePiece {
  std::size_t offset = 0;  ///< in Definition::instance.value
  std::string_view text;   ///< what is announced; of a wildcard, what is written ("%h")
  char wildcard = '\0';    ///< its letter, or NUL: the text stands for itself
};

/// The instance name in its order; views into the definition. "%%" is a text for systemd: "%".
std::vector<InstancePiece> instance_pieces(const Definition& definition);

/// What a wildcard stands for: 'h' (Avahi's "%h"), or a letter of systemd.dnssd(5) such as 'H'.
using WildcardValue = std::function<std::string(char letter)>;

/// The instance name to announce: wildcards replaced where the definition asks for it.
std::string instance_name(const Definition& definition, const WildcardValue& value_of);

}  // namespace srvwarden
