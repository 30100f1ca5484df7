// A comparison for people.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/comparison_report.hpp"
#include "report/story_report.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {

namespace {

using namespace rules::story;

struct Chapter {
  Weight weight;
  std::string_view title;
  std::string_view colour;
};

constexpr Chapter chapters[] = {
    {Weight::breaks, "Why no browser finds the second one", "\x1b[1;31m"},
    {Weight::some, "Why some browsers do not find the second one", "\x1b[1;33m"},
    {Weight::manners, "Against the rules, but it is found all the same", "\x1b[1;36m"},
};

class ComparisonText {
 public:
  ComparisonText(const Comparison& comparison, Colour colour)
      : comparison_(comparison), colour_(colour) {}

  std::string write() && {
    out_ += "good: " + shown(comparison_.good_name) + ", " + responses(comparison_.good_responses) +
            found(comparison_.good_verdicts) + '\n';
    out_ += "bad:  " + shown(comparison_.bad_name) + ", " + responses(comparison_.bad_responses) +
            found(comparison_.bad_verdicts) + "\n\n";
    for (const Chapter& chapter : chapters) write(chapter);
    write_noise();
    write_conclusion();
    return std::move(out_);
  }

 private:
  static std::string responses(std::uint64_t number) {
    return std::to_string(number) + (number == 1 ? " response" : " responses");
  }

  /// What a browser that joins at the end sees.
  static std::string found(const std::vector<Verdict>& verdicts) {
    if (verdicts.empty()) return "";
    const Verdict& verdict = verdicts.back();
    std::string out = verdict.found == Found::yes  ? "; a new browser finds it"
                      : verdict.found == Found::no ? "; a new browser does not find it"
                                                   : "; a new browser may not find it";
    for (const Reason& reason : verdict.reasons) {
      if (reason.found == verdict.found) return out + ": " + shown(reason.text);
    }
    return out;
  }

  void write(const Chapter& chapter) {
    const auto& all = comparison_.differences;
    const auto is_of = [&](const Difference& one) { return one.weight == chapter.weight; };
    if (std::ranges::none_of(all, is_of)) return;
    const std::string title(chapter.title);
    out_ += colour_ == Colour::on ? std::string(chapter.colour) + title + "\x1b[0m" : title;
    out_ += '\n';
    std::string_view last_why;
    for (const Difference& one : all) {
      if (!is_of(one)) continue;
      const std::string source = source_text(one.rule, one.reference);
      out_ += "  " + shown(one.what);
      if (!one.rule.empty() || !source.empty()) {
        out_ += " (" + std::string(one.rule) + (one.rule.empty() || source.empty() ? "" : ", ") +
                source + ")";
      }
      out_ += "\n      good: " + shown(one.good) + "\n      bad:  " + shown(one.bad) + '\n';
      if (one.why != last_why) out_ += "      " + std::string(one.why) + '\n';
      last_why = one.why;
    }
    out_ += '\n';
  }

  void write_noise() {
    std::string text;
    for (const Difference& one : comparison_.differences) {
      if (one.weight != Weight::noise) continue;
      text += "  " + shown(one.what) + ": " + shown(one.good) + " | " + shown(one.bad) + '\n';
    }
    if (!text.empty()) out_ += "Differences that do not matter (good | bad)\n" + text + '\n';
  }

  void write_conclusion() {
    out_ += "At fault: ";
    switch (comparison_.fault) {
      case Fault::nobody:
        out_ +=
            "neither, as far as these captures show: nothing that differs keeps a browser from "
            "finding it. Look at the one that browses, and at firewalls before it.\n";
        return;
      case Fault::sender:
        out_ += "the second device.\n";
        return;
      case Fault::network:
        out_ += comparison_.bad_responses == 0
                    ? "the way between, or the device is off: nothing of it comes.\n"
                    : "the way between: its packets come changed, or by one family only.\n";
        return;
      case Fault::receiver:
        out_ += "the one that browses, or the way to it.\n";
        return;
    }
  }

  const Comparison& comparison_;
  Colour colour_;
  std::string out_;
};

}  // namespace

std::string comparison_text(const Comparison& comparison, Colour colour) {
  return ComparisonText(comparison, colour).write();
}

}  // namespace srvwarden::report
