// The page of an audit: its head, its sums, and the order of its parts.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/concat.hpp"
#include "report/audit_html_parts.hpp"
#include "report/audit_report.hpp"
#include "report/html/page.hpp"
#include "report/html_text.hpp"

namespace srvwarden::report {

namespace {

using rules::AuditResult;

std::string title_of(const std::vector<AuditInput>& inputs) {
  constexpr std::size_t most = 3;
  std::string out = "Audit of ";
  for (std::size_t i = 0; i < std::min(inputs.size(), most); ++i) {
    out.append(i == 0 ? "" : ", ")
        .append(inputs[i].name == "-" ? "standard input" : inputs[i].name);
  }
  if (inputs.size() > most) {
    out.append(" and ").append(std::to_string(inputs.size() - most)).append(" more");
  }
  return inputs.empty() ? "Audit" : out;
}

/// Nothing may be loaded from anywhere; only our own style and script run, known by their hashes.
void append_head(std::string& page, const std::string& title) {
  page +=
      concat({"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "style-src '",
              page_style_hash, "'; script-src '", page_script_hash,
              "'; base-uri 'none'; form-action 'none'\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"referrer\" content=\"no-referrer\">\n",
              html_element("title", "", title), "\n<style>", page_style, "</style>\n</head>\n"});
}

void append_header(std::string& page, const AuditResult& result, const std::string& title) {
  page +=
      "<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header "
      "class=\"page\"><div>\n";
  page += html_element("h1", "", title);
  if (result.counts.packets > 0) {
    page += concat({"<p class=\"soft\">From ", html_time(result.first), " to ",
                    html_time(result.last), " UTC</p>"});
  }
  page +=
      "\n<nav aria-label=\"Contents\"><ul><li><a href=\"#summary\">Summary</a></li>"
      "<li><a href=\"#time\">Time line</a></li><li><a href=\"#findings\">Findings</a></li>"
      "<li><a href=\"#hosts\">Hosts and services</a></li></ul></nav>\n</div>\n"
      "<button type=\"button\" id=\"theme\" hidden>Theme</button>\n</header>\n";
}

void append_sum(std::string& page, std::string_view style, std::string_view name,
                std::uint64_t number) {
  page += concat({"<div class=\"", number > 0 ? style : "", "\">", html_element("dt", "", name),
                  "<dd>", std::to_string(number), "</dd></div>\n"});
}

void append_inputs(std::string& page, const std::vector<AuditInput>& inputs) {
  if (inputs.empty()) return;
  page +=
      "<div class=\"wide\"><table><caption>What was listened to or read</caption><thead><tr>"
      "<th scope=\"col\">Name</th><th scope=\"col\">Kind</th>"
      "<th scope=\"col\" class=\"number\">Frames</th>"
      "<th scope=\"col\" class=\"number\">mDNS packets</th></tr></thead><tbody>\n";
  for (const AuditInput& input : inputs) {
    page += concat({"<tr>", html_element("td", "", input.name),
                    html_element("td", "", input.is_capture ? "capture" : "interface"),
                    html_element("td", "number",
                                 input.is_capture ? std::to_string(input.frames) : std::string()),
                    html_element("td", "number", std::to_string(input.packets)), "</tr>\n"});
  }
  page += "</tbody></table></div>\n";
}

void append_summary(std::string& page, const AuditResult& result, const AuditGroups& groups,
                    const std::vector<AuditInput>& inputs) {
  const FindingCounts counts = count_findings(result);
  page +=
      "<section id=\"summary\" aria-labelledby=\"summary-head\">\n"
      "<h2 class=\"unseen\" id=\"summary-head\">Summary</h2>\n<dl class=\"sums\">\n";
  append_sum(page, "", "hosts",
             static_cast<std::uint64_t>(std::ranges::count_if(
                 groups.hosts, [](const AuditedHost& host) { return !host.name.empty(); })));
  append_sum(page, "", "instances", result.instances.size());
  append_sum(page, "", "packets", result.counts.packets);
  append_sum(page, "error", "errors", counts.errors);
  append_sum(page, "warning", "warnings", counts.warnings);
  append_sum(page, "info", "info", counts.infos);
  page += "</dl>\n";
  const auto losses = losses_of(result, inputs);
  if (!losses.empty()) {
    page += "<ul class=\"notes\" aria-label=\"What was not looked at\">\n";
    for (const std::string& loss : losses) page += html_element("li", "", loss);
    page += "</ul>\n";
  }
  page += concat({"<p class=\"soft\">", counted(result.counts.queries, "packet"), " asked, ",
                  std::to_string(result.counts.responses), " answered or announced, ",
                  std::to_string(result.counts.malformed), " were malformed.</p>\n"});
  append_inputs(page, inputs);
  page += "</section>\n";
}

void append_filters(std::string& page) {
  page +=
      "<div class=\"filters\" role=\"search\" aria-label=\"Filter findings and instances\" "
      "hidden>\n"
      "<label class=\"unseen\" for=\"query\">Search</label>"
      "<input type=\"search\" id=\"query\" placeholder=\"Search names, types, texts ( / )\" "
      "autocomplete=\"off\" spellcheck=\"false\">\n<fieldset><legend>Severity</legend>";
  for (const std::string_view name : {"error", "warning", "info", "fine"}) {
    page += concat({"<label><input type=\"checkbox\" name=\"severity\" value=\"", name,
                    "\" checked>", name, "</label>"});
  }
  page +=
      "</fieldset>\n<label class=\"unseen\" for=\"rule\">Rule</label><select id=\"rule\">"
      "<option value=\"\">All rules</option></select>\n"
      "<label class=\"unseen\" for=\"host\">Host</label><select id=\"host\">"
      "<option value=\"\">All hosts</option></select>\n"
      "<label class=\"unseen\" for=\"order\">Order of the hosts</label><select id=\"order\">"
      "<option value=\"worst\">Worst first</option><option value=\"name\">By name</option>"
      "<option value=\"instances\">Most instances first</option></select>\n"
      "<button type=\"button\" id=\"reset\">Show all</button>\n"
      "<output id=\"count\" aria-live=\"polite\"></output>\n</div>\n";
}

}  // namespace

std::string html_time(wire::Time time) {
  std::string text = time_text(time);
  text[text.find('T')] = ' ';
  text.resize(text.size() - 4);  // microseconds and Z: the page says that all times are UTC
  return "<time>" + text + "</time>";
}

std::string html_evidence(const rules::Evidence& evidence) {
  const std::string source = evidence.sighting.source.text();
  const std::uint64_t packet = evidence.sighting.packet;  // 0: it is of no one packet
  std::string out = packet == 0 ? "at " : concat({"packet ", std::to_string(packet), " at "});
  out += html_time(evidence.sighting.time);
  if (!source.empty()) out.append(" from ").append(html_text(source));
  if (!evidence.where.empty()) out.append(", in ").append(html_text(evidence.where));
  return out;
}

std::string html_counts(const FindingCounts& counts) {
  std::string out;
  if (counts.errors > 0) out += html_badge("error", counted(counts.errors, "error"));
  if (counts.warnings > 0) out += html_badge("warning", counted(counts.warnings, "warning"));
  if (counts.infos > 0) out += html_badge("info", std::to_string(counts.infos) + " info");
  return out.empty() ? html_badge("fine", "nothing wrong") : out;
}

std::string_view style_of(std::optional<Severity> worst) noexcept {
  return worst ? name_of(*worst) : "fine";
}

std::string audit_html(const AuditResult& result, const std::vector<AuditInput>& inputs,
                       std::string_view version) {
  const AuditGroups groups = group_by_host(result);
  const std::string title = title_of(inputs);
  std::string page;
  append_head(page, title);
  append_header(page, result, title);
  page += "<main id=\"main\" class=\"page\">\n";
  append_summary(page, result, groups, inputs);
  append_time_line(page, result.activity);
  append_filters(page);
  append_rules(page, groups);
  append_hosts(page, groups);
  page +=
      concat({"</main>\n<footer class=\"page\">Made by srvwarden ", version,
              ". Times are UTC.</footer>\n<script>", page_script, "</script>\n</body>\n</html>\n"});
  return page;
}

}  // namespace srvwarden::report
