// Log entries on their way out. Each is one write, so that lines of several programs do not mix.
// SPDX-License-Identifier: Apache-2.0
#include "log_output.hpp"

#include <sys/stat.h>
#include <sys/uio.h>
#define SD_JOURNAL_SUPPRESS_LOCATION  // which would always be here
#include <systemd/sd-journal.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace srvwarden::daemon {

namespace {

constexpr const char* journal_socket = "/run/systemd/journal/socket";

std::int64_t milliseconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void write_line(std::string line) {
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);  // one write: stderr is not buffered
}

void write_text(const LogEntry& entry) { write_line(text_line(entry)); }
void write_json(const LogEntry& entry) { write_line(json_line(entry, milliseconds_now())); }

void write_journal(const LogEntry& entry) {
  std::vector<std::string> fields = journal_fields(entry);
  std::vector<iovec> pieces;
  for (std::string& field : fields) pieces.push_back({field.data(), field.size()});
  if (sd_journal_sendv(pieces.data(), static_cast<int>(pieces.size())) < 0) write_text(entry);
}

/// sd_journal_sendv is silent about a journal that is not there.
bool has_journal() noexcept { return ::access(journal_socket, W_OK) == 0; }

template <typename T>
bool take_number(std::string_view text, T& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool is_journal(int descriptor, const char* stream) noexcept {
  const std::string_view text = stream == nullptr ? "" : stream;
  const std::size_t colon = text.find(':');
  struct stat found {};
  dev_t device = 0;
  ino_t inode = 0;
  return colon != text.npos && take_number(text.substr(0, colon), device) &&
         take_number(text.substr(colon + 1), inode) && ::fstat(descriptor, &found) == 0 &&
         found.st_dev == device && found.st_ino == inode;
}

Log::Sink log_output(LogFormat format) {
  if (format == LogFormat::json) return write_json;
  const bool by_itself = is_journal(STDERR_FILENO, std::getenv("JOURNAL_STREAM"));
  if (format == LogFormat::text || (format == LogFormat::automatic && !by_itself)) {
    return write_text;
  }
  if (has_journal()) return write_journal;
  write_text({Level::warning,
              "no-journal",
              std::string(journal_socket) + " is not there: the log is text on standard error",
              {}});
  return write_text;
}

}  // namespace srvwarden::daemon
