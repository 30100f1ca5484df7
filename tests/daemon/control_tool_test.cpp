// The command line against a real control socket: what it prints, and how it ends.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "daemon/control_bench.hpp"

namespace {

using namespace control_bench;
using std::chrono::milliseconds;

struct Ended {
  int status = -1;  ///< the exit status; -1: by a signal
  std::string out;
  std::string err;
};

/// srvwarden with arguments, a pipe as its standard input, and files for what it says.
class Tool {
 public:
  Tool(const Folder& folder, const std::vector<std::string>& arguments, uid_t uid = geteuid(),
       const std::string& program = SRVWARDEN_TOOL_PATH)
      : out_(folder / "out"), err_(folder / "err") {
    std::array<int, 2> pipe{};
    BOOST_TEST_REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
    std::vector<std::string> words = arguments;
    words.insert(words.begin(), program);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::filesystem::remove(out_);  // of one before
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(pipe[0], STDIN_FILENO);
      redirect(out_, STDOUT_FILENO);
      redirect(err_, STDERR_FILENO);
      if (uid != geteuid() && (::setgid(uid) != 0 || ::setuid(uid) != 0)) ::_exit(99);
      ::execv(argv[0], argv.data());
      ::_exit(98);
    }
    ::close(pipe[0]);
    input_ = pipe[1];
  }
  ~Tool() { end(); }

  void end_input() { ::close(std::exchange(input_, -1)); }
  void signal(int number) const { ::kill(child_, number); }
  std::string out() const { return text_of(out_); }
  /// Waits until it printed something.
  bool says(const std::string& text) const {
    const auto until = Clock::now() + patience;
    while (out().find(text) == std::string::npos) {
      if (Clock::now() > until) return false;
      std::this_thread::sleep_for(milliseconds(5));
    }
    return true;
  }
  Ended end() {
    int status = 0;
    if (child_ > 0) ::waitpid(std::exchange(child_, -1), &status, 0);
    if (input_ >= 0) end_input();
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, out(), text_of(err_)};
  }

 private:
  static void redirect(const std::string& path, int to) {
    ::dup2(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), to);
  }
  static std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  std::string out_;
  std::string err_;
  pid_t child_ = -1;
  int input_ = -1;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

/// Runs it to its end.
Ended run(const Bench& bench, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--socket", bench.path});
  return Tool(bench.folder, arguments).end();
}

const std::vector<std::string> lease = {"advertise", "Mine", "_ipp._tcp", "631", "txtvers=1"};

}  // namespace

BOOST_AUTO_TEST_CASE(tool_tells_the_status) {
  Bench bench;
  const Ended good = run(bench, {"status"});
  BOOST_TEST(good.status == 0);
  BOOST_TEST(has(good.out, "one   _ipp._tcp   631  verified"));
  BOOST_TEST(good.err == "");
  const Ended as_json = run(bench, {"status", "--json"});
  BOOST_TEST(as_json.status == 0);
  BOOST_TEST(json::parse(as_json.out)["services"].size() == 2U);
  bench.run([&] {
    bench.daemon.base.services[1].state = ServiceState::failed;
    bench.daemon.base.services[1].why = "the responder\x1b[31m refuses it";
    bench.server->changed();
  });
  const Ended bad = run(bench, {"status"});
  BOOST_TEST(bad.status == 1);
  BOOST_TEST(has(bad.out, "the responder\\x1b[31m refuses it"));
  BOOST_TEST(run(bench, {"status", "--json"}).status == 1);
}

BOOST_AUTO_TEST_CASE(tool_follows_the_status) {
  Bench bench;
  Tool tool(bench.folder, {"status", "--watch", "--socket", bench.path});
  BOOST_TEST(tool.says("\"one\" _ipp._tcp: verified\n"));
  bench.run([&] {
    bench.daemon.base.services[0].state = ServiceState::lost;
    bench.server->changed();
  });
  BOOST_TEST(tool.says("\"one\" _ipp._tcp: lost\n"));
  bench.run([&] { bench.server->stop(); });
  BOOST_TEST(tool.says("waiting for srvwardend to come back\n"));
  bench.run([&] {
    bench.daemon.base.services[0].state = ServiceState::failed;
    ControlOptions options;
    options.path = bench.path;
    bench.server = std::make_unique<ControlServer>(bench.context, bench.daemon, bench.counters,
                                                   bench.log, options);
    BOOST_TEST(bench.server->start() == "");
  });
  BOOST_TEST(tool.says("srvwardend is back\n\"one\" _ipp._tcp: failed\n"));
  tool.signal(SIGTERM);
  BOOST_TEST(tool.end().status == -1);
}

BOOST_AUTO_TEST_CASE(tool_gives_orders) {
  Bench bench;
  const Ended withdrawn = run(bench, {"withdraw", "one"});
  BOOST_TEST(withdrawn.status == 0);
  BOOST_TEST(withdrawn.out == "done\n");
  BOOST_TEST(
      (bench.run([&] { return bench.daemon.base.services[0].state; }) == ServiceState::withdrawn));
  BOOST_TEST(run(bench, {"announce", "one"}).status == 0);
  BOOST_TEST(run(bench, {"reload"}).status == 0);
  const Ended unknown = run(bench, {"withdraw", "nobody"});
  BOOST_TEST(unknown.status == 1);
  BOOST_TEST(has(unknown.err, "no such service"));
}

BOOST_AUTO_TEST_CASE(tool_leases_until_its_input_ends) {
  Bench bench;
  std::vector<std::string> arguments = lease;
  arguments.insert(arguments.end(), {"--socket", bench.path});
  Tool tool(bench.folder, arguments);
  BOOST_TEST(tool.says("\"Mine\" _ipp._tcp: probing\n"));
  bench.run([&] {
    bench.daemon.advertised.begin()->second.state = ServiceState::established;
    bench.server->changed();
  });
  BOOST_TEST(tool.says("\"Mine\" _ipp._tcp: established\n"));
  tool.end_input();
  const Ended ended = tool.end();
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(ended.err == "");
  const auto until = Clock::now() + patience;
  while (bench.run([&] { return bench.daemon.released; }) == 0 && Clock::now() < until) {
    std::this_thread::yield();
  }
  BOOST_TEST(bench.daemon.released == 1);
}

BOOST_AUTO_TEST_CASE(tool_leases_until_it_is_told_to_end) {
  Bench bench;
  for (const int signal : {SIGINT, SIGTERM}) {
    std::vector<std::string> arguments = lease;
    arguments.insert(arguments.end(), {"--socket", bench.path});
    Tool tool(bench.folder, arguments);
    BOOST_TEST(tool.says("probing"));
    tool.signal(signal);
    BOOST_TEST(tool.end().status == 0);
  }
}

BOOST_AUTO_TEST_CASE(tool_sends_nothing_that_is_wrong) {
  Bench bench;
  const Ended wrong = run(bench, {"advertise", "Mine", "_a--b._tcp", "631"});
  BOOST_TEST(wrong.status == 1);
  BOOST_TEST(has(wrong.err, "SN006"));
  BOOST_TEST(run(bench, {"advertise", "Mine", "_ipp._tcp", "65536", "--dry-run"}).status == 1);
  const Ended dry = run(bench, {"advertise", "M<", "_ipp._tcp", "1", "txtvers=1", "--dry-run"});
  BOOST_TEST(dry.status == 0);
  BOOST_TEST(has(dry.out, "<name>M&lt;</name>"));
  BOOST_TEST(bench.daemon.advertised.empty());
  // What the daemon alone refuses is told as it says it.
  const Ended refused = run(bench, {"advertise", "Mine", "_http._tcp", "80"});
  BOOST_TEST(refused.status == 1);
  BOOST_TEST(has(refused.err, "not a type"));
}

BOOST_AUTO_TEST_CASE(tool_becomes_a_daemon_where_there_is_none) {
  const Folder folder;
  const std::string copy = folder / "srvwarden";
  std::filesystem::copy_file(SRVWARDEN_TOOL_PATH, copy);
  std::vector<std::string> arguments = lease;
  arguments.insert(arguments.end(), {"--socket", folder / "control"});
  const std::string daemon = folder / "srvwardend";
  std::ofstream(daemon) << "#!/bin/sh\necho \"$@\"\ncat\nexit 7\n";
  std::filesystem::permissions(daemon, std::filesystem::perms(0755));
  const Ended ended = Tool(folder, arguments, geteuid(), copy).end();
  BOOST_TEST(ended.status == 7);
  BOOST_TEST(ended.out.starts_with("-\n<?xml"));
  BOOST_TEST(ended.out.ends_with("</service-group>\n"));
  BOOST_TEST(has(ended.err, folder / "control"));
}

BOOST_AUTO_TEST_CASE(tool_says_who_may_not_connect,
                     *boost::unit_test::precondition([](auto) { return geteuid() == 0; })) {
  ControlOptions options;
  options.mode = 0600;
  Bench bench(options);
  const std::string copy = bench.folder / "srvwarden";
  std::filesystem::copy_file(SRVWARDEN_TOOL_PATH, copy);
  const auto as_nobody = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--socket", bench.path});
    return Tool(bench.folder, arguments, 65534, copy).end();
  };
  const Ended forbidden = as_nobody({"status"});
  BOOST_TEST(forbidden.status == 3);
  BOOST_TEST(has(forbidden.err, bench.path));
  BOOST_TEST(has(forbidden.err, "uid 65534"));
  BOOST_TEST(as_nobody(lease).status == 3);  // a daemon is there: none is started beside it
  std::filesystem::permissions(bench.path, std::filesystem::perms(0666));
  BOOST_TEST(as_nobody({"status"}).status == 0);
  const Ended refused = as_nobody({"reload"});
  BOOST_TEST(refused.status == 1);
  BOOST_TEST(has(refused.err, "not permitted"));
}
