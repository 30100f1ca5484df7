// Downloads with libcurl.
// SPDX-License-Identifier: Apache-2.0
#include "tool/download.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

#include "link/curl_session.hpp"
#include "report/terminal.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::tool {
namespace {

using link::CurlLibrary;
using Session = link::CurlSession;

constexpr long max_redirects = 5;
constexpr long stalled_below = 100;  // bytes a second

/// How much has come, on one line that is drawn over and over.
class ProgressBar {
 public:
  ProgressBar() : shown_(isatty(STDERR_FILENO) == 1) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() {
    if (drawn_) std::fputs("\r\033[K", stderr);
  }

  void draw(curl_off_t total, curl_off_t now) {
    const curl_off_t step = now >> 16;  // every 64 KiB are enough
    if (!shown_ || now == 0 || (drawn_ && step == last_step_)) return;
    last_step_ = step;
    drawn_ = true;
    constexpr int width = 30;
    const int filled = total > 0 ? static_cast<int>(std::min(now, total) * width / total) : 0;
    const std::string bar = std::string(static_cast<std::size_t>(filled), '#');
    std::fprintf(stderr, "\r[%-*s] %.1f MB", width, bar.c_str(), static_cast<double>(now) / 1e6);
    if (total > 0) std::fprintf(stderr, " of %.1f MB", static_cast<double>(total) / 1e6);
    std::fflush(stderr);
  }

 private:
  bool shown_;
  bool drawn_ = false;
  curl_off_t last_step_ = 0;
};

/// What libcurl's callbacks fill.
struct Transfer {
  Download got;
  std::size_t max_size = 0;
  bool too_large = false;
  ProgressBar progress;
};

std::size_t on_body(char* bytes, std::size_t, std::size_t size, void* context) noexcept try {
  Transfer& transfer = *static_cast<Transfer*>(context);
  transfer.too_large = size > transfer.max_size - transfer.got.body.size();
  if (transfer.too_large) return 0;
  transfer.got.body.append(bytes, size);
  return size;
} catch (...) {
  return 0;  // no memory: libcurl ends the transfer
}

/// The value of a header line, if it is this header's.
bool read_header(std::string_view line, std::string_view name, std::string& value) {
  const auto colon = line.find(':');
  if (colon == line.npos || !ascii::equal(line.substr(0, colon), name)) return false;
  line.remove_prefix(colon + 1);
  while (!line.empty() && line.front() <= ' ') line.remove_prefix(1);
  while (!line.empty() && line.back() <= ' ') line.remove_suffix(1);
  value = line;
  return true;
}

std::size_t on_header(char* bytes, std::size_t, std::size_t size, void* context) noexcept try {
  Download& got = static_cast<Transfer*>(context)->got;
  const std::string_view line(bytes, size);
  if (line.starts_with("HTTP/")) got = {};  // each answer of a chain of redirects begins anew
  if (!read_header(line, "etag", got.etag)) {
    read_header(line, "last-modified", got.last_modified);
  }
  return size;
} catch (...) {
  return 0;
}

int on_progress(void* context, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) noexcept {
  static_cast<Transfer*>(context)->progress.draw(total, now);
  return 0;
}

void ask(Session& session, const DownloadRequest& request) {
  const bool secure = ascii::equal(request.url.substr(0, 6), "https:");
  session.set(CURLOPT_URL, request.url.c_str());
  session.set(CURLOPT_PROTOCOLS_STR, "http,https");
  session.set(CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
  session.set(CURLOPT_FOLLOWLOCATION, 1L);
  session.set(CURLOPT_MAXREDIRS, max_redirects);
  session.set(CURLOPT_ACCEPT_ENCODING, "");
  session.set(CURLOPT_NOSIGNAL, 1L);
  session.set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(request.connect_timeout.count()));
  session.set(CURLOPT_LOW_SPEED_LIMIT, stalled_below);
  session.set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall_timeout.count()));
  session.set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.max_size));
  if (!request.ca_file.empty()) session.set(CURLOPT_CAINFO, request.ca_file.c_str());
  session.add_header("User-Agent: srvwarden/" SRVWARDEN_VERSION);
  if (!request.etag.empty()) session.add_header("If-None-Match: " + request.etag);
  if (!request.last_modified.empty()) {
    session.add_header("If-Modified-Since: " + request.last_modified);
  }
}

void receive(Session& session, Transfer& transfer) {
  session.set(CURLOPT_WRITEFUNCTION, on_body);
  session.set(CURLOPT_WRITEDATA, &transfer);
  session.set(CURLOPT_HEADERFUNCTION, on_header);
  session.set(CURLOPT_HEADERDATA, &transfer);
  session.set(CURLOPT_XFERINFOFUNCTION, on_progress);
  session.set(CURLOPT_XFERINFODATA, &transfer);
  session.set(CURLOPT_NOPROGRESS, 0L);
}

std::string words_for(CURLcode code, std::string_view general, const char* detail,
                      const DownloadRequest& request, bool too_large) {
  if (too_large || code == CURLE_FILESIZE_EXCEEDED) {
    return "it is larger than " + std::to_string(request.max_size) + " bytes";
  }
  if (code == CURLE_PARTIAL_FILE) return "it ended too early: only a part of it came";
  if (code == CURLE_TOO_MANY_REDIRECTS) return "it was redirected more than five times";
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return "the server takes too long: " + report::shown(detail);
  }
  return std::string(general) + (*detail == '\0' ? "" : ": " + report::shown(detail));
}

}  // namespace

Result<Download, std::string> download(const DownloadRequest& request) {
  const CurlLibrary* const curl = CurlLibrary::load();
  if (curl == nullptr) return std::string("libcurl.so.4 is needed for this and not installed");
  Session session(*curl);
  Transfer transfer;
  transfer.max_size = request.max_size;
  char detail[CURL_ERROR_SIZE] = "";
  ask(session, request);
  receive(session, transfer);
  session.set(CURLOPT_ERRORBUFFER, detail);
  const CURLcode code = session.perform();
  if (code != CURLE_OK) {
    return words_for(code, curl->strerror(code), detail, request, transfer.too_large);
  }
  const long status = session.status();
  const bool asked_for_changes = !request.etag.empty() || !request.last_modified.empty();
  transfer.got.not_modified = status == 304 && asked_for_changes;
  if (status != 200 && !transfer.got.not_modified) {
    return "the server answered with status " + std::to_string(status);
  }
  return std::move(transfer.got);
}

}  // namespace srvwarden::tool
