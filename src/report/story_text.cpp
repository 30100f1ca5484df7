// A story for people: what happened, what is left, and whether a browser would find it.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "report/audit_report.hpp"
#include "report/story_report.hpp"
#include "report/terminal.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::report {

namespace {

using namespace rules::story;

std::string joined(const std::vector<std::string>& texts) {
  constexpr std::size_t most = 12;
  std::string out;
  for (std::size_t i = 0; i < std::min(texts.size(), most); ++i) {
    out.append(i == 0 ? "" : ", ").append(shown(texts[i]));
  }
  if (texts.size() > most) out += " and " + std::to_string(texts.size() - most) + " more";
  return out;
}

/// "+0.250".
std::string offset_text(wire::Time::duration since) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "+%.3f", std::chrono::duration<double>(since).count());
  return text.data();
}

std::string ordinal(std::uint32_t number) {
  const std::uint32_t tens = number % 100 / 10;
  const std::uint32_t last = tens == 1 ? 0 : number % 10;
  return std::to_string(number) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::string change_text(const Change& change) {
  const auto quoted = [](const std::string& text) { return '"' + shown(text) + '"'; };
  const std::string what = shown(change.what);
  if (!change.had) return what + " is new: " + quoted(change.to);
  if (!change.has) return what + " is gone (was " + quoted(change.from) + ")";
  if (change.from == change.to) return what + " changed";
  return what + " from " + quoted(change.from) + " to " + quoted(change.to);
}

class StoryText {
 public:
  StoryText(const Story& story, Colour colour) : story_(story), colour_(colour) {}

  std::string write() && {
    write_head();
    for (std::size_t i = 0; i < story_.events.size(); ++i) {
      if (story_.left_out > 0 && i == story_.events.size() / 2) {
        out_ += "  ... " + std::to_string(story_.left_out) + " events left out ...\n";
      }
      write(story_.events[i]);
    }
    if (story_.events.empty()) out_ += "  no packet is about it\n";
    write_state();
    write_findings();
    write_verdicts();
    return std::move(out_);
  }

 private:
  void write_head() {
    out_ += bold(shown(story_.name)) + " (" + std::string(name_of(story_.kind));
    if (!story_.title.empty()) out_ += ", " + shown(story_.title);
    out_ += ")\n" + std::to_string(story_.packets) + " packets from " + time_text(story_.first) +
            ", " + duration_text(story_.last - story_.first) + "; " +
            std::to_string(story_.moments) + " are about it\n";
    if (story_.dropped > 0) {
      out_ += "note: " + std::to_string(story_.dropped) + " packets left out for want of room\n";
    }
    out_ += '\n';
  }

  void write(const Event& event) {
    const std::string offset = offset_text(event.time - story_.first);
    out_.append(offset.size() < 10 ? 10 - offset.size() : 0, ' ').append(offset);
    out_ += "  " + clock_text(event.time) + "  ";
    const std::string packet = event.packet == 0 ? "" : "#" + std::to_string(event.packet);
    out_ += packet;
    out_.append(packet.size() < 7 ? 7 - packet.size() : 1, ' ');
    if (event.kind != EventKind::expired) out_ += who(event.who) + ' ';
    out_ += words(event);
    if (event.times > 1) {
      out_ += "; the same " + std::to_string(event.times) + " times, until " +
              offset_text(event.until - story_.first) + " (#" + std::to_string(event.last_packet) +
              ")";
    }
    for (const std::string_view rule : event.rules) out_ += " [" + std::string(rule) + "]";
    out_ += '\n';
    for (const Change& change : event.changes) {
      out_.append(32, ' ').append(change_text(change)).append("\n");
    }
  }

  /// The address; the first time, with what else is known of the host.
  std::string who(const Party& party) {
    std::string out = party.address.text();
    if (std::ranges::find(named_, party.address) != named_.end()) return out;
    named_.push_back(party.address);
    std::string more;
    if (const auto name = story_.hosts.find(party.address); name != story_.hosts.end()) {
      more = shown(name->second);
    }
    if (party.mac) more += (more.empty() ? "" : ", ") + mac_text(*party.mac);
    return more.empty() ? out : out + " (" + more + ")";
  }

  std::string words(const Event& event) {
    switch (event.kind) {
      case EventKind::asked:
      case EventKind::suppressed:
      case EventKind::in_vain:
        return question_words(event);
      case EventKind::probed:
        return "probes for " + (event.reason.empty() ? "the name" : shown(event.reason)) + ", " +
               ordinal(event.number) + " time" + gap(event) + ": proposes " +
               joined(event.records) + families(event);
      case EventKind::tie_break:
        return "wins the tie-break against " + who(*event.whom) + ": " + shown(event.reason);
      case EventKind::conflict:
        return "is in conflict with " + who(*event.whom) + ": " + shown(event.reason);
      case EventKind::announced:
        if (story_.kind == SubjectKind::host) {
          return "sends " + joined(event.records) + families(event) + ignored(event);
        }
        return std::string(event.unicast ? "sends, unasked and by unicast, " : "announces ") +
               joined(event.records) + ": " + ordinal(event.number) + " time" + gap(event) +
               families(event) + ignored(event);
      case EventKind::answered:
        return answer_words(event);
      case EventKind::updated:
        return "changes its records" + families(event);
      case EventKind::second_sender:
        return "announces it, too, beside " + who(*event.whom) +
               ": its other interface, a twin, a proxy or a reflector";
      case EventKind::renamed:
        return std::string(event.number > 0 ? "takes the next name: "
                                            : "has the name before this: ") +
               shown(event.reason);
      case EventKind::goodbye:
        return "says goodbye: " + joined(event.records) + families(event);
      case EventKind::expired:
        return "nobody renewed " + joined(event.records) + ": caches drop it";
    }
    return {};
  }

  std::string question_words(const Event& event) {
    std::string out = "asks for " + joined(event.questions);
    if (event.unicast) out += " (QU)";
    out += families(event);
    if (!event.reason.empty()) out += " (" + shown(event.reason) + ")";
    switch (event.outcome) {
      case Outcome::answered:
        return out + ": answered after " +
               duration_text(event.after.value_or(wire::Time::duration()));
      case Outcome::known:
        return out + ": knows it already, no answer is needed";
      case Outcome::nobody:
        return out + ": nobody answers";
      case Outcome::by_unicast:
        return out + ": no answer here, one may have gone to the asker alone";
      case Outcome::cut:
        return out + ": the capture ends before an answer";
      case Outcome::none:
        break;
    }
    return out;
  }

  std::string answer_words(const Event& event) {
    std::string out = "answers " + who(*event.whom) + " after " +
                      duration_text(event.after.value_or(wire::Time::duration())) +
                      (event.unicast ? " by unicast: " : ": ") + joined(event.records);
    std::string missing;
    for (const Part part : event.missing) {
      const bool is_address = part == Part::address_ipv4;
      missing +=
          (missing.empty() ? "" : ", ") + (is_address ? "addresses" : std::string(name_of(part)));
    }
    if (!missing.empty()) out += " (without " + missing + ": browsers must ask again)";
    return out + families(event) + ignored(event);
  }

  static std::string gap(const Event& event) {
    return event.after ? ", " + duration_text(*event.after) + " after the one before" : "";
  }
  static std::string ignored(const Event& event) {
    return event.reason.empty() ? "" : " (" + shown(event.reason) + ")";
  }
  static std::string families(const Event& event) {
    return event.ipv4 && event.ipv6 ? " [IPv4 and IPv6]" : "";
  }

  void write_state() {
    if (story_.state.empty()) return;
    out_ += '\n' + bold("At the end") + '\n';
    for (const StateRecord& record : story_.state) {
      out_ += "  " + shown(record.words) + ": ";
      if (record.is_live) {
        out_ += "valid for " + duration_text(record.ends - story_.last) + " more";
      } else {
        out_ += record.gone == "goodbye"    ? "taken back"
                : record.gone == "replaced" ? "replaced"
                                            : "run out";
        out_ += " at " + offset_text(record.ends - story_.first);
      }
      out_ += " (TTL " + std::to_string(record.ttl) + " s, last in #" +
              std::to_string(record.packet) + " from " + record.sender.address.text() + ")\n";
    }
  }

  void write_findings() {
    if (story_.findings.empty()) return;
    out_ += '\n' + bold("What is wrong with its packets") + '\n';
    for (const RelatedFinding& finding : story_.findings) {
      out_ += "  " + std::string(name_of(finding.severity)) + "[" + std::string(finding.rule->id) +
              "] " + shown(finding.object) + ": " + std::string(finding.rule->message);
      if (!finding.detail.empty()) out_ += ": " + shown(finding.detail);
      out_ += " (" + std::to_string(finding.count) + (finding.count == 1 ? " time" : " times") +
              ", first in #" + std::to_string(finding.packet) + ")\n";
    }
  }

  void write_verdicts() {
    if (story_.verdicts.empty()) return;
    out_ += '\n' + bold("Diagnosis") + '\n';
    for (const Verdict& verdict : story_.verdicts) {
      out_ += "  " + std::string(verdict.who) + " (" + clock_text(verdict.joined) + ") ";
      out_ += verdict.found == Found::yes  ? "finds it"
              : verdict.found == Found::no ? "does not find it"
                                           : "may not find it";
      out_ += verdict.reasons.empty() ? "\n" : ":\n";
      for (const Reason& reason : verdict.reasons) write(reason);
    }
  }

  void write(const Reason& reason) {
    out_ += "    - " + shown(reason.text) + " (";
    if (!reason.rule.empty()) out_ += std::string(reason.rule) + ", ";
    out_ += source_text(reason.rule, reason.reference) + ")\n";
  }

  std::string bold(const std::string& text) const {
    return colour_ == Colour::on ? "\x1b[1m" + text + "\x1b[0m" : text;
  }

  const Story& story_;
  Colour colour_;
  std::vector<wire::Address> named_;  ///< those who were introduced
  std::string out_;
};

}  // namespace

std::string story_text(const Story& story, Colour colour) {
  return StoryText(story, colour).write();
}

std::string subjects_text(const std::vector<Subject>& subjects) {
  std::string out;
  for (const Subject& subject : subjects) {
    const std::string kind(name_of(subject.kind));
    out += "  " + kind + std::string(10 - kind.size(), ' ') + shown(subject.view().text()) + '\n';
  }
  return out;
}

}  // namespace srvwarden::report
