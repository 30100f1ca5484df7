// Metrics: families of samples; whatever is in a name, a label's value stays within its quotes.
// SPDX-License-Identifier: Apache-2.0
#include "control/metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "srvwarden/utf8.hpp"

namespace srvwarden::daemon {

namespace {

struct Label {
  std::string_view name;
  std::string_view value;
};
using Labels = std::initializer_list<Label>;

/// Octets that are not UTF-8 become U+FFFD.
void append_escaped(std::string& out, std::string_view value) {
  for (std::size_t at = 0; at < value.size();) {
    const utf8::Step step = utf8::read(value, at);
    if (step.size == 0) {
      utf8::append(out, 0xFFFD);
      ++at;
      continue;
    }
    const char c = value[at];
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '\\' || c == '"') out += '\\';
      out += value.substr(at, step.size);
    }
    at += step.size;
  }
}

class Exposition {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_.append("# HELP ").append(name).append(" ").append(help);
    text_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
  }
  void sample(Labels labels, std::uint64_t value) { put(labels, std::to_string(value)); }
  void sample(Labels labels, double value) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.3f", value);
    put(labels, text.data());
  }
  /// A family of one sample.
  template <class Value>
  void only(std::string_view name, std::string_view type, std::string_view help, Value value) {
    family(name, type, help);
    sample({}, value);
  }
  std::string take() { return std::move(text_); }

 private:
  void put(Labels labels, std::string_view value) {
    text_ += name_;
    char before = '{';
    for (const Label& label : labels) {
      text_ += std::exchange(before, ',');
      text_.append(label.name).append("=\"");
      append_escaped(text_, label.value);
      text_ += '"';
    }
    if (before == ',') text_ += '}';
    text_.append(" ").append(value).append("\n");
  }

  std::string text_;
  std::string_view name_;
};

double seconds_of(std::chrono::system_clock::time_point time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

void put_daemon(Exposition& out, const Measured& measured) {
  const DaemonStatus& status = measured.status;
  out.family("srvwardend_build_info", "gauge", "The version that runs.");
  out.sample({{"version", status.version}}, std::uint64_t{1});
  out.only("srvwardend_start_time_seconds", "gauge", "When srvwardend was started.",
           seconds_of(status.started));
  out.family("srvwardend_backend_up", "gauge", "Whether somebody announces, and who.");
  out.sample({{"backend", status.backend}},
             std::uint64_t{!status.backend.empty() && status.trouble.empty()});
  out.only("srvwardend_backend_restarts_total", "counter",
           "How often the one who announces came up again.", measured.counters.backend_restarts);
  out.family("srvwardend_log_messages_total", "counter", "Lines of the log.");
  for (const Level level : {Level::error, Level::warning, Level::info}) {
    out.sample({{"level", name_of(level)}},
               measured.counters.log_messages[static_cast<std::size_t>(level)]);
  }
}

constexpr std::array all_states = {
    ServiceState::waiting,  ServiceState::probing,   ServiceState::established,
    ServiceState::verified, ServiceState::withdrawn, ServiceState::lost,
    ServiceState::failed,
};

void put_services(Exposition& out, const DaemonStatus& status) {
  std::array<std::uint64_t, all_states.size()> of_state{};
  std::uint64_t by_health = 0;
  std::uint64_t by_order = 0;
  std::uint64_t renamed = 0;
  for (const ServiceStatus& service : status.services) {
    ++of_state[static_cast<std::size_t>(service.state)];
    by_health += service.hold == Hold::health ? 1 : 0;
    by_order += service.hold == Hold::order ? 1 : 0;
    renamed += service.renamed() ? 1 : 0;
  }
  out.family("srvwardend_services", "gauge", "Services by their state.");
  for (const ServiceState state : all_states) {
    out.sample({{"state", name_of(state)}}, of_state[static_cast<std::size_t>(state)]);
  }
  out.family("srvwardend_services_held", "gauge", "Services that are held back, and why.");
  out.sample({{"by", "health"}}, by_health);
  out.sample({{"by", "order"}}, by_order);
  out.only("srvwardend_services_renamed", "gauge",
           "Services with another name than was asked for, after a conflict.", renamed);
  out.family("srvwardend_service_state_since_seconds", "gauge",
             "Since when each service is in its state.");
  for (const ServiceStatus& service : status.services) {
    const Announcement& a = service.announcement;
    out.sample({{"key", a.key},
                {"instance", a.instance},
                {"type", a.type},
                {"state", name_of(service.state)}},
               seconds_of(service.since));
  }
}

void put_files(Exposition& out, const DaemonStatus& status) {
  std::uint64_t kept = 0;
  for (const FileStatus& file : status.wrong_files) kept += file.kept ? 1 : 0;
  out.family("srvwardend_wrong_files", "gauge", "Definition files with errors.");
  out.sample({{"announced", "last good version"}}, kept);
  out.sample({{"announced", "nothing"}}, status.wrong_files.size() - kept);
}

void put_control(Exposition& out, const ControlCounters& control) {
  out.only("srvwardend_control_clients", "gauge", "Clients of the control socket.",
           control.clients);
  out.only("srvwardend_control_accepted_total", "counter", "Clients that were let in.",
           control.accepted);
  out.only("srvwardend_control_turned_away_total", "counter",
           "Clients that there was no place for.", control.turned_away);
  out.only("srvwardend_control_too_slow_total", "counter",
           "Clients dropped since they did not end a line or read an answer in time.",
           control.too_slow);
  out.only("srvwardend_control_requests_total", "counter", "Requests, wrong ones among them.",
           control.requests);
  out.only("srvwardend_control_refused_total", "counter",
           "Requests that were wrong, and orders of clients that may give none.", control.refused);
  out.only("srvwardend_control_skipped_updates_total", "counter",
           "Changes that slow watchers got together with later ones.", control.skipped_updates);
  out.only("srvwardend_scrapes_total", "counter", "Answers with metrics over HTTP.",
           control.scrapes);
}

void put_watch(Exposition& out, const WatchCounts& watch) {
  if (!watch.enabled) return;
  out.family("srvwarden_findings", "gauge", "What is wrong on the link now, by rule: objects.");
  for (const auto& [key, count] : watch.findings) {
    out.sample({{"rule", key.first}, {"severity", key.second}}, count);
  }
  out.only("srvwardend_watch_instances", "gauge", "Instances that the link announces.",
           watch.instances);
  out.only("srvwardend_watch_packets_total", "counter", "Packets that were audited.",
           watch.packets);
  out.only("srvwardend_watch_changes_total", "counter", "Changes of the link.", watch.changes);
  out.only("srvwardend_watch_records_dropped_total", "counter",
           "Sightings of records that there was no room for.", watch.records_dropped);
  out.family("srvwardend_watch_writes_total", "counter", "Audits for the database.");
  out.sample({{"result", "written"}}, watch.written);
  out.sample({{"result", "failed"}}, watch.write_faults);
  out.sample({{"result", "dropped"}}, watch.writes_dropped);
  out.family("srvwardend_webhook_posts_total", "counter", "Reports for the webhook.");
  out.sample({{"result", "delivered"}}, watch.posts);
  out.sample({{"result", "failed"}}, watch.posts_failed);
  out.sample({{"result", "dropped"}}, watch.posts_dropped);
}

void put_process(Exposition& out, const ProcessFacts& process) {
  out.only("process_open_fds", "gauge", "Open file descriptors.", process.open_files);
  out.only("process_max_fds", "gauge", "File descriptors that may be open.", process.max_files);
  out.only("process_resident_memory_bytes", "gauge", "Resident memory.", process.resident_bytes);
  out.only("process_cpu_seconds_total", "counter", "CPU time, of user and system.",
           process.cpu_seconds);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ProcessFacts process_facts() {
  ProcessFacts facts;
  std::error_code error;
  for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end;
       at.increment(error)) {
    ++facts.open_files;
  }
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) facts.max_files = files.rlim_cur;
  std::ifstream statm("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (statm >> total >> resident) {
    facts.resident_bytes = resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  }
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) == 0) {
    facts.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  }
  return facts;
}

std::string metrics_text(const Measured& measured) {
  Exposition out;
  put_daemon(out, measured);
  put_services(out, measured.status);
  put_files(out, measured.status);
  put_control(out, measured.control);
  put_watch(out, measured.watch);
  put_process(out, measured.process);
  return out.take();
}

}  // namespace srvwarden::daemon
