// HistoryWriter: adds audits to a database, on a thread of its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "history/record.hpp"
#include "log.hpp"
#include "watch/worker.hpp"

namespace srvwarden::daemon {

class HistoryWriter {
 public:
  static constexpr std::size_t most_waiting = 8;

  struct Counts {
    std::uint64_t written = 0;
    std::uint64_t failed = 0;
    std::uint64_t dropped = 0;
  };

  /// Context and log must outlive this; trouble is logged on the context, each once until it is
  /// another or over.
  HistoryWriter(boost::asio::io_context& context, Log& log, std::string path,
                std::optional<std::chrono::seconds> keep);
  ~HistoryWriter();

  void write(history::AuditRecord record);
  Counts counts() const;
  /// Writes what waits, for two seconds at most.
  bool stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
  Worker worker_;
};

}  // namespace srvwarden::daemon
