// Finding: what a rule says about an input, and RuleInfo: what is known of the rule.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/context.hpp"
#include "srvwarden/kind.hpp"

namespace srvwarden {

enum class Severity : std::uint8_t { info, warning, error };

/// "info", "warning" or "error".
std::string_view name_of(Severity severity) noexcept;

/// Bytes of an input. A length of 0 marks a place where something is missing.
struct Span {
  std::size_t offset = 0;
  std::size_t length = 0;

  friend constexpr bool operator==(const Span&, const Span&) = default;
};

/// A section of an RFC; rfc 0 means another source, named by section.
struct Reference {
  std::uint16_t rfc = 0;
  std::string_view section;
};

/// An input of the rule's own kind. In `marks`, carets stand under the bytes that a finding names.
struct Example {
  std::string_view input;
  std::string_view marks = {};
  Context context = Context::automatic;
};

/// At most N values, inline: what a constant row of the catalogue can hold.
template <class T, std::size_t N>
class Few {
 public:
  constexpr Few() = default;
  constexpr Few(std::initializer_list<T> values) : size_(values.size()) {
    std::copy(values.begin(), values.end(), values_.begin());
  }
  constexpr const T* begin() const noexcept { return values_.data(); }
  constexpr const T* end() const noexcept { return values_.data() + size_; }
  constexpr std::size_t size() const noexcept { return size_; }

 private:
  std::array<T, N> values_{};
  std::size_t size_ = 0;
};

/// What is known of a rule, whatever it checks. One of these is a row in src/rules.
struct RuleInfo {
  std::string_view id;    ///< the catalogue's code, "SN006": stable
  std::string_view name;  ///< the same in words, "service-name-hyphen-run"
  Severity severity = Severity::error;
  std::optional<Severity> in_unicast = {};  ///< where unicast DNS is judged otherwise
  Few<Reference, 6> references = {};
  std::string_view message;              ///< what is wrong, without a full stop
  std::string_view help;                 ///< how to mend it
  bool advice = false;                   ///< reported only when advice is asked for
  bool sender_only = false;              ///< receivers accept it: parse lets it pass
  bool heuristic = false;                ///< may be wrong about a valid input
  std::optional<Kind> examples_as = {};  ///< kind of the examples, where it is not the table's
  Few<Example, 8> bad = {};
  Few<Example, 8> good = {};
  std::string_view no_example = {};  ///< why there is no bad or no good one
  std::string_view why = {};         ///< what goes wrong where the rule is broken, in a sentence
};

/// Other bytes in the place of some of the input.
struct Edit {
  Span at;           ///< of length 0: an insertion
  std::string text;  ///< empty: a removal

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// One rule's report about one object: reported once, with every place.
struct Finding {
  const RuleInfo* rule = nullptr;  ///< a row of the catalogue: lives as long as the program
  Severity severity = Severity::error;
  Span at;                 ///< the first place, in bytes of the input
  std::vector<Span> more;  ///< further places of the same fault
  std::string detail;      ///< this input's part of the message ("64 bytes"); may be empty
  std::string suggestion;  ///< the repaired input, or empty
  std::string help;        ///< help for this input; empty: the rule's own help
  /// What mends it, where there is one right answer: all of them together, none overlaps another.
  std::vector<Edit> fix = {};
};

using Findings = std::vector<Finding>;

}  // namespace srvwarden
