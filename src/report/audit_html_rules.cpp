// The findings by rule: what is wrong, why it matters, how to mend it, and where it was seen.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "core/concat.hpp"
#include "report/audit_html_parts.hpp"
#include "report/finding_text.hpp"
#include "report/html_text.hpp"

namespace srvwarden::report {

namespace {

using rules::AuditFinding;
using rules::AuditObject;

constexpr std::size_t most_rows = 200;  ///< of a rule; all are at their hosts

struct Row {
  const AuditFinding* finding = nullptr;
  const AuditObject* object = nullptr;
  std::string_view host;  ///< may be empty
};

/// A rule may be of two severities, and then stands there twice.
using Rows = std::map<std::pair<Severity, std::string_view>, std::vector<Row>>;

void add(Rows& rows, const AuditObject& object, std::string_view host) {
  for (const AuditFinding& finding : object.findings) {
    rows[{finding.finding.severity, finding.finding.rule->id}].push_back({&finding, &object, host});
  }
}

Rows rows_of(const AuditGroups& groups) {
  Rows rows;
  for (const AuditedHost& host : groups.hosts) {
    for (const AuditObject* object : host.objects) add(rows, *object, host.name);
    for (const auto* instance : host.instances) add(rows, instance->object, host.name);
  }
  for (const AuditObject* object : groups.others) add(rows, *object, "");
  return rows;
}

/// The rules with the worst severity first, then those that most objects break.
std::vector<std::pair<Rows::key_type, const std::vector<Row>*>> worst_first(const Rows& rows) {
  std::vector<std::pair<Rows::key_type, const std::vector<Row>*>> out;
  for (const auto& [key, found] : rows) out.emplace_back(key, &found);
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) {
    if (a.first.first != b.first.first) return a.first.first > b.first.first;
    return a.second->size() > b.second->size();
  });
  return out;
}

/// What this finding says beside its rule.
std::string particulars(const Finding& finding) {
  std::string out = html_text(finding.detail);
  const auto add = [&out](std::string_view what, std::string_view text) {
    if (text.empty()) return;
    if (!out.empty()) out += "<br>";
    out += concat({what, html_text(text)});
  };
  add("", finding.help);
  add("Try: ", finding.suggestion);
  return out;
}

void append_row(std::string& page, const Row& row) {
  page += concat({"<tr>", html_element("td", "", row.object->name),
                  html_element("td", "", row.host), "<td>", particulars(row.finding->finding),
                  "</td>", html_element("td", "number", std::to_string(row.finding->count)), "<td>",
                  html_evidence(row.finding->first), "</td><td>",
                  row.finding->count > 1 ? html_evidence(row.finding->last) : std::string(),
                  "</td></tr>\n"});
}

void append_about(std::string& page, const RuleInfo& rule) {
  page += "<dl class=\"about\">";
  if (!rule.why.empty()) page += concat({"<dt>Why</dt>", html_element("dd", "", rule.why)});
  page += concat({"<dt>Help</dt>", html_element("dd", "", rule.help), "<dt>Source</dt><dd>",
                  html_references(rule), rule.heuristic ? "; a guess: it may be meant so" : "",
                  "</dd><dt>Rule</dt><dd><code>", rule.id, "</code> ", html_text(rule.name),
                  "</dd></dl>\n"});
}

void append_rule(std::string& page, Severity severity, const std::vector<Row>& rows, bool is_first,
                 bool is_open) {
  const RuleInfo& rule = *rows.front().finding->finding.rule;
  const std::string_view style = name_of(severity);
  page += concat({"<details class=\"rule\"", is_first ? concat({" id=\"r-", rule.id, "\""}) : "",
                  " data-r=\"", rule.id, "\" data-s=\"", style, "\"", is_open ? " open" : "",
                  "><summary>", html_element("h3", "", rule.message), html_badge(style, style),
                  " <span class=\"soft\">", counted(rows.size(), "object"), "</span></summary>\n"});
  append_about(page, rule);
  page += concat(
      {"<div class=\"wide\"><table class=\"sortable\"><caption>Where ", rule.id, " was found"});
  if (rows.size() > most_rows) {
    page += concat({": the first ", std::to_string(most_rows), " of ", std::to_string(rows.size()),
                    "; all are told below, at their hosts"});
  }
  page +=
      "</caption><thead><tr><th scope=\"col\">Object</th><th scope=\"col\">Host</th>"
      "<th scope=\"col\">What</th><th scope=\"col\" class=\"number\">Times</th>"
      "<th scope=\"col\">First</th><th scope=\"col\">Last</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < std::min(rows.size(), most_rows); ++i) append_row(page, rows[i]);
  page += "</tbody></table></div></details>\n";
}

}  // namespace

void append_rules(std::string& page, const AuditGroups& groups) {
  page +=
      "<section id=\"findings\" aria-labelledby=\"findings-head\">\n"
      "<h2 id=\"findings-head\">Findings by rule</h2>\n";
  const Rows rows = rows_of(groups);
  if (rows.empty()) page += "<p>Nothing is wrong with what was seen.</p>\n";
  constexpr std::size_t opened = 3;  // so that a page begins with something to read
  std::size_t at = 0;
  std::set<std::string_view> told;  // ids: a link to a rule leads to the worse one
  for (const auto& [key, found] : worst_first(rows)) {
    const bool is_first = told.insert(key.second).second;
    append_rule(page, key.first, *found, is_first, at++ < opened && found->size() <= 20);
  }
  page += "</section>\n";
}

}  // namespace srvwarden::report
