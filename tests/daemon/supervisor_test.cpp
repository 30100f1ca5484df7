// The supervisor: what it tells a publisher as files and states change.
// SPDX-License-Identifier: Apache-2.0
#include "supervisor.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace srvwarden;
using namespace srvwarden::daemon;
using Calls = std::vector<std::string>;

/// Writes down what it is told: "publish KEY INSTANCE PORT TXT...", "withdraw KEY".
class RecordingPublisher final : public Publisher {
 public:
  void start() override {}
  void publish(const Announcement& a) override {
    std::string call = "publish " + a.key + " [" + a.instance + "] " + std::to_string(a.port);
    for (const std::string& string : a.txt) call += ' ' + string;
    calls.push_back(call);
  }
  void withdraw(const std::string& key) override { calls.push_back("withdraw " + key); }
  void stop() override {}

  Calls taken() { return std::exchange(calls, {}); }
  Calls calls;
};

CheckedFile file(const std::string& path, const std::string& name, const std::string& port,
                 const std::string& txt = "k=v") {
  return {read_definition(path, "[Service]\nName=" + name + "\nType=_http._tcp\nPort=" + port +
                                    "\nTxtText=" + txt + "\n"),
          true};
}

CheckedFile wrong(const std::string& path) {
  CheckedFile result;
  result.definition.path = path;
  return result;
}

struct House {
  RecordingPublisher publisher;
  Log log{[this](const LogEntry& entry) { logged.emplace_back(entry.event); }};
  Calls logged;
  Supervisor supervisor{publisher,
                        log,
                        [](const Definition& d, const std::string& host) {
                          return instance_name(d, [&](char) { return host; });
                        },
                        {}};

  Calls load(std::vector<CheckedFile> files) {
    summary = supervisor.load(std::move(files));
    return publisher.taken();
  }
  Calls handle(const Event& event) {
    supervisor.handle(event);
    return publisher.taken();
  }
  LoadSummary summary;
};

const BackendUp up{"host", "local", "a responder"};
const std::string a = "/a.dnssd _http._tcp";
const std::string b = "/b.dnssd _http._tcp";

void same(const Calls& got, const Calls& expected) {
  BOOST_TEST(got == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_CASE(publishes_when_the_publisher_is_up_and_again_after_it_was_down) {
  House house;
  same(house.load({file("/a.dnssd", "A", "80")}), {});
  same(house.handle(up), {"publish " + a + " [A] 80 k=v"});
  same(house.handle(BackendDown{"lost"}), {});
  same(house.load({file("/a.dnssd", "A", "81")}), {});
  same(house.handle(up), {"publish " + a + " [A] 81 k=v"});
}

BOOST_AUTO_TEST_CASE(touches_only_what_changed) {
  House house;
  house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "B", "80")});
  house.handle(up);
  same(house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "B", "80")}), {});
  same(house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "B", "80", "k=w")}),
       {"publish " + b + " [B] 80 k=w"});
  same(house.load({file("/a.dnssd", "A", "80")}), {"withdraw " + b});
  same(house.load({}), {"withdraw " + a});
}

BOOST_AUTO_TEST_CASE(withdraws_before_it_publishes) {
  House house;
  house.load({file("/b.dnssd", "Same", "80")});
  house.handle(up);
  same(house.load({file("/a.dnssd", "Same", "80")}),
       {"withdraw " + b, "publish " + a + " [Same] 80 k=v"});
}

BOOST_AUTO_TEST_CASE(keeps_the_last_good_version_of_a_file_that_turns_wrong) {
  House house;
  house.load({file("/a.dnssd", "A", "80"), wrong("/b.dnssd")});
  BOOST_TEST(house.summary.refused == 1U);
  BOOST_TEST(house.summary.services == 1U);
  house.handle(up);
  same(house.load({wrong("/a.dnssd"), wrong("/b.dnssd")}), {});
  BOOST_TEST(house.summary.kept == 1U);
  BOOST_TEST(house.summary.refused == 1U);
  same(house.handle(up), {"publish " + a + " [A] 80 k=v"});
  same(house.load({file("/a.dnssd", "A", "81")}), {"publish " + a + " [A] 81 k=v"});
  same(house.load({}), {"withdraw " + a});
  house.load({wrong("/a.dnssd")});  // its last good version went with the file
  BOOST_TEST(house.summary.refused == 1U);
}

BOOST_AUTO_TEST_CASE(renames_after_a_collision_and_keeps_the_name) {
  House house;
  house.load({file("/a.dnssd", "A", "80")});
  house.handle(up);
  same(house.handle(StateChange{a, "A", State::collision, ""}),
       {"publish " + a + " [A (2)] 80 k=v"});
  same(house.handle(StateChange{a, "A", State::collision, ""}), {});  // late, of the old name
  same(house.handle(StateChange{a, "A (2)", State::collision, ""}),
       {"publish " + a + " [A (3)] 80 k=v"});
  same(house.load({file("/a.dnssd", "A", "80", "k=w")}), {"publish " + a + " [A (3)] 80 k=w"});
  same(house.handle(up), {"publish " + a + " [A (3)] 80 k=w"});
  same(house.load({file("/a.dnssd", "Z", "80")}), {"publish " + a + " [Z] 80 k=v"});
}

BOOST_AUTO_TEST_CASE(renames_all_services_of_a_file_together) {
  House house;
  CheckedFile two{read_definition("/g.service", R"(<service-group><name>G</name>
      <service><type>_http._tcp</type><port>80</port></service>
      <service><type>_ipp._tcp</type><port>631</port></service></service-group>)"),
                  true};
  house.load({two});
  house.handle(up);
  same(house.handle(StateChange{"/g.service _ipp._tcp", "G", State::collision, ""}),
       {"publish /g.service _http._tcp [G (2)] 80", "publish /g.service _ipp._tcp [G (2)] 631"});
  same(house.handle(StateChange{"/g.service _http._tcp", "G", State::collision, ""}), {});
}

BOOST_AUTO_TEST_CASE(puts_the_hosts_name_in_and_follows_it) {
  House house;
  house.load({file("/a.dnssd", "Web on %H", "80")});
  same(house.handle(up), {"publish " + a + " [Web on host] 80 k=v"});
  house.handle(BackendDown{"the name is another's"});
  same(house.handle(BackendUp{"host-2", "local", ""}),
       {"publish " + a + " [Web on host-2] 80 k=v"});
}

BOOST_AUTO_TEST_CASE(counts_what_is_established) {
  House house;
  house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "B", "80")});
  house.handle(up);
  house.handle(StateChange{a, "A", State::established, ""});
  house.handle(StateChange{b, "B", State::failed, "why"});
  house.handle(StateChange{"/nobody's", "", State::established, ""});
  BOOST_TEST(house.supervisor.established() == 1U);
  BOOST_TEST((house.supervisor.find(a) != nullptr));
  house.handle(BackendDown{"lost"});
  BOOST_TEST(house.supervisor.established() == 0U);
  BOOST_TEST((house.supervisor.find(a) == nullptr));
}

BOOST_AUTO_TEST_CASE(says_each_reason_for_being_down_once) {
  House house;
  house.handle(BackendDown{"no bus"});
  house.handle(BackendDown{"no bus"});
  house.handle(BackendDown{"no daemon"});
  same(house.logged, {"down", "down"});
}

BOOST_AUTO_TEST_CASE(warns_of_an_order_that_it_cannot_announce) {
  const std::string text = "[Service]\nName=A\nType=_http._tcp\nPort=80\n";
  House house;
  house.load({{read_definition("/a.dnssd", text + "Priority=0\nWeight=0\n"), true}});
  BOOST_TEST(house.logged.empty());
  house.load({{read_definition("/a.dnssd", text + "Priority=10\nWeight=5\n"), true}});
  same(house.logged, {"unsupported", "unsupported"});
}
