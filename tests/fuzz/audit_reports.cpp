// Fuzzes the forms of an audit: whatever names packets have, in each form they stay data.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "report/audit_changes.hpp"
#include "report/audit_lines.hpp"
#include "report/audit_report.hpp"
#include "report/audit_screen.hpp"
#include "report/terminal.hpp"
#include "srvwarden/utf8.hpp"

using namespace srvwarden;
using namespace srvwarden::report;

namespace {

void hold(bool invariant) {
  if (!invariant) std::abort();
}

/// Line after line fit for a terminal, which is fit for a log, a file and a page, too.
void hold_harmless(std::string_view text) {
  hold(utf8::find_ill_formed(text) == text.npos);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    hold(shown(line) == line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

/// Markup is only ours: as many tags of a kind are opened as closed, and one script alone.
void hold_page(std::string_view page) {
  hold_harmless(page);
  hold(count(page, "<script") == 1 && count(page, "</script") == 1);
  hold(count(page, "<style") == 1 && count(page, "<!") == 1);
  for (const std::string_view tag : {"details", "summary", "ul", "li>", "table", "dl", "section"}) {
    const std::string open = std::string("<").append(tag.ends_with('>') ? "li " : tag);
    const std::string bare = tag.ends_with('>') ? "<li>" : "";
    hold(count(page, open) + (bare.empty() ? 0 : count(page, bare)) ==
         count(page, std::string("</").append(tag)));
  }
}

}  // namespace

/// The first octet says where packets end: each begins with its size.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Without a registry: looking for names like a wrong one takes longer than all the rest.
  rules::Auditor auditor({.advice = true});
  AuditChanges changes;
  AuditScreen screen("fuzz", Colour::off);
  std::uint64_t number = 0;
  while (size > 0) {
    const std::size_t length = std::min<std::size_t>(size - 1, std::size_t{data[0]} * 4);
    wire::Packet packet;
    packet.payload = wire::Bytes(data + 1, length);
    packet.source = {*wire::Address::parse("10.77.0.1"), wire::mdns_port};
    packet.destination = {wire::mdns_group_ipv4(), wire::mdns_port};
    packet.number = ++number;
    packet.time = wire::Time(std::chrono::milliseconds(number * 40));
    auditor.add(packet);
    data += 1 + length;
    size -= 1 + length;
  }
  const rules::AuditResult result = auditor.result();
  AuditInput input;
  input.name = "</title>\x1b.pcap";
  input.is_capture = true;
  hold_harmless(audit_text(result, {input}));
  hold_page(audit_html(result, {input}, "0"));
  hold(audit_json(result, {input}).find("</") == std::string::npos);
  hold(audit_sarif(result, {input}, "0").find('\x1b') == std::string::npos);
  const auto news = changes.update(result);
  for (const AuditChange& change : news) {
    const std::string line = change_line(change);
    hold(line.find('\n') == line.size() - 1 && line.find('\x7f') == line.npos);
  }
  screen.update(result, news, auditor.census().now());
  screen.draw({20, 30}, 1);
  hold(changes.update(result).empty());
  return 0;
}
