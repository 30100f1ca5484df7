// FolderWatch: which changes are told of, and how often.
// SPDX-License-Identifier: Apache-2.0
#include "folder_watch.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <functional>

#include "temporary_folder.hpp"

namespace {

using namespace srvwarden::daemon;
namespace fs = std::filesystem;

struct Watched {
  Watched() { fs::create_directories(folder); }

  /// Runs until a change is told of, at most `longest`; returns how often one was.
  int run(std::chrono::milliseconds longest = std::chrono::seconds(10)) {
    calls = 0;
    const auto end = std::chrono::steady_clock::now() + longest;
    context.restart();
    while (calls == 0 && context.run_one_until(end) > 0) {
    }
    return calls;
  }
  /// What is told within a time in which it would be.
  int run_briefly() { return run(4 * FolderWatch::quiet); }
  void write(const char* name) const { std::ofstream(folder / name) << "x"; }

  srvwarden::tests::TemporaryFolder own;
  fs::path top = own.path();
  fs::path folder = top / "services";
  int calls = 0;
  boost::asio::io_context context;
  Log log{[](const LogEntry&) {}};
  FolderWatch watch{context, {folder.string()}, log, [this] { ++calls; }};
};

}  // namespace

BOOST_AUTO_TEST_CASE(tells_of_each_way_to_change_a_file) {
  Watched house;
  house.write("old");
  std::ofstream(house.top / "elsewhere") << "x";
  house.watch.start();
  BOOST_TEST(house.run() == 1);  // once at the start: files may have come before the watch
  const struct {
    const char* what;
    std::function<void()> change;
  } rows[] = {
      {"written", [&] { house.write("new"); }},
      {"written again", [&] { house.write("new"); }},
      {"moved in", [&] { fs::rename(house.top / "elsewhere", house.folder / "in"); }},
      {"moved out", [&] { fs::rename(house.folder / "in", house.top / "elsewhere"); }},
      {"removed", [&] { fs::remove(house.folder / "new"); }},
      {"linked", [&] { fs::create_hard_link(house.top / "elsewhere", house.folder / "link"); }},
      {"linked softly", [&] { fs::create_symlink("old", house.folder / "soft"); }},
      {"mode", [&] { fs::permissions(house.folder / "old", fs::perms::owner_all); }},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      row.change();
      BOOST_TEST(house.run() == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(waits_for_the_writer) {
  Watched house;
  house.watch.start();
  BOOST_TEST(house.run() == 1);
  std::ofstream file(house.folder / "slow");
  file << "half";
  file.flush();
  BOOST_TEST(house.run_briefly() == 0);
  file.close();
  BOOST_TEST(house.run() == 1);
}

BOOST_AUTO_TEST_CASE(many_changes_are_one) {
  Watched house;
  house.watch.start();
  BOOST_TEST(house.run() == 1);
  for (int i = 0; i < 1000; ++i) house.write(std::to_string(i).c_str());
  BOOST_TEST(house.run() == 1);
  BOOST_TEST(house.run_briefly() == 0);
}

BOOST_AUTO_TEST_CASE(watches_other_folders_from_now_on) {
  Watched house;
  const fs::path other = house.top / "other";
  fs::create_directory(other);
  house.watch.start();
  BOOST_TEST(house.run() == 1);
  house.watch.set_folders({other.string()});
  BOOST_TEST(house.run() == 1);  // files may have come before the watch
  house.write("new");
  BOOST_TEST(house.run_briefly() == 0);
  std::ofstream(other / "new") << "x";
  BOOST_TEST(house.run() == 1);
  house.watch.set_folders({other.string(), house.folder.string()});
  BOOST_TEST(house.run() == 1);
  house.write("newer");
  BOOST_TEST(house.run() == 1);
}

BOOST_AUTO_TEST_CASE(finds_a_folder_that_comes_back) {
  Watched house;
  house.watch.start();
  BOOST_TEST(house.run() == 1);
  fs::rename(house.folder, house.top / "away");
  BOOST_TEST(house.run() == 1);
  fs::create_directory(house.folder);
  house.write("new");
  BOOST_TEST(house.run() == 1);
  house.write("newer");
  BOOST_TEST(house.run() == 1);
  fs::remove_all(house.folder);
  BOOST_TEST(house.run() == 1);
}
