// Specifiers: from uname(2), /etc/machine-id, the kernel's boot id and os-release(5).
// SPDX-License-Identifier: Apache-2.0
#include "specifiers.hpp"

#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <string_view>

namespace srvwarden::daemon {

namespace {

std::string first_line(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// A value of os-release(5), without quotes.
std::string os_release(std::string_view key) {
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (!line.starts_with(key) || line.substr(key.size(), 1) != "=") continue;
      std::string value = line.substr(key.size() + 1);
      std::erase_if(value, [](char c) { return c == '"' || c == '\''; });
      return value;
    }
  }
  return "";
}

/// systemd's words for machines, where they are not uname's.
std::string architecture(std::string_view machine) {
  if (machine == "x86_64") return "x86-64";
  if (machine == "aarch64") return "arm64";
  if (machine.starts_with("i") && machine.ends_with("86")) return "x86";
  if (machine.starts_with("arm")) return "arm";
  return std::string(machine);
}

}  // namespace

std::string specifier_value(char letter, const std::string& host) {
  utsname kernel{};
  uname(&kernel);
  switch (letter) {
    case 'h':
    case 'H':
      return host;
    case 'a':
      return architecture(kernel.machine);
    case 'v':
      return kernel.release;
    case 'm':
      return first_line("/etc/machine-id");
    case 'b': {
      std::string id = first_line("/proc/sys/kernel/random/boot_id");
      std::erase(id, '-');
      return id;
    }
    case 'A':
      return os_release("IMAGE_VERSION");
    case 'B':
      return os_release("BUILD_ID");
    case 'M':
      return os_release("IMAGE_ID");
    case 'o':
      return os_release("ID");
    case 'w':
      return os_release("VERSION_ID");
    case 'W':
      return os_release("VARIANT_ID");
    default:
      return "";
  }
}

}  // namespace srvwarden::daemon
