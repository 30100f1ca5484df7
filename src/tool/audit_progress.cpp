// Drawing how far reading has come.
// SPDX-License-Identifier: Apache-2.0
#include "tool/audit_progress.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace srvwarden::tool {
namespace {

constexpr std::chrono::milliseconds first_after{500};
constexpr std::chrono::milliseconds interval{200};
constexpr double mega = 1e6;

/// The octets of all files; 0 where one is no file, and so has no known end.
std::uint64_t size_of(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    struct stat found = {};
    const int status = path == "-" ? ::fstat(STDIN_FILENO, &found) : ::stat(path.c_str(), &found);
    if (status != 0 || !S_ISREG(found.st_mode)) return 0;
    total += static_cast<std::uint64_t>(found.st_size);
  }
  return total;
}

}  // namespace

CaptureProgress::CaptureProgress(const std::vector<std::string>& paths)
    : is_wanted_(isatty(STDERR_FILENO) != 0), next_(start_ + first_after) {
  if (is_wanted_) total_ = size_of(paths);
}

CaptureProgress::~CaptureProgress() {
  if (is_drawn_) std::fputs("\r\x1b[K", stderr);
}

void CaptureProgress::draw(std::uint64_t octets, std::uint64_t packets) {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  std::fprintf(stderr, "\rread %.1f MB", static_cast<double>(octets) / mega);
  if (total_ > 0) {
    std::fprintf(stderr, " of %.1f MB (%u %%)", static_cast<double>(total_) / mega,
                 static_cast<unsigned>(100 * std::min(octets, total_) / total_));
  }
  std::fprintf(stderr, ", %.1f MB/s, %llu packets\x1b[K",
               static_cast<double>(octets) / mega / std::max(seconds, 0.001),
               static_cast<unsigned long long>(packets));
  is_drawn_ = true;
  next_ = Clock::now() + interval;
}

}  // namespace srvwarden::tool
