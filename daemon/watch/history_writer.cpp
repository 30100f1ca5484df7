// Writing audits; a database that fails is opened anew for the next one.
// SPDX-License-Identifier: Apache-2.0
#include "watch/history_writer.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <utility>

#include "core/concat.hpp"
#include "history/store.hpp"

namespace srvwarden::daemon {

struct HistoryWriter::State {
  boost::asio::io_context& context;
  Log& log;
  const std::string path;
  const std::optional<std::chrono::seconds> keep;
  std::atomic<std::uint64_t> written{0};
  std::atomic<std::uint64_t> failed{0};
  std::optional<history::Store> store = {};  // all below: of the thread
  std::string last_trouble = {};

  void write(const history::AuditRecord& record) {
    const std::string trouble = try_to(record);
    ++(trouble.empty() ? written : failed);
    if (!trouble.empty()) store.reset();
    if (trouble == std::exchange(last_trouble, trouble) || trouble.empty()) return;
    boost::asio::post(context,
                      [&to = log, text = concat({path, ": cannot be used as history: ", trouble})] {
                        to(Level::warning, "history", text);
                      });
  }

  std::string try_to(const history::AuditRecord& record) {
    if (!store) {
      std::error_code ignored;  // opening says why it is not there
      std::filesystem::create_directory(std::filesystem::path(path).parent_path(), ignored);
      auto opened = history::Store::open(path);
      if (!opened) return opened.error();
      store = std::move(*opened);
    }
    const auto now =
        std::chrono::time_point_cast<wire::Time::duration>(std::chrono::system_clock::now());
    return store->append(record, now, keep);
  }
};

HistoryWriter::HistoryWriter(boost::asio::io_context& context, Log& log, std::string path,
                             std::optional<std::chrono::seconds> keep)
    : state_(new State{context, log, std::move(path), keep}), worker_(most_waiting) {}

HistoryWriter::~HistoryWriter() = default;

void HistoryWriter::write(history::AuditRecord record) {
  worker_.put(
      [state = state_, record = std::move(record)](Worker::Pause&) { state->write(record); });
}

HistoryWriter::Counts HistoryWriter::counts() const {
  return {state_->written, state_->failed, worker_.dropped()};
}

bool HistoryWriter::stop() { return worker_.stop(std::chrono::seconds(2), true); }

}  // namespace srvwarden::daemon
