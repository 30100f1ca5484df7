// Drawing the screen: each part has its share of lines, and no line is wider than the screen.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_screen.hpp"

#include <algorithm>
#include <array>

#include "core/concat.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {

namespace {

constexpr std::size_t kept_lines = 200;  ///< of each part: more than a screen shows
constexpr std::size_t kept_rates = 60;
constexpr std::size_t head_lines = 3;

/// "12:34:56".
std::string clock_of(wire::Time time) { return time_text(time).substr(11, 8); }

std::string host_line(const AuditedHost& host) {
  std::string text = host.name.empty() ? std::string("no host known") : shown(host.name);
  if (!host.addresses.empty()) text.append("  ").append(shown(host.addresses.front()));
  if (host.addresses.size() > 1) {
    text.append(" and ").append(std::to_string(host.addresses.size() - 1)).append(" more");
  }
  text.append("  ").append(counted(host.instances.size(), "instance"));
  const std::string words = words_of(host.findings);
  return words.empty() ? text : text.append(": ").append(words);
}

std::string finding_words(const AuditChange& change) {
  const Finding& finding = change.finding->finding;
  return concat({name_of(finding.severity), "[", finding.rule->id, "] ", shown(change.object->name),
                 ": ", shown(message_of(finding))});
}

std::string instance_words(const AuditChange& change) {
  const rules::AuditedInstance& instance = *change.instance;
  std::string text =
      concat({name_of(change.change), " ", shown(instance.label), " (", shown(instance.type), ")"});
  if (!instance.services.empty()) {
    text.append(" at ").append(shown(instance.services.front().host)).append(" port ");
    text.append(std::to_string(instance.services.front().fields.port));
  }
  return text;
}

/// The rates as a row of bars, the highest as high as a line.
std::string bars_of(const std::deque<std::uint64_t>& rates, std::size_t width) {
  constexpr std::array<std::string_view, 8> bars = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::uint64_t most = rates.empty() ? 0 : *std::ranges::max_element(rates);
  std::string out;
  const std::size_t shown_rates = std::min(rates.size(), width);
  for (std::size_t i = rates.size() - shown_rates; i < rates.size(); ++i) {
    out += bars[most == 0 ? 0 : (rates[i] * (bars.size() - 1) + most / 2) / most];
  }
  return out;
}

}  // namespace

void AuditScreen::remember(std::deque<Line>& lines, Line line) {
  lines.push_front(std::move(line));
  if (lines.size() > kept_lines) lines.pop_back();
}

void AuditScreen::update(const rules::AuditResult& result, const std::vector<AuditChange>& changes,
                         wire::Time now) {
  const AuditGroups groups = group_by_host(result);
  hosts_ = groups.hosts.size();
  instances_ = result.instances.size();
  findings_ = count_findings(result);
  host_lines_.clear();
  for (const AuditedHost& host : groups.hosts) {
    if (host_lines_.size() == kept_lines) break;
    const auto worst = host.worst();
    host_lines_.push_back({host_line(host), worst ? colour_of(*worst) : std::string_view()});
  }
  const std::string clock = clock_of(now);
  for (const AuditChange& change : changes) {
    if (change.instance) {
      remember(event_lines_, {clock + "  " + instance_words(change), {}});
    } else if (change.change == Change::resolved) {
      remember(event_lines_, {clock + "  resolved " + finding_words(change), {}});
    } else {
      remember(finding_lines_,
               {clock + "  " + finding_words(change), colour_of(change.finding->finding.severity)});
    }
  }
}

void AuditScreen::count(std::uint64_t packets) {
  rates_.push_back(packets - packets_);
  if (rates_.size() > kept_rates) rates_.pop_front();
  packets_ = packets;
}

std::string AuditScreen::fitted(const Line& line, std::size_t width) const {
  const std::string text = cut(line.text, width);
  if (colour_ == Colour::off || line.colour.empty()) return text;
  return concat({line.colour, text, "\x1b[0m"});
}

std::string AuditScreen::sums(std::size_t width) const {
  const std::string rate = std::to_string(rates_.empty() ? 0 : rates_.back()) + " packets/s ";
  std::string rest = concat({" ", counted(packets_, "packet"), ", ", counted(hosts_, "host"), ", ",
                             counted(instances_, "instance"), ": "});
  const auto worst = worst_of(findings_);
  rest += worst ? words_of(findings_) : std::string("nothing is wrong");
  const std::size_t taken = rate.size() + rest.size();
  return rate + bars_of(rates_, taken < width ? width - taken : 0) + rest;
}

std::string AuditScreen::draw(ScreenSize size, std::uint64_t seconds) const {
  const std::size_t width = std::max<std::size_t>(size.width, 1);
  std::vector<std::string> lines;
  const auto add = [&](const Line& line) {
    if (lines.size() < size.height) lines.push_back(fitted(line, width));
  };
  const std::string time = std::to_string(seconds) + " s";
  add({"srvwarden audit of " + shown(what_) + ", " + time + "; q ends it", "\x1b[1m"});
  add({sums(width), {}});
  // What a part does not need, the parts after it may use.
  std::size_t left = size.height > head_lines ? size.height - head_lines : 0;
  std::size_t parts = 3;
  const auto add_part = [&](std::string_view title, const auto& part) {
    const std::size_t share = left / parts--;
    if (share < 3) return;  // a gap, the title and one line
    const std::size_t count = std::min(part.size(), share - 2);
    add({"", {}});
    add({std::string(title), "\x1b[1m"});
    for (std::size_t i = 0; i < count; ++i) add(part[i]);
    left -= count + 2;
  };
  add_part("Hosts, the worst first", host_lines_);
  add_part("Findings, the newest first (UTC)", finding_lines_);
  add_part("Events, the newest first (UTC)", event_lines_);
  std::string out = "\x1b[H";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out.append(lines[i]).append(i + 1 < lines.size() ? "\x1b[K\r\n" : "\x1b[K");
  }
  return out + "\x1b[J";
}

}  // namespace srvwarden::report
