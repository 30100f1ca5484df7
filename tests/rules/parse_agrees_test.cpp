// parse and the rules agree: parse refuses exactly where an error rule reports.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <random>
#include <string>

#include "core/hex.hpp"
#include "srvwarden/browse_name.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/check.hpp"
#include "srvwarden/service_instance_name.hpp"
#include "srvwarden/srv_record.hpp"
#include "srvwarden/txt_record.hpp"

using namespace srvwarden;

namespace {

template <class T>
Error error_of(const Result<T>& result) {
  return result ? Error{} : result.error();
}

Error parse(Kind kind, std::string_view value) {
  switch (kind) {
    case Kind::service_name:
      return error_of(ServiceName::parse(value));
    case Kind::service_type:
      return error_of(ServiceType::parse(value));
    case Kind::subtype:
      return error_of(ServiceSubtype::parse(value));
    case Kind::browse_name:
      return error_of(BrowseName::parse(value));
    case Kind::instance:
      return error_of(InstanceName::parse(value));
    case Kind::full_name:
      return error_of(ServiceInstanceName::parse(value));
    case Kind::domain:
      return error_of(DomainName::parse(value));
    case Kind::host_name:
      return error_of(HostName::parse(value));
    case Kind::txt:
      return error_of(TxtString::parse(value));
    case Kind::txt_rdata:
      return error_of(TxtRecord::parse(value));
    case Kind::srv:
      return error_of(SrvRecord::parse(value));
  }
  return {};
}

/// What is wrong with the agreement about one value; empty if nothing is.
std::string disagreement(Checker& checker, Kind kind, const std::string& value) {
  const bool octets = kind == Kind::txt_rdata;
  const Error error = parse(kind, value);
  bool refused = false;
  bool explained = false;
  for (const Finding& finding : checker.check(kind, octets ? to_hex(value) : value)) {
    if (finding.severity != Severity::error || finding.rule->sender_only) continue;
    refused = true;
    const std::size_t offset = octets ? finding.at.offset / 2 : finding.at.offset;
    explained = explained || (finding.rule->id == rule_id(error.code) && offset == error.offset);
  }
  if (refused && error.code == Errc::none) return "rules refuse, parse accepts";
  if (!refused && error.code != Errc::none) return "parse refuses, rules accept";
  if (refused && !explained) return "parse names a fault that no rule reports there";
  return {};
}

class Values {
 public:
  explicit Values(unsigned seed) : random_(seed) {}

  std::string next(Kind kind) {
    std::string value = pick(1) ? assembled() : mutated(seed_of(kind));
    if (pick(3) == 0) value = mutated(std::move(value));
    return value;
  }

 private:
  std::size_t pick(std::size_t most) { return random_() % (most + 1); }

  std::string assembled() {
    static const std::string parts[] = {"_",
                                        ".",
                                        "_http",
                                        "_tcp",
                                        "_udp",
                                        "_sub",
                                        "_dns-sd",
                                        "local",
                                        "-",
                                        "--",
                                        "\\",
                                        "\\.",
                                        "\\065",
                                        "\\300",
                                        "\\1",
                                        " ",
                                        "=",
                                        "0",
                                        "a",
                                        "A1",
                                        "\xC3\xA9",
                                        "\xC2\x85",
                                        "\xEF\xBB\xBF",
                                        "\xFF",
                                        "\x01",
                                        "invalid",
                                        "localhost",
                                        "1",
                                        "255",
                                        "example",
                                        "com",
                                        "65536",
                                        "::",
                                        "fe80:",
                                        "[",
                                        "]",
                                        "%",
                                        "tcp",
                                        "udp",
                                        "169",
                                        "254",
                                        "in-addr",
                                        "arpa",
                                        "key",
                                        "_services",
                                        std::string(15, 'n'),
                                        std::string(16, 'n'),
                                        std::string(63, 'L'),
                                        std::string(64, 'L'),
                                        std::string(1, '\0'),
                                        "\xEF\xBF\xBF",
                                        "\t"};
    std::string out;
    for (std::size_t n = pick(9); n > 0; --n) {
      out += parts[pick(std::size(parts) - 1)];
      if (pick(2) == 0) out += '.';
    }
    return out;
  }

  std::string seed_of(Kind kind) {
    const std::string domain = pick(1) ? ".local." : ".example.com.";
    switch (kind) {
      case Kind::service_name:
        return "my-service1";
      case Kind::service_type:
        return "_my-service1._tcp";
      case Kind::subtype:
        return "_printer._sub._http._tcp";
      case Kind::browse_name:
        return (pick(1) ? "_a._sub._http._tcp" : "_http._udp") + domain;
      case Kind::instance:
        return "Dr. Pepper \xC3\xA9 \xF0\x9F\x98\x80";
      case Kind::full_name:
        return "Dr\\. Pepper._http._tcp" + domain;
      case Kind::domain:
        return std::string(60, 'd') + '.' + std::string(60, 'e') + domain;
      case Kind::host_name:
        return (pick(3) ? "host" : "10.1.2.3") + domain;
      case Kind::txt:
        return "key=value";
      case Kind::txt_rdata:
        return std::string(
            "\x05"
            "key=v\x03"
            "a=b\x01x\0",
            13);
      case Kind::srv:
        return "0 0 631 host" + domain;
    }
    return {};
  }

  std::string mutated(std::string value) {
    for (std::size_t n = pick(4); n > 0; --n) {
      const std::size_t at = pick(value.size());
      switch (pick(4)) {
        case 0:
          value.insert(at, 1, static_cast<char>(random_()));
          break;
        case 1:
          value.insert(at, 1, "._-\\ =0aZ:"[pick(9)]);
          break;
        case 2:
          value.erase(at, 1 + pick(3));
          break;
        case 3:
          if (at < value.size()) value[at] = static_cast<char>(random_());
          break;
        default:
          value.insert(at, value.substr(pick(at), 1 + pick(70)));
      }
    }
    return value;
  }

  std::mt19937 random_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(parse_agrees)

// SRVWARDEN_CASES asks for more than the million and a bit that every run does.
BOOST_AUTO_TEST_CASE(on_random_and_mutated_values) {
  const char* asked = std::getenv("SRVWARDEN_CASES");
  const std::size_t cases = asked ? std::strtoul(asked, nullptr, 10) : 1'100'000;
  Values values(20260817);
  Checker checker({});
  std::size_t refused = 0;
  std::size_t disagreements = 0;
  for (std::size_t i = 0; i < cases; ++i) {
    const Kind kind = all_kinds[i % all_kinds.size()];
    const std::string value = values.next(kind);
    const std::string wrong = disagreement(checker, kind, value);
    if (parse(kind, value).code != Errc::none) ++refused;
    if (wrong.empty()) continue;
    BOOST_ERROR(wrong << ": " << name_of(kind) << " \"" << to_presentation(value) << "\" hex "
                      << to_hex(value) << " parse: " << rule_id(parse(kind, value).code) << " at "
                      << parse(kind, value).offset);
    if (++disagreements == 10) break;
  }
  BOOST_TEST_MESSAGE(cases << " values, " << refused << " of them refused");
  BOOST_TEST(refused > cases / 10);  // the values are neither all right
  BOOST_TEST(refused < cases);       // nor all wrong
}

BOOST_AUTO_TEST_CASE(on_every_example) {
  Checker checker({});
  for (const RuleInfo* rule : catalogue()) {
    const auto kind = examples_kind(*rule);
    if (!kind || *kind == Kind::txt_rdata) continue;
    for (const auto& examples : {rule->bad, rule->good}) {
      for (const Example& example : examples) {
        if (example.context != Context::automatic) continue;
        BOOST_TEST_CONTEXT(rule->id << " `" << example.input << "`") {
          BOOST_TEST(disagreement(checker, *kind, std::string(example.input)) == "");
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
