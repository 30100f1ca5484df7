// An audit for people: instances first, then what else has findings, then the sums.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/audit_report.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {

namespace {

using rules::AuditedInstance;
using rules::AuditFinding;
using rules::AuditObject;
using rules::AuditResult;
using rules::ObjectKind;

std::string count(std::uint64_t number, std::string_view noun) {
  return std::to_string(number).append(" ").append(noun).append(number == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += ", ";
    out += shown(text);
  }
  return out;
}

class TextWriter {
 public:
  explicit TextWriter(Colour colour) : colour_(colour) {}

  void write(const AuditResult& result, const std::vector<AuditInput>& inputs) {
    names_inputs_ = inputs.size() > 1;
    for (const AuditedInstance& instance : result.instances) write(instance);
    auto kind = ObjectKind::instance;
    for (const AuditObject& other : result.others) {
      if (other.kind != kind) write_heading(kind = other.kind);
      write(other);
    }
    write_losses(result, inputs);
    write_sums(result);
  }

  std::string take() && { return std::move(out_); }

 private:
  void write(const AuditedInstance& instance) {
    write_bold(shown(instance.label));
    out_.append(" (").append(shown(instance.type));
    if (!instance.title.empty()) out_.append(", ").append(shown(instance.title));
    out_.append(instance.gone ? "), gone\n" : ")\n");
    if (instance.domain != "local.") line("domain", shown(instance.domain));
    for (const rules::AuditedService& service : instance.services) {
      line("host", shown(service.host) + " port " + std::to_string(service.fields.port));
    }
    line("addresses", joined(instance.addresses));
    line("subtypes", joined(instance.subtypes));
    line("txt", joined(instance.txt));
    const bool has_place = names_inputs_ && !instance.interfaces.empty();
    line("seen", (has_place ? "on " + joined(instance.interfaces) + ", from " : "from ") +
                     joined(instance.sources));
    for (const AuditFinding& finding : instance.object.findings) write(finding);
    out_ += '\n';
  }

  void write(const AuditObject& object) {
    write_bold(shown(object.name));
    if (!object.host.empty()) out_.append(" (").append(shown(object.host)).append(")");
    out_ += '\n';
    for (const AuditFinding& finding : object.findings) write(finding);
    out_ += '\n';
  }

  void write(const AuditFinding& audited) {
    const Finding& finding = audited.finding;
    out_ += "  ";
    write_severity(finding);
    out_.append(": ").append(shown(message_of(finding))).append(" (");
    out_.append(finding.rule->name).append(")\n      ").append(references_of(*finding.rule));
    if (finding.rule->heuristic) out_ += "; a guess: it may be meant so";
    out_.append("; ").append(count(audited.count, "time")).append(", first");
    if (const std::uint64_t packet = audited.first.sighting.packet; packet != 0) {
      out_.append(" in packet ").append(std::to_string(packet));  // else it is of no one packet
    }
    const std::string source = audited.first.sighting.source.text();
    if (!source.empty()) out_.append(" from ").append(source);
    if (names_inputs_ && !audited.first.where.empty())
      out_.append(" on ").append(shown(audited.first.where));
    out_.append(" at ").append(time_text(audited.first.sighting.time)).append("\n      help: ");
    out_.append(shown(help_of(finding)));
    if (!finding.suggestion.empty()) {
      out_.append("\n      try: ").append(shown(finding.suggestion));
    }
    out_ += '\n';
  }

  void write_heading(ObjectKind kind) {
    switch (kind) {
      case ObjectKind::host:
        out_ += "Hosts\n\n";
        return;
      case ObjectKind::type:
        out_ += "Service types\n\n";
        return;
      case ObjectKind::name:
        out_ += "Other names\n\n";
        return;
      case ObjectKind::sender:
        out_ += "Senders\n\n";
        return;
      case ObjectKind::instance:
        return;
    }
  }

  /// What was not looked at, so that nobody takes silence for a good sign.
  void write_losses(const AuditResult& result, const std::vector<AuditInput>& inputs) {
    const auto lost = [&](std::uint64_t number, std::string_view noun, std::string_view how,
                          const std::string& where) {
      if (number == 0) return;
      out_.append("note: ").append(where).append(": ").append(count(number, noun));
      out_.append(" ").append(how).append("\n");
    };
    for (const AuditInput& input : inputs) {
      const std::string where = shown(input.name);
      lost(input.fragments, "IP fragment", "not put together", where);
      lost(input.overlaps, "IP fragment", "refused because they overlap others", where);
      lost(input.cut, "packet", "cut short by the capture", where);
      lost(input.malformed, "packet", "with malformed headers", where);
      lost(input.encrypted, "frame", "encrypted by 802.11", where);
      lost(input.unsupported, "frame", "with a framing that is not read here", where);
      lost(input.dropped, "packet", "lost because they came too fast", where);
      if (!input.failure.empty()) out_.append("note: ").append(shown(input.failure)).append("\n");
    }
    lost(result.counts.records_dropped, "record", "left out for want of room", "memory");
    lost(result.counts.questions_dropped, "question", "left out for want of room", "memory");
    lost(result.findings_dropped, "finding", "left out for want of room", "memory");
  }

  void write_sums(const AuditResult& result) {
    const FindingCounts counts = count_findings(result);
    out_.append(count(result.instances.size(), "instance")).append(", ");
    out_.append(count(result.counts.packets, "packet")).append(" (");
    out_.append(std::to_string(result.counts.queries)).append(" asking, ");
    out_.append(std::to_string(result.counts.responses)).append(" answering, ");
    out_.append(std::to_string(result.counts.malformed)).append(" malformed): ");
    out_.append(count(counts.errors, "error")).append(", ");
    out_.append(count(counts.warnings, "warning")).append(", ");
    out_.append(std::to_string(counts.infos)).append(" info\n");
  }

  void line(std::string_view key, const std::string& value) {
    if (value.empty()) return;
    constexpr std::size_t width = 11;
    out_.append("  ").append(key).append(width - key.size(), ' ').append(value).append("\n");
  }

  void write_bold(const std::string& text) {
    out_.append(colour_ == Colour::on ? "\x1b[1m" + text + "\x1b[0m" : text);
  }

  void write_severity(const Finding& finding) {
    constexpr std::string_view colours[] = {"\x1b[1;36m", "\x1b[1;33m", "\x1b[1;31m"};
    if (colour_ == Colour::on) out_ += colours[static_cast<std::size_t>(finding.severity)];
    out_.append(name_of(finding.severity)).append("[").append(finding.rule->id).append("]");
    if (colour_ == Colour::on) out_ += "\x1b[0m";
  }

  Colour colour_;
  bool names_inputs_ = false;  ///< there is more than one
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
