// Findings as text.
// SPDX-License-Identifier: Apache-2.0
#include "report/finding_text.hpp"

#include <algorithm>
#include <vector>

#include "report/terminal.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::report {
namespace {

constexpr std::size_t max_width = 100;  // columns of a value that are shown

void append_coloured(std::string& out, std::string_view text, std::string_view colour, Colour on) {
  if (on == Colour::on) out += colour;
  out += text;
  if (on == Colour::on) out += "\x1b[0m";
}

/// The part of a long line around the first place, cut between characters.
struct Window {
  std::size_t begin, end;
};

Window window_of(std::string_view line, std::size_t at) {
  if (line.size() <= max_width) return {0, line.size()};
  std::size_t begin = at > max_width / 2 ? std::min(at, line.size()) - max_width / 2 : 0;
  const auto inside = [&](std::size_t i) {
    return i < line.size() && (static_cast<unsigned char>(line[i]) & 0xC0) == 0x80;
  };
  while (inside(begin)) ++begin;
  std::size_t end = std::min(begin + max_width, line.size());
  while (inside(end)) ++end;
  return {begin, end};
}

/// Carets for the places that fall into the window; one at least for the first.
std::string carets(const Finding& finding, const Window& window, const TerminalText& text) {
  std::string out;
  const auto column = [&](std::size_t at) {
    return text.columns[std::clamp(at, window.begin, window.end) - window.begin];
  };
  const auto mark = [&](Span span) {
    const std::size_t begin = column(span.offset);
    const std::size_t end = std::max(column(span.offset + span.length), begin + 1);
    if (out.size() < end) out.resize(end, ' ');
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin),
              out.begin() + static_cast<std::ptrdiff_t>(end), '^');
  };
  mark(finding.at);
  for (const Span span : finding.more) {
    if (span.offset >= window.begin && span.offset < window.end) mark(span);
  }
  return out;
}

void append_source(std::string& out, const Finding& finding, std::string_view line, Colour colour) {
  const Window window = window_of(line, finding.at.offset);
  const TerminalText text = for_terminal(line.substr(window.begin, window.end - window.begin));
  const std::string_view lead = window.begin > 0 ? "..." : "";
  out.append("   |\n   | ").append(lead).append(text.text);
  out.append(window.end < line.size() ? "...\n   | " : "\n   | ");
  out.append(lead.size(), ' ');
  append_coloured(out, carets(finding, window, text), colour_of(finding.severity), colour);
  out += '\n';
}

}  // namespace

std::string_view colour_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::error:
      return "\x1b[1;31m";
    case Severity::warning:
      return "\x1b[1;33m";
    case Severity::info:
      return "\x1b[1;36m";
  }
  return "";
}

std::string message_of(const Finding& finding) {
  std::string out(finding.rule->message);
  if (!finding.detail.empty()) out.append(": ").append(finding.detail);
  return out;
}

std::string_view help_of(const Finding& finding) {
  return finding.help.empty() ? finding.rule->help : std::string_view(finding.help);
}

std::string words_of(const Reference& reference) {
  if (reference.rfc == 0) return std::string(reference.section);
  std::string out = "RFC " + std::to_string(reference.rfc);
  if (!reference.section.empty()) out.append(" §").append(reference.section);
  return out;
}

std::string link_of(const Reference& reference) {
  std::string link = "https://www.rfc-editor.org/rfc/rfc" + std::to_string(reference.rfc);
  if (reference.section.empty()) return link;
  const bool appendix = ascii::is_letter(reference.section.front());
  return link.append(appendix ? "#appendix-" : "#section-").append(reference.section);
}

std::string references_of(const RuleInfo& rule) {
  std::string out;
  for (const Reference& reference : rule.references) {
    if (!out.empty()) out += ", ";
    out += words_of(reference);
  }
  return out;
}

void append_finding(std::string& out, const Finding& finding, std::string_view place,
                    std::string_view line, Colour colour) {
  std::string head(name_of(finding.severity));
  head.append("[").append(finding.rule->id).append("]");
  append_coloured(out, head, colour_of(finding.severity), colour);
  out.append(": ").append(shown(message_of(finding)));
  out.append(" (").append(finding.rule->name).append(")\n  --> ").append(place).append("\n");
  append_source(out, finding, line, colour);
  out.append("   = ").append(references_of(*finding.rule));
  if (finding.rule->heuristic) out += "; a guess: it may be meant so";
  out.append("\n   = help: ").append(shown(help_of(finding)));
  if (!finding.suggestion.empty())
    out.append("\n   = try: `").append(shown(finding.suggestion)).append("`");
  if (!finding.fix.empty()) out.append("\n   = --fix mends it");
  out += '\n';
}

}  // namespace srvwarden::report
