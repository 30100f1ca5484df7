// Tests of when to ask.
// SPDX-License-Identifier: Apache-2.0
#include "link/question_plan.hpp"

#include <boost/test/unit_test.hpp>

using namespace srvwarden;
using namespace srvwarden::link;
using namespace std::chrono_literals;
using wire::NameView;
using wire::Type;

namespace {

const std::string http = wire::make_name({"_http", "_tcp", "local"});
const std::string other_case = wire::make_name({"_HTTP", "_tcp", "local"});

}  // namespace

BOOST_AUTO_TEST_SUITE(question_plan)

BOOST_AUTO_TEST_CASE(doubles_its_intervals_up_to_an_hour) {
  QuestionPlan plan;
  BOOST_TEST(!plan.next().has_value());
  plan.want(NameView(http), Type::ptr, 50ms);
  QuestionPlan::Duration at = 50ms;
  QuestionPlan::Duration interval = 1s;
  for (int i = 0; i < 20; ++i) {
    BOOST_TEST((plan.next() == at));
    BOOST_TEST(plan.take_due(at - 1ms).empty());
    BOOST_TEST(plan.take_due(at).size() == 1u);
    BOOST_TEST(plan.take_due(at).empty());
    at += interval;
    interval = std::min<QuestionPlan::Duration>(interval * 2, 1h);
  }
  BOOST_TEST((interval == 1h));
}

BOOST_AUTO_TEST_CASE(wanting_again_changes_nothing) {
  QuestionPlan plan;
  plan.want(NameView(http), Type::ptr, 0ms);
  BOOST_TEST(plan.take_due(0ms).size() == 1u);
  plan.want(NameView(other_case), Type::ptr, 10ms);
  BOOST_TEST(plan.take_due(10ms).empty());
  plan.want(NameView(http), Type::txt, 10ms);
  BOOST_TEST(plan.take_due(10ms).size() == 1u);
  plan.drop(NameView(other_case), Type::ptr);
  plan.drop(NameView(http), Type::txt);
  BOOST_TEST(!plan.next().has_value());
}

BOOST_AUTO_TEST_CASE(has_a_bound) {
  QuestionPlan plan(1);
  plan.want(NameView(http), Type::ptr, 0ms);
  plan.want(NameView(http), Type::srv, 0ms);
  BOOST_TEST(plan.take_due(0ms).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
