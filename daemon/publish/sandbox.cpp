// The sandbox: resource limits, and a seccomp filter made by libseccomp.
// SPDX-License-Identifier: Apache-2.0
#include "publish/sandbox.hpp"

#include <fcntl.h>
#include <linux/sockios.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <memory>

namespace srvwarden::daemon {

namespace {

struct FreeFilter {
  void operator()(void* filter) const noexcept { seccomp_release(filter); }
};

// Waiting, time, talking on descriptors that are open, and an orderly end, a failed assertion's
// too.
constexpr int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(fcntl),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(bind),
    SCMP_SYS(setsockopt),
    SCMP_SYS(getsockopt),
    SCMP_SYS(getsockname),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(epoll_create),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(eventfd2),
    SCMP_SYS(timerfd_create),
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(gettid),
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

constexpr int deadly[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kill),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(keyctl),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
};

/// Adds rules until one fails; result() is the first failure, an errno below 0, or 0.
class Filter {
 public:
  Filter() : filter_(seccomp_init(SCMP_ACT_ERRNO(ENOSYS))), result_(filter_ ? 0 : -ENOMEM) {
    if (result_ != 0) return;
    result_ = seccomp_attr_set(filter_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  }
  template <class... Arguments>
  void add(std::uint32_t action, int call, Arguments... arguments) {
    if (result_ != 0) return;
    result_ = seccomp_rule_add(filter_.get(), action, call, sizeof...(arguments), arguments...);
  }
  int load() { return result_ != 0 ? result_ : seccomp_load(filter_.get()); }

 private:
  std::unique_ptr<void, FreeFilter> filter_;
  int result_;
};

// Sockets of these families only, none of them connected; of ioctl, what lists interfaces.
void allow_sockets(Filter& filter) {
  for (const int family : {AF_INET, AF_INET6}) {
    filter.add(SCMP_ACT_ALLOW, SCMP_SYS(socket),
               SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family)),
               SCMP_A1(SCMP_CMP_MASKED_EQ, 0xfU, static_cast<scmp_datum_t>(SOCK_DGRAM)));
  }
  for (const int family : {AF_NETLINK, AF_UNIX}) {  // libc asks AF_UNIX for an interface's index
    filter.add(SCMP_ACT_ALLOW, SCMP_SYS(socket),
               SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family)));
  }
  for (const unsigned long request :
       {static_cast<unsigned long>(FIONREAD), static_cast<unsigned long>(FIONBIO),
        static_cast<unsigned long>(SIOCGIFINDEX), static_cast<unsigned long>(SIOCGIFNAME),
        static_cast<unsigned long>(SIOCGIFCONF), static_cast<unsigned long>(SIOCGIFFLAGS)}) {
    filter.add(SCMP_ACT_ALLOW, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffU, request));
  }
}

void allow_memory_and_files(Filter& filter) {
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    filter.add(SCMP_ACT_ALLOW, call,
               SCMP_A2(SCMP_CMP_MASKED_EQ, static_cast<scmp_datum_t>(PROT_EXEC), 0));
  }
  const auto writing = static_cast<scmp_datum_t>(O_ACCMODE | O_CREAT | O_TRUNC);
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(tgkill),  // abort()
             SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid())));
}

/// Bytes of private writable memory now; RLIMIT_DATA counts them.
std::size_t data_now() {
  std::ifstream sizes("/proc/self/statm");
  std::size_t pages[6] = {};  // the sixth is data and stack: proc(5)
  for (std::size_t& number : pages) sizes >> number;
  return pages[5] * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

std::error_code limit_process() {
  const struct {
    decltype(RLIMIT_CORE) resource;
    rlim_t most;
  } limits[] = {
      {RLIMIT_CORE, 0},
      {RLIMIT_NPROC, 0},
      {RLIMIT_MEMLOCK, 0},
      {RLIMIT_NOFILE, sandbox_descriptors},
      {RLIMIT_DATA, data_now() + sandbox_data},
  };
  int first = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno;
  for (const auto& [resource, most] : limits) {
    rlimit now{};
    getrlimit(resource, &now);
    const rlim_t least = most < now.rlim_max ? most : now.rlim_max;  // never more than we may
    const rlimit limit{least, least};
    if (setrlimit(resource, &limit) != 0 && first == 0) first = errno;
  }
  return {first, std::generic_category()};
}

std::error_code filter_system_calls() {
  Filter filter;
  for (const int call : allowed) filter.add(SCMP_ACT_ALLOW, call);
  for (const int call : deadly) filter.add(SCMP_ACT_KILL_PROCESS, call);
  allow_sockets(filter);
  allow_memory_and_files(filter);
  return {-filter.load(), std::generic_category()};
}

}  // namespace srvwarden::daemon
