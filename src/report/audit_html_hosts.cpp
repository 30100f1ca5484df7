// Hosts and services: host, addresses, instances, and what is wrong with each.
// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "core/concat.hpp"
#include "report/audit_html_parts.hpp"
#include "report/finding_text.hpp"
#include "report/html_text.hpp"

namespace srvwarden::report {

namespace {

using rules::AuditedInstance;
using rules::AuditFinding;
using rules::AuditObject;

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : ", ").append(text);
  return out;
}

void append_row(std::string& page, std::string_view name, std::string_view text) {
  if (!text.empty()) page += concat({"<dt>", name, "</dt>", html_element("dd", "", text)});
}

/// The ids of the rules, once each, for the filter.
std::string rules_of(const AuditObject& object) {
  std::string out;
  for (const AuditFinding& finding : object.findings) {
    out.append(out.empty() ? "" : " ").append(finding.finding.rule->id);
  }
  return out;
}

std::string data_of(const AuditObject& object) {
  FindingCounts counts;
  count(counts, object);
  const std::string rules = rules_of(object);
  return concat({" data-s=\"", style_of(worst_of(counts)), "\"",
                 rules.empty() ? "" : concat({" data-r=\"", rules, "\""})});
}

void append_finding(std::string& page, const AuditFinding& audited) {
  const Finding& finding = audited.finding;
  const std::string_view style = name_of(finding.severity);
  page += concat({"<p>", html_badge(style, style), " <a href=\"#r-", finding.rule->id, "\">",
                  finding.rule->id, "</a> ", html_text(message_of(finding)), "</p>"});
  if (!finding.help.empty()) page += html_element("p", "", finding.help);
  if (!finding.suggestion.empty()) page += html_element("p", "", "Try: " + finding.suggestion);
  page += concat({"<p class=\"soft\">", counted(audited.count, "time"), ", first in ",
                  html_evidence(audited.first)});
  if (audited.count > 1) page.append("; last in ").append(html_evidence(audited.last));
  page += "</p>";
}

/// Findings of what is no instance: each can be filtered by itself.
void append_object(std::string& page, const AuditObject& object) {
  page += "<ul class=\"fs own\">\n";
  for (const AuditFinding& finding : object.findings) {
    const std::string_view style = name_of(finding.finding.severity);
    page += concat({"<li class=\"", style, "\" data-s=\"", style, "\" data-r=\"",
                    finding.finding.rule->id, "\">"});
    page +=
        concat({"<p>As ", name_of(object.kind), " ", html_element("b", "", object.name), "</p>"});
    append_finding(page, finding);
    page += "</li>\n";
  }
  page += "</ul>\n";
}

void append_instance_findings(std::string& page, const AuditObject& object) {
  if (object.findings.empty()) return;
  page += "<ul class=\"fs\">";
  for (const AuditFinding& finding : object.findings) {
    page += concat({"<li class=\"", name_of(finding.finding.severity), "\">"});
    append_finding(page, finding);
    page += "</li>";
  }
  page += "</ul>";
}

void append_instance(std::string& page, const AuditedInstance& instance, const AuditedHost& host) {
  FindingCounts counts;
  count(counts, instance.object);
  page += concat({"<li class=\"", instance.gone ? "i gone" : "i", "\"", data_of(instance.object),
                  "><details", counts.errors > 0 ? " open" : "", "><summary>",
                  html_element("b", "", instance.label.empty() ? "(no name)" : instance.label), " ",
                  html_element("code", "", instance.type)});
  if (!instance.title.empty()) {
    page.append(" ").append(html_element("span", "soft", instance.title));
  }
  if (!instance.services.empty()) {
    page.append(" port ").append(std::to_string(instance.services.front().fields.port));
  }
  if (instance.gone) page += ", gone";
  if (!instance.object.findings.empty()) page.append(" ").append(html_counts(counts));
  page += "</summary><dl>";
  append_row(page, "Full name", instance.object.name);
  if (instance.services.size() > 1) {
    for (const rules::AuditedService& service : instance.services) {
      append_row(page, "Host", service.host + " port " + std::to_string(service.fields.port));
    }
  }
  if (instance.addresses != host.addresses)
    append_row(page, "Addresses", joined(instance.addresses));
  append_row(page, "Subtypes", joined(instance.subtypes));
  for (const std::string& string : instance.txt) append_row(page, "TXT", string);
  page += concat(
      {"<dt>Seen</dt><dd>", html_time(instance.first), " to ", html_time(instance.last), "</dd>"});
  append_row(page, "From", joined(instance.sources));
  append_row(page, "On", joined(instance.interfaces));
  page += "</dl>";
  append_instance_findings(page, instance.object);
  page += "</details></li>\n";
}

void append_host(std::string& page, const AuditedHost& host, std::size_t number, bool is_open) {
  page += concat(
      {"<details class=\"host\" id=\"h", std::to_string(number), "\"", is_open ? " open" : "",
       "><summary>", html_element("h3", "", host.name.empty() ? "No host known" : host.name), " ",
       html_counts(host.findings), html_element("span", "soft", joined(host.addresses)),
       html_element("span", "soft", counted(host.instances.size(), "instance")), "</summary>\n"});
  for (const AuditObject* object : host.objects) append_object(page, *object);
  page += "<ul class=\"is\">\n";
  for (const AuditedInstance* instance : host.instances) append_instance(page, *instance, host);
  page += "</ul></details>\n";
}

}  // namespace

void append_hosts(std::string& page, const AuditGroups& groups) {
  page +=
      "<section id=\"hosts\" aria-labelledby=\"hosts-head\">\n"
      "<h2 id=\"hosts-head\">Hosts and services</h2>\n<div id=\"host-list\">\n";
  constexpr std::size_t opened = 20;  // a small link is seen at once, a large one is chosen from
  std::size_t number = 0;
  for (const AuditedHost& host : groups.hosts) {
    append_host(page, host, number,
                groups.hosts.size() <= opened || (number < opened && host.worst()));
    ++number;
  }
  if (groups.hosts.empty()) page += "<p>No host and no instance was seen.</p>\n";
  if (!groups.others.empty()) {
    FindingCounts counts;
    for (const AuditObject* other : groups.others) count(counts, *other);
    page += concat(
        {"<details class=\"host\" open><summary><h3>Types, names and senders without a host</h3> ",
         html_counts(counts), "</summary>\n"});
    for (const AuditObject* other : groups.others) append_object(page, *other);
    page += "</details>\n";
  }
  page += "</div></section>\n";
}

}  // namespace srvwarden::report
