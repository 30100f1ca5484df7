// The canonical form of TXT keys, finding keys and matching values.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

#include "registry/fields.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_keys.hpp"

using namespace srvwarden;

namespace {

TxtKey make(std::string_view key, TxtKeyKind kind = TxtKeyKind::bare, std::string_view value = "",
            TxtValueType type = TxtValueType::any) {
  TxtKey made;
  made.key = key;
  made.kind = kind;
  made.value = value;
  made.type = type;
  return made;
}

TxtKeys closed(std::vector<TxtKey> keys) {
  TxtKeys made;
  made.status = TxtKeysStatus::closed;
  made.keys = std::move(keys);
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(txt_keys_canonical)

BOOST_AUTO_TEST_CASE(writes_what_needs_it_in_quotes_and_escapes) {
  using enum TxtKeyKind;
  TxtKey series = make("c");
  series.series = series.optional = true;
  TxtKey choice = make("m", enumeration);
  choice.values = {"r", "", "a|b"};
  struct Row {
    TxtKey key;
    std::string_view text;
  };
  const Row rows[] = {
      {make("id"), "closed id"},
      {make("Machine ID"), R"(closed "Machine ID")"},
      {make("a,b"), R"(closed "a,b")"},
      {make("*IDN?"), R"(closed "*IDN?")"},
      {make("a\"b\\c"), R"(closed "a\"b\\c")"},
      {make("caf\xC3\xA9"), "closed caf\xC3\xA9"},
      {make("\xFF\t"), R"(closed "\xFF\x09")"},
      {make("\xC2\x85"), R"(closed "\xC2\x85")"},
      {make("a@b.c"), R"(closed "a\@b.c")"},
      {series, "closed c#?"},
      {choice, R"(closed m=r|""|"a|b")"},
      {make("v", literal, "1"), "closed v=1"},
      {make("v", literal), R"(closed v="")"},
      {make("v", literal, "<1>"), R"(closed v="<1>")"},
      {make("v", placeholder), "closed v=<>"},
      {make("v", placeholder, " a <b> \\ & \"c\""), R"(closed v=< a \<b\> \\ \& "c">)"},
      {make("v", placeholder, "of it", TxtValueType::port), "closed v=<port: of it>"},
      {make("v", placeholder, "", TxtValueType::port), "closed v=<port:>"},
      {make("v", placeholder, "port: of it"), R"(closed v=<port\: of it>)"},
      {make("v", placeholder, "any: of it"), "closed v=<any: of it>"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      BOOST_TEST(to_text(closed({row.key})) == row.text);
      BOOST_TEST((parse_txt_keys(row.text) == closed({row.key})));
    }
  }
}

BOOST_AUTO_TEST_CASE(writes_every_status) {
  const auto of = [](TxtKeysStatus status) {
    TxtKeys keys;
    keys.status = status;
    return keys;
  };
  BOOST_TEST(to_text(TxtKeys{}).empty());
  BOOST_TEST((parse_txt_keys("") == TxtKeys()));
  for (const auto status : {TxtKeysStatus::none, TxtKeysStatus::opaque, TxtKeysStatus::prose,
                            TxtKeysStatus::reference}) {
    BOOST_TEST(to_text(of(status)) == name_of(status));
    BOOST_TEST((parse_txt_keys(name_of(status)) == of(status)));
  }
  for (const std::string_view words : {"a.pdf", " ", "  two  ", "https://example.org/?a=b&c=d"}) {
    TxtKeys keys = of(TxtKeysStatus::reference);
    keys.reference = words;
    BOOST_TEST((parse_txt_keys(to_text(keys)) == keys));
    BOOST_TEST(registry::is_clean(to_text(keys)));
  }
}

BOOST_AUTO_TEST_CASE(refuses_what_it_does_not_write) {
  const std::string_view texts[] = {
      "None",
      " none",
      "none ",
      "none x",
      "unstated",
      "closed",
      "closed ",
      "closed  a",
      "closed a ",
      "open a, b",
      "closed a A",        // twice the same key
      "closed \"a\"",      // needs no quotation marks
      "closed \"\\a b\"",  // needs no escape
      "closed \"a b",      // has no end
      "closed a=",
      "closed a==1",
      "closed a=<b",
      "closed a=<b>c",
      "closed a=<b<c>",
      "closed a=<@>",
      "closed a?#",
      "closed a=r|",
      "closed a=|r",
      "closed a=r|<b>",
      "closed a=<port: >",
      "closed a=<port\\:>x",
      "closed a=<\\x4>",
      "closed a=<\\x41>",       // an escape for a letter
      "closed a=<\\xc2\\x85>",  // not in capitals
      "closed a=<b\tc>",
      "reference ",
      "reference  a",
      "reference a ",
      "reference a\\",
      "reference someone@example.org",
  };
  for (const std::string_view text : texts) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(!parse_txt_keys(text)); }
  }
}

namespace {

/// Keys of few characters, most of them such as need care.
class RandomKeys {
 public:
  TxtKeys keys() {
    TxtKeys made;
    made.status = static_cast<TxtKeysStatus>(below(7));
    if (made.status == TxtKeysStatus::reference) made.reference = text(0);
    if (made.status != TxtKeysStatus::closed && made.status != TxtKeysStatus::open) return made;
    for (unsigned i = 0; i <= below(5); ++i) made.keys.push_back(key(std::to_string(i)));
    return made;
  }

 private:
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }

  std::string text(unsigned least) {
    static constexpr std::string_view pieces[] = {
        "a", "b.org", " ", "\"", "\\", "#",    "?",        "=",        "<",    ">",  "|",   "@",
        "&", ":",     "x", "41", "\t", "\xFF", "\xC3\xA9", "\xC2\x85", "port", ": ", "\x7F"};
    std::string made;
    for (unsigned i = below(6) + least; i > 0; --i) made += pieces[below(std::size(pieces))];
    return made;
  }

  TxtKey key(const std::string& number) {
    // A letter behind the number: neither two keys nor a key and a series can be the same.
    TxtKey made = make(text(0) + number + "k", static_cast<TxtKeyKind>(below(4)));
    made.series = below(4) == 0;
    made.optional = below(4) == 0;
    if (made.kind == TxtKeyKind::literal) made.value = text(0);
    if (made.kind == TxtKeyKind::placeholder) {
      made.value = text(0);
      made.type = static_cast<TxtValueType>(below(13));
    }
    if (made.kind == TxtKeyKind::enumeration) {
      for (unsigned i = below(3) + 2; i > 0; --i) made.values.push_back(text(0));
    }
    return made;
  }

  std::mt19937 random_{20261121};
};

}  // namespace

BOOST_AUTO_TEST_CASE(any_keys_read_back_as_they_were_written) {
  RandomKeys random;
  for (int i = 0; i < 20000; ++i) {
    const TxtKeys keys = random.keys();
    const std::string text = to_text(keys);
    const bool same = parse_txt_keys(text) == keys;
    const bool clean = registry::is_clean(text) && !registry::has_address(text);
    if (!same || !clean) BOOST_TEST_CONTEXT(text) {
        BOOST_TEST_REQUIRE((same && clean));
      }
  }
  BOOST_TEST(true);
}

BOOST_AUTO_TEST_CASE(one_changed_byte_never_gives_a_second_text_for_the_same_keys) {
  RandomKeys random;
  std::mt19937 place{1};
  std::size_t read = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = to_text(random.keys());
    if (text.empty()) continue;
    text[place() % text.size()] = "a \"\\<>=|?#:"[place() % 11];
    const auto keys = parse_txt_keys(text);
    if (!keys) continue;
    ++read;
    if (to_text(*keys) != text) BOOST_TEST_REQUIRE(to_text(*keys) == text);
  }
  BOOST_TEST(read > 1000u);
}

BOOST_AUTO_TEST_CASE(finds_keys_and_members_of_series) {
  TxtKey c = make("c");
  c.series = true;
  TxtKey b1 = make("b1x2");
  b1.series = true;
  const TxtKeys keys = closed({make("Id"), c, make("c7"), b1});
  BOOST_TEST(keys.find("ID") == &keys.keys[0]);
  BOOST_TEST(keys.find("C0") == &keys.keys[1]);
  BOOST_TEST(keys.find("c123") == &keys.keys[1]);
  BOOST_TEST(keys.find("c7") == &keys.keys[2]);  // named itself
  BOOST_TEST(keys.find("b1x23") == &keys.keys[3]);
  for (const std::string_view none : {"", "c", "cc1", "c1a", "i", "idd", "b1x2", "b1x", "7"}) {
    BOOST_TEST_CONTEXT(none) { BOOST_TEST(keys.find(none) == nullptr); }
  }
}

BOOST_AUTO_TEST_CASE(every_type_takes_its_values_and_no_others) {
  using enum TxtValueType;
  struct Row {
    TxtValueType type;
    std::vector<std::string_view> good, bad;
  };
  const Row rows[] = {
      {any, {"", "x", "\xFF"}, {}},
      {path, {"", "/", "a b"}, {}},
      {number, {"0", "-1", "007", "123456789012345678901"}, {"", "-", "1.0", "+1", " 1", "1a"}},
      {port, {"0", "1", "65535", "00080"}, {"", "65536", "-1", "80/tcp", "99999999999"}},
      {version, {"1", "2.0.1-rc1", "1.0 beta"}, {"", "v1", ".1", "beta", "1\t"}},
      {hex, {"0", "aF09", "0xff"}, {"", "0x", "g", "ff "}},
      {mac,
       {"001122aAbBcC", "00:11:22:aa:bb:cc", "00-11-22-AA-BB-CC", "00.11.22.aa.bb.cc",
        "0011.22aa.bbcc"},
       {"", "00:11:22:aa:bb", "00:11:22:aa:bb:c", "00:11-22:aa:bb:cc", "00 11 22 aa bb cc",
        "001122aabbcg", "0011:22aa:bbcc", "001122aabbccd"}},
      {uuid,
       {"00112233-4455-6677-8899-aAbBcCdDeEfF", "00112233445566778899aabbccddeeff",
        "{00112233-4455-6677-8899-aabbccddeeff}"},
       {"", "{}", "00112233-4455-6677-8899-aabbccddeef", "001122334-455-6677-8899-aabbccddeeff",
        "00112233445566778899aabbccddeefg", "{00112233-4455-6677-8899-aabbccddeeff"}},
      {url, {"http://x", "urn:x", "a+b-c.d:e"}, {"", "http:", ":x", "//x", "1a:b", "a b:c", "x"}},
      {boolean, {"0", "1", "TRUE", "false", "Yes", "no", "on", "OFF"}, {"", "2", "y", "true "}},
      {address, {"192.0.2.1", "2001:db8::1", "::"}, {"", "192.0.2", "192.0.2.256", "host", ":"}},
      {host, {"a", "a.local.", "192.0.2.1", "2001:db8::1"}, {"", ".", "a..b", "a b", "a\tb"}},
      {date,
       {"2026-11-21", "20261121", "2026-11-21T09:00:00Z", "2026-11-21 09:00", "20261121T09"},
       {"", "2026-11", "2026-13-01", "2026-02-30", "20261131", "2026-1121", "2026-11-21x",
        "2026-11-21T", "21.11.2026"}},
  };
  BOOST_TEST(std::size(rows) == 13u);
  for (const Row& row : rows) {
    const TxtKey key = make("k", TxtKeyKind::placeholder, "words", row.type);
    BOOST_TEST_CONTEXT(name_of(row.type)) {
      for (const auto value : row.good) BOOST_TEST(suits(key, value), value);
      for (const auto value : row.bad) BOOST_TEST(!suits(key, value), value);
      BOOST_TEST(!suits(key, {}));
    }
  }
}

BOOST_AUTO_TEST_CASE(bare_keys_take_everything_literals_and_choices_their_own) {
  BOOST_TEST(suits(make("k"), {}));
  BOOST_TEST(suits(make("k"), "x"));
  const TxtKey literal = make("k", TxtKeyKind::literal, "Main");
  BOOST_TEST(suits(literal, "mAIN"));
  BOOST_TEST(!suits(literal, "main "));
  BOOST_TEST(!suits(literal, ""));
  BOOST_TEST(!suits(literal, {}));
  TxtKey choice = make("k", TxtKeyKind::enumeration);
  choice.values = {"on", "off"};
  BOOST_TEST(suits(choice, "ON"));
  BOOST_TEST(suits(choice, "off"));
  BOOST_TEST(!suits(choice, "o"));
  BOOST_TEST(!suits(choice, "on|off"));
  BOOST_TEST(!suits(choice, {}));
}

BOOST_AUTO_TEST_CASE(every_value_has_a_name) {
  for (int i = 1; i <= static_cast<int>(TxtKeysStatus::prose); ++i) {
    BOOST_TEST(!name_of(static_cast<TxtKeysStatus>(i)).empty());
  }
  for (int i = 1; i <= static_cast<int>(TxtValueType::date); ++i) {
    BOOST_TEST(!name_of(static_cast<TxtValueType>(i)).empty());
  }
  BOOST_TEST(name_of(TxtKeysStatus::unstated).empty());
  BOOST_TEST(name_of(TxtValueType::any).empty());
  BOOST_TEST(name_of(TxtKeyKind::bare) == "bare");
  BOOST_TEST(name_of(TxtKeyKind::placeholder) == "placeholder");
}

BOOST_AUTO_TEST_SUITE_END()
