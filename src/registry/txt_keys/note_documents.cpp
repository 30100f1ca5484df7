// References: "See name.pdf", "https://..." in "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "registry/fields.hpp"
#include "registry/txt_keys/note_reader.hpp"
#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

constexpr std::size_t longest_reference = 160;  // bytes; more is prose
constexpr std::size_t longest_title = 80;       // bytes of words before a URL

bool is_any_of(const Body& body, std::size_t at, std::initializer_list<string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](string_view word) { return body.is_word(at, word); });
}

/// How many tokens lead to a document here ("see", "described in", "inherited from"), or 0.
std::size_t lead_in_size(const Body& body, std::size_t at) {
  if (is_any_of(body, at, {"see"})) return body.is(at + 1, Kind::colon) ? 2 : 1;
  if (is_any_of(body, at, {"refer"}) && is_any_of(body, at + 1, {"to"})) return 2;
  if (is_any_of(body, at, {"inherited"}) && is_any_of(body, at + 1, {"from"})) return 2;
  const bool said =
      is_any_of(body, at, {"defined", "described", "documented", "specified", "given", "listed"});
  return said && is_any_of(body, at + 1, {"in", "at", "by", "on", "under"}) ? 2 : 0;
}

/// Behind the lead-in, which is at the start or in the first sentence; npos without one.
std::size_t after_lead_in(const Body& body) {
  for (std::size_t at = 0; at < body.size() && !body.is(at, Kind::stop) && !body.is(at, Kind::url);
       ++at) {
    const std::size_t size = lead_in_size(body, at);
    if (size > 0 && at + size < body.size()) return at + size;
  }
  return string_view::npos;
}

/// Up to and with the first URL, else to the sentence's or line's end.
std::size_t end_of_document(const Body& body, std::size_t from) {
  const auto first = body.tokens.begin() + static_cast<std::ptrdiff_t>(from);
  const auto url = std::find_if(first, body.tokens.end(),
                                [](const Token& token) { return token.kind == Kind::url; });
  if (url != body.tokens.end()) return static_cast<std::size_t>(url - body.tokens.begin()) + 1;
  std::size_t end = from + 1;
  while (body.is_on_line(end) && !body.is(end, Kind::stop)) ++end;
  return end;
}

std::optional<TxtKeys> document(string_view words) {
  TxtKeys keys;
  keys.status = TxtKeysStatus::reference;
  keys.reference = collapse(words);
  if (keys.reference.empty() || keys.reference.size() > longest_reference) return {};
  if (!is_clean(keys.reference) || has_address(keys.reference)) return {};
  return keys;
}

/// "[https://...]", "[RFC1]": what is in the brackets.
std::optional<TxtKeys> in_brackets(const Body& body) {
  if (body.size() == 0 || (!body.is(0, Kind::square) && !body.is(0, Kind::angle))) return {};
  const Body inner(body.tokens[0].text);
  if (inner.size() == 1 && inner.is(0, Kind::url)) return document(inner.tokens[0].text);
  const bool rfc = inner.size() > 0 && inner.is(0, Kind::word) && inner.text.starts_with("RFC");
  return body.is(0, Kind::square) && rfc ? document(inner.text) : std::nullopt;
}

}  // namespace

std::optional<TxtKeys> read_reference(const Body& body) {
  if (auto keys = in_brackets(body)) return keys;
  std::size_t from = after_lead_in(body);
  if (from == string_view::npos) {
    const auto url = std::find_if(body.tokens.begin(), body.tokens.end(),
                                  [](const Token& token) { return token.kind == Kind::url; });
    if (url == body.tokens.end()) {
      const bool named = body.size() > 0 && body.is(0, Kind::word) &&
                         is_document_name(body.tokens[0].text) &&
                         (body.size() == 1 || body.is(1, Kind::stop));
      return named ? document(body.tokens[0].text) : std::nullopt;
    }
    from = url->begin > longest_title ? static_cast<std::size_t>(url - body.tokens.begin()) : 0;
  }
  if (body.is(from, Kind::square) || body.is(from, Kind::angle)) {
    return document(body.tokens[from].text);
  }
  return document(body.span(from, end_of_document(body, from)));
}

}  // namespace srvwarden::registry::note
