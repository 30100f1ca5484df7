// The sandbox: what is still possible within it, and what is not. Each in a process of its own.
// SPDX-License-Identifier: Apache-2.0
#include "publish/sandbox.hpp"

#include <fcntl.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace {

using namespace srvwarden::daemon;

constexpr int no_filter = 99;
constexpr std::size_t stack = std::size_t{16} << 20;  // at most; the kernel counts it elsewhere

/// The wait status of a process that enters the sandbox and does `act`, whose result it exits with.
int status_of(int (*act)()) {
  const pid_t child = fork();
  if (child == 0) {
    if (limit_process() || filter_system_calls()) _exit(no_filter);
    _exit(act());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

void must_die(int (*act)()) {
  const int status = status_of(act);
  BOOST_TEST_REQUIRE(WIFSIGNALED(status));
  BOOST_TEST(WTERMSIG(status) == SIGSYS);
}

void must_exit_with(int expected, int (*act)()) {
  const int status = status_of(act);
  BOOST_TEST_REQUIRE(WIFEXITED(status));
  BOOST_TEST(WEXITSTATUS(status) == expected);
}

int errno_of_mapping(std::size_t size, int protection = PROT_READ | PROT_WRITE) {
  void* const memory = mmap(nullptr, size, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? errno : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sandbox)

BOOST_AUTO_TEST_CASE(a_responders_calls_work) {
  must_exit_with(0, [] {
    const int udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const int udp6 = socket(AF_INET6, SOCK_DGRAM, 0);
    const int netlink = socket(AF_NETLINK, SOCK_RAW, 0);
    const bool good = udp >= 0 && (udp6 >= 0 || errno == EAFNOSUPPORT) && netlink >= 0 &&
                      open("/proc/self/stat", O_RDONLY) >= 0 && errno_of_mapping(1 << 20) == 0;
    return good && if_nametoindex("lo") != 0 ? 0 : 1;
  });
}

BOOST_AUTO_TEST_CASE(an_assertion_still_aborts) {
  const int status = status_of([] {
    std::signal(SIGABRT, SIG_DFL);  // Boost.Test waits for it
    std::abort();
    return 0;
  });
  BOOST_TEST_REQUIRE(WIFSIGNALED(status));
  BOOST_TEST(WTERMSIG(status) == SIGABRT);
}

BOOST_AUTO_TEST_CASE(another_program_ends_it) {
  must_die([] { return execl("/bin/true", "true", nullptr); });
}

BOOST_AUTO_TEST_CASE(another_process_ends_it) {
  must_die([] { return static_cast<int>(syscall(SYS_clone, SIGCHLD, nullptr)); });
}

BOOST_AUTO_TEST_CASE(tracing_ends_it) {
  must_die([] { return static_cast<int>(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); });
}

BOOST_AUTO_TEST_CASE(killing_others_ends_it) {
  must_die([] { return kill(getppid(), 0); });
}

BOOST_AUTO_TEST_CASE(files_are_not_written) {
  must_exit_with(ENOSYS, [] {
    return open("/tmp/srvwarden-sandbox-test", O_WRONLY | O_CREAT, 0600) < 0 ? errno : 0;
  });
  must_exit_with(ENOSYS, [] { return open("/dev/null", O_RDWR) < 0 ? errno : 0; });
}

BOOST_AUTO_TEST_CASE(streams_and_connections_are_not_made) {
  must_exit_with(ENOSYS, [] { return socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0; });
  must_exit_with(ENOSYS, [] {
    sockaddr_un bus{};
    bus.sun_family = AF_UNIX;
    const int local = socket(AF_UNIX, SOCK_STREAM, 0);
    return connect(local, reinterpret_cast<sockaddr*>(&bus), sizeof bus) < 0 ? errno : 0;
  });
}

BOOST_AUTO_TEST_CASE(memory_is_not_made_executable) {
  must_exit_with(ENOSYS, [] { return errno_of_mapping(4096, PROT_READ | PROT_WRITE | PROT_EXEC); });
}

BOOST_AUTO_TEST_CASE(memory_has_a_limit) {
  must_exit_with(0, [] { return errno_of_mapping(sandbox_data / 2); });
  must_exit_with(ENOMEM, [] { return errno_of_mapping(sandbox_data + stack); });
}

BOOST_AUTO_TEST_CASE(descriptors_have_a_limit) {
  must_exit_with(0, [] { return dup2(0, sandbox_descriptors - 1) < 0 ? errno : 0; });
  must_exit_with(EBADF, [] { return dup2(0, sandbox_descriptors) < 0 ? errno : 0; });
}

BOOST_AUTO_TEST_CASE(limits_are_kept) {
  const pid_t child = fork();
  if (child == 0) {
    if (limit_process()) _exit(no_filter);
    rlimit core{};
    rlimit processes{};
    getrlimit(RLIMIT_CORE, &core);
    getrlimit(RLIMIT_NPROC, &processes);
    const bool privileges = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
    _exit(core.rlim_max != 0 || processes.rlim_max != 0 || privileges ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_SUITE_END()
