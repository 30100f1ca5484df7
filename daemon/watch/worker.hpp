// Worker: a thread that does what may take long, one job after another, so that the loop goes on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace srvwarden::daemon {

class Worker {
 public:
  /// What a job may ask of its thread.
  class Pause {
   public:
    virtual ~Pause() = default;
    /// Waits; false as soon as the worker is to stop.
    virtual bool wait(std::chrono::milliseconds time) = 0;
    virtual bool is_stopping() = 0;
  };
  /// A job owns all that it uses: it may outlive everything else where stop() gives up.
  using Job = std::function<void(Pause& pause)>;

  /// @param most  jobs that wait; where another comes, the oldest is dropped.
  explicit Worker(std::size_t most);
  ~Worker();  ///< stops at once
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Never waits. The thread begins with the first job.
  void put(Job job);
  std::uint64_t dropped() const;

  /// Waits for the job at hand, and where `finish` says so for all that wait, but no longer than
  /// `within`.
  ///
  /// @return  whether the thread has ended. If not, it is left alone.
  bool stop(std::chrono::milliseconds within, bool finish);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace srvwarden::daemon
