// RG010 to RG013: the TXT keys that IANA's registry defines for a service.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "core/concat.hpp"
#include "registry/edit_distance.hpp"
#include "rules/service_subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {
namespace {

/// RFC 6763 §6.7 gives every service these, whatever its definition lists.
bool is_version_key(std::string_view key) {
  return ascii::equal(key, "txtvers") || ascii::equal(key, "protovers");
}

/// The definition as a finding quotes it: its keys, without the word for its status.
std::string quoted(const TxtKeys& defined) {
  const std::string text = to_text(defined);
  return concat({"defined: ", std::string_view(text).substr(text.find(' ') + 1)});
}

/// The defined key that a slip of the fingers away from this one, or nothing.
std::string_view meant_key(std::string_view key, const TxtKeys& defined) {
  constexpr std::size_t shortest = 3;  // of shorter ones, any is near any other
  if (key.size() < shortest || key.size() > registry::longest_word) return {};
  const registry::FoldedWord word(key);
  const std::size_t most = key.size() < 6 ? 1 : 2;
  for (const TxtKey& candidate : defined.keys) {
    if (candidate.key.size() < shortest || candidate.key.size() > registry::longest_word) continue;
    if (registry::edit_distance(word, registry::FoldedWord(candidate.key), most) <= most) {
      return candidate.key;
    }
  }
  return {};
}

void check_known(const DefinedTxtString& txt, Report& report) {
  const std::string_view key = txt_key(txt.octets);
  if (txt.defined.status != TxtKeysStatus::closed || key.empty() || is_version_key(key)) return;
  if (txt.defined.find(key) != nullptr) return;
  Note note{.detail = quoted(txt.defined)};
  if (const std::string_view meant = meant_key(key, txt.defined); !meant.empty()) {
    note.suggestion = concat({meant, txt.octets.substr(key.size())});
  }
  report({0, key.size()}, std::move(note));
}

void check_value(const DefinedTxtString& txt, Report& report) {
  const std::string_view key = txt_key(txt.octets);
  const TxtKey* defined = key.empty() ? nullptr : txt.defined.find(key);
  const auto value = txt_value(txt.octets);
  if (defined == nullptr || suits(*defined, value)) return;
  const Span place = value ? Span{key.size() + 1, value->size()} : Span{0, key.size()};
  TxtKeys alone{TxtKeysStatus::closed, {*defined}, {}};
  // A list of values is a promise; a single value or a type may be an example.
  const bool listed = defined->kind == TxtKeyKind::enumeration;
  report(place, listed ? Severity::warning : Severity::info, {.detail = quoted(alone)});
}

void check_none(const DefinedTxtString& txt, Report& report) {
  const std::string_view key = txt_key(txt.octets);
  if (txt.defined.status != TxtKeysStatus::none || key.empty() || is_version_key(key)) return;
  report({0, key.size()});
}

void check_missing(const DefinedTxtRecord& txt, Report& report) {
  std::string missing;
  for (const TxtKey& key : txt.defined.keys) {
    const auto is_there = [&](std::string_view string) {
      return txt.defined.find(txt_key(string)) == &key;
    };
    if (key.optional || key.series || std::ranges::any_of(txt.strings, is_there)) continue;
    if (!missing.empty()) missing += ", ";
    missing += key.key;
  }
  if (!missing.empty()) report({0, 0}, {.detail = std::move(missing)});
}

constexpr Rule<DefinedTxtString> string_rows[] = {
    {{
         .id = "RG010",
         .name = "txt-key-not-defined",
         .severity = Severity::info,
         .references = {{6763, "6.3"}, {6763, "6.4"}},
         .message = "the registry defines other TXT keys for this service",
         .help = "Receivers pass over keys that they do not know. Correct the spelling, or ask the "
                 "registrant to have the key added.",
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtText=pth=/"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtText=path=/"},
                  {"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtText=txtvers=1"},
                  {"[Service]\nName=n\nType=_ipp._tcp\nPort=631\nTxtText=rp=x"}},
         .why = "A misspelt key is passed over in silence, and the feature behind it seems not to "
                "work.",
     },
     check_known},
    {{
         .id = "RG012",
         .name = "txt-value-not-as-defined",
         .severity = Severity::warning,
         .references = {{6763, "6.3"}},
         .message = "not a value that the registry defines for this TXT key",
         .help = "Use one of the defined values.",
         .bad = {{"[Service]\nName=n\nType=_pblr._tcp\nPort=80\nTxtText=accmode=write"}},
         .good = {{"[Service]\nName=n\nType=_pblr._tcp\nPort=80\nTxtText=accmode=read"}},
         .why = "Clients that know the key do not know this value.",
     },
     check_value},
    {{
         .id = "RG013",
         .name = "txt-keys-though-none-defined",
         .severity = Severity::info,
         .references = {{6763, "6.3"}},
         .message = "the registry says that this service has no TXT keys",
         .help = "The note may be out of date: ask the registrant to have the key added.",
         .bad = {{"[Service]\nName=n\nType=_googlecast._tcp\nPort=8009\nTxtText=id=1"}},
         .good = {{"[Service]\nName=n\nType=_googlecast._tcp\nPort=8009\nTxtText=txtvers=1"},
                  {"[Service]\nName=n\nType=_googlecast._tcp\nPort=8009"}},
         .why = "Nobody reads a key that the definition does not have.",
     },
     check_none},
};

constexpr Rule<DefinedTxtRecord> record_rows[] = {
    {{
         .id = "RG011",
         .name = "defined-txt-key-missing",
         .severity = Severity::info,
         .references = {{6763, "6.3"}},
         .message = "TXT keys that the registry defines for this service are missing",
         .help = "Add those that mean something to your service.",
         .advice = true,  // few definitions say which of their keys must be there
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtText=u=x"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtText=u=x p=y path=/"}},
         .why = "Clients that rely on a key fall back to defaults or leave the service out.",
     },
     check_missing},
};

}  // namespace

Table<DefinedTxtString> defined_txt_string_rules() { return string_rows; }
Table<DefinedTxtRecord> defined_txt_record_rules() { return record_rows; }

}  // namespace srvwarden::rules
