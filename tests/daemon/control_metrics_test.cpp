// Metrics: the exposition's grammar, and HTTP that is asked nicely or not.
// SPDX-License-Identifier: Apache-2.0
#include "control/metrics.hpp"

#include <netinet/in.h>

#include <regex>
#include <set>
#include <sstream>

#include "control/metrics_server.hpp"
#include "daemon/control_bench.hpp"

namespace {

using namespace control_bench;

/// Holds a text to the text format's grammar. @return  the samples, "name{labels}" to value.
std::map<std::string, std::string> samples_of(const std::string& text) {
  static const std::regex help("# HELP ([a-z_]+) [ -~]+");
  static const std::regex type("# TYPE ([a-z_]+) (counter|gauge)");
  static const std::regex sample(
      R"re(([a-z_]+)((\{[a-z_]+="([^"\\]|\\["\\n])*"(,[a-z_]+="([^"\\]|\\["\\n])*")*\})?) (-?[0-9.]+))re");
  std::map<std::string, std::string> samples;
  std::set<std::string> helped;
  std::set<std::string> typed;
  std::string family;
  BOOST_TEST(text.ends_with('\n'));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    BOOST_TEST_CONTEXT(line) {
      std::smatch match;
      if (std::regex_match(line, match, help)) {
        BOOST_TEST(helped.insert(match[1]).second);
        family = match[1];
      } else if (std::regex_match(line, match, type)) {
        BOOST_TEST(typed.insert(match[1]).second);
        BOOST_TEST(match[1] == family);
        BOOST_TEST((match[2] == "counter") == family.ends_with("_total"));
      } else {
        BOOST_TEST_REQUIRE(std::regex_match(line, match, sample));
        BOOST_TEST(match[1] == family);
        BOOST_TEST(samples.emplace(match[1].str() + match[2].str(), match[7]).second);
      }
    }
  }
  BOOST_TEST((helped == typed));
  return samples;
}

DaemonStatus mixed_status() {
  DaemonStatus status;
  status.version = "1\"\\\n2";
  status.backend = "avahi \xff";
  status.started = std::chrono::system_clock::time_point(std::chrono::milliseconds(1500));
  status.services = {service("a\"} 1\n# b\\", ServiceState::verified),
                     service("\xff\xc3\xa9", ServiceState::failed),
                     service("c", ServiceState::withdrawn)};
  status.services[2].hold = Hold::order;
  status.services[2].wanted = "another";
  status.wrong_files = {{"/x", true, ""}, {"/y", false, ""}, {"/z", false, ""}};
  return status;
}

std::string connect_and_ask(std::uint16_t port, const std::string& request, int family = AF_INET) {
  const int fd = ::socket(family, SOCK_STREAM, 0);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = v4.sin_port;
  v6.sin6_addr = in6addr_loopback;
  const bool is_v4 = family == AF_INET;
  const auto* address =
      is_v4 ? reinterpret_cast<const sockaddr*>(&v4) : reinterpret_cast<const sockaddr*>(&v6);
  std::string answer;
  if (::connect(fd, address, is_v4 ? sizeof v4 : sizeof v6) == 0) {
    ::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
    std::array<char, 4096> buffer{};
    for (ssize_t size = 0; (size = ::recv(fd, buffer.data(), buffer.size(), 0)) > 0;) {
      answer.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }
  ::close(fd);
  return answer;
}

}  // namespace

BOOST_AUTO_TEST_CASE(metrics_keep_the_grammar) {
  Counters counters;
  counters.count(Level::error);
  counters.count(Level::info);
  counters.count(Level::info);
  counters.backend_restarts = 3;
  const DaemonStatus status = mixed_status();
  const auto samples = samples_of(metrics_text({status, counters, {}, process_facts()}));
  const auto value = [&](const std::string& name) {
    const auto found = samples.find(name);
    return found == samples.end() ? std::string("none") : found->second;
  };
  BOOST_TEST(value("srvwardend_build_info{version=\"1\\\"\\\\\\n2\"}") == "1");
  BOOST_TEST(value("srvwardend_start_time_seconds") == "1.500");
  BOOST_TEST(value("srvwardend_backend_up{backend=\"avahi \xEF\xBF\xBD\"}") == "1");
  BOOST_TEST(value("srvwardend_backend_restarts_total") == "3");
  BOOST_TEST(value("srvwardend_log_messages_total{level=\"info\"}") == "2");
  BOOST_TEST(value("srvwardend_log_messages_total{level=\"warning\"}") == "0");
  BOOST_TEST(value("srvwardend_services{state=\"verified\"}") == "1");
  BOOST_TEST(value("srvwardend_services{state=\"lost\"}") == "0");
  BOOST_TEST(value("srvwardend_services_held{by=\"order\"}") == "1");
  BOOST_TEST(value("srvwardend_services_renamed") == "1");
  BOOST_TEST(value("srvwardend_wrong_files{announced=\"nothing\"}") == "2");
  BOOST_TEST(value("process_open_fds") != "0");
  BOOST_TEST(value("process_resident_memory_bytes") != "0");
}

BOOST_AUTO_TEST_CASE(metrics_of_the_watch_are_there_where_there_is_one) {
  const DaemonStatus status = mixed_status();
  WatchCounts watch;
  BOOST_TEST(metrics_text({status, {}, {}, {}, watch}).find("srvwarden_findings") ==
             std::string::npos);
  watch.enabled = true;
  watch.findings[{"SN003", "error"}] = 2;
  watch.posts_dropped = 3;
  const auto samples = samples_of(metrics_text({status, {}, {}, {}, watch}));
  BOOST_TEST(samples.at("srvwarden_findings{rule=\"SN003\",severity=\"error\"}") == "2");
  BOOST_TEST(samples.at("srvwardend_webhook_posts_total{result=\"dropped\"}") == "3");
}

BOOST_AUTO_TEST_CASE(metrics_http_is_judged_by_its_head) {
  struct Row {
    std::string head;
    int status;
    bool with_body = true;
  };
  const std::string get = "GET /metrics HTTP/1.1\r\n";
  const Row rows[] = {
      {get + "Host: localhost\r\n\r\n", 200},
      {get + "host:127.0.0.1:9\r\n\r\n", 200},
      {get + "HOST: [::1]:9100 \r\n\r\n", 200},
      {get + "Host: localhost\n\n", 200},
      {"GET /metrics HTTP/1.0\r\n\r\n", 200},
      {"GET /metrics?x=/other HTTP/1.0\r\n\r\n", 200},
      {"HEAD /metrics HTTP/1.0\r\n\r\n", 200, false},
      {get + "\r\n", 400},
      {get + "Host: localhost\r\nHost: localhost\r\n\r\n", 400},
      {get + "Host: localhost\r\nno colon\r\n\r\n", 400},
      {get + "Host: localhost\r\n: x\r\n\r\n", 400},
      {get + "Host: evil.example\r\n\r\n", 421},
      {get + "Host: localhost.evil.example\r\n\r\n", 421},
      {get + "Host: localhost:\r\n\r\n", 421},
      {get + "Host: localhost:9x\r\n\r\n", 421},
      {get + "Host:\r\n\r\n", 421},
      {"GET / HTTP/1.0\r\n\r\n", 404},
      {"GET /metrics/ HTTP/1.0\r\n\r\n", 404},
      {"POST / HTTP/1.0\r\n\r\n", 404},
      {"GET http://localhost/metrics HTTP/1.0\r\n\r\n", 404},
      {"POST /metrics HTTP/1.0\r\n\r\n", 405},
      {"HEAD /x HTTP/1.0\r\n\r\n", 404, false},
      {"GET /metrics HTTP/2.0\r\n\r\n", 505},
      {"GET /metrics HTTP/1.1 \r\n\r\n", 505},
      {"GET /metrics\r\n\r\n", 400},
      {"\r\n\r\n", 400},
      {"", 400},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.head) {
      const HttpAnswer answer = judge_http(row.head);
      BOOST_TEST(answer.status == row.status);
      BOOST_TEST(answer.with_body == row.with_body);
    }
  }
}

BOOST_AUTO_TEST_CASE(metrics_are_served_and_nobody_blocks) {
  boost::asio::io_context context{1};
  const auto body = std::make_shared<const std::string>(std::string(300'000, 'm') + '\n');
  MetricsServer server(context, [&] { return body; },
                       {.connections = 3, .head = 1000, .time = std::chrono::milliseconds(400)});
  BOOST_TEST_REQUIRE(server.start(0) == "");
  MetricsServer second(context, [&] { return body; });
  BOOST_TEST(second.start(server.port()) != "");
  auto work = boost::asio::make_work_guard(context);
  std::thread thread([&] { context.run(); });
  const std::string get = "GET /metrics HTTP/1.0\r\n";
  const auto ask = [&](const std::string& request, int family = AF_INET) {
    return connect_and_ask(server.port(), request, family);
  };
  const std::string answer = ask(get + "\r\n");
  BOOST_TEST(answer.starts_with("HTTP/1.1 200 OK\r\n"));
  BOOST_TEST(answer.ends_with("\r\n\r\n" + *body));
  BOOST_TEST(answer.find("Content-Length: 300001\r\n") != answer.npos);
  BOOST_TEST(ask("HEAD /metrics HTTP/1.0\r\n\r\n").ends_with("\r\n\r\n"));
  const std::string refused = ask("POST /metrics HTTP/1.0\r\nContent-Length: 9000\r\n\r\n" +
                                  std::string(9000, 'x'));  // more than is read is sent
  BOOST_TEST(refused.starts_with("HTTP/1.1 405 "));
  BOOST_TEST(refused.find("Allow: GET, HEAD\r\n") != refused.npos);
  const std::string field(1000 - get.size() - 5, 'f');  // "f...f:\r\n\r\n": 1000 in all
  BOOST_TEST(ask(get + field + ":\r\n\r\n").starts_with("HTTP/1.1 200 "));
  BOOST_TEST(ask(get + field + "f:\r\n\r\n").starts_with("HTTP/1.1 431 "));
  const std::string over_v6 = ask(get + "\r\n", AF_INET6);
  BOOST_TEST((over_v6.empty() || over_v6.starts_with("HTTP/1.1 200 ")));  // a host may lack IPv6
  {  // Three that say nothing keep a fourth out, until their time is over.
    std::vector<std::thread> silent;
    for (int i = 0; i < 3; ++i) silent.emplace_back([&] { BOOST_TEST(ask("GET /") == ""); });
    for (std::thread& one : silent) one.join();
  }
  BOOST_TEST(ask(get + "\r\n").starts_with("HTTP/1.1 200 "));
  boost::asio::post(context, [&] { server.stop(); });
  work.reset();
  thread.join();
}
