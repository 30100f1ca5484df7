// DecodedName: all labels of a name of any size, each octet with its place in the text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/finding.hpp"
#include "srvwarden/presentation.hpp"

namespace srvwarden::rules {

/// What Labels is to parse, for rules: no limit on size, since rules report what is too long.
///
/// Octets are counted through the whole name, with one position more at each label's end, so that
/// a Span can name any part of it and `source()` maps it to the text.
class DecodedName {
 public:
  /// Decodes a text; returns whether it could be (ES001-ES003 and NM003 stop it).
  bool decode(std::string_view text) {
    octets_.clear();
    source_.clear();
    starts_.assign(1, 0);
    absolute_ = false;
    const bool whole = walk_name(text, *this, absolute_).code == Errc::none;
    text_size_ = text.size();
    return whole;
  }

  std::size_t count() const noexcept { return starts_.size() - 1; }
  bool absolute() const noexcept { return absolute_; }
  std::size_t wire_size() const noexcept { return octets_.size() + 1; }  ///< octets, root included
  std::size_t text_size() const noexcept { return text_size_; }

  std::string_view operator[](std::size_t label) const noexcept {
    return std::string_view(octets_).substr(starts_[label], size_of(label));
  }

  /// A label, or `length` octets of it from `at` on, in positions of the name.
  Span span(std::size_t label) const noexcept { return {starts_[label], size_of(label)}; }
  Span span(std::size_t label, std::size_t at, std::size_t length) const noexcept {
    return {starts_[label] + at, length};
  }
  /// From one label to the end of another.
  Span span_of(std::size_t first, std::size_t last) const noexcept {
    return {starts_[first], starts_[last] + size_of(last) - starts_[first]};
  }
  /// The whole name.
  Span all() const noexcept { return {0, octets_.size()}; }

  /// For each position its byte in the text.
  std::span<const std::size_t> source() const noexcept { return source_; }
  /// The same for one label alone, counted from its start.
  std::span<const std::size_t> source(std::size_t label) const noexcept {
    return std::span(source_).subspan(starts_[label], size_of(label) + 1);
  }

  // The sink of walk_name.
  void octet(char octet, std::size_t offset) {
    octets_ += octet;
    source_.push_back(offset);
  }
  void end_label(std::size_t offset) {
    octet('\0', offset);
    starts_.push_back(octets_.size());
  }

 private:
  std::size_t size_of(std::size_t label) const noexcept {
    return starts_[label + 1] - starts_[label] - 1;
  }

  std::string octets_;               // labels, each followed by one zero octet
  std::vector<std::size_t> source_;  // as many as octets_
  std::vector<std::size_t> starts_;  // of each label, and of the end
  std::size_t text_size_ = 0;
  bool absolute_ = false;
};

}  // namespace srvwarden::rules
