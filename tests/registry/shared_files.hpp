// Files beside the project that some tests read, where they are there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace registry_tests {

/// The file's bytes, or nothing (said so) where it is not there.
inline std::optional<std::string> shared_file(const std::string& name) {
  const std::string path = std::string(SRVWARDEN_SOURCE_DIR) + "/../shared/" + name;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    BOOST_TEST_MESSAGE("skipped: there is no " << path);
    return {};
  }
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

inline std::optional<std::string> edition_file(const std::string& date, const std::string& form) {
  return shared_file("registry/service-names-port-numbers-" + date + '.' + form);
}

}  // namespace registry_tests
