// ZoneLexer: the entries of a master file as tokens, with quotes and parentheses. RFC 1035 §5.1.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "definition/source.hpp"

namespace srvwarden::definition {

/// Reports problems of a zone, at most max_zone_problems of them.
class ZoneProblems {
 public:
  explicit ZoneProblems(const Reading& reading) : reading_(reading) {}

  void operator()(ProblemCode code, std::size_t offset, std::size_t length, std::string detail);
  /// Too many: reading should stop.
  bool full() const { return count() >= max_zone_problems; }

  std::size_t count() const { return reading_.definition.problems.size(); }
  /// Takes back all but the first `count`.
  void truncate(std::size_t count) { reading_.definition.problems.resize(count); }

 private:
  const Reading& reading_;
};

/// A word, or a quoted string without its quotes. Escapes are kept.
struct ZoneToken {
  std::string_view text;  ///< a view of the file
  std::size_t at = 0;
  bool quoted = false;
  bool glued = false;  ///< word and quoted string without space between them: this, and the last
};

/// A record or a directive: all up to the end of a line outside of parentheses.
struct ZoneEntry {
  std::vector<ZoneToken> tokens;
  bool has_owner = false;  ///< the first token stands in the first column
};

/// Reads one entry after another, in linear time for any file.
class ZoneLexer {
 public:
  /// Reads `text`, the first bytes of the reading's file.
  ZoneLexer(std::string_view text, ZoneProblems& problems);

  /// The next entry that has tokens; false at the end.
  bool next(ZoneEntry& entry);

 private:
  bool read_entry(ZoneEntry& entry);
  void read_whole_entry(ZoneEntry& entry);
  void read_token(ZoneEntry& entry);
  void read_quoted(ZoneEntry& entry);
  void read_word(ZoneEntry& entry);
  void add(ZoneEntry& entry, std::size_t begin, std::size_t end, bool quoted);
  std::size_t next_margin(std::size_t from) const;

  std::string_view text_;
  ZoneProblems& problems_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;     ///< of what the entry may have
  std::size_t depth_ = 0;   ///< of parentheses
  std::size_t open_ = 0;    ///< the first parenthesis that is open
  std::size_t behind_ = 0;  ///< the end of the last token, with its quote
  std::size_t unclosed_ = 0;
};

}  // namespace srvwarden::definition
