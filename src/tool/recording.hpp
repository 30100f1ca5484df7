// Recording: captures read once, audited and kept, for commands that tell what is in them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/finding_text.hpp"
#include "rules/audit.hpp"
#include "rules/story/packet_log.hpp"
#include "rules/story/subject.hpp"
#include "tool/audit_input.hpp"

namespace srvwarden::tool {

struct Recording {
  rules::Auditor auditor;
  rules::story::PacketLog log;
  AuditInputs inputs;

  explicit Recording(const Registry* registry) : auditor({.registry = registry}) {}
  /// What could not be read was said on standard error.
  void read(const std::vector<std::string>& paths);
};

/// What there is to be told, where a choice has not one match: several, or what may have been
/// meant.
std::string choice_help(const rules::story::Choice& choice, const rules::story::Wanted& wanted);

/// What a person wrote, for a message: "instance "Foo" of type "_ipp._tcp"".
std::string wanted_words(const rules::story::Wanted& wanted);

/// Colour for standard output, where it is a terminal and NO_COLOR does not forbid it.
report::Colour colour_for(const std::string& output);

}  // namespace srvwarden::tool
