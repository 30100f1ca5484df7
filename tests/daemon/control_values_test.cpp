// Answers, access and admission: what is told, who may order, and who is let in.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "control/answers.hpp"
#include "control/peer.hpp"

namespace {

using namespace srvwarden::daemon;
using nlohmann::json;

DaemonStatus hostile_status() {
  DaemonStatus status;
  status.version = "1.0";
  status.started = std::chrono::system_clock::time_point(std::chrono::milliseconds(7));
  ServiceStatus service;
  service.announcement.key = "k1";
  service.announcement.instance = "a\nb\xff\"\x1b[31m";
  service.announcement.txt = {"k=\xff", "plain"};
  service.wanted = "a";
  service.state = ServiceState::failed;
  service.hold = Hold::health;
  service.verified_on = {"eth0"};
  status.services.push_back(service);
  service.announcement.key = "k2";
  service.announcement.txt = {"plain"};
  status.services.push_back(service);
  status.wrong_files.push_back({"/x", true, "1:2: what"});
  return status;
}

}  // namespace

BOOST_AUTO_TEST_CASE(control_status_is_one_line_of_json) {
  const std::string text = status_json(hostile_status(), "");
  BOOST_TEST(text.find('\n') == text.npos);
  BOOST_TEST(text.find('\x1b') == text.npos);
  const json status = json::parse(text);
  BOOST_TEST(status["protocol"] == 1);
  BOOST_TEST(status["started"] == "1970-01-01T00:00:00.007Z");
  BOOST_TEST(status["services"].size() == 2U);
  const json& first = status["services"][0];
  BOOST_TEST(first["instance"] == "a\nb\xEF\xBF\xBD\"\x1b[31m");
  BOOST_TEST(first["txt_hex"] == json({"6b3dff", "706c61696e"}));
  BOOST_TEST(first["state"] == "failed");
  BOOST_TEST(first["hold"] == "health");
  BOOST_TEST(first["verified_on"] == json({"eth0"}));
  BOOST_TEST(!status["services"][1].contains("txt_hex"));
  BOOST_TEST(status["wrong_files"][0]["kept"] == true);
  BOOST_TEST(json::parse(status_json(hostile_status(), "k2"))["services"].size() == 1U);
  BOOST_TEST(json::parse(status_json(hostile_status(), "k"))["services"].empty());
}

BOOST_AUTO_TEST_CASE(control_answers_are_lines) {
  const auto status = std::make_shared<const std::string>("{}");
  BOOST_TEST(json::parse(status_answer("5", status).text()) ==
             json::parse(R"({"id":5,"ok":true,"status":{}})"));
  BOOST_TEST(json::parse(status_event("5", status, 3).text()) ==
             json::parse(R"({"id":5,"event":"status","skipped":3,"status":{}})"));
  BOOST_TEST(json::parse(order_answer("5", {true, "w", 2, "k"}).text()) ==
             json::parse(R"({"id":5,"ok":true,"words":"w","services":2,"key":"k"})"));
  BOOST_TEST(json::parse(order_answer("5", {false, "w\xff", 2, ""}).text()) ==
             json::parse("{\"id\":5,\"ok\":false,\"error\":\"w\xEF\xBF\xBD\"}"));
  BOOST_TEST(version_answer("5", "1").text().ends_with("}\n"));
}

BOOST_AUTO_TEST_CASE(control_orders_are_for_some) {
  const Access alone(100);
  const Access with_group(100, Access::Group{50, "net"});
  struct Row {
    Peer peer;
    bool alone, with_group;
  };
  const Row rows[] = {
      {{0, 1, {0}}, true, true},        {{100, 1, {100}}, true, true},
      {{101, 1, {100}}, false, false},  {{101, 1, {50}}, false, true},
      {{101, 1, {7, 50}}, false, true}, {{101, 1, {}}, false, false},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.peer.uid) {
      BOOST_TEST(alone.may_order(row.peer) == row.alone);
      BOOST_TEST(with_group.may_order(row.peer) == row.with_group);
    }
  }
  BOOST_TEST(with_group.refusal({101, 1, {}}, "reload").find("net") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(control_admits_up_to_each_limit) {
  Admission admission({.clients = 5, .readers = 4, .readers_of_user = 2});
  const auto enters = [&](uid_t uid, bool may_order) {
    return admission.enter(uid, may_order).empty();
  };
  BOOST_TEST(enters(1, false));
  BOOST_TEST(enters(1, false));
  BOOST_TEST(!enters(1, false));  // two of a user
  BOOST_TEST(enters(2, false));
  BOOST_TEST(enters(3, false));
  BOOST_TEST(!enters(4, false));  // four readers
  BOOST_TEST(enters(0, true));
  BOOST_TEST(!enters(0, true));  // five in all
  BOOST_TEST(admission.clients() == 5U);
  admission.leave(1, false);
  BOOST_TEST(enters(1, false));
  admission.leave(0, true);
  BOOST_TEST(!enters(2, false));  // readers are as many as before
  BOOST_TEST(enters(0, true));
}

BOOST_AUTO_TEST_CASE(control_knows_groups) {
  BOOST_TEST(group_named("root").has_value());
  BOOST_TEST(group_named("root")->id == 0U);
  BOOST_TEST(group_named("12345")->id == 12345U);
  for (const char* name : {"", "no such group", "12x", "-1", "99999999999"}) {
    BOOST_TEST(!group_named(name).has_value(), name);
  }
}
