// The kind "exec": its exit status decides, and its first line of errors explains.
// SPDX-License-Identifier: Apache-2.0
#include "health/exec_probe.hpp"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "health/child_process.hpp"
#include "report/terminal.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::size_t longest_command = 32768;  // bytes in all

std::string words_for_failure(const std::string& program, std::error_code error) {
  std::error_code ignored;
  if (std::filesystem::is_directory(program, ignored)) return "it is a directory";
  std::string words = error.message();
  if (error.value() == ENOENT && access(program.c_str(), F_OK) == 0) {
    words += "; the program is there, but not the interpreter that it asks for";
  }
  return words;
}

std::string words_for_end(const ChildEnd& end) {
  if (!end.known) return "its exit status is lost, since SIGCHLD is ignored";
  if (end.signal == 0) return "exit status " + std::to_string(end.status);
  const char* const name = sigabbrev_np(end.signal);
  return "killed by " +
         (name != nullptr ? "SIG" + std::string(name) : "signal " + std::to_string(end.signal));
}

class ExecProbe final : public Probe {
 public:
  ExecProbe(boost::asio::io_context& context, const HealthSettings& settings)
      : Probe(context, settings.timeout),
        command_(settings.command),
        child_(std::make_shared<ChildProcess>(context)) {}

  std::string leftover() const override {
    if (child_->gone()) return "";
    return what() + "process group " + std::to_string(child_->pid()) +
           " was killed and is still there";
  }

 private:
  std::string what() const { return report::shown(command_.front()) + ": "; }
  void begin() override;
  void end() override { child_->kill(); }
  std::string waiting_for() const override {
    return what() + "killed with all that it started, since it did not end";
  }
  void judge(const ChildEnd& end);

  std::vector<std::string> command_;
  std::shared_ptr<ChildProcess> child_;
};

void ExecProbe::begin() {
  const std::error_code error =
      child_->start(command_, [weak = weak_self<ExecProbe>()](const ChildEnd& end) {
        if (const auto me = weak.lock()) me->judge(end);
      });
  if (!error) return;
  finish(false, what() + "cannot be started: " + words_for_failure(command_.front(), error));
}

void ExecProbe::judge(const ChildEnd& end) {
  std::string words = what() + words_for_end(end);
  const bool healthy = end.known && end.signal == 0 && end.status == 0;
  if (!healthy && !child_->error_line().empty()) {
    words += ": " + report::shown(child_->error_line());
  }
  finish(healthy, std::move(words));
}

}  // namespace

std::optional<HealthFault> exec_fault(const HealthSettings& settings) {
  if (settings.command.empty() || !settings.command.front().starts_with('/')) {
    return HealthFault{"command", "must start with the absolute path of a program"};
  }
  std::size_t size = 0;
  for (const std::string& word : settings.command) {
    size += word.size() + 1;
    if (word.find('\0') != word.npos) return HealthFault{"command", "must have no NUL"};
  }
  if (size > longest_command) {
    return HealthFault{"command",
                       "must have at most " + std::to_string(longest_command) + " bytes"};
  }
  return std::nullopt;
}

std::shared_ptr<Probe> make_exec_probe(boost::asio::io_context& context,
                                       const HealthSettings& settings) {
  return std::make_shared<ExecProbe>(context, settings);
}

}  // namespace srvwarden::daemon
