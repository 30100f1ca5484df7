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

CheckedFile good(const std::string& path, const std::string& text) {
  return {path, std::make_shared<Definition>(read_definition(path, text)), true, {}};
}

CheckedFile file(const std::string& path, const std::string& name, const std::string& port,
                 const std::string& txt = "k=v") {
  return good(path, "[Service]\nName=" + name + "\nType=_http._tcp\nPort=" + port +
                        "\nTxtText=" + txt + "\n");
}

CheckedFile wrong(const std::string& path) { return {path, nullptr, false, path + ":1:1: wrong"}; }

struct House {
  RecordingPublisher publisher;
  Log log{[this](const LogEntry& entry) { logged.emplace_back(entry.event); }};
  Calls logged;
  TakenNames names{"", log};
  bool must_be_healthy = false;
  std::string host_of_b;  // the setting of one service
  Supervisor supervisor{publisher, log, names, hooks()};

  SupervisorHooks hooks() {
    SupervisorHooks hooks;
    hooks.naming = [](const Definition& d, const std::string& host) {
      return instance_name(d, [&](char) { return host; });
    };
    hooks.shape = [this](Announcement& one, const SupervisorHooks::Origin& origin) {
      if (origin.wanted == "B") one.host = host_of_b;
    };
    hooks.wanted = [this](const Announcement&, const SupervisorHooks::Origin&) {
      return must_be_healthy;
    };
    return hooks;
  }

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
  house.load({good("/g.service", R"(<service-group><name>G</name>
      <service><type>_http._tcp</type><port>80</port></service>
      <service><type>_ipp._tcp</type><port>631</port></service></service-group>)")});
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

BOOST_AUTO_TEST_CASE(two_files_can_exchange_their_names) {
  House house;
  house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "B", "80")});
  house.handle(up);
  same(house.load({file("/a.dnssd", "B", "80"), file("/b.dnssd", "A", "80")}),
       {"withdraw " + a, "withdraw " + b, "publish " + a + " [B] 80 k=v",
        "publish " + b + " [A] 80 k=v"});
  same(house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "C", "80")}),
       {"withdraw " + b, "publish " + a + " [A] 80 k=v", "publish " + b + " [C] 80 k=v"});
}

BOOST_AUTO_TEST_CASE(a_name_of_two_files_goes_to_the_one_that_has_it) {
  House house;
  house.load({file("/b.dnssd", "Same", "80")});
  house.handle(up);
  house.publisher.taken();
  same(house.load({file("/a.dnssd", "same", "81"), file("/b.dnssd", "Same", "80")}),
       {"publish " + a + " [same (2)] 81 k=v"});
  BOOST_TEST(house.supervisor.services().at(0).renamed());
  same(house.load({file("/a.dnssd", "same", "81"), file("/b.dnssd", "Same", "82")}),
       {"publish " + b + " [Same] 82 k=v"});
  // The other one leaves the name: it is taken at once.
  same(house.load({file("/a.dnssd", "same", "81"), file("/b.dnssd", "Other", "82")}),
       {"withdraw " + b, "publish " + a + " [same] 81 k=v", "publish " + b + " [Other] 82 k=v"});
  house.load({file("/a.dnssd", "same", "81"), file("/b.dnssd", "Same", "82")});
  house.publisher.taken();
  same(house.load({file("/b.dnssd", "Same", "82")}),
       {"withdraw " + a, "publish " + b + " [Same] 82 k=v"});
}

BOOST_AUTO_TEST_CASE(says_once_of_a_wrong_file_that_it_is_refused) {
  House house;
  house.load({wrong("/b.dnssd")});
  house.load({wrong("/b.dnssd"), file("/a.dnssd", "A", "80")});
  same(house.logged, {"refused"});
  const auto files = house.supervisor.wrong_files();
  BOOST_TEST_REQUIRE(files.size() == 1U);
  BOOST_TEST(files[0].complaint == "/b.dnssd:1:1: wrong");
  BOOST_TEST(!files[0].kept);
  house.load({file("/a.dnssd", "A", "80")});
  BOOST_TEST(house.supervisor.wrong_files().empty());
}

BOOST_AUTO_TEST_CASE(orders_hold_services_back) {
  House house;
  house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "B", "80")});
  house.handle(up);
  house.publisher.taken();
  for (const std::string name : {"A", "A._http._tcp", "/a.dnssd", "a.dnssd", a.c_str()}) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(house.supervisor.order(name, true) == 1U);
      same(house.publisher.taken(), {"withdraw " + a});
      BOOST_TEST(house.supervisor.order(name, true) == 1U);
      same(house.publisher.taken(), {});
      BOOST_TEST(house.supervisor.order(name, false) == 1U);
      same(house.publisher.taken(), {"publish " + a + " [A] 80 k=v"});
    }
  }
  BOOST_TEST(house.supervisor.order("nobody", true) == 0U);
  house.supervisor.order("A", true);
  house.publisher.taken();
  same(house.load({file("/a.dnssd", "A", "81"), file("/b.dnssd", "B", "80")}), {});
  same(house.handle(up), {"publish " + b + " [B] 80 k=v"});
  house.supervisor.order("A", false);
  same(house.publisher.taken(), {"publish " + a + " [A] 81 k=v"});
}

BOOST_AUTO_TEST_CASE(announces_what_is_healthy) {
  House house;
  house.must_be_healthy = true;
  house.load({file("/a.dnssd", "A", "80")});
  same(house.handle(up), {});
  const auto state = [&] { return name_of(house.supervisor.services().at(0).state); };
  BOOST_TEST(state() == "waiting");
  house.supervisor.set_health(a, Health::good, "answers");
  same(house.publisher.taken(), {"publish " + a + " [A] 80 k=v"});
  BOOST_TEST(state() == "probing");
  house.supervisor.set_health(a, Health::bad, "connection refused");
  same(house.publisher.taken(), {"withdraw " + a});
  BOOST_TEST(state() == "withdrawn");
  BOOST_TEST(house.supervisor.services().at(0).why == "health: connection refused");
  same(house.load({file("/a.dnssd", "A", "80", "k=w")}), {});
  house.supervisor.set_health(a, Health::good, "answers");
  same(house.publisher.taken(), {"publish " + a + " [A] 80 k=w"});
  house.supervisor.order("A", true);
  same(house.publisher.taken(), {"withdraw " + a});
  house.supervisor.set_health(a, Health::bad, "x");
  house.supervisor.order("A", false);
  same(house.publisher.taken(), {});
}

BOOST_AUTO_TEST_CASE(new_settings_touch_only_what_they_are_about) {
  House house;
  house.load({file("/a.dnssd", "A", "80"), file("/b.dnssd", "B", "80")});
  house.handle(up);
  const auto change = [&] {
    house.supervisor.settings_changed();
    return house.publisher.taken();
  };
  same(change(), {});
  house.host_of_b = "nas.local";
  same(change(), {"publish " + b + " [B] 80 k=v"});
  same(change(), {});
  house.must_be_healthy = true;  // a health check for both: no more announced until the first one
  same(change(), {"withdraw " + a, "withdraw " + b});
  house.supervisor.set_health(a, Health::good, "answers");
  same(house.publisher.taken(), {"publish " + a + " [A] 80 k=v"});
  same(change(), {});  // the same check: what is known of it stays
  house.must_be_healthy = false;
  same(change(), {"publish " + b + " [B] 80 k=v"});
  BOOST_TEST(house.supervisor.services().at(0).health.empty());
}

BOOST_AUTO_TEST_CASE(knows_the_state_of_each_service) {
  House house;
  house.load({file("/a.dnssd", "A", "80")});
  const auto status = [&] { return house.supervisor.services().at(0); };
  const auto state = [&] { return name_of(status().state); };
  BOOST_TEST(state() == "waiting");
  house.handle(up);
  BOOST_TEST(state() == "probing");
  house.handle(StateChange{a, "A", State::established, ""});
  BOOST_TEST(state() == "established");
  house.supervisor.hear(a, {"eth0"}, false);
  BOOST_TEST(state() == "established");
  house.supervisor.hear(a, {"eth0", "eth1"}, true);
  BOOST_TEST(state() == "verified");
  BOOST_TEST(status().verified_on.size() == 2U);
  BOOST_TEST(!status().renamed());
  house.handle(StateChange{a, "A", State::collision, "10.0.0.2 has it"});
  BOOST_TEST(state() == "probing");
  BOOST_TEST(status().renamed());
  BOOST_TEST(status().verified_on.empty());
  house.handle(StateChange{a, "A (2)", State::failed, "no"});
  BOOST_TEST(state() == "failed");
  BOOST_TEST(status().why == "no");
  house.handle(BackendDown{"gone"});
  BOOST_TEST(state() == "lost");
  BOOST_TEST(status().why == "gone");
}

BOOST_AUTO_TEST_CASE(what_clients_advertise_outlives_reloads) {
  House house;
  house.load({});
  house.handle(up);
  const std::string key = "client 1.0 _http._tcp";
  house.supervisor.put(file("client 1.0", "C", "80"));
  same(house.publisher.taken(), {"publish " + key + " [C] 80 k=v"});
  same(house.load({file("/a.dnssd", "A", "80")}), {"publish " + a + " [A] 80 k=v"});
  BOOST_TEST(house.summary.services == 1U);
  BOOST_TEST(house.supervisor.services().size() == 2U);
  BOOST_TEST(house.supervisor.services().at(1).file.empty());
  house.supervisor.drop("client 1.0");
  same(house.publisher.taken(), {"withdraw " + key});
}

BOOST_AUTO_TEST_CASE(takes_the_name_that_it_had_before_a_restart) {
  House house;
  house.names.set("/a.dnssd", "A", "A (3)");
  house.load({file("/a.dnssd", "A", "80")});
  same(house.handle(up), {"publish " + a + " [A (3)] 80 k=v"});
  BOOST_TEST(house.supervisor.services().at(0).wanted == "A");
}
