// TakenNames: what outlives a restart.
// SPDX-License-Identifier: Apache-2.0
#include "taken_names.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "temporary_folder.hpp"

namespace {

using namespace srvwarden::daemon;
namespace fs = std::filesystem;

struct State {
  srvwarden::tests::TemporaryFolder folder;
  std::string file = folder / "names.json";
  std::vector<std::string> logged;
  Log log{[this](const LogEntry& entry) { logged.push_back(entry.message); }};
};

}  // namespace

BOOST_AUTO_TEST_CASE(names_outlive_a_restart) {
  State state;
  {
    TakenNames names(state.file, state.log);
    BOOST_TEST(names.find("/a", "A") == "A");
    names.set("/a", "A", "A (2)");
    names.set("/b", "B \"\xC3\xA9", "B \"\xC3\xA9 (2)");
    BOOST_TEST(!names.is_saved());
    names.save();
    BOOST_TEST(names.is_saved());
  }
  TakenNames names(state.file, state.log);
  BOOST_TEST(names.find("/a", "A") == "A (2)");
  BOOST_TEST(names.find("/a", "Z") == "Z");  // the file asks for another name now
  BOOST_TEST(names.find("/b", "B \"\xC3\xA9") == "B \"\xC3\xA9 (2)");
  names.set("/a", "A", "A");
  names.save();
  BOOST_TEST(TakenNames(state.file, state.log).find("/a", "A") == "A");
  BOOST_TEST(state.logged.empty());
}

BOOST_AUTO_TEST_CASE(a_broken_file_of_names_counts_as_nothing) {
  const std::string long_name(64, 'x');
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string("\xFF"), std::string(20 << 20, '[')}) {
    State state;
    std::ofstream(state.file) << text;
    BOOST_TEST(TakenNames(state.file, state.log).find("/a", "A") == "A");
    BOOST_TEST(state.logged.size() == 1U);
  }
  for (const std::string& text :
       {std::string(R"({"/a": 1})"), std::string(R"({"/a": {"wanted": "A", "taken": ""}})"),
        R"({"/a": {"wanted": "A", "taken": ")" + long_name + "\"}}",
        std::string(R"({"/a": {"wanted": "A", "taken": 2}})")}) {
    State state;
    std::ofstream(state.file) << text;
    BOOST_TEST(TakenNames(state.file, state.log).find("/a", "A") == "A");
    BOOST_TEST(state.logged.empty());
  }
}

BOOST_AUTO_TEST_CASE(says_once_that_names_cannot_be_kept) {
  State state;
  TakenNames names(state.folder / "no/folder/names.json", state.log);
  for (int i = 2; i < 5; ++i) {
    names.set("/a", "A", "A (" + std::to_string(i) + ")");
    names.save();
  }
  BOOST_TEST(state.logged.size() == 1U);
  BOOST_TEST(names.find("/a", "A") == "A (4)");
}

BOOST_AUTO_TEST_CASE(keeps_no_more_names_than_it_may) {
  State state;
  TakenNames names("", state.log);
  for (std::size_t i = 0; i < TakenNames::most + 1; ++i) {
    names.set(std::to_string(10'000'000 + i), "A", "A (2)");
  }
  BOOST_TEST(names.find("10000000", "A") == "A");
  BOOST_TEST(names.find("10000001", "A") == "A (2)");
  BOOST_TEST(names.find("10010000", "A") == "A (2)");
}
