// The readers of services(5), of C and C++ and of plain lists: what they take, and where.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>

#include "srvwarden/definition.hpp"

using namespace srvwarden;

namespace {

/// "name@offset:port/transport ...", and "!offset" for each problem.
std::string read(DefinitionFormat format, std::string_view text) {
  const Definition definition = read_definition("file", text, format);
  std::string out;
  for (const DeclaredValue& value : definition.values) {
    out.append(out.empty() ? "" : " ").append(value.text.value).append("@");
    out += std::to_string(value.text.at.offset);
    if (value.port.present) out.append(":").append(value.port.value).append("/" + value.transport);
    BOOST_TEST(text.substr(value.text.at.offset, value.text.length) == value.text.value);
  }
  for (const Problem& problem : definition.problems) {
    out.append(out.empty() ? "!" : " !").append(std::to_string(problem.at.offset));
  }
  return out;
}

struct Row {
  std::string_view text, read;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(plain_formats)

BOOST_AUTO_TEST_CASE(services) {
  const Row rows[] = {
      {"", ""},
      {"# all comment\n\n \t\n", ""},
      {"http 80/tcp", "http@0:80/tcp"},
      {"http\t\t80/TCP\twww www2 # Web\n", "http@0:80/tcp www@13 www2@17"},
      {"\xEF\xBB\xBFhttp 80/tcp\r\nntp 123/udp\r\n", "http@3:80/tcp ntp@16:123/udp"},
      {" http 80/ddp", "http@1:80/ddp"},
      {"http", "!0"},
      {"http 80", "!5"},
      {"http 80/", "!5"},
      {"http /tcp", "!5"},
      {"http 80 tcp", "!5"},
      {"http 080x/tcp", "http@0:080x/tcp"},
      {"http#80/tcp", "!0"},
      {"a 1/tcp\nb\nc 2/tcp", "a@0:1/tcp c@10:2/tcp !8"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(read(DefinitionFormat::services, row.text) == row.read, row.text);
  }
}

BOOST_AUTO_TEST_CASE(source) {
  const Row rows[] = {
      {"", ""},
      {R"(f("_ipp._tcp");)", "_ipp._tcp@3"},
      {R"(f("_ipp._tcp" "_x._udp");)", "_ipp._tcp@3 _x._udp@15"},
      {R"(u8"_a._tcp" L"_b._tcp")", "_a._tcp@3 _b._tcp@14"},
      {R"x(R"(_a._tcp)" u8R"d(_b._tcp)d" fooR"_c._tcp")x", "_a._tcp@3 _b._tcp@19 _c._tcp@35"},
      {"R\"(_a._tcp", ""},
      {"R\"_a._tcp", ""},
      {"R\"1234567890123456(_a._tcp)1234567890123456\"", "_a._tcp@19"},
      {"R\"12345678901234567(_a._tcp)12345678901234567\"", ""},
      {R"(// "_a._tcp"
"_b._tcp")",
       "_b._tcp@14"},
      {"// \\\n\"_a._tcp\"\n\"_b._tcp\"", "_b._tcp@16"},
      {R"(/* "_a._tcp" */ "_b._tcp" /* "_c._tcp")", "_b._tcp@17"},
      {R"('"' "_a._tcp" '\'' "_b._tcp")", "_a._tcp@5 _b._tcp@20"},
      {R"(1'000 + 0x1'F "_a._tcp" u'"' "_b._tcp")", "_a._tcp@15 _b._tcp@30"},
      {R"("\"_a._tcp" "_b\x2e._tcp")", ""},
      {"\"_a._tcp\n\"_b._tcp\"", "_b._tcp@10"},
      {"\"_a._tcp", ""},
      {"\"_a._tcp\\", ""},
      {R"("_%s._tcp" "_{}._tcp" "_a b._tcp" "_a" "_._tcp" "_a._" "x_a._tcp" "__a._b")", ""},
      {R"("_http._tcp,_printer" "_443._tcp" "_a._TCP.local" "_sip._tls" "_a._udp.example.com")",
       "_http._tcp@1 _a._TCP.local@35"},
      {R"("_printer._sub._ipp._tcp.local.")", "_printer._sub._ipp._tcp.local.@1"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(read(DefinitionFormat::source, row.text) == row.read, row.text);
  }
}

BOOST_AUTO_TEST_CASE(list) {
  const Row rows[] = {
      {"", ""},
      {"\xEF\xBB\xBF_a._tcp", "_a._tcp@3"},
      {"_a._tcp\r\n\r\n\t_b._tcp \n#c\n # d\n_e._tcp #f", "_a._tcp@0 _b._tcp@12 _e._tcp #f@29"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(read(DefinitionFormat::list, row.text) == row.read, row.text);
  }
}

BOOST_AUTO_TEST_CASE(formats_are_told_from_names_and_content) {
  struct Told {
    std::string_view path, text;
    std::optional<DefinitionFormat> format;
  };
  const Told rows[] = {
      {"a.service", "<service-group/>", DefinitionFormat::avahi_service},
      {"a.service", "", DefinitionFormat::avahi_service},
      {"a.service", "\xEF\xBB\xBF\n[Unit]\n", std::nullopt},
      {"a.service", "# systemd\n", std::nullopt},
      {"a.xml", "<?xml version='1.0'?><service-group/>", DefinitionFormat::avahi_service},
      {"a.xml", "<other/>", std::nullopt},
      {"a.dnssd", "", DefinitionFormat::systemd_dnssd},
      {"/etc/systemd/dnssd/a.dnssd.d/port.conf", "", DefinitionFormat::systemd_dnssd},
      {"a.dnssd.d/readme", "", std::nullopt},
      {"a.conf", "", std::nullopt},
      {"/etc/services", "a 1/tcp", DefinitionFormat::services},
      {"services", "", DefinitionFormat::services},
      {"services.cpp", "\"_a._tcp\"", std::nullopt},
      {"README", "text", std::nullopt},
  };
  for (const Told& row : rows) {
    BOOST_TEST((find_definition_format(row.path, row.text) == row.format), row.path);
  }
}

BOOST_AUTO_TEST_CASE(files_that_are_too_large_are_not_read) {
  for (const DefinitionFormat format : all_definition_formats()) {
    std::string text(max_size_of(format), '\n');
    const auto problems = [&] { return read_definition("file", text, format).problems; };
    for (const Problem& problem : problems()) BOOST_TEST((problem.code != ProblemCode::too_large));
    text += '\n';
    BOOST_TEST_REQUIRE(problems().size() == 1U);
    BOOST_TEST((problems()[0].code == ProblemCode::too_large));
  }
}

BOOST_AUTO_TEST_SUITE_END()
