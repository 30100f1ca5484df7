// Health checks of kind exec: how programs end, and that nothing of them stays.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <vector>

#include "health_probing.hpp"
#include "temporary_folder.hpp"

namespace {

using namespace srvwarden::daemon;
using srvwarden::tests::TemporaryFolder;

HealthSettings command(std::vector<std::string> words, int timeout = 5000) {
  HealthSettings settings;
  settings.kind = HealthKind::exec;
  settings.command = std::move(words);
  settings.timeout = milliseconds(timeout);
  return settings;
}

HealthSettings script(const std::string& text, int timeout = 5000) {
  return command({"/bin/sh", "-c", text}, timeout);
}

bool has_children() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/// Absent, or a zombie that its new parent has yet to reap.
bool is_dead(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  if (!std::getline(file, text)) return true;
  return text.substr(text.rfind(')') + 2, 1) == "Z";
}

/// A file of its own, in which a script writes the number of a process.
struct PidFile {
  PidFile() { std::ofstream file(path); }
  pid_t read() const {
    pid_t pid = -1;
    std::ifstream(path) >> pid;
    BOOST_TEST_REQUIRE(pid > 1);
    return pid;
  }

  TemporaryFolder folder;
  std::string path = folder / "pid";
};

}  // namespace

BOOST_AUTO_TEST_SUITE(health_exec)

BOOST_AUTO_TEST_CASE(the_exit_status_decides) {
  struct Row {
    std::string text;
    bool healthy;
    std::string words;
  };
  const Row rows[] = {
      {"exit 0", true, "0"},
      {"exit 1", false, "1"},
      {"exit 255", false, "255"},
      {"echo out; echo why not >&2; echo more >&2; exit 3", false, "3: why not"},
      {"echo no line end | tr -d '\\n' >&2; exit 3", false, "3: no line end"},
      {"printf '\\033[2J\\n' >&2; exit 3", false, "3: "},
      {"kill -SEGV $$", false, "SIGSEGV"},
      {"kill -KILL $$", false, "SIGKILL"},
      {"exec 2>&-; exit 4", false, "4"},
      {"cat; exit 5", false, "5"},  // its input is empty
      {"echo x; [ \"$PWD\" = / ] && exit 6", false, "6"},
  };
  asio::io_context context;
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const ProbeResult result = ask(context, script(row.text));
      BOOST_TEST(result.healthy == row.healthy);
      BOOST_TEST(has(result.words, row.words));
      BOOST_TEST(!has(result.words, "\x1b"));
      BOOST_TEST(!has(result.words, "more"));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_started_is_a_failure) {
  const PidFile file;  // not executable
  asio::io_context context;
  for (const std::string& program : {std::string("/nonexistent/program"), std::string("/tmp"),
                                     file.path, std::string("/dev/null")}) {
    BOOST_TEST_CONTEXT(program) {
      const ProbeResult result = ask(context, command({program}));
      BOOST_TEST(!result.healthy);
      BOOST_TEST(has(result.words, program));
    }
  }
  std::ofstream(file.path) << "#!/nonexistent/interpreter\n";
  std::filesystem::permissions(file.path, std::filesystem::perms::owner_all);
  BOOST_TEST(!ask(context, command({file.path})).healthy);
  BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(arguments_come_as_they_are) {
  asio::io_context context;
  const std::string test = "[ $# = 3 ] && [ \"$1\" = 'a b' ] && [ -z \"$2\" ] && [ \"$3\" = '*' ]";
  BOOST_TEST(ask(context, command({"/bin/sh", "-c", test, "sh", "a b", "", "*"})).healthy);
}

BOOST_AUTO_TEST_CASE(no_descriptor_and_no_blocked_signal_is_inherited) {
  const int open = fcntl(STDERR_FILENO, F_DUPFD, 50);  // without close-on-exec
  BOOST_TEST_REQUIRE(open >= 50);
  sigset_t set;
  sigset_t before;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, &before);
  asio::io_context context;
  const std::string number = std::to_string(open);
  BOOST_TEST(ask(context, script("[ -e /proc/$PPID/fd/" + number + " ]")).healthy);
  BOOST_TEST(ask(context, script("[ ! -e /proc/$$/fd/" + number + " ]")).healthy);
  BOOST_TEST(has(ask(context, script("kill -USR1 $$; exit 1")).words, "SIGUSR1"));
  sigprocmask(SIG_SETMASK, &before, nullptr);
  close(open);
}

BOOST_AUTO_TEST_CASE(the_time_out_kills_the_whole_group) {
  const PidFile file;
  asio::io_context context;
  const auto began = std::chrono::steady_clock::now();
  const std::string grandchild = "trap '' TERM HUP INT; echo $$ >" + file.path + "; sleep 1000";
  const ProbeResult result =
      ask(context, script("trap '' TERM; sh -c \"" +
                              std::string(grandchild).replace(grandchild.find("$$"), 2, "\\$\\$") +
                              "\" & wait; sleep 1000",
                          700));
  BOOST_TEST(!result.healthy);
  BOOST_TEST((std::chrono::steady_clock::now() - began >= milliseconds(700)));
  const pid_t pid = file.read();
  BOOST_TEST(turn_until(context, [&] { return is_dead(pid) && !has_children(); }));
}

BOOST_AUTO_TEST_CASE(what_a_program_leaves_behind_is_killed) {
  const PidFile file;
  asio::io_context context;
  BOOST_TEST(ask(context, script("trap '' TERM; sleep 1000 & echo $! >" + file.path)).healthy);
  const pid_t pid = file.read();
  BOOST_TEST(turn_until(context, [&] { return is_dead(pid); }));
}

// As process 1 of a container has to.
BOOST_AUTO_TEST_CASE(orphans_that_become_ours_are_reaped) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  asio::io_context context;
  for (int i = 0; i < 20; ++i) {
    BOOST_TEST(
        ask(context, script("sleep 1000 & sleep 1000 & (sleep 1000 & sleep 1000) & :")).healthy);
  }
  BOOST_TEST(turn_until(context, [] { return !has_children(); }));
  prctl(PR_SET_CHILD_SUBREAPER, 0);
}

BOOST_AUTO_TEST_CASE(much_on_standard_error_is_bounded_and_holds_nobody_up) {
  asio::io_context context;
  const std::string much = "head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 3";
  const ProbeResult result = ask(context, script(much));
  BOOST_TEST(!result.healthy);
  BOOST_TEST(has(result.words, "3: xxx"));
  BOOST_TEST(result.words.size() < 300);
  const ProbeResult endless = ask(context, command({"/usr/bin/yes"}, 100));  // on output
  BOOST_TEST(!endless.healthy);
}

BOOST_AUTO_TEST_CASE(a_status_that_was_taken_away_is_no_success) {
  asio::io_context context;
  const auto before = signal(SIGCHLD, SIG_IGN);
  BOOST_TEST(!ask(context, script("exit 0")).healthy);
  signal(SIGCHLD, before);
}

BOOST_AUTO_TEST_CASE(cancelling_kills_and_says_nothing) {
  const PidFile file;
  asio::io_context context;
  const auto probe = make_probe(context, script("echo $$ >" + file.path + "; sleep 1000"), 0);
  probe->start([](const ProbeResult&) { BOOST_ERROR("it was cancelled"); });
  BOOST_TEST(turn_until(context, [&] { return std::filesystem::file_size(file.path) > 1; }));
  BOOST_TEST(probe->leftover() != "");
  probe->cancel();
  BOOST_TEST(turn_until(context, [&] { return probe->leftover().empty(); }));
  BOOST_TEST(is_dead(file.read()));
  BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(a_loop_that_ends_first_leaves_no_process) {
  const PidFile file;
  {
    asio::io_context context;
    const auto probe = make_probe(context, script("echo $$ >" + file.path + "; sleep 1000"), 0);
    probe->start([](const ProbeResult&) {});
    BOOST_TEST(turn_until(context, [&] { return std::filesystem::file_size(file.path) > 1; }));
  }
  BOOST_TEST(is_dead(file.read()));
}

BOOST_AUTO_TEST_CASE(five_hundred_leave_no_descriptor_and_no_process) {
  asio::io_context context;
  ask(context, command({"/bin/true"}));
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 125; ++i) {
    ask(context, command({"/bin/true"}));
    ask(context, command({"/bin/false"}));
    ask(context, command({"/nonexistent/program"}));
    const auto probe = make_probe(context, command({"/bin/sleep", "1000"}), 0);
    probe->start([](const ProbeResult&) { BOOST_ERROR("it was cancelled"); });
    probe->cancel();
  }
  BOOST_TEST(turn_until(context, [] { return !has_children(); }));
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_SUITE_END()
