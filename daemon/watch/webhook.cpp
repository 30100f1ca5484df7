// Posting with libcurl, and trying again.
// SPDX-License-Identifier: Apache-2.0
#include "watch/webhook.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <utility>

#include "core/concat.hpp"
#include "link/curl_session.hpp"

namespace srvwarden::daemon {

namespace {

/// How one try ended.
struct Attempt {
  bool delivered = false;
  bool again = true;  ///< another try may help
  std::string words;
};

std::size_t ignore_body(char*, std::size_t, std::size_t size, void*) noexcept { return size; }

int end_when_stopping(void* pause, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  return static_cast<Worker::Pause*>(pause)->is_stopping() ? 1 : 0;
}

Attempt judge(long status) {
  if (status >= 200 && status < 300) return {true, false, ""};
  const bool again = status == 408 || status == 429 || status >= 500;
  return {false, again, "the server answered with status " + std::to_string(status)};
}

void ask(link::CurlSession& session, const std::string& url, const std::string& json,
         const WebhookTimes& times, Worker::Pause& pause) {
  session.set(CURLOPT_URL, url.c_str());
  session.set(CURLOPT_PROTOCOLS_STR, "http,https");
  session.set(CURLOPT_NOSIGNAL, 1L);
  session.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(times.connect.count()));
  session.set(CURLOPT_TIMEOUT_MS, static_cast<long>(times.whole.count()));
  session.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json.size()));
  session.set(CURLOPT_POSTFIELDS, json.data());
  session.add_header("Content-Type: application/json");
  session.add_header("User-Agent: srvwardend/" SRVWARDEN_VERSION);
  session.add_header("Expect:");  // no waiting for "100 Continue"
  session.set(CURLOPT_WRITEFUNCTION, ignore_body);
  session.set(CURLOPT_XFERINFOFUNCTION, end_when_stopping);
  session.set(CURLOPT_XFERINFODATA, &pause);
  session.set(CURLOPT_NOPROGRESS, 0L);
}

Attempt try_once(const std::string& url, const std::string& json, const WebhookTimes& times,
                 Worker::Pause& pause) {
  const link::CurlLibrary* const curl = link::CurlLibrary::load();
  if (curl == nullptr) return {false, false, "libcurl.so.4 is needed for this and not installed"};
  link::CurlSession session(*curl);
  char detail[CURL_ERROR_SIZE] = "";
  ask(session, url, json, times, pause);
  session.set(CURLOPT_ERRORBUFFER, detail);
  const CURLcode code = session.perform();
  if (code == CURLE_OK) return judge(session.status());
  return {false, true, *detail == '\0' ? curl->strerror(code) : detail};
}

}  // namespace

struct Webhook::State {
  boost::asio::io_context& context;
  Log& log;
  const std::string url;
  const WebhookTimes times;
  std::atomic<std::uint64_t> delivered{0};
  std::atomic<std::uint64_t> failed{0};

  void deliver(const std::string& json, Worker::Pause& pause) {
    std::size_t tries = 0;
    while (true) {
      const Attempt attempt = try_once(url, json, times, pause);
      if (attempt.delivered) {
        ++delivered;
        return;
      }
      if (pause.is_stopping()) return;
      if (!attempt.again || tries == times.pauses.size()) return give_up(attempt.words);
      if (!pause.wait(times.pauses[tries++])) return;
    }
  }

  void give_up(const std::string& words) {
    ++failed;
    boost::asio::post(context, [&to = log, words] {
      to(Level::warning, "webhook", concat({"the webhook did not take a report: ", words}));
    });
  }
};

Webhook::Webhook(boost::asio::io_context& context, Log& log, std::string url, WebhookTimes times)
    : state_(new State{context, log, std::move(url), std::move(times)}), worker_(most_waiting) {}

Webhook::~Webhook() = default;

void Webhook::post(std::string json) {
  worker_.put([state = state_, json = std::move(json)](Worker::Pause& pause) {
    state->deliver(json, pause);
  });
}

WebhookCounts Webhook::counts() const {
  return {state_->delivered, state_->failed, worker_.dropped()};
}

bool Webhook::stop() { return worker_.stop(std::chrono::milliseconds(500), false); }

}  // namespace srvwarden::daemon
