// Registrar: what a publisher's answers and states become.
// SPDX-License-Identifier: Apache-2.0
#include "publish/registrar.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace srvwarden::daemon;
using Kind = Answer::Kind;

/// A responder that says what it is told to say, and what it was asked.
struct Responder {
  std::vector<std::string> asked;
  Answer put;
  Answer update;
  Answer clear;
  Answer release;
  std::vector<Registrar::StateHandler> handlers;
};

class FakeHolding final : public Holding {
 public:
  explicit FakeHolding(Responder& responder) : responder_(responder) {}
  Answer put(const Announcement& wanted, const InterfaceIndexes&) override {
    responder_.asked.push_back("put " + wanted.instance);
    return responder_.put;
  }
  Answer update_txt(const Announcement& wanted, const InterfaceIndexes&) override {
    responder_.asked.push_back("update " + wanted.instance);
    return responder_.update;
  }
  Answer clear() override {
    responder_.asked.emplace_back("clear");
    return responder_.clear;
  }
  Answer release() override {
    responder_.asked.emplace_back("release");
    return responder_.release;
  }

 private:
  Responder& responder_;
};

template <std::size_t at_once>
struct Base {
  Base() { one.key = one.instance = "one"; }

  std::vector<std::string> asked() { return std::exchange(responder.asked, {}); }
  /// The states that were told since the last time.
  std::vector<State> states() {
    std::vector<State> all;
    for (const Event& event : std::exchange(events, {})) {
      if (const auto* change = std::get_if<StateChange>(&event)) all.push_back(change->state);
    }
    return all;
  }
  void establish() {
    registrar.publish(one);
    responder.handlers.back()(State::established, "");
    asked();
    states();
  }

  boost::asio::io_context context;
  Responder responder;
  std::vector<Event> events;
  int lost = 0;
  Announcement one;
  Registrar registrar{context, [this](Event event) { events.push_back(std::move(event)); },
                      [this](Registrar::StateHandler on_state) {
                        responder.handlers.push_back(std::move(on_state));
                        return std::make_unique<FakeHolding>(responder);
                      },
                      [this](const std::string&) { ++lost; }, at_once};
};

using Fixture = Base<Registrar::no_limit>;
/// Two may be registering at a time.
using TwoAtOnce = Base<2>;

using Words = std::vector<std::string>;
using States = std::vector<State>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(registrar, Fixture)

BOOST_AUTO_TEST_CASE(a_state_is_told_once) {
  registrar.publish(one);
  responder.handlers.back()(State::established, "");
  responder.handlers.back()(State::established, "");
  BOOST_TEST((states() == States{State::registering, State::established}));
}

BOOST_AUTO_TEST_CASE(answers_become_states) {
  const std::pair<Kind, State> rows[] = {{Kind::collision, State::collision},
                                         {Kind::refused, State::failed}};
  for (const auto& [kind, state] : rows) {
    responder.put = {kind, "why"};
    registrar.publish(one);
    BOOST_TEST((states() == States{State::registering, state}));
    BOOST_TEST((asked() == Words{"put one", "clear"}));
  }
}

BOOST_AUTO_TEST_CASE(only_txt_is_updated_in_place) {
  establish();
  one.txt = {"v=2"};
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"update one"}));
  one.port = 1;
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"put one"}));
  one.txt = {"v=3"};  // not established yet: nothing to update
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"put one"}));
}

BOOST_AUTO_TEST_CASE(a_refused_update_is_put_anew) {
  establish();
  responder.update = {Kind::refused, "why"};
  one.txt = {"v=2"};
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"update one", "put one"}));
}

BOOST_AUTO_TEST_CASE(a_lost_responder_is_asked_no_more) {
  establish();
  responder.release = {Kind::unreachable, "why"};
  registrar.withdraw("one");
  registrar.withdraw("one");
  registrar.publish(one);
  registrar.clear();
  BOOST_TEST((asked() == Words{"release"}));
  BOOST_TEST(lost == 1);
  responder.handlers.back()(State::collision, "");  // it is late
  BOOST_TEST(states().empty());
  BOOST_TEST(registrar.size() == 1U);
  registrar.drop();
  BOOST_TEST(registrar.size() == 0U);
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"put one"}));
}

BOOST_AUTO_TEST_CASE(a_loss_while_updating_is_not_put_anew) {
  establish();
  responder.update = {Kind::unreachable, "why"};
  one.txt = {"v=2"};
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"update one"}));
  BOOST_TEST(lost == 1);
}

BOOST_AUTO_TEST_CASE(cleared_means_put_again_though_nothing_differs) {
  establish();
  registrar.clear();
  BOOST_TEST((asked() == Words{"clear"}));
  responder.handlers.back()(State::established, "");  // of what was cleared
  BOOST_TEST(states().empty());
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"put one"}));
}

BOOST_AUTO_TEST_CASE(an_interface_that_is_not_there_is_waited_for) {
  one.interfaces = {"no-such-link"};
  registrar.publish(one);
  BOOST_TEST((states() == States{State::failed}));
  BOOST_TEST((asked() == Words{"clear"}));
  registrar.check_interfaces();
  BOOST_TEST(asked().empty());
  one.interfaces = {"no-such-link", "lo"};
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"put one"}));
  registrar.check_interfaces();
  BOOST_TEST(asked().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(registrar_in_portions, TwoAtOnce)

BOOST_AUTO_TEST_CASE(more_wait_for_room) {
  for (const char* name : {"a", "b", "c", "d"}) {
    one.key = one.instance = name;
    registrar.publish(one);
  }
  BOOST_TEST((asked() == Words{"put a", "put b"}));
  registrar.admit();
  BOOST_TEST(asked().empty());
  responder.handlers[1](State::established, "");
  registrar.admit();
  BOOST_TEST((asked() == Words{"put c"}));
  responder.handlers[0](State::collision, "");
  registrar.admit();
  BOOST_TEST((asked() == Words{"put d"}));
}

BOOST_AUTO_TEST_CASE(what_waits_changes_and_goes_unseen) {
  for (const char* name : {"a", "b", "c", "d"}) {
    one.key = one.instance = name;
    registrar.publish(one);
  }
  asked();
  registrar.withdraw("c");
  one.instance = "other d";
  registrar.publish(one);
  responder.handlers[0](State::established, "");
  registrar.admit();
  BOOST_TEST((asked() == Words{"put other d"}));
  BOOST_TEST(registrar.size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_is_withdrawn_leaves_room) {
  for (const char* name : {"a", "b", "c"}) {
    one.key = one.instance = name;
    registrar.publish(one);
  }
  registrar.withdraw("a");
  asked();
  registrar.admit();
  BOOST_TEST((asked() == Words{"put c"}));
}

BOOST_AUTO_TEST_CASE(cleared_leaves_nothing_waiting) {
  for (const char* name : {"a", "b", "c"}) {
    one.key = one.instance = name;
    registrar.publish(one);
  }
  registrar.clear();
  asked();
  registrar.admit();
  BOOST_TEST(asked().empty());
  registrar.publish(one);
  BOOST_TEST((asked() == Words{"put c"}));
}

BOOST_AUTO_TEST_SUITE_END()
