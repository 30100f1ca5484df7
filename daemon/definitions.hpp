// Definitions: reads and checks all definitions of some folders, and again what changes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checked_file.hpp"
#include "definition/drop_ins.hpp"
#include "log.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::daemon {

/// The folders' *.service and *.dnssd files, but for hidden ones, the latter with their drop-ins
/// NAME.dnssd.d/*.conf; no others of folders in them.
class Definitions {
 public:
  /// In place of a folder: one definition in Avahi's form, read from standard input once.
  static constexpr const char* standard_input = "-";

  /// @param overlays  files of private services, beside those of the administrator's folder. What
  ///                  is wrong with them goes to the log, which must outlive the definitions.
  Definitions(std::vector<std::string> folders, std::vector<std::string> overlays, Log& log);

  /// Others from the next read_anew() on.
  void set_sources(std::vector<std::string> folders, std::vector<std::string> overlays);
  const std::vector<std::string>& folders() const noexcept { return folders_; }
  const Registry& registry() const noexcept { return *registry_; }

  /// Reads what is new or was changed since the last time. Errors and warnings, and files that
  /// cannot be read, go to the log, and such a file comes without being acceptable. Of a folder
  /// that cannot be read, what was there before stays.
  ///
  /// @return  all files, by folder and name.
  std::vector<CheckedFile> read();
  /// The same of everything, and of the overlays, as if nothing had been read before.
  std::vector<CheckedFile> read_anew();
  /// Whether each folder could be read.
  bool all_readable() const noexcept { return unreadable_.empty(); }

  /// The folders of drop-ins that files had when they were read.
  std::vector<std::string> drop_in_folders() const;

 private:
  struct Known {
    struct stat status {};
    bool settled = false;                    ///< a later change will show in the status
    bool has_drop_ins = false;               ///< a folder for them at least
    std::optional<std::size_t> fingerprint;  ///< of the text, or of why it cannot be read
    CheckedFile file;
  };

  void read_folder(const std::string& folder, std::map<std::string, Known>& now);
  void keep_folder(const std::string& folder, const std::string& reason,
                   std::map<std::string, Known>& now);
  void read_file(const std::string& path, std::map<std::string, Known>& now) const;
  CheckedFile check(const JoinedText& text) const;

  std::vector<std::string> folders_;
  std::vector<std::string> overlays_;
  Log& log_;
  std::optional<Registry> registry_;
  std::map<std::string, Known> known_;             // by path
  std::map<std::string, std::string> unreadable_;  // folders, and why
};

}  // namespace srvwarden::daemon
