// An audit as JSON lines, each flushed when it is written.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_lines.hpp"

#include <cerrno>
#include <cstdio>

#include "report/terminal.hpp"
#include "tool/audit_pace.hpp"
#include "tool/audit_watch.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const noexcept {
    if (file != stdout) std::fclose(file);
  }
};

class Lines final : public AuditWatch {
 public:
  Lines(std::string path, std::FILE* file, bool live)
      : path_(std::move(path)), file_(file), live_(live) {}

  bool look(rules::Auditor& auditor, wire::Time now) override {
    const bool due = live_ ? clock_.is_due() : packets_.is_due(auditor.census());
    if (due) clock_.spend([&] { write(auditor.result(now)); });
    return good_;
  }

  bool is_account() const noexcept override { return true; }

  bool end(const rules::AuditResult& result,
           const std::vector<report::AuditInput>& inputs) override {
    write(result);
    for (const std::string& line : report::last_lines(result, inputs)) put(line);
    if (!good_ && file_.get() != stdout) {  // main() tells of standard output
      const std::error_code code(error_, std::generic_category());
      complain("cannot write " + report::shown(path_) + ": " + code.message());
    }
    return good_;
  }

 private:
  void write(const rules::AuditResult& result) {
    for (const report::AuditChange& change : changes_.update(result)) {
      put(report::change_line(change));
    }
  }

  void put(const std::string& line) {
    if (!good_) return;
    good_ = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() &&
            std::fflush(file_.get()) == 0;
    if (!good_) error_ = errno;
  }

  std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  bool live_;
  bool good_ = true;
  int error_ = 0;
  report::AuditChanges changes_;
  ClockPace clock_;
  PacketPace packets_;
};

}  // namespace

std::unique_ptr<AuditWatch> watch_as_lines(const std::string& path, bool live) {
  std::FILE* const file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  if (file) return std::make_unique<Lines>(path, file, live);
  const std::error_code code(errno, std::generic_category());
  complain("cannot write " + report::shown(path) + ": " + code.message());
  return nullptr;
}

}  // namespace srvwarden::tool
