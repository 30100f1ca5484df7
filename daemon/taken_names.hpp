// TakenNames: the instance names that were taken in place of those asked for, kept across restarts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "log.hpp"

namespace srvwarden::daemon {

/// RFC 6762 §9 asks for it: people know a service by the name that it had yesterday.
class TakenNames {
 public:
  /// More are not kept: the file stays small whatever happens.
  static constexpr std::size_t most = 10'000;

  /// @param path  of the file; empty: they last as long as the process. What cannot be read, or
  ///              is none of ours, goes to the log and counts as nothing. The log must outlive it.
  TakenNames(std::string path, Log& log);

  /// The name that a definition took when it asked for `wanted`; `wanted`, where it took no other.
  const std::string& find(const std::string& definition, const std::string& wanted) const;
  void set(const std::string& definition, const std::string& wanted, const std::string& taken);
  bool is_saved() const noexcept { return saved_; }
  /// Writes what has changed; failures go to the log, once each.
  void save();

 private:
  struct Name {
    std::string wanted;
    std::string taken;
  };

  void read();

  std::string path_;
  Log& log_;
  std::map<std::string, Name> names_;  // by definition
  bool saved_ = true;
  std::string last_trouble_;
};

}  // namespace srvwarden::daemon
