// srvwarden explain: the story of one instance, host or type in captures.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "report/story_report.hpp"
#include "rules/story/story.hpp"
#include "tool/command.hpp"
#include "tool/file_output.hpp"
#include "tool/recording.hpp"

namespace srvwarden::tool {
namespace {

namespace story = rules::story;

struct Options {
  std::vector<std::string> captures;
  story::Wanted wanted;
  std::size_t events = story::StoryOptions().events;
  std::string format = "text";
  std::string output = "-";
  std::shared_ptr<RegistryChoice> registry;
};

Exit list(const Options& options, const Recording& recording) {
  const auto subjects = story::all_subjects(recording.auditor.census());
  const bool json = options.format == "json";
  std::string text = json ? report::subjects_json(subjects) : report::subjects_text(subjects);
  if (!json && subjects.empty()) text = "No instance, host or type is in it.\n";
  if (!json && !subjects.empty()) {
    text.insert(0, "What there is to explain, with --instance, --host or --type:\n");
  }
  return write_output(options.output, text) ? Exit::clean : Exit::unreadable;
}

/// One that nobody announces can be told, where it is known what to listen for: who asked in vain.
std::optional<story::Subject> absent(const story::Wanted& wanted) {
  if (wanted.instance && wanted.type) return story::absent_instance(*wanted.instance, *wanted.type);
  if (!wanted.instance && !wanted.host && wanted.type) return story::type_subject(*wanted.type);
  return std::nullopt;
}

Exit tell(const Options& options, Recording& recording, const story::Subject& subject) {
  const auto result = recording.auditor.result(recording.inputs.end);
  const story::Story told = story::tell(recording.log, subject, recording.auditor.census(), result,
                                        {.events = options.events});
  const std::string text = options.format == "json"
                               ? report::story_json(told)
                               : report::story_text(told, colour_for(options.output));
  if (!write_output(options.output, text) || !recording.inputs.whole) return Exit::unreadable;
  const bool is_found = std::ranges::none_of(told.verdicts, [](const story::Verdict& verdict) {
    return verdict.found == story::Found::no;
  });
  return is_found ? Exit::clean : Exit::findings;
}

Exit explain(const Options& options) {
  if (!options.registry->load()) return Exit::unreadable;
  Recording recording(options.registry->registry());
  recording.read(options.captures);
  if (!recording.inputs.any) return Exit::unreadable;
  if (!options.wanted.is_anything()) return list(options, recording);
  const story::Choice choice = story::choose(recording.auditor.census(), options.wanted);
  if (choice.matches.size() == 1) return tell(options, recording, choice.matches.front());
  std::string help = choice_help(choice, options.wanted);
  help.pop_back();
  complain(help);
  const auto subject = choice.matches.empty() ? absent(options.wanted) : std::nullopt;
  if (subject) tell(options, recording, *subject);
  return choice.matches.empty() ? Exit::findings : Exit::usage;
}

}  // namespace

void add_explain(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "explain", "Tells what happened to an instance in captures: why does it not show up?");
  auto options = std::make_shared<Options>();
  command->add_option("CAPTURE", options->captures, "pcap or pcapng files (- is standard input)")
      ->required()
      ->type_name("FILE");
  const auto name = [&](const char* option, std::optional<std::string>& value, const char* help) {
    command->add_option(option, value, help)->type_name("NAME")->check(not_empty);
  };
  name("--instance", options->wanted.instance,
       "This instance: as people see it, or with type and domain; its beginning is enough");
  name("--host", options->wanted.host,
       "This host, by name or address; beside --instance: of those, the one on it");
  name("--type", options->wanted.type,
       "This service type (_ipp._tcp); beside --instance: of those, the one of it");
  command->add_option("--events", options->events, "Leave out the middle where there are more")
      ->check(CLI::Range(2U, 1'000'000U))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--format", options->format, "How to tell it")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "Write to this file")
      ->type_name("FILE")
      ->check(not_empty);
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "In order of time: who asked, who probed and won, what was announced, answered, changed,\n"
      "taken back or ran out; then what is left, and whether a browser would find it. Without\n"
      "--instance, --host or --type it lists what there is to explain. The exit status is 1 where "
      "a\n"
      "browser does not find it.\n"
      "  srvwarden explain office.pcapng --instance 'Living Room'");
  when_chosen(*command, action, [options] { return explain(*options); });
}

}  // namespace srvwarden::tool
