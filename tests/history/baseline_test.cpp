// Tests of baselines: nothing is lost, and what is wrong with one is told with its place.
// SPDX-License-Identifier: Apache-2.0
#include "history/baseline.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "history/hostile.hpp"
#include "srvwarden/utf8.hpp"

using namespace srvwarden;
using namespace srvwarden::history;

namespace {

std::string fault_of(std::string_view text) {
  const auto read = read_baseline(text);
  return read ? "" : read.error();
}

std::string with_instance(std::string_view instance) {
  return "{\"srvwarden\":\"baseline\",\"version\":1,\"instances\":[" + std::string(instance) + "]}";
}

const std::string good_name = R"("name":"A._http._tcp.local.")";
const std::string lists = R"("services":[],"addresses":[],"txt":[],"subtypes":[])";

}  // namespace

BOOST_AUTO_TEST_SUITE(baseline)

BOOST_AUTO_TEST_CASE(hostile_names_come_back_as_they_were) {
  rules::Snapshot snapshot = test::hostile_link();
  snapshot.begin()->second.gone = true;
  const std::string text = baseline_text(snapshot);
  BOOST_TEST(utf8::find_ill_formed(text) == text.npos);
  BOOST_TEST(std::ranges::none_of(text, [](char c) { return c != '\n' && ascii::is_control(c); }));
  const auto again = read_baseline(text);
  BOOST_TEST_REQUIRE(again.has_value());
  BOOST_TEST((*again == snapshot));
  BOOST_TEST(baseline_text(*again) == text);
}

BOOST_AUTO_TEST_CASE(the_order_is_that_of_names) {
  rules::Snapshot one;
  rules::Snapshot other;
  const rules::SeenInstance a{.name = "a._http._tcp.local.", .addresses = {"1.1.1.1", "2.2.2.2"}};
  const rules::SeenInstance b{.name = "B._http._tcp.local."};
  put(one, a);
  put(one, b);
  put(other, b);
  put(other, {.name = a.name, .addresses = {"2.2.2.2", "1.1.1.1"}});
  BOOST_TEST(baseline_text(one) == baseline_text(other));
}

BOOST_AUTO_TEST_CASE(faults_have_places) {
  struct Row {
    std::string text;
    std::string begins;  // of the fault; empty: there is none
  };
  const Row rows[] = {
      {with_instance(""), ""},
      {with_instance("{" + good_name + "," + lists + "}"), ""},
      {with_instance("{" + good_name + ",\"gone\":true," + lists + "}"), ""},
      {"", "it is no JSON: line 1, column 1"},
      {"{\n \"a\" 1}", "it is no JSON: line 2, column 6"},
      {"[]", "it is no baseline"},
      {"{\"srvwarden\":\"policy\"}", "it is no baseline"},
      {"{\"srvwarden\":\"baseline\"}", "/version"},
      {"{\"srvwarden\":\"baseline\",\"version\":2,\"instances\":[]}", "it has version 2"},
      {"{\"srvwarden\":\"baseline\",\"version\":1,\"instances\":{}}", "/instances"},
      {with_instance("1"), "/instances/0/: must be an object"},
      {with_instance("{}"), "/instances/0/: there is no \"services\""},
      {with_instance("{" + lists + "}"), "/instances/0/name"},
      {with_instance("{\"name\":\"local.\"," + lists + "}"), "/instances/0/name"},
      {with_instance("{\"name\":1," + lists + "}"), "/instances/0/name"},
      {with_instance("{" + good_name + ",\"gone\":1," + lists + "}"), "/instances/0/gone"},
      {with_instance("{" + good_name + "," + lists + "},{" + good_name + "," + lists + "}"),
       "/instances/1/name: is given twice"},
      {with_instance("{" + good_name + R"(,"services":[{"host":"h.","port":65535,"priority":0,)" +
                     R"("weight":0}],"addresses":[],"txt":[],"subtypes":[]})"),
       ""},
      {with_instance("{" + good_name + R"(,"services":[{"host":"h.","port":65536,"priority":0,)" +
                     R"("weight":0}],"addresses":[],"txt":[],"subtypes":[]})"),
       "/instances/0/services/0/port"},
      {with_instance("{" + good_name + R"(,"services":[{"port":1}])"), "it is no JSON"},
      {with_instance("{" + good_name + R"(,"services":[{"port":1}],"addresses":[],"txt":[],)" +
                     R"("subtypes":[]})"),
       "/instances/0/services/0/host"},
      {with_instance("{" + good_name + R"(,"services":[],"addresses":1,"txt":[],"subtypes":[]})"),
       "/instances/0/addresses"},
      {with_instance("{" + good_name +
                     R"(,"services":[],"addresses":[],"txt":["a","\\256"],"subtypes":[]})"),
       "/instances/0/txt/1"},
      {with_instance("{" + good_name + R"(,"services":[7],"addresses":[],"txt":[],"subtypes":[]})"),
       "/instances/0/services/0/host"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const std::string fault = fault_of(row.text);
      BOOST_TEST(fault.empty() == row.begins.empty(), fault);
      BOOST_TEST(fault.starts_with(row.begins), fault);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
