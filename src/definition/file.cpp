// read_definition_file: a regular file, up to the limit, and the system's reason where it fails.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

class Descriptor {
 public:
  explicit Descriptor(const char* path) : fd_(::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

/// What the system has no error for.
class FileCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "definition file"; }
  std::string message(int) const override { return "not a regular file"; }
  std::error_condition default_error_condition(int) const noexcept override {
    return std::errc::invalid_argument;
  }
};

std::error_code not_regular() {
  static const FileCategory category;
  return {1, category};
}

std::error_code last_error() { return {errno, std::generic_category()}; }

}  // namespace

std::error_code read_definition_file(const std::string& path, std::string& text, std::size_t most) {
  text.clear();
  const Descriptor file(path.c_str());
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return last_error();
  if (S_ISDIR(status.st_mode)) return std::make_error_code(std::errc::is_a_directory);
  if (!S_ISREG(status.st_mode)) return not_regular();
  char block[16384];
  while (text.size() <= most) {
    const ssize_t got = ::read(file.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return last_error();
    if (got == 0) return {};
    text.append(block, static_cast<std::size_t>(got));
  }
  text.resize(most + 1);
  return {};
}

}  // namespace srvwarden
