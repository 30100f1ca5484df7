// Definitions: what is accepted, what the log says, and the administrator's overlays.
// SPDX-License-Identifier: Apache-2.0
#include "definitions.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "temporary_folder.hpp"

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
  ~Folders() { unsetenv("SRVWARDEN_REGISTRY_D"); }

  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

  srvwarden::tests::TemporaryFolder folder;
  fs::path top = folder.path();
  fs::path definitions = top / "services";
  fs::path overlays = top / "registry.d";
};

/// Reads again and again, and tells of each: "finding unreadable 1 of 2".
struct Reader {
  explicit Reader(const Folders& folders) : definitions({folders.definitions.string()}, {}, log) {}

  std::string told(const std::vector<CheckedFile>& files) {
    std::size_t acceptable = 0;
    for (const CheckedFile& file : files) acceptable += file.acceptable ? 1 : 0;
    return std::exchange(events, "") + std::to_string(acceptable) + " of " +
           std::to_string(files.size());
  }
  std::string read() { return told(definitions.read()); }
  std::string read_anew() { return told(definitions.read_anew()); }

  std::string events;
  Log log{[this](const LogEntry& entry) { events.append(entry.event).append(" "); }};
  Definitions definitions;
};

const std::string good = "[Service]\nName=n\nType=_http._tcp\nPort=80\n";
const std::string wrong = "[Service]\nName=n\nType=_http._tcp\nPort=80x\n";

}  // namespace

BOOST_AUTO_TEST_CASE(overlays_make_private_services_known) {
  const Folders folders;
  Folders::write(folders.definitions / "anvil.dnssd",
                 "[Service]\nName=n\nType=_acme-anvil._tcp\nPort=50000\n");
  Folders::write(folders.definitions / "wrong.dnssd",
                 "[Service]\nName=n\nType=_a_b._tcp\nPort=1\n");
  Reader reader(folders);
  BOOST_TEST(reader.read() == "finding finding finding 1 of 2");  // RG001 and SN003; RG001
  Folders::write(folders.overlays / "anvil.toml", "[[service]]\nname = \"acme-anvil\"\n");
  BOOST_TEST(reader.read() == "1 of 2");
  BOOST_TEST(reader.read_anew() == "finding finding 1 of 2");
  Folders::write(folders.overlays / "broken.toml", "[[service]]\n");
  BOOST_TEST(reader.read_anew() == "overlay finding finding 1 of 2");
}

BOOST_AUTO_TEST_CASE(reads_again_what_has_changed) {
  const Folders folders;
  Folders::write(folders.definitions / "a.dnssd", good);
  Folders::write(folders.definitions / "b.dnssd", good);
  Reader reader(folders);
  const auto first = reader.definitions.read();
  BOOST_TEST_REQUIRE(first.size() == 2U);
  const auto second = reader.definitions.read();
  BOOST_TEST((first[0].definition == second[0].definition));  // the same object
  std::string changed = good;
  changed.replace(changed.find("80"), 2, "81");  // as long as before, and within one tick
  Folders::write(folders.definitions / "b.dnssd", changed);
  const auto third = reader.definitions.read();
  BOOST_TEST((second[0].definition == third[0].definition));
  BOOST_TEST((second[1].definition != third[1].definition));
  BOOST_TEST(third[1].definition->services[0].port.value == "81");
  fs::remove(folders.definitions / "a.dnssd");
  BOOST_TEST(reader.read() == "1 of 1");
}

BOOST_AUTO_TEST_CASE(reads_other_folders_from_now_on) {
  const Folders folders;
  const fs::path other = folders.top / "other";
  fs::create_directory(other);
  Folders::write(folders.definitions / "a.dnssd", good);
  Folders::write(other / "b.dnssd", good);
  Folders::write(other / "c.dnssd", good);
  Reader reader(folders);
  BOOST_TEST(reader.read() == "1 of 1");
  reader.definitions.set_sources({other.string()}, {});
  BOOST_TEST(reader.read_anew() == "2 of 2");
  reader.definitions.set_sources({(folders.top / "none").string(), other.string()}, {});
  BOOST_TEST(reader.read_anew() == "unreadable 2 of 2");
  BOOST_TEST(!reader.definitions.all_readable());
}

BOOST_AUTO_TEST_CASE(warns_of_an_order_that_it_cannot_announce) {
  const Folders folders;
  Folders::write(folders.definitions / "a.dnssd", good + "Priority=0\nWeight=0\n");
  Reader reader(folders);
  BOOST_TEST(reader.read() == "1 of 1");
  Folders::write(folders.definitions / "a.dnssd", good + "Priority=10\nWeight=5\n");
  BOOST_TEST(reader.read() == "finding unsupported unsupported 1 of 1");
  BOOST_TEST(reader.read() == "1 of 1");
}

BOOST_AUTO_TEST_CASE(reads_drop_ins_behind_their_file) {
  const Folders folders;
  const fs::path drop_ins = folders.definitions / "a.dnssd.d";
  Folders::write(folders.definitions / "a.dnssd", "[Service]\nName=n\nPort=80\n");
  Reader reader(folders);
  const auto first = [&] { return reader.definitions.read().front(); };
  BOOST_TEST(!first().acceptable);  // it has no type
  BOOST_TEST(reader.definitions.drop_in_folders().empty());
  fs::create_directory(drop_ins);
  Folders::write(drop_ins / "20-port.conf", "[Service]\nPort=82\n");
  Folders::write(drop_ins / "10-port.conf", "[Service]\nType=_http._tcp\nPort=81\n");
  Folders::write(drop_ins / "30-port.txt", "[Service]\nPort=83\n");
  Folders::write(drop_ins / ".30-port.conf", "[Service]\nPort=84\n");
  fs::create_symlink("/dev/null", drop_ins / "40-none.conf");
  reader.events.clear();
  const CheckedFile whole = first();
  BOOST_TEST(whole.acceptable);
  BOOST_TEST(reader.events == "");  // what a drop-in replaces is no fault
  BOOST_TEST(whole.definition->services.at(0).port.value == "82");
  BOOST_TEST(reader.definitions.drop_in_folders().size() == 1U);
  const auto before = first().definition;
  BOOST_TEST((first().definition == before));  // nothing has changed
  Folders::write(drop_ins / "20-port.conf", "Port=85\n[Service]\n\nPort=99999\n");
  const CheckedFile wrong_there = first();
  BOOST_TEST(!wrong_there.acceptable);
  const std::string place = (drop_ins / "20-port.conf").string() + ":4:6: ";
  BOOST_TEST(wrong_there.complaint.starts_with(place));
  fs::remove_all(drop_ins);
  BOOST_TEST(!first().acceptable);
  BOOST_TEST(reader.definitions.drop_in_folders().empty());
}

BOOST_AUTO_TEST_CASE(tells_of_a_fault_once) {
  const Folders folders;
  Folders::write(folders.definitions / "a.dnssd", wrong);
  fs::create_symlink("nowhere", folders.definitions / "b.service");
  Reader reader(folders);
  BOOST_TEST(reader.read() == "finding unreadable 0 of 2");
  BOOST_TEST(reader.read() == "0 of 2");
  Folders::write(folders.definitions / "a.dnssd", good);
  BOOST_TEST(reader.read() == "1 of 2");
  Folders::write(folders.definitions / "a.dnssd", wrong);
  BOOST_TEST(reader.read() == "finding 0 of 2");
  BOOST_TEST(reader.read_anew() == "finding unreadable 0 of 2");
}

BOOST_AUTO_TEST_CASE(keeps_what_was_in_a_folder_that_cannot_be_read) {
  const Folders folders;
  Folders::write(folders.definitions / "a.dnssd", good);
  Reader reader(folders);
  BOOST_TEST(reader.read() == "1 of 1");
  const fs::path away = folders.top / "away";
  fs::rename(folders.definitions, away);
  BOOST_TEST(reader.read() == "unreadable 1 of 1");
  BOOST_TEST(!reader.definitions.all_readable());
  BOOST_TEST(reader.read() == "1 of 1");
  BOOST_TEST(reader.read_anew() == "unreadable 1 of 1");
  fs::rename(away, folders.definitions);
  BOOST_TEST(reader.read() == "1 of 1");
  BOOST_TEST(reader.definitions.all_readable());
}

BOOST_AUTO_TEST_CASE(reads_neither_folders_nor_what_is_no_file) {
  const Folders folders;
  fs::create_directory(folders.definitions / "a.service");
  Folders::write(folders.definitions / "a.service" / "inside.dnssd", good);
  Reader reader(folders);
  BOOST_TEST(reader.read() == "0 of 0");
  const std::string fifo = (folders.definitions / "fifo.dnssd").string();
  BOOST_TEST_REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const auto files = reader.definitions.read();
  BOOST_TEST_REQUIRE(files.size() == 1U);
  BOOST_TEST(files[0].complaint == "cannot be read: not a regular file");
}

BOOST_AUTO_TEST_CASE(names_the_first_error) {
  const Folders folders;
  Folders::write(folders.definitions / "a.dnssd", wrong);
  Reader reader(folders);
  const auto files = reader.definitions.read();
  BOOST_TEST_REQUIRE(files.size() == 1U);
  BOOST_TEST(files[0].complaint.starts_with("4:6: "));
  BOOST_TEST(files[0].path == (folders.definitions / "a.dnssd").string());
}
