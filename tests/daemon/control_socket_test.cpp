// SocketFile: what it replaces, what it leaves alone, and what it removes.
// SPDX-License-Identifier: Apache-2.0
#include "control/socket_file.hpp"

#include <sys/stat.h>

#include <fstream>

#include "daemon/control_bench.hpp"

namespace {

using control_bench::Client;
using control_bench::Folder;
using srvwarden::daemon::SocketFile;

bool is_socket(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode);
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

std::string open(SocketFile& file, const std::string& path) {
  return file.open(path, 0640, std::nullopt);
}

}  // namespace

BOOST_AUTO_TEST_CASE(control_socket_is_made_and_removed) {
  const Folder folder;
  const std::string path = folder / "new/control";  // its folder is made
  {
    SocketFile file;
    BOOST_TEST(open(file, path) == "");
    BOOST_TEST(is_socket(path));
    BOOST_TEST(mode_of(path) == 0640U);
    BOOST_TEST(Client(path).connected);
  }
  BOOST_TEST(!is_socket(path));
  SocketFile none;
  BOOST_TEST(open(none, folder / "a/b/control") != "");  // no more than one folder is
}

BOOST_AUTO_TEST_CASE(control_socket_replaces_a_dead_one_alone) {
  const Folder folder;
  const std::string path = folder / "control";
  SocketFile first;
  BOOST_TEST(open(first, path) == "");
  SocketFile second;
  const std::string trouble = open(second, path);  // somebody listens
  BOOST_TEST(trouble.find(std::to_string(getpid())) != trouble.npos);
  BOOST_TEST(Client(path).connected);
  ::close(first.release());  // ended without removing it
  BOOST_TEST(!Client(path).connected);
  BOOST_TEST(open(second, path) == "");
  BOOST_TEST(Client(path).connected);
  first.remove();  // the file is another's now
  BOOST_TEST(is_socket(path));
}

BOOST_AUTO_TEST_CASE(control_socket_touches_no_other_file) {
  const Folder folder;
  const std::string path = folder / "control";
  std::ofstream(path) << "mine";
  SocketFile file;
  BOOST_TEST(open(file, path) != "");
  BOOST_TEST(std::filesystem::file_size(path) == 4U);
  std::filesystem::remove(path);
  std::filesystem::create_symlink("nowhere", path);
  BOOST_TEST(open(file, path) != "");
  BOOST_TEST(std::filesystem::is_symlink(path));
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  BOOST_TEST(open(file, path) != "");
  BOOST_TEST(std::filesystem::is_directory(path));
}

BOOST_AUTO_TEST_CASE(control_socket_paths_have_a_length) {
  const Folder folder;
  const std::string start = folder / "";
  const std::string longest = start + std::string(107 - start.size(), 'a');
  SocketFile file;
  BOOST_TEST(open(file, longest) == "");
  BOOST_TEST(is_socket(longest));
  SocketFile other;
  BOOST_TEST(open(other, longest + 'a') != "");
  BOOST_TEST(open(other, "") != "");
}
