// An audit for people: the sums, then each host with what it announces, the worst first.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "report/audit_hosts.hpp"
#include "report/audit_report.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {

namespace {

using rules::AuditedInstance;
using rules::AuditFinding;
using rules::AuditObject;
using rules::AuditResult;
using rules::Evidence;
using rules::ObjectKind;

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += ", ";
    out += shown(text);
  }
  return out;
}

std::string_view heading_of(ObjectKind kind) noexcept {
  switch (kind) {
    case ObjectKind::type:
      return "Service types\n\n";
    case ObjectKind::name:
      return "Other names\n\n";
    case ObjectKind::sender:
      return "Senders\n\n";
    case ObjectKind::host:
    case ObjectKind::instance:
      break;
  }
  return "";
}

class TextWriter {
 public:
  explicit TextWriter(Colour colour) : colour_(colour) {}

  void write(const AuditResult& result, const std::vector<AuditInput>& inputs) {
    names_inputs_ = inputs.size() > 1;
    const AuditGroups groups = group_by_host(result);
    write_sums(result, groups);
    write_losses(result, inputs);
    for (const AuditedHost& host : groups.hosts) write(host);
    auto kind = ObjectKind::instance;
    for (const AuditObject* other : groups.others) {
      if (other->kind != kind) out_.append("\n").append(heading_of(kind = other->kind));
      write(*other);
    }
  }

  std::string take() && { return std::move(out_); }

 private:
  void write(const AuditedHost& host) {
    out_ += '\n';
    write_bold(host.name.empty() ? "no host known" : shown(host.name));
    if (!host.addresses.empty()) out_.append("  ").append(joined(host.addresses));
    out_ += ": ";
    write_counts(host.findings);
    out_ += '\n';
    for (const AuditObject* object : host.objects) {
      if (object->kind == ObjectKind::sender)
        out_.append("  as ").append(shown(object->name) + '\n');
      for (const AuditFinding& finding : object->findings) write(finding);
    }
    for (const AuditedInstance* instance : host.instances) write(*instance, host);
  }

  void write(const AuditedInstance& instance, const AuditedHost& host) {
    const bool is_fine = instance.object.findings.empty();
    out_ += "  ";
    is_fine ? void(out_ += shown(instance.label)) : write_bold(shown(instance.label));
    out_.append(" (").append(shown(instance.type));
    if (!instance.title.empty()) out_.append(", ").append(shown(instance.title));
    out_ += ')';
    if (instance.domain != "local.") out_.append(" in ").append(shown(instance.domain));
    for (const rules::AuditedService& service : instance.services) {
      if (service.host != host.name) out_.append(" at ").append(shown(service.host));
      out_.append(" port ").append(std::to_string(service.fields.port));
    }
    out_ += instance.gone ? ", gone\n" : "\n";
    if (is_fine) return;
    line("subtypes", joined(instance.subtypes));
    line("txt", joined(instance.txt));
    const bool has_place = names_inputs_ && !instance.interfaces.empty();
    line("seen", (has_place ? "on " + joined(instance.interfaces) + ", from " : "from ") +
                     joined(instance.sources));
    for (const AuditFinding& finding : instance.object.findings) write(finding);
  }

  void write(const AuditObject& object) {
    write_bold(shown(object.name));
    out_ += '\n';
    for (const AuditFinding& finding : object.findings) write(finding);
  }

  void write(const AuditFinding& audited) {
    const Finding& finding = audited.finding;
    out_ += "    ";
    write_severity(finding);
    out_.append(": ").append(shown(message_of(finding))).append(" (");
    out_.append(finding.rule->name).append(")\n");
    write_evidence(audited);
    const bool is_new = explained_.insert(finding.rule).second;
    if (is_new && !finding.rule->why.empty()) detail("why", finding.rule->why);
    if (is_new || !finding.help.empty()) detail("help", help_of(finding));
    if (!finding.suggestion.empty()) detail("try", finding.suggestion);
    if (!is_new) return;
    out_.append("        ").append(references_of(*finding.rule));
    out_ += finding.rule->heuristic ? "; a guess: it may be meant so\n" : "\n";
  }

  /// "packet 3 at ... from 10.77.0.1", and the last one where there are more.
  void write_evidence(const AuditFinding& audited) {
    out_.append("        ");
    write(audited.first, names_inputs_);
    if (audited.count > 1) {
      out_.append(", ").append(counted(audited.count, "time")).append("; last in ");
      write(audited.last, audited.last.where != audited.first.where);
    }
    out_ += '\n';
  }

  void write(const Evidence& evidence, bool with_place) {
    const std::string source = evidence.sighting.source.text();
    const std::uint64_t packet = evidence.sighting.packet;  // 0: it is of no one packet
    if (packet != 0) out_.append("packet ").append(std::to_string(packet));
    if (with_place && !evidence.where.empty()) out_.append(" of ").append(shown(evidence.where));
    out_.append(packet != 0 ? " at " : "at ").append(time_text(evidence.sighting.time));
    if (!source.empty()) out_.append(" from ").append(source);
  }

  void detail(std::string_view what, std::string_view text) {
    out_.append("        ").append(what).append(": ").append(shown(text)).append("\n");
  }

  /// What was not looked at, so that nobody takes silence for a good sign.
  void write_losses(const AuditResult& result, const std::vector<AuditInput>& inputs) {
    for (const std::string& loss : losses_of(result, inputs)) {
      out_.append("note: ").append(shown(loss)).append("\n");
    }
  }

  void write_sums(const AuditResult& result, const AuditGroups& groups) {
    const auto hosts = static_cast<std::size_t>(std::ranges::count_if(
        groups.hosts, [](const AuditedHost& host) { return !host.name.empty(); }));
    out_.append(counted(hosts, "host")).append(", ");
    out_.append(counted(result.instances.size(), "instance")).append(", ");
    out_.append(counted(result.counts.packets, "packet")).append(" (");
    out_.append(std::to_string(result.counts.queries)).append(" asking, ");
    out_.append(std::to_string(result.counts.responses)).append(" answering, ");
    out_.append(std::to_string(result.counts.malformed)).append(" malformed): ");
    write_counts(count_findings(result));
    out_ += '\n';
  }

  void line(std::string_view key, const std::string& value) {
    if (value.empty()) return;
    constexpr std::size_t width = 10;
    out_.append("    ").append(key).append(width - key.size(), ' ').append(value).append("\n");
  }

  void write_counts(const FindingCounts& counts) {
    const auto worst = worst_of(counts);
    coloured(worst ? words_of(counts) : "nothing is wrong",
             worst ? colour_of(*worst) : std::string_view("\x1b[32m"));
  }

  void write_bold(const std::string& text) { coloured(text, "\x1b[1m"); }

  void write_severity(const Finding& finding) {
    std::string text(name_of(finding.severity));
    text.append("[").append(finding.rule->id).append("]");
    coloured(text, colour_of(finding.severity));
  }

  void coloured(const std::string& text, std::string_view colour) {
    if (colour_ == Colour::on) out_ += colour;
    out_ += text;
    if (colour_ == Colour::on) out_ += "\x1b[0m";
  }

  Colour colour_;
  bool names_inputs_ = false;            ///< there is more than one
  std::set<const RuleInfo*> explained_;  ///< what every finding of theirs would say again
  std::string out_;
};

}  // namespace

std::string audit_text(const AuditResult& result, const std::vector<AuditInput>& inputs,
                       Colour colour) {
  TextWriter writer(colour);
  writer.write(result, inputs);
  return std::move(writer).take();
}

}  // namespace srvwarden::report
