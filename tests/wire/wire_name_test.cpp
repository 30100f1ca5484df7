// Tests of names in wire format.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/wire_name.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace srvwarden::wire;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(name)

BOOST_AUTO_TEST_CASE(gives_its_labels) {
  const std::string octets = make_name({"Foo", "_http", "_tcp", "local"});
  BOOST_TEST(octets == "\3Foo\5_http\4_tcp\5local\0"s);
  const NameView name(octets);
  BOOST_TEST(name.label_count() == 4u);
  BOOST_TEST(name.label(0) == "Foo");
  BOOST_TEST(name.label(3) == "local");
  BOOST_TEST(name.label(4) == "");
  BOOST_TEST(name.without(2).text() == "_tcp.local.");
  BOOST_TEST(name.without(9).is_root());
  BOOST_TEST(NameView().is_root());
  BOOST_TEST(NameView().label_count() == 0u);
}

BOOST_AUTO_TEST_CASE(folds_ascii_alone) {
  const std::string upper = make_name({"F\xC3\x89", "LOCAL"});
  const std::string lower = make_name({"f\xC3\x89", "local"});
  const std::string other = make_name({"f\xC3\xA9", "local"});  // é is not É
  BOOST_TEST((NameView(upper) == NameView(lower)));
  BOOST_TEST(hash_value(NameView(upper)) == hash_value(NameView(lower)));
  BOOST_TEST(!(NameView(upper) == NameView(other)));
}

BOOST_AUTO_TEST_CASE(knows_its_parents) {
  const std::string local = make_name({"local"});
  const std::string host = make_name({"h", "LOCAL"});
  const std::string trap = make_name({"xlocal"});
  BOOST_TEST(NameView(host).is_under(NameView(local)));
  BOOST_TEST(NameView(local).is_under(NameView(local)));
  BOOST_TEST(NameView(local).is_under(NameView()));
  BOOST_TEST(!NameView(trap).is_under(NameView(local)));
  BOOST_TEST(!NameView(local).is_under(NameView(host)));
}

BOOST_AUTO_TEST_CASE(is_written_with_escapes) {
  struct Row {
    std::vector<std::string_view> labels;
    std::string_view text;
  };
  const Row rows[] = {
      {{}, "."},
      {{"local"}, "local."},
      {{"a.b\\c", "local"}, "a\\.b\\\\c.local."},
      {{"\x1B[2J\x7F"}, "\\027[2J\\127."},
      {{"B\xFCro"}, "B\\252ro."},             // no UTF-8
      {{"B\xC3\xBCro x"}, "B\xC3\xBCro x."},  // UTF-8 and spaces stay
      {{"\xC2\x9B"}, "\\194\\155."},          // a C1 control is no better than a C0
      {{std::string_view("\0", 1)}, "\\000."},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const std::string octets = make_name(row.labels);
      BOOST_TEST(NameView(octets).text() == row.text);
    }
  }
}

BOOST_AUTO_TEST_CASE(has_limits) {
  const std::string label(63, 'a');
  BOOST_TEST(make_name({label}).size() == 65u);
  BOOST_TEST(make_name({label + "a"}).empty());
  BOOST_TEST(make_name({"a", "", "b"}).empty());
  const std::string last(62, 'a');  // 3 * 64 + 63 + 1 = 256
  BOOST_TEST(make_name({label, label, label, last}).size() == NameView::max_size);
  BOOST_TEST(make_name({label, label, label, label}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
