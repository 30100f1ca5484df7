// LogLimiter: a bucket of messages for each event, filled at the rate.
// SPDX-License-Identifier: Apache-2.0
#include "log_limiter.hpp"

#include <algorithm>

namespace srvwarden::daemon {

std::string_view name_of(Level level) noexcept {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::info:
      return "info";
  }
  return "";
}

LogLimiter::Bucket& LogLimiter::bucket_of(std::string_view event, Time now) {
  auto found = buckets_.find(event);
  if (found == buckets_.end()) {
    if (buckets_.size() >= most_events) event = "";
    found =
        buckets_.try_emplace(std::string(event), Bucket{double(rate_.burst), now, {}, 0, {}}).first;
  }
  Bucket& bucket = found->second;
  const std::chrono::duration<double, std::ratio<60>> minutes = now - bucket.filled;
  bucket.left = std::min(double(rate_.burst), bucket.left + minutes.count() * rate_.per_minute);
  bucket.filled = now;
  return bucket;
}

bool LogLimiter::admits(std::string_view event, Level level, Time now) {
  if (rate_.per_minute == 0) return true;
  Bucket& bucket = bucket_of(event, now);
  if (bucket.left >= 1) {
    bucket.left -= 1;
    return true;
  }
  if (bucket.left_out++ == 0) {
    bucket.began = now;
    bucket.worst = level;
  }
  bucket.worst = std::min(bucket.worst, level);
  return false;
}

std::vector<LogLimiter::LeftOut> LogLimiter::due(Time now) {
  std::vector<LeftOut> all;
  for (auto& [event, bucket] : buckets_) {
    if (bucket.left_out == 0 || now - bucket.began < period) continue;
    all.push_back({event, bucket.worst, bucket.left_out});
    bucket.left_out = 0;
  }
  return all;
}

}  // namespace srvwarden::daemon
