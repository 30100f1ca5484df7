// AuditScreen: a live audit as one screen of a terminal, drawn again and again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "report/audit_changes.hpp"
#include "report/audit_hosts.hpp"
#include "report/finding_text.hpp"

namespace srvwarden::report {

struct ScreenSize {
  std::size_t width = 80;  ///< columns
  std::size_t height = 24;
};

class AuditScreen {
 public:
  /// @param what  what is listened to, for the first line; not escaped yet.
  AuditScreen(std::string what, Colour colour) : what_(std::move(what)), colour_(colour) {}

  /// Takes in what is known by now and what of it is new.
  void update(const rules::AuditResult& result, const std::vector<AuditChange>& changes,
              wire::Time now);
  /// Once a second: how many packets there are by then.
  void count(std::uint64_t packets);
  /// The whole screen: no line is wider or lower than there is room.
  ///
  /// @param seconds  since the audit began.
  std::string draw(ScreenSize size, std::uint64_t seconds) const;

 private:
  struct Line {
    std::string text;  ///< fit for a terminal
    std::string_view colour;
  };
  void remember(std::deque<Line>& lines, Line line);
  std::string sums(std::size_t width) const;
  std::string fitted(const Line& line, std::size_t width) const;

  std::string what_;
  Colour colour_;
  std::uint64_t packets_ = 0;
  std::deque<std::uint64_t> rates_;  ///< packets a second, the newest last
  std::size_t hosts_ = 0;
  std::size_t instances_ = 0;
  FindingCounts findings_;
  std::vector<Line> host_lines_;    ///< worst first
  std::deque<Line> finding_lines_;  ///< newest first
  std::deque<Line> event_lines_;
};

}  // namespace srvwarden::report
