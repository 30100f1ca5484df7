// The worker's thread and its queue.
// SPDX-License-Identifier: Apache-2.0
#include "watch/worker.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace srvwarden::daemon {

struct Worker::State final : Pause {
  explicit State(std::size_t limit) : most(limit) {}

  bool wait(std::chrono::milliseconds time) override {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, time, [this] { return stopping; });
    return !stopping;
  }
  bool is_stopping() override {
    const std::lock_guard lock(mutex);
    return stopping;
  }

  void run() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return !jobs.empty() || finishing || stopping; });
      if (stopping || jobs.empty()) break;
      Job job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      job(*this);
      lock.lock();
    }
    ended = true;
    changed.notify_all();
  }

  const std::size_t most;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job> jobs;
  std::uint64_t dropped = 0;
  bool stopping = false;   ///< the job at hand is to end, others are not begun
  bool finishing = false;  ///< ends when there is no job any more
  bool ended = false;
  std::thread thread;
};

Worker::Worker(std::size_t most) : state_(std::make_shared<State>(most)) {}

Worker::~Worker() { stop(std::chrono::milliseconds(0), false); }

void Worker::put(Job job) {
  const std::lock_guard lock(state_->mutex);
  if (state_->stopping || state_->finishing) return;
  if (state_->jobs.size() >= state_->most) {
    state_->jobs.pop_front();
    ++state_->dropped;
  }
  state_->jobs.push_back(std::move(job));
  if (!state_->thread.joinable()) state_->thread = std::thread([state = state_] { state->run(); });
  state_->changed.notify_all();
}

std::uint64_t Worker::dropped() const {
  const std::lock_guard lock(state_->mutex);
  return state_->dropped;
}

bool Worker::stop(std::chrono::milliseconds within, bool finish) {
  std::unique_lock lock(state_->mutex);
  if (!state_->thread.joinable()) return true;
  const auto has_ended = [this] { return state_->ended; };
  state_->finishing = true;
  state_->stopping = !finish;
  state_->changed.notify_all();
  bool ended = state_->changed.wait_for(lock, within, has_ended);
  if (!ended && finish) {
    state_->stopping = true;
    state_->changed.notify_all();
    ended = state_->changed.wait_for(lock, std::chrono::milliseconds(100), has_ended);
  }
  std::thread thread = std::move(state_->thread);
  lock.unlock();
  if (ended) {
    thread.join();
  } else {
    thread.detach();
  }
  return ended;
}

}  // namespace srvwarden::daemon
