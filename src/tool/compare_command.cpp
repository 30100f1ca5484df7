// srvwarden compare: a device that is found beside one that is not.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <string>

#include "report/comparison_report.hpp"
#include "report/story_report.hpp"
#include "rules/story/differences.hpp"
#include "tool/command.hpp"
#include "tool/file_output.hpp"
#include "tool/recording.hpp"

namespace srvwarden::tool {
namespace {

namespace story = rules::story;

struct Options {
  std::string good;
  std::string bad;
  story::Wanted wanted;
  story::Wanted wanted_bad;
  std::string format = "text";
  std::string output = "-";
  std::shared_ptr<RegistryChoice> registry;
};

/// The one that is meant, or nothing after saying why.
std::optional<story::Subject> choose_good(const story::Wanted& wanted, const Recording& recording) {
  const story::Choice choice = story::choose_instance(recording.auditor.census(), wanted);
  if (choice.matches.size() == 1) return choice.matches.front();
  std::string help = wanted.is_anything() || choice.matches.empty()
                         ? choice_help(choice, wanted)
                         : "there are several; choose with --instance, --host or --type:\n" +
                               report::subjects_text(choice.matches);
  help.pop_back();
  complain("in the good capture, " + help);
  return std::nullopt;
}

/// The second device: as said, else of the same name, else the only one of the same type; else the
/// name that is missed.
std::optional<story::Subject> choose_bad(const Options& options, const story::Subject& good,
                                         const Recording& recording) {
  const census::Census& census = recording.auditor.census();
  const std::string type = wire::NameView(good.type).text();
  story::Wanted wanted = options.wanted_bad;
  if (!wanted.type) wanted.type = options.wanted.type ? options.wanted.type : type;
  if (!wanted.instance && !wanted.host) {
    wanted.host = options.wanted.host;
    wanted.instance = good.view().text();
    const story::Choice same = story::choose_instance(census, wanted);
    if (same.matches.size() == 1) return same.matches.front();
    wanted.instance.reset();
  }
  story::Choice choice = story::choose_instance(census, wanted);
  if (choice.matches.empty() && wanted.host && !options.wanted_bad.host) {
    wanted.host.reset();  // the second device has an address of its own
    choice = story::choose_instance(census, wanted);
  }
  if (choice.matches.size() == 1) return choice.matches.front();
  if (choice.matches.empty() && !wanted.instance) return good;
  if (choice.matches.empty() && choice.near.empty()) {
    return story::absent_instance(*wanted.instance, *wanted.type);
  }
  std::string help = choice_help(choice, wanted);
  help.pop_back();
  complain("in the bad capture, " + help);
  return std::nullopt;
}

std::optional<wire::Address> address_of(const std::optional<std::string>& host) {
  return host ? wire::Address::parse(*host) : std::nullopt;
}

Exit compare(const Options& options) {
  if (!options.registry->load()) return Exit::unreadable;
  Recording good(options.registry->registry());
  Recording bad(options.registry->registry());
  good.read({options.good});
  bad.read({options.bad});
  if (!good.inputs.any || !bad.inputs.any) return Exit::unreadable;
  const auto subject = choose_good(options.wanted, good);
  if (!subject) return Exit::usage;
  const auto other = choose_bad(options, *subject, bad);
  if (!other) return Exit::usage;
  const auto& host_bad = options.wanted_bad.host ? options.wanted_bad.host : options.wanted.host;
  const story::Comparison comparison = story::compare(
      story::profile_of(good.log, *subject, good.auditor.result(good.inputs.end),
                        address_of(options.wanted.host)),
      story::profile_of(bad.log, *other, bad.auditor.result(bad.inputs.end), address_of(host_bad)));
  const std::string text = options.format == "json"
                               ? report::comparison_json(comparison)
                               : report::comparison_text(comparison, colour_for(options.output));
  const bool whole = good.inputs.whole && bad.inputs.whole;
  if (!write_output(options.output, text) || !whole) return Exit::unreadable;
  return comparison.worst >= story::Weight::some ? Exit::findings : Exit::clean;
}

}  // namespace

void add_compare(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "compare", "Sets a device that is found beside one that is not, and says what matters");
  auto options = std::make_shared<Options>();
  command->add_option("GOOD", options->good, "Capture of the device that is found")
      ->required()
      ->type_name("FILE");
  command->add_option("BAD", options->bad, "Capture of the one that is not; may be the same file")
      ->required()
      ->type_name("FILE");
  const auto name = [&](const char* option, std::optional<std::string>& value, const char* help) {
    command->add_option(option, value, help)->type_name("NAME")->check(not_empty);
  };
  name("--instance", options->wanted.instance, "The instance that is found");
  name("--instance-bad", options->wanted_bad.instance,
       "The one that is not; else the one of the same name, or the only one of the same type");
  name("--host", options->wanted.host, "Among those of this host, by name or address");
  name("--host-bad", options->wanted_bad.host, "The host of the one that is not");
  name("--type", options->wanted.type, "Among those of this service type (_ipp._tcp)");
  command->add_option("--format", options->format, "How to tell it")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "Write to this file")
      ->type_name("FILE")
      ->check(not_empty);
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "Records, headers, answers and timing are set side by side; each difference says whether it\n"
      "keeps browsers from finding the second device, by which rule, and who is at fault. The "
      "exit\n"
      "status is 1 where one does.\n"
      "  srvwarden compare works.pcap broken.pcap --type _ipp._tcp");
  when_chosen(*command, action, [options] { return compare(*options); });
}

}  // namespace srvwarden::tool
