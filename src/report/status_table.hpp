// Status tables: what srvwardend announces, and what of it is not as wanted, for people.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::report {

/// A service as srvwardend tells of it; any octets may be in the texts.
struct ServiceRow {
  std::string key;
  std::string name;
  std::string wanted;  ///< the name that was asked for
  std::string type;
  std::uint16_t port = 0;
  std::string state;  ///< "verified", "failed", ...
  std::string since;  ///< "2026-11-21T12:00:00.000Z"
  std::string why;
  std::string file;  ///< empty: advertised by a client
  std::string hold;  ///< "none", "health" or "order"
  std::string health;
  std::vector<std::string> verified_on;
};

struct WrongFile {
  std::string path;
  bool kept = false;
  std::string complaint;
};

struct StatusView {
  std::string version;
  std::string started;
  std::string backend;
  std::string trouble;
  std::string host;
  std::string domain;
  std::vector<ServiceRow> services;
  std::vector<WrongFile> wrong_files;
};

/// The status object of the control protocol. What is absent or of another type is empty.
StatusView read_status(const nlohmann::json& status);

/// Nothing failed, was lost or is held back by its health, no file is wrong, and somebody
/// announces.
bool is_as_wanted(const StatusView& status);

struct StatusTableOptions {
  std::size_t width = 0;  ///< columns that there are; 0: as many as are needed
  std::int64_t now = 0;   ///< seconds since 1970
};

/// NAME TYPE PORT STATE SINCE WHERE, the worst first; then who announces, and the wrong files.
std::string status_table(const StatusView& status, const StatusTableOptions& options);

/// One line for each service whose state or name is another than before, and for each that is gone.
std::string status_changes(const StatusView& before, const StatusView& after);

/// "Lobby printer" _ipp._tcp: failed: why
std::string status_line(const ServiceRow& service);

}  // namespace srvwarden::report
