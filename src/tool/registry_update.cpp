// srvwarden registry update: brings an edition up to date, or leaves it exactly as it is.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "report/registry_diff_report.hpp"
#include "report/terminal.hpp"
#include "srvwarden/registry_diff.hpp"
#include "srvwarden/registry_table.hpp"
#include "tool/download.hpp"
#include "tool/file_input.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"
#include "tool/registry_file.hpp"
#include "tool/update_memory.hpp"

namespace srvwarden::tool {
namespace {

constexpr const char* iana_url =
    "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml";

struct Options {
  std::string from = iana_url;
  std::string out;
  bool force = false;
  std::string ca_file;
  std::size_t connect_timeout = 10;
  std::size_t stall_timeout = 30;
  std::size_t max_size = std::size_t{64} << 20;
};

/// What is at the place of the update.
struct Present {
  std::string text;  ///< of the file; empty without one
  std::optional<Registry> registry;
};

Present read_present(const std::string& out) {
  Present present;
  if (read_file(out, present.text)) return {};
  const auto read = read_registry(present.text);
  if (read) {
    present.registry = Registry(read->table);
  } else {
    complain("what is there is of no use and will be replaced: " + described(out, read.error()));
  }
  return present;
}

struct Fetched {
  std::string text;
  UpdateMemory memory;  ///< of where it came from
  bool not_modified = false;
};

bool is_url(const std::string& from) { return from.find("://") != from.npos; }

/// Gets the edition, or complains.
std::optional<Fetched> fetch(const Options& options, const UpdateMemory& memory) {
  Fetched fetched;
  const auto failed = [&](const std::string& why) {
    complain("cannot get " + report::shown(options.from) + ": " + why);
    return std::nullopt;
  };
  if (!is_url(options.from)) {
    const std::error_code error = read_file(options.from, fetched.text);
    if (error) return failed(error.message());
    return fetched;
  }
  DownloadRequest request;
  request.url = options.from;
  request.ca_file = options.ca_file;
  request.connect_timeout = std::chrono::seconds(options.connect_timeout);
  request.stall_timeout = std::chrono::seconds(options.stall_timeout);
  request.max_size = options.max_size;
  if (!options.force) {
    request.etag = memory.etag;
    request.last_modified = memory.last_modified;
  }
  auto got = download(request);
  if (!got) return failed(got.error());
  fetched.not_modified = got->not_modified;
  fetched.text = std::move(got->body);
  fetched.memory = {options.from, got->etag, got->last_modified, {}};
  return fetched;
}

std::string date_or_unknown(RegistryDate date) { return date ? to_text(date) : "unknown"; }

/// Why an edition does not replace the present one, in words; or empty.
std::string objection(const Registry& present, const Registry& next) {
  if (next.record_count() == 0) return "it has no rows";
  if (next.edition() < present.edition()) {
    return "its edition " + date_or_unknown(next.edition()) + " is older than the present one, " +
           date_or_unknown(present.edition()) + "; --force takes it nevertheless";
  }
  if (next.edition() == present.edition() && next.record_count() < present.record_count()) {
    return "it has " + std::to_string(next.record_count()) + " rows, and the same edition has " +
           std::to_string(present.record_count()) + " already; --force takes it nevertheless";
  }
  if (2 * next.name_count() < present.name_count()) {
    return "it has " + std::to_string(next.name_count()) + " names, less than half of the " +
           std::to_string(present.name_count()) +
           " of the present edition; --force takes it nevertheless";
  }
  return {};
}

/// The default folder is ours to make; another one is the user's.
bool make_folder(const Options& options, const std::string& out) {
  if (!options.out.empty()) return true;
  std::error_code error;
  const auto folder = std::filesystem::path(out).parent_path();
  std::filesystem::create_directories(folder, error);
  if (error) complain("cannot make " + report::shown(folder.string()) + ": " + error.message());
  return !error;
}

Exit save(const Options& options, const std::string& out, const Present& present,
          const RegistryTable& table, UpdateMemory memory) {
  const std::string text = write_registry_tsv(table);
  if (text != present.text) {
    if (!make_folder(options, out) || !write_output(out, text)) return Exit::unreadable;
  }
  memory.table = fingerprint(text);
  if (!memory.url.empty() && !memory.save(out)) {
    complain("cannot remember what was got; the next update gets it all");
  }
  const Registry next(table);
  const Registry& old = present.registry ? *present.registry : Registry::builtin();
  const RegistryDiff diff = compare(old, next);
  // Names are told where one can still read them; `srvwarden registry diff` tells them all.
  const bool few = diff.added.size() + diff.removed.size() <= 50;
  put(few ? report::diff_names(diff, old, next) : report::diff_summary(diff));
  put((text == present.text ? "unchanged: " : "written: ") + report::shown(out) + '\n');
  return Exit::clean;
}

Exit update(const Options& options) {
  const std::string out = options.out.empty() ? updated_registry_path() : options.out;
  const Present present = read_present(out);
  const UpdateMemory memory = UpdateMemory::load(out, options.from, present.text);
  auto fetched = fetch(options, present.registry ? memory : UpdateMemory());
  if (!fetched) return Exit::unreadable;
  if (fetched->not_modified) {
    put("unchanged: " + report::shown(out) + ", edition " +
        date_or_unknown(present.registry->edition()) + '\n');
    return Exit::clean;
  }
  const auto slash = options.from.rfind('/');
  const auto edition =
      find_date(slash == options.from.npos ? options.from : options.from.substr(slash + 1));
  const auto read = read_registry(std::move(fetched->text), edition);
  if (!read) {
    complain("this is not taken: " + described(options.from, read.error()));
    return Exit::unreadable;
  }
  for (const RegistryProblem& problem : read->problems) {
    if (problem.rejected) complain(described(options.from, problem));
  }
  const Registry next(read->table);
  std::string why = objection(present.registry ? *present.registry : Registry::builtin(), next);
  if (why.empty() && read->rows_rejected > 0) {
    why = std::to_string(read->rows_rejected) + " rows are rejected; --force takes the others";
  }
  if (!why.empty() && (!options.force || next.record_count() == 0)) {
    complain(report::shown(options.from) + " is not taken: " + why);
    return Exit::unreadable;
  }
  return save(options, out, present, read->table, std::move(fetched->memory));
}

/// For tests, which cannot wait or fill a disk; not in --help.
void add_limits(CLI::App& command, Options& options) {
  const std::string hidden;
  command.add_option("--connect-timeout", options.connect_timeout)->group(hidden);
  command.add_option("--stall-timeout", options.stall_timeout)->group(hidden);
  command.add_option("--max-size", options.max_size)->group(hidden);
}

}  // namespace

void add_registry_update(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand(
      "update", "Gets IANA's current edition and keeps it for --registry updated");
  auto options = std::make_shared<Options>();
  command->add_option("--from", options->from, "Where it is: a URL, or a file in any format")
      ->type_name("FILE|URL")
      ->capture_default_str();
  command
      ->add_option("-o,--output", options->out,
                   "Where to keep it; else in the user's data folder, for root in /var/lib")
      ->type_name("FILE");
  command->add_flag("--force", options->force,
                    "Take it even if it is older or has far fewer names, and get it even if the "
                    "server would say that it did not change");
  command->add_option("--cacert", options->ca_file, "Trust these certificates (PEM)")
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  add_limits(*command, *options);
  command->footer(
      "What is kept changes only when a whole, newer edition has come. FILE.source beside it\n"
      "remembers what was got, so that the next run asks for changes only. A proxy is taken from\n"
      "https_proxy and the like.\n"
      "Exit status: 0 up to date, 3 not updated; then the old edition is as it was.\n"
      "Examples:\n"
      "  srvwarden registry update\n"
      "  srvwarden registry update --from service-names-port-numbers.csv -o registry.tsv\n"
      "  srvwarden check --registry updated _ipp._tcp");
  when_chosen(*command, action, [options] { return update(*options); });
}

}  // namespace srvwarden::tool
