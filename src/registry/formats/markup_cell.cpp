// Cells of XML and XHTML as IANA's CSV has them.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/markup_cell.hpp"

#include <algorithm>
#include <utility>

#include "core/trim.hpp"

namespace srvwarden::registry {
namespace {

/// " \n " and all spaces after it become one space.
void join_indented_lines(std::string& text) {
  for (auto at = text.find(" \n "); at != text.npos; at = text.find(" \n ", at + 1)) {
    const auto end = std::min(text.find_first_not_of(' ', at + 2), text.size());
    text.replace(at, end - at, 1, ' ');
  }
}

}  // namespace

void MarkupCell::start(std::size_t at) {
  single_ = {};
  joined_.clear();
  broken_ = false;
  at_ = at;
}

void MarkupCell::join() {
  single_.append_to(joined_);
  single_ = {};
}

void MarkupCell::add(const XmlText& text, std::size_t at) {
  if (text.raw.empty()) return;
  if (broken_) {
    join();
    if (text.raw.front() != '\n' && text.raw.front() != '\r') joined_ += '\n';
    broken_ = false;
  }
  if (empty()) {
    single_ = text;
    at_ = at;
    return;
  }
  join();
  text.append_to(joined_);
}

void MarkupCell::add_indent() {
  join();
  joined_ += "        ";
}

void MarkupCell::add_key(std::string_view key) {
  join();
  joined_ += '[';
  joined_ += key;
  joined_ += ']';
}

SourceCell MarkupCell::finish(TableImport& import) {
  if (joined_.empty() && single_.plain && single_.raw.find(" \n ") == single_.raw.npos) {
    const auto text = trimmed(single_.raw);
    const bool inside = !text.empty();
    return {text, inside ? at_ + static_cast<std::size_t>(text.data() - single_.raw.data()) : at_};
  }
  join();
  join_indented_lines(joined_);
  const auto text = trimmed(joined_);
  // Adjacent rows often have the same people.
  if (text != last_kept_) last_kept_ = import.keep(std::string(text));
  return {last_kept_, at_};
}

std::string_view without_draft_sections(std::string_view references, TableImport& import) {
  constexpr std::string_view draft = "[draft-", section = ", Section ";
  auto at = references.find(draft);
  if (at == references.npos || references.find(section, at) == references.npos) return references;
  std::string text(references);
  for (; at != text.npos; at = text.find(draft, at + 1)) {
    const auto end = text.find(']', at);
    const auto from = text.find(section, at);
    if (from < end && end != text.npos) text.erase(from, end - from);
  }
  return import.keep(std::move(text));
}

}  // namespace srvwarden::registry
