// Overlays: read strictly, laid over a registry, and compared with it.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/overlay.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace srvwarden;

namespace {

constexpr std::string_view anvil = R"([[service]]
name = "acme-anvil"
title = "Anvils that fall"
transports = ["tcp", "udp"]
port = 4711
keys = "open"
source = "Anvil protocol 1.0"

[[service.key]]
define = "weight=<number: pounds>"

[[service.key]]
define = '"c#"=1|2'
source = "section 3"
)";

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(anvil);
  const std::size_t at = text.find(from);
  BOOST_TEST_REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

TxtKeys keys_of(const Registry& registry, std::string_view name) {
  return registry.txt_keys(name, TransportSet::of_label(false));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(overlay)

BOOST_AUTO_TEST_CASE(adds_a_private_service_and_its_keys) {
  const Overlay read = read_overlay(anvil, "anvil.toml");
  BOOST_TEST_REQUIRE(read.usable());
  BOOST_TEST_REQUIRE(read.services.size() == 1u);
  BOOST_TEST(read.services[0].key_sources[1] == "section 3");
  BOOST_TEST(find_clashes(read, Registry::builtin()).empty());
  const Registry registry = with_overlays(Registry::builtin(), std::span(&read, 1));
  BOOST_TEST(!Registry::builtin().contains("acme-anvil"));
  BOOST_TEST(registry.record_count() == Registry::builtin().record_count() + 2);
  const NameStanding standing = registry.standing("ACME-anvil");
  BOOST_TEST(standing.for_tcp);
  BOOST_TEST(standing.for_udp);
  BOOST_TEST(registry.title("acme-anvil") == "Anvils that fall");
  BOOST_TEST(registry.find("acme-anvil").front().ports.first == 4711u);
  BOOST_TEST(to_text(keys_of(registry, "acme-anvil")) == "open weight=<number: pounds> \"c#\"=1|2");
  BOOST_TEST((registry.edition() == Registry::builtin().edition()));
}

BOOST_AUTO_TEST_CASE(takes_the_place_of_registered_keys_and_says_so) {
  const std::string text = replaced("acme-anvil", "http");
  const Overlay read = read_overlay(text, "http.toml");
  BOOST_TEST_REQUIRE(read.usable());
  const auto clashes = find_clashes(read, Registry::builtin());
  BOOST_TEST_REQUIRE(clashes.size() == 3u);  // its rows have two titles; its keys are others
  BOOST_TEST(clashes[0].message ==
             "\"http\" is registered with another title: World Wide Web HTTP");
  const Registry registry = with_overlays(Registry::builtin(), std::span(&read, 1));
  BOOST_TEST(keys_of(registry, "http").find("path") == nullptr);
  BOOST_TEST(keys_of(registry, "http").find("weight") != nullptr);
  BOOST_TEST(registry.record_count() == Registry::builtin().record_count());
  BOOST_TEST((keys_of(registry, "ipp").status == TxtKeysStatus::reference));
}

BOOST_AUTO_TEST_CASE(tells_of_transports_that_are_not_registered) {
  const Overlay read = read_overlay(
      "[[service]]\nname = \"ipp\"\ntransports = [\"tcp\", \"dccp\"]\nport = 631\n", "x.toml");
  const auto clashes = find_clashes(read, Registry::builtin());
  BOOST_TEST_REQUIRE(clashes.size() == 1u);
  BOOST_TEST(clashes[0].message == "\"ipp\" is not registered for dccp");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_right_with_its_place) {
  struct Row {
    std::string text;
    std::uint32_t line, column;
    std::string_view words;
  };
  const Row rows[] = {
      {"", 1, 1, "no [[service]]"},
      {"service = 1\n", 1, 11, "no [[service]]"},
      {"[[service]]\nname = \n", 2, 8, ""},
      {"[[service]]\ntitle = \"x\"\n", 1, 1, "SN001"},
      {replaced("acme-anvil", "acme--anvil"), 2, 8, "SN006"},
      {replaced("title", "tilte"), 3, 9, "unknown key \"tilte\""},
      {replaced("fall", "f\\u0007ll"), 3, 9, "one line"},
      {replaced("fall", "a@b.example"), 3, 9, "e-mail"},
      {replaced("[\"tcp\", \"udp\"]", "[\"tcp\", \"tcp\"]"), 4, 14, "transports"},
      {replaced("[\"tcp\", \"udp\"]", "[]"), 4, 14, "transports"},
      {replaced("[\"tcp\", \"udp\"]", "\"tcp\""), 4, 14, "transports"},
      {replaced("4711", "65536"), 5, 8, "port"},
      {replaced("4711", "\"9-8\""), 5, 8, "port"},
      {replaced("4711", "\"\""), 5, 8, "port"},
      {replaced("\"open\"", "\"some\""), 6, 8, "closed"},
      {replaced("\"open\"", "\"none\""), 9, 1, "though"},
      {replaced("weight=<number: pounds>", "two keys"), 10, 10, "one key"},
      {replaced("weight=<number: pounds>", "a=<b"), 10, 10, "one key"},
      {replaced("define = \"weight=<number: pounds>\"", "source = \"x\""), 9, 1, "one key"},
      {replaced("weight=<number: pounds>", "\\\"C#\\\""), 13, 10, "twice"},
      {std::string(anvil) + "\n" + std::string(anvil), 16, 1, "twice"},
      {replaced("fall", "f\xFF\x6C"), 3, 23, "UTF-8"},
      {"[[!ervice]]\n", 1, 3, "key"},
      {"gr\xC3\xB6\xC3\x9F\x65 = 1\n", 1, 3, "beyond ASCII"},
      {"# \xC3\xB6\na = '\xC3\xB6\\' \xC3\xB6", 2, 11, "beyond ASCII"},
      {"a = \"\\\"\xC3\xB6\" \xEF\xBB\xBF", 1, 12, "beyond ASCII"},
      {"a = \"\"\"k\\\xEF\xB3\xBF", 1, 10, "beyond ASCII"},
      {"a = \"\"\"k\\ \n \xEF\xB3\xBF", 2, 2, "beyond ASCII"},
      {"a = '''\n'\xC3\xB6''\n'''\n\xC3\xB6", 4, 1, "beyond ASCII"},
      {std::string(std::size_t{1} << 20, '#') + "\n", 1, 1, "1 MiB"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text.substr(0, 400)) {
      const Overlay read = read_overlay(row.text, "x.toml");
      BOOST_TEST_REQUIRE(!read.usable());
      BOOST_TEST(read.services.empty());
      BOOST_TEST(read.problems.front().at.line == row.line);
      BOOST_TEST(read.problems.front().at.column == row.column);
      BOOST_TEST(read.problems.front().message.find(row.words) != std::string::npos,
                 read.problems.front().message);
    }
  }
}

BOOST_AUTO_TEST_CASE(places_are_byte_offsets_behind_other_letters) {
  const std::string text =
      replaced("[\"tcp\", \"udp\"]", "[\"\xC3\x84mbo\xC3\x9F\"]\nports = [\"\xC3\x84\", 1]");
  const Overlay read = read_overlay(text, "x.toml");
  BOOST_TEST_REQUIRE(!read.usable());
  for (const OverlayProblem& problem : read.problems) {
    const bool unknown = problem.message.starts_with("unknown");
    BOOST_TEST(problem.at.offset ==
               (unknown ? text.find("[\"\xC3\x84\"") : text.find("[\"\xC3\x84m")));
  }
}

BOOST_AUTO_TEST_CASE(those_that_come_along_are_usable_and_name_their_sources) {
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(SRVWARDEN_SOURCE_DIR "/data/overlays")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Overlay read = read_overlay(text, entry.path().string());
    BOOST_TEST_CONTEXT(entry.path()) {
      BOOST_TEST(read.usable());
      for (const OverlayService& service : read.services) {
        BOOST_TEST(!service.source.empty());
        BOOST_TEST(Registry::builtin().contains(service.name));
        BOOST_TEST(service.title.empty());  // the registry has it
      }
    }
    ++files;
  }
  BOOST_TEST(files >= 5u);
}

BOOST_AUTO_TEST_SUITE_END()
