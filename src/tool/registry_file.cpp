// Reading editions of the registry.
// SPDX-License-Identifier: Apache-2.0
#include "tool/registry_file.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "report/terminal.hpp"
#include "tool/command.hpp"
#include "tool/file_input.hpp"

namespace srvwarden::tool {
namespace {

/// The edition's day is often in the file's name, and never in its folder's.
std::optional<RegistryDate> date_in_name(const std::string& file) {
  return find_date(std::filesystem::path(file).filename().string());
}

}  // namespace

std::string described(const std::string& file, const RegistryProblem& problem) {
  std::string text = report::shown(file) + ':' + std::to_string(problem.at.line) + ':' +
                     std::to_string(problem.at.column) + ": ";
  text += sentence_of(problem.issue);
  if (!problem.detail.empty()) text += ": \"" + report::shown(problem.detail) + '"';
  text.append(" (").append(name_of(problem.issue)).append(problem.rejected ? ", rejected)" : ")");
  return text;
}

std::optional<RegistryImport> read_registry_file(const std::string& file,
                                                 std::optional<RegistryDate> edition,
                                                 std::optional<RegistryProblem>* fault) {
  std::string text;
  if (const std::error_code error = read_file(file, text)) {
    complain("cannot read the registry " + report::shown(file) + ": " + error.message());
    return {};
  }
  auto read = read_registry(std::move(text), edition ? edition : date_in_name(file));
  if (read) return *std::move(read);
  complain(described(file, read.error()));
  if (fault != nullptr) *fault = read.error();
  return {};
}

std::optional<Registry> open_registry(const std::string& source) {
  if (source == "builtin") return Registry::builtin();
  if (source == "updated" && !std::filesystem::exists(updated_registry_path())) {
    complain("there is no updated registry yet: `srvwarden registry update` gets one");
    return {};
  }
  const auto read = read_registry_file(source == "updated" ? updated_registry_path() : source);
  if (!read) return {};
  if (read->rows_rejected > 0) {
    complain(report::shown(source) + ": " + std::to_string(read->rows_rejected) + " of " +
             std::to_string(read->rows_read) +
             " rows are rejected and missing here; `srvwarden registry verify` names them");
  }
  if (!read->losses.empty()) {
    complain(report::shown(source) + ": this form lacks " + std::string(read->losses));
  }
  return Registry(read->table);
}

std::string updated_registry_path() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::filesystem::path(value == nullptr ? "" : value);
  };
  const std::filesystem::path name = "srvwarden/registry.tsv";
  // A relative XDG_DATA_HOME is to be ignored, says the XDG Base Directory Specification.
  if (geteuid() == 0) return "/var/lib" / name;
  if (const auto data = variable("XDG_DATA_HOME"); data.is_absolute()) return data / name;
  if (const auto home = variable("HOME"); home.is_absolute()) {
    return home / ".local/share" / name;
  }
  throw std::runtime_error("neither XDG_DATA_HOME nor HOME says where your files are");
}

}  // namespace srvwarden::tool
