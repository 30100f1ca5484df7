// Subject: the instance, host or type that somebody asks about, and the names that belong to it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/census.hpp"
#include "srvwarden/wire_name.hpp"

namespace srvwarden::rules::story {

enum class SubjectKind : std::uint8_t { instance, host, type };

/// "instance", "host" or "type".
std::string_view name_of(SubjectKind kind) noexcept;

/// Names are in wire format.
struct Subject {
  SubjectKind kind = SubjectKind::instance;
  std::string name;
  std::string type = {};                   ///< <Service>.<Domain>; empty for a host
  std::vector<std::string> hosts = {};     ///< targets of its SRV records, or the host itself
  std::vector<std::string> subtypes = {};  ///< owners of the subtypes' PTR records

  wire::NameView view() const noexcept { return wire::NameView(name); }
};

/// What a person asked for, as written.
struct Wanted {
  std::optional<std::string> instance;  ///< "Dr. Pepper", or with type and domain
  std::optional<std::string> host;      ///< a name, or an address that sends or is announced
  std::optional<std::string> type;      ///< "_ipp._tcp", "ipp", or with a domain

  bool is_anything() const noexcept { return instance || host || type; }
};

/// What fits. With one match it is that; with several a person must say more; with none, `near`
/// has what may have been meant.
struct Choice {
  std::vector<Subject> matches;
  std::vector<Subject> near;
};

/// Finds what is wanted. An instance is found by its whole label or full name, else by the start
/// of it; without regard to A-Z and a-z. `host` and `type` beside it narrow the choice.
Choice choose(const census::Census& census, const Wanted& wanted);
/// The same among instances alone; what is not given does not narrow.
Choice choose_instance(const census::Census& census, const Wanted& wanted);

/// All that can be asked for: instances, hosts, types, each by name.
std::vector<Subject> all_subjects(const census::Census& census);

/// A type nobody announces, as a subject: questions for it are told, too. Nothing if `text` is
/// none.
std::optional<Subject> type_subject(std::string_view text);
/// An instance that nobody announces: "Foo" of "_ipp._tcp", or a full name.
std::optional<Subject> absent_instance(std::string_view text, std::string_view type);

}  // namespace srvwarden::rules::story
