// RDATA of master files: a row a type. RFC 1035 §3.3, RFC 2782, RFC 3596, RFC 3597 §5.
// SPDX-License-Identifier: Apache-2.0
#include "definition/zone_rdata.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/concat.hpp"
#include "definition/quote.hpp"
#include "definition/text_builder.hpp"
#include "definition/zone_terms.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/presentation.hpp"

namespace srvwarden::definition {
namespace {

/// What a field of RDATA is.
enum class Field : std::uint8_t { name, ipv4, ipv6, number16, number32, time, any };

struct Form {
  std::string_view type;
  std::size_t count;
  std::array<Field, 7> fields;
};

constexpr Form forms[] = {
    {"A", 1, {Field::ipv4}},
    {"AAAA", 1, {Field::ipv6}},
    {"CNAME", 1, {Field::name}},
    {"DNAME", 1, {Field::name}},
    {"MX", 2, {Field::number16, Field::name}},
    {"NS", 1, {Field::name}},
    {"PTR", 1, {Field::name}},
    {"SOA",
     7,
     {Field::name, Field::name, Field::number32, Field::time, Field::time, Field::time,
      Field::time}},
    {"SRV", 4, {Field::any, Field::any, Field::any, Field::name}},
};

bool is_address(int family, std::string_view text) {
  std::array<char, 64> terminated{};
  if (text.size() >= terminated.size()) return false;
  std::ranges::copy(text, terminated.begin());
  std::array<unsigned char, 16> octets{};
  return inet_pton(family, terminated.data(), octets.data()) == 1;
}

template <class Number>
bool is_number(std::string_view text) {
  Number value{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

/// What the field should be, where the token is not.
std::string_view refusal(Field field, std::string_view text) {
  switch (field) {
    case Field::name:
      return text.empty() ? "a name cannot be empty" : "";
    case Field::ipv4:
      return is_address(AF_INET, text) ? "" : "an A record has an IPv4 address, as in 192.0.2.1";
    case Field::ipv6:
      return is_address(AF_INET6, text) ? ""
                                        : "an AAAA record has an IPv6 address, as in 2001:db8::1";
    case Field::number16:
      return is_number<std::uint16_t>(text) ? "" : "not a number from 0 to 65535";
    case Field::number32:
      return is_number<std::uint32_t>(text) ? "" : "not a number from 0 to 4294967295";
    case Field::time:
      return read_time(text) ? "" : "not a time in seconds, nor one as in 1h30m";
    case Field::any:
      return "";
  }
  return "";
}

/// Whether a relative name ends in an absolute one of two labels or more, but for the dot.
bool ends_as(std::string_view name, std::string_view domain) {
  if (!domain.ends_with('.')) return false;
  domain.remove_suffix(1);
  if (domain.find('.') == domain.npos || name.size() < domain.size()) return false;
  const std::size_t before = name.size() - domain.size();
  if (before > 0 && name[before - 1] != '.') return false;
  return ascii::equal(name.substr(before), domain);
}

class RdataReader {
 public:
  RdataReader(const Source& source, ZoneProblems& problems, const ZoneToken& type,
              const ZoneOrigin& origin, ZoneRecord& record)
      : source_(source), problems_(problems), type_(type), origin_(origin), record_(record) {}

  void read(std::span<const ZoneToken> tokens) {
    if (!tokens.empty() && !tokens[0].quoted && tokens[0].text == "\\#") return generic(tokens);
    record_.fields.reserve(tokens.size());
    if (record_.type == "TXT" || record_.type == "SPF") return strings(tokens);
    const auto* form = std::ranges::find(forms, record_.type, &Form::type);
    if (form != std::end(forms)) return fields(tokens, *form);
    for (const ZoneToken& token : tokens) add(token, Field::any);
  }

 private:
  void problem(const ZoneToken& token, std::string detail) {
    problems_(ProblemCode::zone_rdata, token.at, token.text.size(), std::move(detail));
  }

  void add(const ZoneToken& token, Field field) {
    DefinitionText text = source_.verbatim(token.at, token.text.size());
    if (field == Field::name) {
      text.value = absolute_name(token.text, origin_.name);
      text.verbatim = text.value == token.text;
      report_doubled_origin(problems_, token, origin_);
      for (std::size_t i = 0; !text.verbatim && i <= token.text.size(); ++i) {
        text.offsets.push_back(token.at + i);
      }
    }
    record_.fields.push_back(std::move(text));
  }

  void fields(std::span<const ZoneToken> tokens, const Form& form) {
    const bool is_srv = form.type == "SRV";
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Field field = i < form.count ? form.fields[i] : Field::any;
      add(tokens[i], field);
      const std::string_view refused = is_srv ? "" : refusal(field, tokens[i].text);
      if (!refused.empty()) problem(tokens[i], std::string(refused));
    }
    if (is_srv || tokens.size() == form.count) return;
    problem(
        tokens.size() > form.count ? tokens[form.count] : type_,
        concat({form.type, " has ", std::to_string(form.count),
                form.count == 1 ? " field" : " fields", ", not ", std::to_string(tokens.size())}));
  }

  void strings(std::span<const ZoneToken> tokens) {
    if (tokens.empty()) problem(type_, "it has no string; an empty one is written \"\"");
    for (const ZoneToken& token : tokens) {
      if (token.glued) {
        problem(token,
                "quotes within a word make two strings of it; quote the whole: \"key=value\"");
      }
      record_.fields.push_back(octets_of(token));
    }
  }

  DefinitionText octets_of(const ZoneToken& token) {
    if (token.text.find('\\') == token.text.npos)
      return source_.verbatim(token.at, token.text.size());
    TextBuilder builder;
    for (std::size_t i = 0; i < token.text.size();) {
      const PresentationStep step = read_presentation(token.text, i);
      const std::string_view written = token.text.substr(i, step.size);
      if (step.code != Errc::none) {
        problem({written, token.at + i},
                "no escape: \\DDD has three digits up to 255, and \\\\ is a backslash");
      }
      if (step.size == 1 || step.code != Errc::none) {
        builder.copy(written, token.at + i);
      } else {
        builder.decoded({&step.octet, 1}, token.at + i, step.size);
      }
      i += step.size;
    }
    return builder.finish(source_, token.at);
  }

  /// "\# 4 0A000001"
  void generic(std::span<const ZoneToken> tokens) {
    record_.is_generic = true;
    if (tokens.size() < 2 || !is_number<std::uint16_t>(tokens[1].text)) {
      return problem(tokens[0], "behind \\# stands the number of octets");
    }
    std::size_t digits = 0;
    for (const ZoneToken& token : tokens.subspan(2)) {
      const auto bad =
          std::ranges::find_if(token.text, [](char c) { return ascii::hex_digit(c) < 0; });
      if (bad != token.text.end()) return problem(token, "not hexadecimal");
      digits += token.text.size();
    }
    if (digits == 2 * std::stoul(std::string(tokens[1].text))) return;
    problem(tokens[1], concat({"each octet has two hexadecimal digits, and here are ",
                               std::to_string(digits)}));
  }

  const Source& source_;
  ZoneProblems& problems_;
  const ZoneToken& type_;
  const ZoneOrigin& origin_;
  ZoneRecord& record_;
};

}  // namespace

void read_rdata(const Source& source, ZoneProblems& problems, const ZoneToken& type,
                std::span<const ZoneToken> tokens, const ZoneOrigin& origin, ZoneRecord& record) {
  RdataReader(source, problems, type, origin, record).read(tokens);
}

void report_doubled_origin(ZoneProblems& problems, const ZoneToken& name,
                           const ZoneOrigin& origin) {
  if (is_absolute(name.text) || !origin.name.ends_with('.')) return;
  if (!ends_as(name.text, origin.name) && !ends_as(name.text, origin.apex)) return;
  problems(ProblemCode::zone_origin_doubled, name.at, name.text.size(),
           concat({"it becomes ", quote(name.text), ".", quote(origin.name)}));
}

}  // namespace srvwarden::definition
