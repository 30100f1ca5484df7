// Tests of what holds for every definition: format, size, files, wildcards.
// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/concat.hpp"
#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"
#include "temporary_folder.hpp"

namespace srvwarden {
namespace {}  // namespace

BOOST_AUTO_TEST_SUITE(definition)

BOOST_AUTO_TEST_CASE(tells_the_format_from_the_name_then_from_the_content) {
  struct Row {
    std::string_view path;
    std::string_view text;
    DefinitionFormat format;
  };
  const auto avahi = DefinitionFormat::avahi_service;
  const auto systemd = DefinitionFormat::systemd_dnssd;
  const Row rows[] = {
      {"a.service", "[Service]", avahi},
      {"a.dnssd", "<service-group/>", systemd},
      {"-", " \n<service-group/>", avahi},
      {"-", "[Service]", systemd},
      {"-", "\xEF\xBB\xBF<a/>", avahi},
      {"-", std::string_view("\xFF\xFE<\0", 4), avahi},
      {"-", "", systemd},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.path << ": " << row.text) {
      const bool same = read_definition(row.path, row.text).format == row.format;
      BOOST_TEST(same);
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_a_file_beyond_the_limit) {
  const std::string limit(max_definition_size, ' ');
  const auto at_limit = read_definition("a.dnssd", limit);
  BOOST_TEST(at_limit.problems.at(0).code == ProblemCode::missing);
  const auto beyond = read_definition("a.dnssd", limit + " ");
  BOOST_TEST_REQUIRE(beyond.problems.size() == 1U);
  BOOST_TEST(beyond.problems[0].code == ProblemCode::too_large);
}

BOOST_AUTO_TEST_CASE(replaces_wildcards_as_each_format_has_them) {
  struct Row {
    std::string_view path;
    std::string_view text;
    std::string_view name;
  };
  const Row rows[] = {
      {"a.service", "<service-group><name replace-wildcards='yes'>%h %%h %H</name></service-group>",
       "<h> %<h> %H"},
      {"a.service", "<service-group><name>%h</name></service-group>", "%h"},
      {"a.dnssd", "[Service]\nName=%H %%H %h %", "<H> %H %h %"},
      {"a.dnssd", "[Service]\nName=plain", "plain"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const auto got = read_definition(row.path, row.text);
      const auto name = instance_name(got, [](char letter) {
        return srvwarden::concat({"<", {&letter, 1}, ">"});
      });
      BOOST_TEST(name == row.name);
    }
  }
}

BOOST_AUTO_TEST_CASE(reads_regular_files_alone) {
  const tests::TemporaryFolder folder;
  std::string text;
  BOOST_TEST(read_definition_file(folder / "none", text).value() == ENOENT);
  BOOST_TEST(read_definition_file(folder / ".", text).value() == EISDIR);
  BOOST_TEST_REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  BOOST_TEST((read_definition_file(folder / "fifo", text) == std::errc::invalid_argument));
  BOOST_TEST(read_definition_file(folder / "fifo", text).message() == "not a regular file");

  std::ofstream(folder / "small") << "[Service]\n";
  BOOST_TEST(!read_definition_file(folder / "small", text));
  BOOST_TEST(text == "[Service]\n");

  std::ofstream(folder / "large") << std::string(max_definition_size + 100, 'x');
  BOOST_TEST(!read_definition_file(folder / "large", text));
  BOOST_TEST(text.size() == max_definition_size + 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
