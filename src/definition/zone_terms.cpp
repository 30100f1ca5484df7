// The words of master files.
// SPDX-License-Identifier: Apache-2.0
#include "definition/zone_terms.hpp"

#include <algorithm>
#include <charconv>

#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

/// IANA's "Resource Record (RR) TYPEs" without those of queries, and, in the second part, what
/// servers have besides: names that they resolve themselves, and those of Windows.
constexpr std::string_view known_types[] = {
    "A",       "AAAA",       "AFSDB",  "AMTRELAY", "APL",     "ATMA",       "AVC",      "BRID",
    "CAA",     "CDNSKEY",    "CDS",    "CERT",     "CLA",     "CNAME",      "CSYNC",    "DELEG",
    "DHCID",   "DLV",        "DNAME",  "DNSKEY",   "DOA",     "DS",         "DSYNC",    "EID",
    "EUI48",   "EUI64",      "GID",    "GPOS",     "HHIT",    "HINFO",      "HIP",      "HTTPS",
    "IPN",     "IPSECKEY",   "ISDN",   "KEY",      "KX",      "L32",        "L64",      "LOC",
    "LP",      "MB",         "MD",     "MF",       "MG",      "MINFO",      "MR",       "MX",
    "NAPTR",   "NID",        "NIMLOC", "NINFO",    "NS",      "NSAP",       "NSAP-PTR", "NSEC",
    "NSEC3",   "NSEC3PARAM", "NULL",   "NXNAME",   "NXT",     "OPENPGPKEY", "PTR",      "PX",
    "RESINFO", "RKEY",       "RP",     "RRSIG",    "RT",      "SIG",        "SINK",     "SMIMEA",
    "SOA",     "SPF",        "SRV",    "SSHFP",    "SVCB",    "TA",         "TALINK",   "TKEY",
    "TLSA",    "TXT",        "UID",    "UINFO",    "UNSPEC",  "URI",        "WALLET",   "WKS",
    "X25",     "ZONEMD",

    "ALIAS",   "ANAME",      "APEX",   "ENT",      "FLATTEN", "LUA",        "NBSTAT",   "WINS",
    "WINS-R",  "WINSR"};

struct NumberedType {
  std::string_view number;
  std::string_view type;
};
/// Those that the rules read. RFC 3597 §5 allows either spelling for them.
constexpr NumberedType numbered_types[] = {
    {"TYPE1", "A"},     {"TYPE2", "NS"},   {"TYPE5", "CNAME"},
    {"TYPE6", "SOA"},   {"TYPE12", "PTR"}, {"TYPE16", "TXT"},
    {"TYPE28", "AAAA"}, {"TYPE33", "SRV"}, {"TYPE39", "DNAME"}};

/// Whether a word is `prefix`, case ignored, and a number of 16 bits.
bool is_numbered(std::string_view word, std::string_view prefix) {
  if (word.size() <= prefix.size() || word.size() > prefix.size() + 5) return false;
  if (!ascii::equal(word.substr(0, prefix.size()), prefix)) return false;
  const std::string_view digits = word.substr(prefix.size());
  unsigned value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ptr == digits.data() + digits.size() && value <= 0xFFFF;
}

std::uint64_t seconds_of(char unit) {
  switch (ascii::fold(unit)) {
    case 'w':
      return 604800;
    case 'd':
      return 86400;
    case 'h':
      return 3600;
    case 'm':
      return 60;
    case 's':
      return 1;
    default:
      return 0;
  }
}

}  // namespace

bool is_absolute(std::string_view name) {
  if (!name.ends_with('.')) return false;
  const std::size_t last = name.find_last_not_of('\\', name.size() - 2);
  if (name.size() < 2) return true;
  const std::size_t backslashes = name.size() - 2 - (last == name.npos ? name.npos : last);
  return backslashes % 2 == 0;
}

std::string absolute_name(std::string_view written, std::string_view origin) {
  if (origin.empty() || is_absolute(written)) return std::string(written);
  if (written == "@") return std::string(origin);
  std::string name(written);
  if (origin == "@") return name;
  name += '.';
  if (origin != ".") name += origin;
  return name;
}

std::optional<std::uint32_t> read_time(std::string_view text) {
  constexpr std::uint64_t most = 0x7FFFFFFF;
  std::uint64_t total = 0;
  std::uint64_t number = 0;
  bool digits = false;
  for (const char c : text) {
    if (ascii::is_digit(c)) {
      number = number * 10 + static_cast<std::uint64_t>(c - '0');
      digits = true;
    } else {
      const std::uint64_t unit = seconds_of(c);
      if (!digits || unit == 0) return {};
      total += number * unit;
      number = 0;
      digits = false;
    }
    if (number > most || total > most) return {};
  }
  total += number;
  if (text.empty() || total > most) return {};
  return static_cast<std::uint32_t>(total);
}

bool is_class(std::string_view word) {
  constexpr std::string_view classes[] = {"IN", "CH", "HS", "CS"};
  return std::ranges::any_of(classes, [&](auto c) { return ascii::equal(c, word); }) ||
         is_numbered(word, "CLASS");
}

std::string type_named(std::string_view word) {
  std::string type(word);
  std::ranges::transform(type, type.begin(), ascii::upper);
  const auto* numbered = std::ranges::find(numbered_types, type, &NumberedType::number);
  if (numbered != std::end(numbered_types)) type = numbered->type;
  return type;
}

bool is_known_type(std::string_view type) {
  return std::ranges::find(known_types, type) != std::end(known_types) || is_numbered(type, "TYPE");
}

bool could_be_type(std::string_view word) {
  return !word.empty() && ascii::is_letter(word.front()) && word.size() <= 20 &&
         std::ranges::all_of(word, [](char c) { return ascii::is_alphanumeric(c) || c == '-'; });
}

}  // namespace srvwarden::definition
