// Reader of master files: directives, owners, TTLs, classes and types. RFC 1035 §5.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>

#include "core/concat.hpp"
#include "definition/quote.hpp"
#include "definition/readers.hpp"
#include "definition/zone_lexer.hpp"
#include "definition/zone_rdata.hpp"
#include "definition/zone_terms.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

/// Bytes of all names with their origins, so that a long origin costs no more than long names.
constexpr std::size_t max_names = std::size_t{128} << 20;

using Tokens = std::span<const ZoneToken>;

/// What stands between owner and type.
struct Head {
  std::size_t size = 0;  ///< tokens
  const ZoneToken* ttl = nullptr;
  bool is_internet = true;
};

/// TTL and class in either order, each at most once. Windows puts "[AGE:n]" there, too.
Head read_head(Tokens tokens) {
  Head head;
  bool has_class = false;
  for (; head.size < tokens.size(); ++head.size) {
    const ZoneToken& token = tokens[head.size];
    if (token.quoted) break;
    if (token.text.starts_with("[AGE:")) continue;
    if (!has_class && is_class(token.text)) {
      has_class = true;
      head.is_internet = ascii::equal(token.text, "IN") || ascii::equal(token.text, "CLASS1");
    } else if (head.ttl == nullptr && ascii::is_digit(token.text.front())) {
      head.ttl = &token;
    } else {
      break;
    }
  }
  return head;
}

class ZoneReader {
 public:
  explicit ZoneReader(const Reading& reading)
      : reading_(reading), zone_(reading.definition), problems_(reading) {}

  void run() {
    const std::string_view text = readable_text();
    ZoneLexer lexer(text, problems_);
    ZoneEntry entry;
    while (!stopped_ && !problems_.full() && lexer.next(entry)) take(entry);
    zone_.partial |= problems_.count() > harmless_;
    if (zone_.records.empty() && problems_.count() == 0) {
      problems_(ProblemCode::zone_syntax, 0, 0, "the file has no records");
    }
  }

 private:
  std::string_view readable_text();
  void take(const ZoneEntry& entry);
  void take_directive(Tokens tokens);
  void take_record(const ZoneToken* owner, Tokens tokens);
  void set_owner(const ZoneToken& token);
  void set_origin(const ZoneToken& token);
  void report_origin(const ZoneToken& token);
  std::uint32_t ttl_of(const ZoneToken& token);
  void add_record(const ZoneToken& type, Tokens rdata, const Head& head);
  bool check_type(const ZoneToken& token, const std::string& type);
  bool has_room(const ZoneRecord& record);

  void problem(const ZoneToken& token, std::string detail,
               ProblemCode code = ProblemCode::zone_syntax) {
    problems_(code, token.at, token.text.size(), std::move(detail));
  }
  /// Of a record that is kept: nothing is missing because of it.
  void harmless(const ZoneToken& token, std::string detail, ProblemCode code) {
    problem(token, std::move(detail), code);
    ++harmless_;
  }

  const Reading& reading_;
  Definition& zone_;
  ZoneProblems problems_;
  std::string origin_;  // empty: not known
  std::string owner_;   // empty: none yet
  Span owner_at_;
  std::uint32_t default_ttl_ = 0;
  std::size_t names_ = 0;  // bytes
  std::size_t fields_ = 0;
  std::size_t harmless_ = 0;  // problems
  bool stopped_ = false;
};

/// The text up to the first byte that no master file has.
std::string_view ZoneReader::readable_text() {
  const std::string_view text = reading_.source.text();
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    problems_(ProblemCode::zone_syntax, 0, 2, "this is UTF-16; save the file as UTF-8");
    return {};
  }
  if (utf8::mark_size(text) > 0) {
    problems_(ProblemCode::zone_syntax, 0, 3,
              "a byte order mark, which name servers take for a part of the first name; save the "
              "file as UTF-8 without it");
    ++harmless_;
  }
  const std::size_t nul = text.find('\0');
  if (nul == text.npos) return text;
  problems_(ProblemCode::zone_syntax, nul, 1, "a NUL byte; nothing from here on is read");
  return text.substr(0, nul);
}

void ZoneReader::take(const ZoneEntry& entry) {
  const Tokens tokens(entry.tokens);
  const ZoneToken& first = tokens.front();
  if (!first.quoted && first.text.starts_with('$')) return take_directive(tokens);
  if (entry.has_owner) return take_record(&first, tokens.subspan(1));
  take_record(nullptr, tokens);
}

void ZoneReader::take_directive(Tokens tokens) {
  const ZoneToken& name = tokens.front();
  const bool has_value = tokens.size() > 1;
  const auto is = [&](std::string_view directive) { return ascii::equal(name.text, directive); };
  if (is("$INCLUDE") || is("$GENERATE")) {
    zone_.partial = true;
    const std::string_view what = is("$INCLUDE") ? "the file is not opened: lint it by itself"
                                                 : "the records that it makes are not judged";
    return harmless(name, std::string(what), ProblemCode::zone_directive);
  }
  if (!is("$ORIGIN") && !is("$TTL")) {
    return problem(name, "unknown directive; there are $ORIGIN, $TTL, $INCLUDE and $GENERATE");
  }
  if (!has_value) return problem(name, "its value is missing");
  if (tokens.size() > 2) problem(tokens[2], "one value is enough here");
  if (is("$ORIGIN")) return set_origin(tokens[1]);
  default_ttl_ = ttl_of(tokens[1]);
}

void ZoneReader::set_origin(const ZoneToken& token) {
  std::string origin = absolute_name(token.text, origin_);
  if (token.text.empty() || origin.size() > max_name_text) {
    return problem(token,
                   token.text.empty() ? "a name cannot be empty" : "longer than any name can be");
  }
  report_origin(token);
  origin_ = std::move(origin);
}

/// A first $ORIGIN that looks complete and lacks its dot is taken for a part of the zone's.
void ZoneReader::report_origin(const ZoneToken& token) {
  const std::size_t before = problems_.count();
  const bool looks_whole =
      token.text.find('.') != token.text.npos && token.text.find('_') == token.text.npos;
  if (!origin_.empty()) {
    report_doubled_origin(problems_, token, {origin_, zone_.origin});
  } else if (looks_whole && !is_absolute(token.text)) {
    problem(token, "it is relative to the origin that the name server has for the file",
            ProblemCode::zone_origin_doubled);
  }
  harmless_ += problems_.count() - before;
}

std::uint32_t ZoneReader::ttl_of(const ZoneToken& token) {
  const auto ttl = read_time(token.text);
  if (!ttl) {
    harmless(token, "not a TTL: write seconds up to 2147483647, or a time as in 1h30m",
             ProblemCode::zone_syntax);
  }
  return ttl.value_or(0);
}

void ZoneReader::set_owner(const ZoneToken& token) {
  owner_ = absolute_name(token.text, origin_);
  const std::size_t before = problems_.count();
  report_doubled_origin(problems_, token, {origin_, zone_.origin});
  harmless_ += problems_.count() - before;
  owner_at_ = {token.at, token.text.size()};
}

void ZoneReader::take_record(const ZoneToken* owner, Tokens tokens) {
  if (owner != nullptr && owner->text.empty()) return problem(*owner, "a name cannot be empty");
  if (owner != nullptr) set_owner(*owner);
  const Head head = read_head(tokens);
  if (head.size == tokens.size()) {
    const ZoneToken& last = tokens.empty() ? *owner : tokens.back();
    return problem(last, "a record has an owner, a type and data, as in: www A 192.0.2.1");
  }
  const ZoneToken& type = tokens[head.size];
  if (owner_.empty()) {
    return problem(type, "no owner: the first record cannot begin with a space");
  }
  add_record(type, tokens.subspan(head.size + 1), head);
}

bool ZoneReader::check_type(const ZoneToken& token, const std::string& type) {
  if (!token.quoted && is_known_type(type)) return true;
  if (token.quoted || !could_be_type(token.text)) {
    problem(token, concat({"a record type was expected here, not ", quote(token.text)}));
    return false;
  }
  harmless(token, quote(token.text), ProblemCode::zone_type);
  return true;
}

void ZoneReader::add_record(const ZoneToken& token, Tokens rdata, const Head& head) {
  std::string type = type_named(token.text);
  if (!check_type(token, type)) return;
  ZoneRecord record;
  record.at = reading_.source.place(token.at);
  const ZoneToken& last = rdata.empty() ? token : rdata.back();
  const std::size_t end = last.at + last.text.size();
  const bool quote_is_closed = last.quoted && reading_.source.text().substr(end).starts_with('"');
  record.length = end + (quote_is_closed ? 1 : 0) - token.at;
  if (type == "SOA" && zone_.origin.empty()) {
    zone_.origin = owner_;
    if (origin_.empty() && is_absolute(owner_)) origin_ = owner_;
  }
  record.owner = owner_;
  record.owner_at = owner_at_;
  record.type = std::move(type);
  record.ttl = head.ttl != nullptr ? ttl_of(*head.ttl) : default_ttl_;
  record.is_internet = head.is_internet;
  const std::size_t before = problems_.count();
  read_rdata(reading_.source, problems_, token, rdata, {origin_, zone_.origin}, record);
  harmless_ += problems_.count() - before;
  if (has_room(record)) zone_.records.push_back(std::move(record));
}

bool ZoneReader::has_room(const ZoneRecord& record) {
  fields_ += record.fields.size();
  names_ += record.owner.size();
  for (const DefinitionText& field : record.fields) names_ += field.value.size();
  if (zone_.records.size() < max_zone_records && fields_ <= max_zone_fields &&
      names_ <= max_names) {
    return true;
  }
  stopped_ = true;
  problems_(ProblemCode::too_large, record.at.offset, 0,
            concat({"more than ", std::to_string(max_zone_records), " records, ",
                    std::to_string(max_zone_fields),
                    " fields, or 128 MiB of names; nothing more is read"}));
  return false;
}

}  // namespace

void read_zone(const Reading& reading) { ZoneReader(reading).run(); }

}  // namespace srvwarden::definition
