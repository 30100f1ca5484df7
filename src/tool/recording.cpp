// Reading captures that are to be told.
// SPDX-License-Identifier: Apache-2.0
#include "tool/recording.hpp"

#include <unistd.h>

#include <cstdlib>

#include "report/story_report.hpp"
#include "report/terminal.hpp"

namespace srvwarden::tool {

void Recording::read(const std::vector<std::string>& paths) {
  inputs = read_captures(paths, auditor, nullptr,
                         [this](const wire::Packet& packet) { log.add(packet); });
}

std::string choice_help(const rules::story::Choice& choice, const rules::story::Wanted& wanted) {
  if (choice.matches.size() > 1) {
    return wanted_words(wanted) +
           " may be one of these; say more of its name, or --type or --host:\n" +
           report::subjects_text(choice.matches);
  }
  std::string help = "nothing here is " + wanted_words(wanted);
  if (choice.near.empty()) return help + "; without a name it lists what there is\n";
  return help + "; did you mean:\n" + report::subjects_text(choice.near);
}

std::string wanted_words(const rules::story::Wanted& wanted) {
  std::string words;
  const auto add = [&](std::string_view what, const std::optional<std::string>& value) {
    if (!value) return;
    words.append(words.empty() ? "" : ", ").append(what).append(" \"");
    words.append(report::shown(*value)).append("\"");
  };
  add("instance", wanted.instance);
  add("host", wanted.host);
  add("type", wanted.type);
  return words;
}

report::Colour colour_for(const std::string& output) {
  const bool is_terminal = output == "-" && isatty(STDOUT_FILENO) != 0;
  return report::Colour(is_terminal && std::getenv("NO_COLOR") == nullptr);
}

}  // namespace srvwarden::tool
