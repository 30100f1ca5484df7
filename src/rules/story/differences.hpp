// Differences between a device that is found and one that is not: one row a kind.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/story/profile.hpp"

namespace srvwarden::rules::story {

/// How much a difference matters, for the second device.
enum class Weight : std::uint8_t {
  noise,    ///< any two devices differ so
  manners,  ///< against the rules, but browsers find it
  some,     ///< some browsers do not find it, or lose it
  breaks,   ///< no browser finds it
};
std::string_view name_of(Weight weight) noexcept;

/// Which side of the conversation is to be mended.
enum class Fault : std::uint8_t { nobody, sender, network, receiver };
std::string_view name_of(Fault fault) noexcept;

struct Difference {
  std::string_view id;  ///< of the row
  std::string what;     ///< "TTL of the SRV record"
  std::string good;     ///< values, raw
  std::string bad;
  Weight weight{};
  Fault fault{};
  std::string_view rule;  ///< id; may be empty
  Reference reference;    ///< where there is no rule
  std::string_view why;   ///< what it breaks
};

/// One difference that a row finds.
struct Sided {
  std::string what;
  std::string good;
  std::string bad;
  Weight weight{};
  std::string_view rule = {};  ///< instead of the row's
  std::optional<Fault> fault = {};
};

/// A kind of difference: what it is, why it matters, and where it is written. `find` compares.
struct DifferenceRow {
  std::string_view id;
  std::string_view rule = {};
  Reference reference = {};
  Fault fault = Fault::nobody;
  std::string_view why = {};
  void (*find)(const Profile& good, const Profile& bad, std::vector<Sided>& out);
};
/// About records, about packets, about conduct.
std::span<const DifferenceRow> record_differences() noexcept;
std::span<const DifferenceRow> packet_differences() noexcept;
std::span<const DifferenceRow> conduct_differences() noexcept;

struct Comparison {
  std::string good_name;  ///< presentation form
  std::string bad_name;
  std::vector<Difference> differences;  ///< what matters most first
  std::vector<Verdict> good_verdicts;
  std::vector<Verdict> bad_verdicts;
  Weight worst = Weight::noise;
  Fault fault = Fault::nobody;  ///< of the worst that matter
  std::uint64_t good_responses = 0;
  std::uint64_t bad_responses = 0;
};

Comparison compare(const Profile& good, const Profile& bad);

}  // namespace srvwarden::rules::story
