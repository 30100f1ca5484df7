// srvwarden lint: everything that is wrong with files that declare services.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "definition/drop_ins.hpp"
#include "report/line_diff.hpp"
#include "report/lint_report.hpp"
#include "report/terminal.hpp"
#include "rules/check_definition.hpp"
#include "rules/fixes.hpp"
#include "rules/suppressions.hpp"
#include "srvwarden/definition.hpp"
#include "tool/command.hpp"
#include "tool/file_input.hpp"
#include "tool/file_output.hpp"
#include "tool/lint_config.hpp"
#include "tool/lint_files.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string as;
  std::string format = "text";
  std::string colour = "auto";
  std::string config;
  bool advice = false;
  bool quiet = false;
  bool fix = false;
  bool dry_run = false;
  bool skip_unknown = false;
  std::shared_ptr<FailOn> fail_on;
  std::shared_ptr<RegistryChoice> registry;
};

bool wants_colour(const std::string& choice) {
  if (choice != "auto") return choice == "always";
  return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

bool is_there(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

class Run {
 public:
  Run(const Options& options, const Registry* registry)
      : options_(options),
        as_(definition_format_named(options.as)),
        settings_({Context::automatic, options.advice, registry}, options.config),
        report_(report::lint_report(options.format, {.quiet = options.quiet,
                                                     .colour = wants_colour(options.colour),
                                                     .version = SRVWARDEN_VERSION})) {}

  /// A file, a folder or "-".
  void path(const std::string& path) {
    if (path == "-") return standard_input();
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
      file(path, true);
      const bool may_have = !as_ || as_ == DefinitionFormat::systemd_dnssd;
      if (!may_have) return;
      for (const std::string& drop_in : drop_ins_of(path)) {
        if (!ignores(drop_in)) file(drop_in, false);
      }
      return;
    }
    visit_files(path, {.enters = [this](const std::string& found) { return !ignores(found); },
                       .file = [this](const std::string& found) { file(found, false); },
                       .unreadable =
                           [this](const std::string& found, std::error_code error) {
                             unreadable(found, error.message());
                           }});
  }

  Exit end() {
    if (!options_.dry_run) report_->end();
    if (unreadable_) return Exit::unreadable;
    return fails_ ? Exit::findings : Exit::clean;
  }

 private:
  void unreadable(const std::string& path, const std::string& reason) {
    complain("cannot read " + report::shown(path) + ": " + reason);
    report_->unreadable(path, reason);
    unreadable_ = true;
  }

  void standard_input() {
    std::string text;
    if (const std::error_code error = read_file("-", text)) {
      return unreadable("-", error.message());
    }
    if (!ignores("-")) lint("-", std::move(text), *as_);
  }

  /// By its configuration; where that is wrong, nothing is read.
  bool ignores(const std::string& path) {
    const LintSettings* settings = settings_.of(path);
    if (settings == nullptr) unreadable_ = true;
    return settings == nullptr || settings->ignores(path);
  }

  /// @param named  the file was asked for by its name: then it must be of a known format.
  void file(const std::string& path, bool named) {
    if (named && ignores(path)) return;
    const bool again = !read_.insert(path).second;
    if (again && !file_of_drop_in(path).empty()) return;  // came with its file
    const std::size_t most = as_ ? max_size_of(*as_) : max_size_of(DefinitionFormat::list);
    std::string text;
    if (const std::error_code error = read_definition_file(path, text, most)) {
      return unreadable(path, error.message());
    }
    const auto format = as_ ? as_ : find_definition_format(path, text);
    if (format) return lint(path, std::move(text), *format);
    if (named && !options_.skip_unknown) {
      unreadable(path, "none of the formats that declare services; --as names one");
    }
  }

  void lint(const std::string& path, std::string text, DefinitionFormat format) {
    Findings findings = judge(path, text, format);
    if (options_.dry_run) count(path, findings);
    if (options_.fix) mend(path, text, format, findings);
    if (options_.dry_run) return;
    count(path, findings);
    report_->file({path, text, format, findings});
  }

  /// A .dnssd file and its drop-ins are judged as what they make together, each for its own part.
  Findings judge(const std::string& path, std::string_view text, DefinitionFormat format) {
    const LintSettings& settings = *settings_.of(path);
    const JoinedText joined = joined_around(path, text, format);
    const Definition definition = joined.read(format);
    Findings all = check_definition(definition, settings.check);
    add_fixes(all, definition, joined.text());
    const auto mine = std::ranges::find(joined.pieces(), path, &JoinedText::Piece::path);
    Findings findings = findings_in(*mine, all);
    heed_suppressions(findings, format, text);
    settings.apply(findings);
    return findings;
  }

  /// The file with all that it is read with. What cannot be read is told where it is linted itself.
  static JoinedText joined_around(const std::string& path, std::string_view text,
                                  DefinitionFormat format) {
    JoinedText joined;
    std::vector<std::string> paths = {file_of_drop_in(path)};
    if (paths.front().empty()) paths.front() = path;
    for (const std::string& one : drop_ins_of(paths.front())) paths.push_back(one);
    const bool together = format == DefinitionFormat::systemd_dnssd &&
                          std::ranges::find(paths, path) != paths.end() && is_there(paths.front());
    if (!together) paths = {path};
    for (const std::string& one : paths) {
      std::string other;
      if (one == path) {
        joined.add(path, text);
      } else if (!read_definition_file(one, other)) {
        joined.add(one, other);
      }
    }
    return joined;
  }

  void count(const std::string& path, const Findings& findings) {
    const auto& config = settings_.of(path)->config;
    const auto configured = config ? config->fail_on : std::nullopt;
    fails_ = fails_ || options_.fail_on->fails(worst(findings), configured);
  }

  /// Makes the fixes, also those that show up once others are made. Then the text and the findings
  /// are what is left; of a dry run, only told.
  void mend(const std::string& path, std::string& text, DefinitionFormat format,
            Findings& findings) {
    auto [mended, left] = srvwarden::mend(
        {text, findings}, [&](std::string_view changed) { return judge(path, changed, format); });
    if (mended == text) return;
    if (options_.dry_run) {
      put(report::unified_diff(report::shown(path), text, mended));
    } else if (const std::error_code error = replace_file(path, mended)) {
      complain("cannot write " + report::shown(path) + ": " + error.message());
      unreadable_ = true;
      return;
    } else {
      complain(report::shown(path) + ": mended");
    }
    text = std::move(mended);
    findings = std::move(left);
  }

  const Options& options_;
  std::optional<DefinitionFormat> as_;
  LintSettingsFinder settings_;
  std::unique_ptr<report::LintReport> report_;
  std::set<std::string> read_;  ///< paths
  bool fails_ = false;
  bool unreadable_ = false;
};

Exit lint(const Options& options) {
  const bool from_input = std::ranges::find(options.paths, "-") != options.paths.end();
  if (from_input && options.as.empty()) {
    complain("standard input has no name that tells its format: --as names it");
    return Exit::usage;
  }
  if (from_input && options.fix && !options.dry_run) {
    complain("standard input cannot be mended in place: --dry-run shows the changes");
    return Exit::usage;
  }
  if (options.dry_run && options.format != "text") {
    complain("--dry-run prints a patch: it has no other --format");
    return Exit::usage;
  }
  if (!options.registry->load()) return Exit::unreadable;
  Run run(options, options.registry->registry());
  for (const std::string& path : options.paths) run.path(path);
  return run.end();
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const DefinitionFormat format : all_definition_formats())
    names.emplace_back(name_of(format));
  return names;
}

std::vector<std::string> report_names() {
  const auto names = report::lint_report_formats();
  return {names.begin(), names.end()};
}

}  // namespace

void add_lint(CLI::App& program, Action& action) {
  CLI::App* command =
      program.add_subcommand("lint", "Checks files that declare services, before they ship");
  auto options = std::make_shared<Options>();
  command
      ->add_option("--as", options->as,
                   "The files' format; told from their names and content if not given")
      ->check(CLI::IsMember(format_names()))
      ->type_name("FORMAT");
  command->add_option("--format", options->format, "How to report")
      ->check(CLI::IsMember(report_names()))
      ->type_name("REPORT")
      ->capture_default_str();
  command->add_option("--color", options->colour, "Colours in text; auto heeds NO_COLOR")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("auto|always|never")
      ->capture_default_str();
  command
      ->add_option("--config", options->config,
                   "Heed this configuration instead of the nearest .srvwarden.toml above each "
                   "file; \"none\" heeds none")
      ->check(not_empty)
      ->type_name("FILE|none");
  options->registry = RegistryChoice::add_to(*command);
  options->fail_on = FailOn::add_to(*command);
  command->add_flag("--advice", options->advice, "Report what is only advised, too");
  command->add_flag("--quiet,-q", options->quiet, "Report nothing but findings");
  CLI::Option* fix = command->add_flag("--fix", options->fix,
                                       "Write what has one right answer; reports what is left");
  command->add_flag("--dry-run", options->dry_run, "Show what --fix would write, as a patch")
      ->needs(fix);
  command->add_flag("--skip-unknown", options->skip_unknown,
                    "Pass over files of no known format, also those that are named");
  command
      ->add_option("path", options->paths,
                   "Files; folders, of which all files of a known format are read; - is standard "
                   "input")
      ->required()
      ->check(not_empty)
      ->type_name("PATH|-");
  command->footer(
      "Exit status: 0 clean, 1 findings, 2 wrong usage, 3 a file could not be read.\n"
      "Examples:\n"
      "  srvwarden lint /etc/avahi/services\n"
      "  srvwarden lint --format github deploy/ Info.plist\n"
      "  srvwarden lint --as list types.txt");
  when_chosen(*command, action, [options] { return lint(*options); });
}

}  // namespace srvwarden::tool
