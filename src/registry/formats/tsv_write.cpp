// Writing our own table.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>

#include "registry/formats/tsv.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden {
namespace registry {
namespace {

std::string text_of_unauthorized(const RegistryRecord& record) {
  if (!record.unauthorized_use) return {};
  return record.unauthorized_ports.present ? to_text(record.unauthorized_ports) : "yes";
}

/// How many of the records from `at` on go into one line.
std::size_t run_length(std::span<const RegistryRecord> records) {
  unsigned seen = 0;
  std::size_t size = 0;
  for (const RegistryRecord& record : records) {
    const unsigned bit = 1u << static_cast<unsigned>(record.transport);
    const bool alone = record.transport == RegistryTransport::none;
    if (size > 0 && (alone || (seen & bit) != 0 || !same_but_transport(records[0], record))) break;
    seen |= bit;
    ++size;
    if (alone) break;
  }
  return size;
}

void write_line(std::span<const RegistryRecord> run, std::string& out) {
  const RegistryRecord& record = run[0];
  std::string transports;
  for (const RegistryRecord& one : run) {
    if (!transports.empty()) transports += ',';
    transports += name_of(one.transport);
  }
  const bool usual = record.status == default_status(!record.name.empty());
  const std::array<std::string, tsv_columns.size()> columns = {
      std::string(record.name),
      to_text(record.ports),
      transports,
      std::string(record.title),
      std::string(record.assignee),
      std::string(record.contact),
      to_text(record.registered),
      to_text(record.modified),
      std::string(record.references),
      std::string(usual ? std::string_view() : name_of(record.status)),
      std::string(record.replacement),
      text_of_unauthorized(record),
      record.service_code != 0 ? std::to_string(record.service_code) : std::string(),
      std::string(record.txt_keys),
  };
  std::size_t used = columns.size();
  while (used > 1 && columns[used - 1].empty()) --used;
  for (std::size_t i = 0; i < used; ++i) {
    if (i > 0) out += '\t';
    out += columns[i];
  }
  out += '\n';
}

}  // namespace
}  // namespace registry

std::string write_registry_tsv(const RegistryTable& table) {
  return write_registry_tsv(table.edition(), table.records());
}

std::string write_registry_tsv(RegistryDate edition, std::span<const RegistryRecord> records) {
  using namespace registry;
  std::string out(tsv_first_line);
  out += tsv_edition;
  out += edition ? to_text(edition) : std::string(tsv_no_edition);
  out += '\n';
  out.append(tsv_rows).append(std::to_string(records.size())).append("\n");
  out += tsv_comments;
  for (const std::string_view column : tsv_columns) {
    out += column;
    out += column == tsv_columns.back() ? '\n' : '\t';
  }
  while (!records.empty()) {
    const std::size_t size = run_length(records);
    write_line(records.first(size), out);
    records = records.subspan(size);
  }
  return out;
}

}  // namespace srvwarden
