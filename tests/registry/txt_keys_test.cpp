// Reading "Defined TXT keys" notes, construct by construct, with notes made for the purpose.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/txt_keys.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace srvwarden;

namespace {

struct Row {
  std::string_view note;  ///< what follows "Defined TXT keys:"
  std::string_view text;  ///< canonical
};

template <std::size_t size>
void check(const Row (&rows)[size]) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.note) {
      const TxtKeys keys = read_txt_keys_note("Defined TXT keys:" + std::string(row.note));
      BOOST_TEST(to_text(keys) == row.text);
      BOOST_TEST((parse_txt_keys(row.text) == keys));
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(txt_keys_notes)

BOOST_AUTO_TEST_CASE(the_heading_is_found_in_any_case_and_over_line_breaks) {
  const Row rows[] = {
      {"Defined TXT keys: None", "none"},
      {"defined txt KEYS :none", "none"},
      {"Defined TXT key: id, name", "closed id name"},
      {"An extension of http.  Defined\n      TXT keys: path=<path>", "closed path=<path: path>"},
      {"[RFC7030]. Defined TXT keys: None", "none"},
      {"", ""},
      {"This is an alias.", ""},
      {"u=<username> p=<password>", ""},
      {"Undefined TXT keys: None", ""},
      {"Defined TXT keys:", ""},
      {"Defined TXT keys: \n ", ""},
      {"Defined TXT keys none", "prose"},  // no colon: perhaps a sentence
      {"Defined TXT keys: a, b Defined TXT keys: c", "prose"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.note) { BOOST_TEST(to_text(read_txt_keys_note(row.note)) == row.text); }
  }
}

BOOST_AUTO_TEST_CASE(none_and_what_takes_it_back) {
  const Row rows[] = {
      {" None", "none"},
      {" NONE.", "none"},
      {"none\nA protocol of ours.", "none"},
      {" None A protocol of ours", "none"},  // the line break is lost
      {" None at present", "none"},
      {" None yet", "none"},
      {" there are no TXT keys", "none"},
      {" no TXT keys are public", "prose"},
      {" None but txtvers", "prose"},
      {" None are required", "prose"},
      {" None, txtvers", "prose"},
      {" None=1", "closed None=1"},
      {" 0", "none"},
      {" None\n path=<where>\n rank=1", "open path=<where> rank=1"},
      {" None path=<where> rank=1", "open path=<where> rank=1"},
      {" Nonesuch", "open Nonesuch"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(bare_lists) {
  const Row rows[] = {
      {" id, name", "closed id name"},
      {"id,name,vers", "closed id name vers"},
      {" id; name.", "closed id name"},
      {" id, name,\n   vers", "closed id name vers"},
      {" id\n  name\n  vers", "closed id name vers"},
      {" - id\n - name", "closed id name"},
      {" - id - name", "closed id name"},
      {" a. id\n b. name", "closed id name"},
      {" 1) id\n 2) name", "closed id name"},
      {" id and name", "closed id name"},
      {" id, vers, and name", "closed id vers name"},
      {" txtvers, Machine ID, iTSh Version", "closed txtvers \"Machine ID\" \"iTSh Version\""},
      {" big room, big house", "open \"big room\" \"big house\""},  // keys, or descriptions
      {" txtvers, Machine ID", "prose"},                            // one key or two
      {" txtvers, Machine name, Machine type", "prose"},
      {" id, name etc.", "prose"},
      {" id - the number\n name - printable", "prose"},
      {" id - name", "prose"},
      {" txtvers, Machine\nID", "prose"},  // one key or two
      {" txtvers, the big room", "prose"},
      {" txtvers, a big room", "prose"},
      {" id, name (others not published)", "open id name"},
      {" id, name, others", "open id name"},
      {" id, name, ...", "open id name"},
      {" id + Proprietary", "open id"},
      {" id and proprietary keys", "open id"},
      {" id, name. Nothing else is said.", "open id name"},
      {" id, ID, name", "open id name"},  // twice the same
      {" id (optional), name", "closed id? name"},
      {" S (https port), T (tags)", "closed S=<port: https port> T"},
      {" id, name))", "closed id name"},
      {" id, name - https://example.org/keys", "open id name"},
      {" _a, _b", "closed _a _b"},
      {" _x._tcp.local, _y._udp.local", "prose"},
      {" id, <name>", "prose"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(words_alone_may_be_no_keys) {
  const Row rows[] = {
      {" txtvers", "closed txtvers"},
      {" id", "open id"},
      {" Some-Protocol_1.0", "open Some-Protocol_1.0"},
      {" 7", "prose"},
      {" _x._tcp", "prose"},
      {" txtvers Name uuid", "closed txtvers Name uuid"},
      {" name uuid", "open name uuid"},
      {" Big Test Card", "prose"},
      {" name of the card", "prose"},
      {" a b c d e f g h i j k l m n o p", "prose"},  // "a" is a word of sentences
      {" k1 k2 k3 k4 k5 k6 k7 k8 k9 k10 k11 k12 k13 k14 k15 k16",
       "open k1 k2 k3 k4 k5 k6 k7 k8 k9 k10 k11 k12 k13 k14 k15 k16"},
      {" k1 k2 k3 k4 k5 k6 k7 k8 k9 k10 k11 k12 k13 k14 k15 k16 k17", "prose"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(series) {
  const Row rows[] = {
      {" c0, c1, ..., cn", "closed c#"},
      {" c0, ..., cn", "closed c#"},
      {" c0..c9, id", "closed c# id"},
      {" id, c0, c1, c2, ...", "closed id c#"},
      {" id, c0, c1, c2, \xE2\x80\xA6, name", "closed id c# name"},
      {" id, c1, c2, ..., where the number of c_n is variable", "closed id c#"},
      {" id, name, where the number varies", "open id name"},
      {" c1, c2, c3, id", "closed c1 c2 c3 id"},
      {" id, c0, ...", "open id c0"},  // one number alone is no series
      {" sys, dkX", "open sys dk#"},
      {" os, OSX", "closed os OSX"},
      {" c0=<name>, c1=<name>, ...", "closed c#=<name>"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(assignments) {
  const Row rows[] = {
      {" u=<username> p=<password>", "closed u=<username> p=<password>"},
      {" u=<username>, p=<password>;", "closed u=<username> p=<password>"},
      {" u=<username>\n   p=<password>\n", "closed u=<username> p=<password>"},
      {" a. u=<username>\nb. p=<password>", "closed u=<username> p=<password>"},
      {" id = 1, vers = <number of it>", "closed id=1 vers=<number of it>"},
      {" txtvers\n  server=<name>", "closed txtvers server=<name>"},
      {" txtvers server=<name>", "closed txtvers server=<name>"},
      {" uuid server=<name>", "prose"},  // "uuid server", or two keys
      {" uuid\n server=<name>", "closed uuid server=<name>"},
      {" txtvers=1, id, name,\n vers", "closed txtvers=1 id name vers"},
      {" My Version=<text>, MAC Address=<text>",
       "closed \"My Version\"=<text> \"MAC Address\"=<text>"},
      {" id=1\n more ids=<list>", "open id=1 \"more ids\"=<list>"},
      {" MAC=, id=, name=<x>", "closed MAC id name=<x>"},
      {" a= b=1", "closed a b=1"},
      {" *ID?=<words>, id", "open \"*ID?\"=<words> id"},
      {" id=1 (as the draft says)\n vers=2", "closed id=1 vers=2"},
      {" id=1\n(examples: \"id=2\"", "open id=1"},  // not closed: perhaps cut off
      {" id=<x> (optional) the number\n vers=<y> (not optional)", "closed id?=<x> vers=<y>"},
      {" id=<x> [if not specified 1], vers=<y>", "closed id?=<x> vers=<y>"},
      {" id=<x>\n Example:\n id=12", "closed id=<x>"},
      {" ids=<x>, e.g. id=12", "open ids=<x>"},  // an example that knows another key
      {" id=<x> is the number\nvers=<y> is not", "closed id=<x> vers=<y>"},
      {" id=<x> is the number vers=<y> is not", "prose"},  // only the line break would tell
      {" The keys are:\n id=<x>", "open id=<x>"},
      {" The keys are: id=<x>", "prose"},
      {" id=<x>, and others", "open id=<x>"},
      {" id=<x, vers=<y>", "prose"},
      {" id=<x> - number\n vers=<y> - another", "closed id=<x> vers=<y>"},
      {" key=value pairs of any kind", "prose"},
      {" mode=on, off", "prose"},  // two values, or a value and a key
      {" mode=on, port=1", "closed mode=on port=1"},
      {" mode=on\n port", "closed mode=on port"},
      {" id=<x>, id=<y>", "open id=<x>"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(values) {
  const Row rows[] = {
      {" a=1 b=2.0 c=main", "closed a=1 b=2.0 c=main"},
      {" a='1', b=\"two words\"", "closed a=1 b=\"two words\""},
      {" a=name b=x c=?", "closed a=<name> b=<x> c"},
      {" u=username; k=keypattern", "closed u=<username> k=<keypattern>"},
      {" a=VARIABLE", "closed a=<VARIABLE>"},
      {" a=value (string), b=value (8 hex digits)", "closed a=<string> b=<hex: 8 hex digits>"},
      {" a=<r|rw> b=<R | RW>, c=r|rw d=\"r\" | 'rw'", "closed a=r|rw b=R|RW c=r|rw d=r|rw"},
      {" a=<one or two>, b=<one or two words>", "closed a=one|two b=<one or two words>"},
      {" a=<path or url>", "closed a=<path or url>"},
      {" a=0/1 b=<true/false> c=here/there", "closed a=0|1 b=true|false c=<here/there>"},
      {" a={'p'|'q'} b={['P'],['Q']} c=['p']|['q']",
       "closed a=p|q b=<{['P'],['Q']}> c=<['p']|['q']>"},
      {" a=<A, B, OTHER:x>", "closed a=<A, B, OTHER:x>"},
      {" a=<x>:<y> b=<z>", "closed a=<\\<x\\>:\\<y\\>> b=<z>"},
      {" a=\"*ID?=<id>\"", "open a=<*ID?=\\<id\\>>"},
      {" a== The name of it", "closed a=<The name of it>"},
      {" a= the port of it\n (and more)\n b= the mode, one of \"on\",\n \"idle\" or \"off\"",
       "closed a=<port: the port of it> b=on|idle|off"},
      {" a=host/port of it.\n Empty if there is none.", "closed a=<host/port of it>"},
      {" a= the port of it b= the mode of it", "prose"},
      {" a=<someone@example.org>", "closed a"},  // no contacts
      {" a=<>, b=< >", "closed a b"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(types_are_given_where_the_words_name_them) {
  const Row rows[] = {
      {" a=<port>, b=<port #>, c=<TCP port number of it>, d=<portName>",
       "closed a=<port: port> b=<port: port #> c=<port: TCP port number of it> d=<portName>"},
      {" a=<version>, b=<version number>, c=<x.y.z>, d=<major.minor>, e=<OS version>, f=<.x>",
       "closed a=<version: version> b=<version: version number> c=<version: x.y.z> "
       "d=<version: major.minor> e=<OS version> f=<.x>"},
      {" a=<MAC address>, b=<address>, c=<IP address>, d=<DNS name or IP address>",
       "closed a=<mac: MAC address> b=<address> c=<address: IP address> d=<DNS name or IP "
       "address>"},
      {" a=<host name>, b=<host>, c=<domain name or IP address>",
       "closed a=<host: host name> b=<host> c=<host: domain name or IP address>"},
      {" a=<URL>, b=<URL of it>, c=<relative URL>, d=<URL or name>, e=<list of URL>",
       "closed a=<url: URL> b=<url: URL of it> c=<relative URL> d=<URL or name> e=<list of URL>"},
      {" a=<path to it>, b=</path/to/it>, c=<file system pathname>, d=<pathology>",
       "closed a=<path: path to it> b=<path: /path/to/it> c=<path: file system pathname> "
       "d=<pathology>"},
      {" a=<32 hex digits>, b=<40hex characters>, c=<4 bytes>",
       "closed a=<hex: 32 hex digits> b=<hex: 40hex characters> c=<4 bytes>"},
      {" a=<UUID>, b=<36 bytes UUID string>, c=<unique id>",
       "closed a=<uuid: UUID> b=<uuid: 36 bytes UUID string> c=<unique id>"},
      {" a=<integer>, b=<ascii digit from 0-4>, c=<serial number>, d=<number>",
       "closed a=<number: integer> b=<number: ascii digit from 0-4> c=<serial number> "
       "d=<number>"},
      {" a=<boolean>, b=<YYYY-MM-DD>, c=<date>",
       "closed a=<boolean: boolean> b=<date: YYYY-MM-DD> c=<date>"},
      {" a=<port, empty if none>", "closed a=<port, empty if none>"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(glossaries_tables_and_sentences) {
  const Row rows[] = {
      {"\n td: The path of it.\n type: What it is, i.e. \"A\" or \"B\". If omitted, A.",
       "closed td type?=A|B"},
      {" td: The path of it. type: What it is.", "prose"},  // the line break is lost
      {" \"url\": if present, a url; \"ns\": what is in it", "closed url? ns"},
      {" <type>:what it is; <vers>:version of the 'type'", "open type vers"},
      {" note: there is nothing to say", "prose"},
      {"\n  auth     md5 | rsa\n  user     any word\n  host     any host name or IP address",
       "closed auth=md5|rsa user host=<host: host name or IP address>"},
      {"\n  user     a word\n  host     a name\nAll of these are optional.\nFurther keys may come.",
       "open user? host?"},
      {"\n  user     a word (optional)\n  host     a name (required)", "closed user? host"},
      {" user a word host a name", "prose"},
      {" key \"vers\" for versions, and key \"name\" for the name.", "open vers name"},
      {" There are two: 1st key: \"vers\" is an 'int'. 2nd key: \"st\".", "open vers st"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(opaque_definitions) {
  const Row rows[] = {
      {" Proprietary", "opaque"},
      {" proprietary.", "opaque"},
      {" TBD", "opaque"},
      {" To be defined", "opaque"},
      {" Varies; it depends on the service\nand on more.", "opaque"},
      {" Contact The Company <someone at example.org>", "opaque"},
      {" 1 TXT record key for the RSA public key.", "opaque"},
      {" Text keys are the names of files, i.e. a, b.", "opaque"},
      {" <serial number of server>", "opaque"},
      {" proprietary, id", "prose"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(references) {
  const Row rows[] = {
      {" See SomeManual.pdf.", "reference SomeManual.pdf"},
      {" see: https://example.org/a?b=c#d.", "reference https://example.org/a?b=c#d"},
      {" see www.example.org/keys", "reference www.example.org/keys"},
      {" [https://example.org/#keys]", "reference https://example.org/#keys"},
      {" https://example.org/keys (a b c)", "reference https://example.org/keys"},
      {" See https://example.org/keys\nNote: it had keys: a, b",
       "reference "
       "https://example.org/keys"},
      {" Will be described at www.example.org", "reference www.example.org"},
      {" Defined in the Standard", "reference the Standard"},
      {" inherited from another service", "reference another service"},
      {" The Standard 1.1, Section 8.4.1.2. https://example.org/",
       "reference The Standard 1.1, Section 8.4.1.2. https://example.org/"},
      {" [RFC6763]", "reference RFC6763"},
      {" name-of.html", "reference name-of.html"},
      {" See someone@example.org", "prose"},
      {" Application will rely upon another one", "prose"},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(a_note_may_be_long_but_not_endless) {
  const std::string start = "Defined TXT keys:";
  std::string list = " a";
  while (list.size() + 5 <= 16384) list += ", " + std::to_string(list.size() % 7) + "b";
  BOOST_TEST((read_txt_keys_note(start + list).status == TxtKeysStatus::open));
  list.resize(16385, ' ');
  BOOST_TEST((read_txt_keys_note(start + list).status == TxtKeysStatus::prose));
  const std::string brackets(10000, '<');
  BOOST_TEST((read_txt_keys_note(start + brackets).status != TxtKeysStatus::closed));
}

BOOST_AUTO_TEST_SUITE_END()
