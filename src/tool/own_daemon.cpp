// become_daemon: a file in memory, and exec.
// SPDX-License-Identifier: Apache-2.0
#include "tool/own_daemon.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

namespace srvwarden::tool {
namespace {

constexpr const char* name = "srvwardend";

std::string why(int error) { return std::generic_category().message(error); }

/// Beside this program, and where packages put it; "" where it is not.
std::string daemon_beside() {
  std::error_code error;
  const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  if (error) return "";
  for (const auto& path : {folder / name, folder.parent_path() / "sbin" / name}) {
    if (access(path.c_str(), X_OK) == 0) return path.string();
  }
  return "";
}

bool put_on_standard_input(std::string_view file) {
  const int fd = memfd_create("definition", 0);
  if (fd < 0) return false;
  while (!file.empty()) {
    const ssize_t size = write(fd, file.data(), file.size());
    if (size <= 0) return false;
    file.remove_prefix(static_cast<std::size_t>(size));
  }
  if (lseek(fd, 0, SEEK_SET) != 0) return false;
  if (fd == STDIN_FILENO) return true;
  return dup2(fd, STDIN_FILENO) == STDIN_FILENO && close(fd) == 0;
}

}  // namespace

std::string become_daemon(const std::string& file) {
  if (!put_on_standard_input(file)) return "no memory for its definition: " + why(errno);
  const std::string path = daemon_beside();
  if (!path.empty()) {
    execl(path.c_str(), name, "-", static_cast<char*>(nullptr));
    return path + ": " + why(errno);
  }
  execlp(name, name, "-", static_cast<char*>(nullptr));
  return errno == ENOENT ? "it is neither beside srvwarden, nor in ../sbin, nor in PATH"
                         : why(errno);
}

}  // namespace srvwarden::tool
