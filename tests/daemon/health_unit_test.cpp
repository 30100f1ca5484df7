// Health checks of kind systemd: on a bus of the test's own, and without bus or systemd.
// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <thread>

#include "health/child_process.hpp"
#include "health_probing.hpp"
#include "temporary_folder.hpp"

namespace {

using namespace srvwarden::daemon;
using srvwarden::tests::TemporaryFolder;

const char* const prefix = "/org/freedesktop/systemd1/unit";
const char* const bus_program = "/usr/bin/dbus-daemon";

struct Unit {
  const char* active;
  const char* load;
  bool healthy;
};

/// What our systemd knows; every other unit is "inactive" and "not-found", as with the real one.
const std::map<std::string, Unit> units = {
    {"active.service", {"active", "loaded", true}},
    {"reloading.service", {"reloading", "loaded", true}},
    {"activating.service", {"activating", "loaded", false}},
    {"deactivating.service", {"deactivating", "loaded", false}},
    {"inactive.service", {"inactive", "loaded", false}},
    {"failed.service", {"failed", "loaded", false}},
    {"masked.service", {"inactive", "masked", false}},
    {"a-b@c\\x2dd.mount", {"active", "loaded", true}},
    {"hostile.service", {"\x1b[2J", "loaded", false}},
};

HealthSettings unit(const std::string& name, int timeout = 5000) {
  HealthSettings settings;
  settings.kind = HealthKind::systemd_unit;
  settings.path = name;
  settings.timeout = milliseconds(timeout);
  return settings;
}

int get_state(sd_bus*, const char* path, const char*, const char* property, sd_bus_message* reply,
              void*, sd_bus_error*) {
  char* name = nullptr;
  if (sd_bus_path_decode(path, prefix, &name) <= 0) return -EINVAL;
  const auto found = units.find(name);
  std::free(name);
  const Unit unknown{"inactive", "not-found", false};
  const Unit& known = found == units.end() ? unknown : found->second;
  const bool active = std::strcmp(property, "ActiveState") == 0;
  return sd_bus_message_append(reply, "s", active ? known.active : known.load);
}

const sd_bus_vtable unit_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("ActiveState", "s", get_state, 0, 0),
    SD_BUS_PROPERTY("LoadState", "s", get_state, 0, 0),
    SD_BUS_VTABLE_END,
};

int find_unit(sd_bus*, const char*, const char*, void*, void** found, sd_bus_error*) {
  *found = nullptr;
  return 1;
}

/// Owns systemd's name on a bus, on a thread of its own.
class OurSystemd {
 public:
  explicit OurSystemd(const std::string& address) {
    BOOST_TEST_REQUIRE(sd_bus_new(&bus_) >= 0);
    BOOST_TEST_REQUIRE(sd_bus_set_address(bus_, address.c_str()) >= 0);
    BOOST_TEST_REQUIRE(sd_bus_set_bus_client(bus_, 1) >= 0);
    BOOST_TEST_REQUIRE(sd_bus_start(bus_) >= 0);
    BOOST_TEST_REQUIRE(sd_bus_add_fallback_vtable(bus_, nullptr, prefix,
                                                  "org.freedesktop.systemd1.Unit", unit_table,
                                                  find_unit, nullptr) >= 0);
    BOOST_TEST_REQUIRE(sd_bus_request_name(bus_, "org.freedesktop.systemd1", 0) >= 0);
    thread_ = std::thread([this] {
      while (!stopped_) {
        if (sd_bus_process(bus_, nullptr) == 0) sd_bus_wait(bus_, 10'000);
      }
    });
  }
  OurSystemd(const OurSystemd&) = delete;
  OurSystemd& operator=(const OurSystemd&) = delete;
  ~OurSystemd() {
    stopped_ = true;
    thread_.join();
    sd_bus_flush_close_unref(bus_);
  }

 private:
  sd_bus* bus_ = nullptr;
  std::atomic<bool> stopped_{false};
  std::thread thread_;
};

/// A folder for a bus, whose address our checks take for the system's.
class BusFolder {
 public:
  BusFolder() { setenv("DBUS_SYSTEM_BUS_ADDRESS", address().c_str(), 1); }
  BusFolder(const BusFolder&) = delete;
  BusFolder& operator=(const BusFolder&) = delete;
  ~BusFolder() { unsetenv("DBUS_SYSTEM_BUS_ADDRESS"); }
  std::string socket() const { return folder_ / "bus"; }
  std::string address() const { return "unix:path=" + socket(); }
  std::string configuration() const {
    const std::string file = folder_ / "bus.conf";
    std::ofstream(file) << "<busconfig><type>session</type><listen>" << address()
                        << "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                           "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow "
                           "own=\"*\"/></policy></busconfig>";
    return file;
  }

 private:
  TemporaryFolder folder_;
};

/// A bus of the test's own, gone with it.
class OurBus {
 public:
  explicit OurBus(asio::io_context& context)
      : context_(context), child_(std::make_shared<ChildProcess>(context)) {
    const auto error = child_->start(
        {bus_program, "--nofork", "--nopidfile", "--config-file=" + folder_.configuration()},
        [](const ChildEnd&) { BOOST_ERROR("the bus ended"); });
    BOOST_TEST_REQUIRE(!error);
    BOOST_TEST_REQUIRE(turn_until(context, [&] {
      asio::local::stream_protocol::socket socket(context);
      boost::system::error_code refused;
      socket.connect({folder_.socket()}, refused);
      return !refused;
    }));
  }
  OurBus(const OurBus&) = delete;
  OurBus& operator=(const OurBus&) = delete;
  ~OurBus() {
    child_->kill();
    turn_until(context_, [&] { return child_->gone(); });
  }
  std::string address() const { return folder_.address(); }

 private:
  asio::io_context& context_;
  BusFolder folder_;
  std::shared_ptr<ChildProcess> child_;
};

bool has_bus() {
  if (access(bus_program, X_OK) == 0) return true;
  BOOST_TEST_MESSAGE("skipped: no " << bus_program << " here");
  return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(health_unit)

BOOST_AUTO_TEST_CASE(active_units_are_healthy) {
  if (!has_bus()) return;
  asio::io_context context;
  const OurBus bus(context);
  const OurSystemd systemd(bus.address());
  for (const auto& [name, known] : units) {
    BOOST_TEST_CONTEXT(name) {
      const ProbeResult result = ask(context, unit(name));
      BOOST_TEST(result.healthy == known.healthy);
      BOOST_TEST(has(result.words, name));
      BOOST_TEST(!has(result.words, "\x1b"));
    }
  }
  const ProbeResult missing = ask(context, unit("missing.service"));
  BOOST_TEST(!missing.healthy);
  BOOST_TEST(missing.words != ask(context, unit("inactive.service")).words);
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 100; ++i) {
    ask(context, unit("active.service"));
    ask(context, unit("missing.service"));
    bool cancelled = false;
    const auto probe = make_probe(context, unit("active.service"), 0);
    probe->start([&](const ProbeResult&) { BOOST_TEST(!cancelled); });
    for (int turn = 0; turn < i % 8; ++turn) context.run_one_for(milliseconds(1));
    cancelled = true;
    probe->cancel();
    context.poll();
  }
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(a_bus_without_systemd_is_a_failure) {
  if (!has_bus()) return;
  asio::io_context context;
  const OurBus bus(context);
  BOOST_TEST(!ask(context, unit("active.service")).healthy);
}

BOOST_AUTO_TEST_CASE(no_bus_is_a_failure) {
  asio::io_context context;
  const BusFolder folder;
  ask(context, unit("active.service"));  // the loop has its descriptors from now on
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 100; ++i) BOOST_TEST(!ask(context, unit("active.service")).healthy);
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(a_bus_that_says_nothing_or_closes_is_a_failure_in_time) {
  asio::io_context context;
  const BusFolder folder;
  asio::local::stream_protocol::acceptor server(context, {folder.socket()});
  const std::size_t before = open_descriptors();
  const auto began = std::chrono::steady_clock::now();
  BOOST_TEST(!ask(context, unit("active.service", 150)).healthy);
  BOOST_TEST((std::chrono::steady_clock::now() - began >= milliseconds(150)));
  { const asio::local::stream_protocol::socket closed = server.accept(); }
  asio::local::stream_protocol::socket client(context);
  server.async_accept(client, [&](boost::system::error_code) {
    asio::write(client, asio::buffer(std::string("nonsense\r\n")));
    client.close();
  });
  BOOST_TEST(!ask(context, unit("active.service")).healthy);
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_SUITE_END()
