// Writing files beside what they replace.
// SPDX-License-Identifier: Apache-2.0
#include "tool/file_output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "report/terminal.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

std::error_code last_error() { return {errno, std::generic_category()}; }

std::error_code write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_error();
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0 ? std::error_code() : last_error();
}

/// Gives a new file the owner and the permissions of the one that it replaces, or, where there is
/// none, what the user's umask leaves of 0666.
bool take_after(int file, const std::string& path) {
  struct stat old = {};
  struct stat own = {};
  if (::stat(path.c_str(), &old) == 0) {
    const bool same =
        ::fstat(file, &own) == 0 && own.st_uid == old.st_uid && own.st_gid == old.st_gid;
    return (same || ::fchown(file, old.st_uid, old.st_gid) == 0) &&
           ::fchmod(file, old.st_mode & 07777) == 0;
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return ::fchmod(file, 0666 & ~mask) == 0;
}

}  // namespace

std::error_code replace_file(const std::string& path, std::string_view text) {
  std::error_code error;
  std::string target = std::filesystem::weakly_canonical(path, error).string();
  if (error) target = path;
  // A device or a pipe cannot be replaced, only written to.
  const bool special = std::filesystem::exists(target, error) &&
                       !std::filesystem::is_regular_file(target, error) &&
                       !std::filesystem::is_directory(target, error);
  std::string beside = special ? target : target + ".XXXXXX";
  const int file =
      special ? ::open(target.c_str(), O_WRONLY | O_CLOEXEC) : ::mkostemp(beside.data(), O_CLOEXEC);
  if (file < 0) return last_error();
  error = write_all(file, text);
  if (special && error == std::errc::invalid_argument) error.clear();  // it cannot be flushed
  if (!special && !error && !take_after(file, target)) error = last_error();
  if (::close(file) != 0 && !error) error = last_error();
  if (special) return error;
  if (!error && std::rename(beside.c_str(), target.c_str()) != 0) error = last_error();
  if (error) ::unlink(beside.c_str());
  return error;
}

bool write_output(const std::string& path, std::string_view text) {
  if (path == "-") {
    put(text);
    return true;
  }
  const std::error_code error = replace_file(path, text);
  if (!error) return true;
  complain("cannot write " + report::shown(path) + ": " + error.message());
  return false;
}

}  // namespace srvwarden::tool
