// One row of IANA's file: fields to facts.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/row_checks.hpp"

#include <algorithm>
#include <limits>

#include "registry/fields.hpp"
#include "registry/formats/notes.hpp"
#include "registry/image.hpp"
#include "registry/service_name_syntax.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_keys.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry {
namespace {

/// Mended, a byte may become three (U+FFFD), and a table's text has 65535 bytes at most.
constexpr std::size_t max_text_size = 0xFFFF / 3;

/// Whether a text is kept as it is, without a closer look; nearly all are.
bool is_ordinary(std::string_view text) {
  const TextScan seen = scan(text);
  return seen.plain && !seen.at_sign && text.size() <= max_text_size;
}

/// Whether a name that is none may be kept: a historic one's, or one that is reported.
bool is_storable(std::string_view name) { return name.size() <= max_name_size && is_plain(name); }

std::uint32_t hash_of(std::string_view name) { return hash(make_key(name)); }

std::uint32_t hash_of(const RegistryRecord& record) {
  const auto rest = static_cast<std::uint32_t>(record.ports.first) << 8 |
                    static_cast<std::uint32_t>(record.transport) << 4 |
                    (record.ports.present ? 1u : 0u);
  return hash_of(record.name) ^ rest * 0x9E3779B1u;
}

bool same_key(const RegistryRecord& a, const RegistryRecord& b) {
  return a.transport == b.transport && a.ports == b.ports && ascii::equal(a.name, b.name);
}

/// "Ports 4490 and 4491", "on port 796", "ports 33436-33534": none where they do not follow each
/// other, so that one range cannot say it. A number in a word, "krb524", is no port.
PortRange ports_named_in(std::string_view text) {
  PortRange named;
  std::size_t count = 0;
  const auto is_free = [&](std::size_t at) {
    return at >= text.size() || !ascii::is_alphanumeric(text[at]);
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!ascii::is_digit(text[at]) || (at > 0 && !is_free(at - 1))) continue;
    const std::size_t end = std::min(text.find_first_not_of("0123456789-", at), text.size());
    std::string_view word = text.substr(at, end - at);
    while (word.ends_with('-')) word.remove_suffix(1);
    at = end;
    const auto ports = is_free(end) ? parse_ports(word) : std::nullopt;
    if (!ports || !ports->present) continue;
    named.first = named.present ? std::min(named.first, ports->first) : ports->first;
    named.last = std::max(named.last, ports->last);
    named.present = true;
    count += std::size_t{ports->last} - ports->first + 1;
  }
  const bool follow = named.present && count == std::size_t{named.last} - named.first + 1;
  return follow ? named : PortRange{};
}

}  // namespace

void RowChecks::report(RegistryIssue issue, std::size_t offset, bool rejected,
                       std::string_view detail) {
  // Lines are counted on from the last report, so that a row with many takes no longer.
  if (offset < reported_.offset || reported_.offset < row_start_) {
    reported_ = {row_start_, row_line_, 1};
    reported_line_start_ = row_start_;
  }
  const Place at = place_in(builder_.source(), reported_line_start_, reported_.line, offset);
  reported_ = at;
  reported_line_start_ = offset + 1 - at.column;
  import_.problems.push_back({issue, at, rejected, shorten(detail)});
}

void RowChecks::fault(RegistryIssue issue, const SourceCell& cell, bool rejects) {
  rejected_ = rejected_ || rejects;
  report(issue, cell.at, rejects, cell.text);
}

void RowChecks::read(const SourceRow& cells) {
  record_ = {};
  rejected_ = false;
  read_key(cells);
  read_texts(cells);
  if (rejected_) return;
  read_status(cells);
  if (rejected_) return;
  check_name(cells[name]);
  remember();
}

void RowChecks::read_key(const SourceRow& cells) {
  const bool named_as_before = cells[name].text == last_name_ && !cells[name].text.empty();
  last_name_ = cells[name].text;
  record_.name = cells[name].text;
  valid_name_ = named_as_before ? valid_name_ : is_service_name(record_.name);
  const bool nothing = record_.name.empty() && cells[ports].text.empty();
  if (nothing || (!valid_name_ && !is_storable(record_.name))) {
    fault(RegistryIssue::bad_name, cells[name], true);
  }
  if (const auto range = parse_ports(cells[ports].text)) {
    record_.ports = *range;
  } else {
    fault(RegistryIssue::bad_port, cells[ports], true);
  }
  if (const auto stated = parse_transport(cells[transport].text)) {
    record_.transport = *stated;
  } else {
    fault(RegistryIssue::bad_transport, cells[transport], true);
  }
}

RegistryDate RowChecks::date(const SourceCell& cell) {
  if (cell.text.empty()) return {};
  const auto date = parse_date(cell.text);
  if (!date) fault(RegistryIssue::bad_date, cell, false);
  newest_ = std::max(newest_, date.value_or(RegistryDate{}));
  return date.value_or(RegistryDate{});
}

void RowChecks::read_texts(const SourceRow& cells) {
  read_title(cells[description]);
  record_.registered = date(cells[registered]);
  record_.modified = date(cells[modified]);
  read_references(cells[references]);
  if (const std::string_view code = cells[service_code].text; !code.empty()) {
    const auto number = parse_number(code, std::numeric_limits<std::uint32_t>::max());
    record_.service_code = number.value_or(0);
    if (record_.service_code == 0) {
      fault(RegistryIssue::bad_service_code, cells[service_code], false);
    }
  }
  read_unauthorized(cells[unauthorized].text);
  record_.assignee = people(cells[assignee]);
  record_.contact = people(cells[contact]);
  record_.txt_keys = txt_keys(cells[notes].text);
}

std::string_view RowChecks::people(const SourceCell& cell) {
  if (is_ordinary(cell.text)) return cell.text;
  const bool address = has_address(cell.text);
  if (cell.text.size() <= max_text_size && is_clean(cell.text) && !address) return cell.text;
  fault(address ? RegistryIssue::address_left_out : RegistryIssue::bad_text, cell, false);
  return {};
}

std::string_view RowChecks::txt_keys(std::string_view note) {
  if (note.empty()) return {};
  if (note == last_note_) return last_txt_keys_;  // a row's neighbours are often of its service
  last_note_ = note;
  const auto [known, is_new] = txt_keys_.try_emplace(note);
  if (is_new) {
    std::string text = to_text(read_txt_keys_note(note));
    if (!text.empty()) known->second = builder_.keep(std::move(text));
  }
  return last_txt_keys_ = known->second;
}

void RowChecks::read_title(const SourceCell& cell) {
  const std::string_view title = cell.text;
  record_.title = title;
  if (is_ordinary(title)) return;
  if (title.size() > max_text_size) return fault(RegistryIssue::bad_text, cell, true);
  const bool stray = std::any_of(title.begin(), title.end(), [](char c) {
    return ascii::is_control(c) && c != '\n' && c != '\r';
  });
  if (stray || utf8::find_ill_formed(title) != title.npos) {
    fault(RegistryIssue::bad_text, cell, false);
  }
  const bool address = has_address(title);
  if (address) fault(RegistryIssue::address_left_out, cell, false);
  if (address || !is_clean(title)) record_.title = builder_.keep(tidy_title(title));
}

void RowChecks::read_references(const SourceCell& cell) {
  const std::string_view cited = cell.text;
  record_.references = cited;
  if (is_ordinary(cited)) return;
  if (cited.size() > max_text_size) return fault(RegistryIssue::bad_text, cell, true);
  const bool address = has_address(cited);
  if (is_clean(cited) && !address) return;
  fault(address                          ? RegistryIssue::address_left_out
        : cited.find('\n') != cited.npos ? RegistryIssue::prose_left_out
                                         : RegistryIssue::bad_text,
        cell, false);
  record_.references = builder_.keep(tidy_references(cited));
}

/// The fact, and the ports that the text names where they are not just the row's own: one of a
/// range, several that follow each other, or another row's.
void RowChecks::read_unauthorized(std::string_view text) {
  record_.unauthorized_use = !text.empty();
  const PortRange named = ports_named_in(text);
  const bool all_of_the_row =
      record_.ports.first == record_.ports.last && named.contains(record_.ports.first);
  if (named.present && named != record_.ports && !all_of_the_row) {
    record_.unauthorized_ports = named;
  }
}

void RowChecks::read_status(const SourceRow& cells) {
  if (record_.name.empty()) {
    const auto status = status_of_port(record_.title);
    if (!status) fault(RegistryIssue::bad_status, cells[description], false);
    record_.status = status.value_or(RegistryStatus::unofficial);
    const bool word_alone = ascii::equal(record_.title, name_of(record_.status));
    if (word_alone) record_.title = {};
    return;
  }
  const NoteFacts facts = read_note(cells[notes].text);
  record_.status = facts.status;
  record_.replacement = facts.replacement;
  if (ascii::equal(record_.title, "De-registered")) record_.status = RegistryStatus::removed;
  if (!record_.replacement.empty() && !is_storable(record_.replacement)) {
    fault(RegistryIssue::bad_text, cells[notes], true);
  }
}

void RowChecks::check_name(const SourceCell& cell) {
  const bool old = record_.status == RegistryStatus::historic_alias;
  if (!record_.name.empty() && !old && !valid_name_) {
    fault(RegistryIssue::name_syntax, cell, false);
  }
  const auto index = static_cast<std::uint32_t>(builder_.records().size());
  const auto earlier = rows_.find_or_add(hash_of(record_), index, [&](std::uint32_t i) {
    return same_key(builder_.records()[i], record_);
  });
  if (earlier != HashIndex::none) fault(RegistryIssue::duplicate_row, cell, false);
}

void RowChecks::remember() {
  const auto index = static_cast<std::uint32_t>(builder_.records().size());
  const bool named_as_before = index > 0 && builder_.records().back().name == record_.name;
  if (!record_.name.empty() && !named_as_before) {
    const auto earlier = names_.find_or_add(hash_of(record_.name), index, [&](std::uint32_t i) {
      return ascii::equal(builder_.records()[i].name, record_.name);
    });
    if (earlier == HashIndex::none) ++name_count_;
  }
  if (!record_.replacement.empty()) {
    aliases_.push_back({record_.replacement, {row_start_, row_line_, 1}});
  }
  builder_.add(record_);
}

void RowChecks::check_replacements() {
  for (const Alias& alias : aliases_) {
    const auto found = names_.find(hash_of(alias.replacement), [&](std::uint32_t i) {
      return ascii::equal(builder_.records()[i].name, alias.replacement);
    });
    if (found != HashIndex::none) continue;
    import_.problems.push_back(
        {RegistryIssue::unknown_replacement, alias.at, false, shorten(alias.replacement)});
  }
}

}  // namespace srvwarden::registry
