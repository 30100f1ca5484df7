// Fuzzes registries in every form: rows add up, places lie in the file, tables read back.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "srvwarden/registry_table.hpp"

using namespace srvwarden;

namespace {

void hold(bool invariant) {
  if (!invariant) std::abort();
}

void check_place(std::string_view file, const Place& at) {
  hold(at.offset <= file.size() && at.line >= 1 && at.column >= 1);
  hold(at.column - 1 <= at.offset);
  const std::size_t line_start = at.offset - (at.column - 1);
  hold(line_start == 0 || file[line_start - 1] == '\n');
  const auto breaks =
      std::count(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(at.offset), '\n');
  hold(static_cast<std::ptrdiff_t>(at.line) == breaks + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string file(reinterpret_cast<const char*>(data), size);
  const auto import = read_registry(file);
  if (!import) {
    check_place(file, import.error().at);
    hold(import.error().rejected);
    return 0;
  }
  hold(import->rows_kept + import->rows_rejected == import->rows_read);
  hold(import->rows_kept == import->table.records().size());
  std::size_t rejected = 0;
  for (const RegistryProblem& problem : import->problems) {
    check_place(file, problem.at);
    if (problem.rejected) ++rejected;
  }
  hold(rejected >= import->rows_rejected);
  const auto table = read_registry_tsv(write_registry_tsv(import->table));
  hold(table.has_value());
  hold(std::equal(table->records().begin(), table->records().end(), import->table.records().begin(),
                  import->table.records().end()));
  return 0;
}
