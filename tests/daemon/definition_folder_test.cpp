// DefinitionFolder: what is accepted, what the log says, and the administrator's overlays.
// SPDX-License-Identifier: Apache-2.0
#include "definition_folder.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace srvwarden::daemon;
namespace fs = std::filesystem;

/// Two folders that go away at the end, the second that of the overlays.
struct Folders {
  Folders() {
    fs::create_directories(definitions);
    fs::create_directories(overlays);
    setenv("SRVWARDEN_REGISTRY_D", overlays.c_str(), 1);
  }
  Folders(const Folders&) = delete;
  Folders& operator=(const Folders&) = delete;
  ~Folders() {
    unsetenv("SRVWARDEN_REGISTRY_D");
    fs::remove_all(top);
  }

  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

  fs::path top = fs::temp_directory_path() / ("srvwarden-folder-" + std::to_string(getpid()));
  fs::path definitions = top / "services";
  fs::path overlays = top / "registry.d";
};

/// The events and how many files are acceptable.
std::string read(const Folders& folders) {
  std::string events;
  Log log([&](const LogEntry& entry) { events.append(entry.event).append("\n"); });
  std::vector<CheckedFile> files;
  const DefinitionFolder folder(folders.definitions.string());
  BOOST_TEST(!folder.read(files, log));
  std::size_t acceptable = 0;
  for (const CheckedFile& file : files) acceptable += file.acceptable ? 1 : 0;
  return events + std::to_string(acceptable) + " of " + std::to_string(files.size());
}

}  // namespace

BOOST_AUTO_TEST_CASE(overlays_make_private_services_known) {
  const Folders folders;
  Folders::write(folders.definitions / "anvil.dnssd",
                 "[Service]\nName=n\nType=_acme-anvil._tcp\nPort=50000\n");
  Folders::write(folders.definitions / "wrong.dnssd",
                 "[Service]\nName=n\nType=_a_b._tcp\nPort=1\n");
  BOOST_TEST(read(folders) == "finding\nfinding\nfinding\n1 of 2");  // RG001 and SN003; RG001
  Folders::write(folders.overlays / "anvil.toml", "[[service]]\nname = \"acme-anvil\"\n");
  BOOST_TEST(read(folders) == "finding\nfinding\n1 of 2");
  Folders::write(folders.overlays / "broken.toml", "[[service]]\n");
  BOOST_TEST(read(folders) == "overlay\nfinding\nfinding\n1 of 2");
}
