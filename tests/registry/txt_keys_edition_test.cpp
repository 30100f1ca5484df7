// "Defined TXT keys" in a whole edition of IANA's CSV, where it is beside the project.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "registry/fields.hpp"
#include "registry/formats/csv.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_keys.hpp"

using namespace srvwarden;

namespace {

/// The notes of an edition that speak of TXT, each with the services that have it.
struct Notes {
  std::map<std::string, std::vector<std::string>> services;
  std::size_t records = 0;
};

bool speaks_of_txt(std::string_view note) {
  for (std::size_t at = 0; at + 3 <= note.size(); ++at) {
    if (ascii::equal(note.substr(at, 3), "txt")) return true;
  }
  return false;
}

/// Empty, and said so, where the file is not there.
const Notes& notes() {
  static const Notes read = [] {
    Notes made;
    const std::string path = std::string(SRVWARDEN_SOURCE_DIR) +
                             "/../shared/registry/service-names-port-numbers-2026-08-17.csv";
    std::ifstream file(path, std::ios::binary);
    if (!file) BOOST_TEST_MESSAGE("skipped: there is no " << path);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    registry::CsvReader reader(text);
    while (reader.next() != registry::CsvRow::end) {
      if (reader.field_count() < 12) continue;
      const std::string note = reader.fields()[11].unescaped();
      if (!speaks_of_txt(note)) continue;
      ++made.records;
      made.services[note].push_back(reader.fields()[0].unescaped());
    }
    return made;
  }();
  return read;
}

/// White space alone where there were line breaks and indents.
std::string on_one_line(std::string_view note) {
  std::string line;
  for (const char c : note) {
    if (c != ' ' && c != '\n' && c != '\r')
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return line;
}

std::set<std::string> names(const TxtKeys& keys) {
  std::set<std::string> set;
  for (const TxtKey& key : keys.keys) set.insert(key.key);
  return set;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(txt_keys_edition)

BOOST_AUTO_TEST_CASE(notes_are_as_many_as_counted_and_nearly_all_are_read) {
  if (notes().records == 0) return;
  BOOST_TEST(notes().services.size() == 298u);
  BOOST_TEST(notes().records == 1025u);
  std::map<std::string_view, std::size_t> count;
  for (const auto& [note, services] : notes().services) {
    ++count[name_of(read_txt_keys_note(note).status)];
  }
  BOOST_TEST(count[""] == 3u);  // two aliases of http, and a heading with nothing behind it
  BOOST_TEST(count["none"] == 13u);
  BOOST_TEST(count["closed"] == 202u);
  BOOST_TEST(count["open"] == 48u);
  BOOST_TEST(count["opaque"] == 8u);
  BOOST_TEST(count["reference"] == 19u);
  BOOST_TEST(count["prose"] == 5u);
  BOOST_TEST(count["prose"] * 50 <= notes().services.size());
}

BOOST_AUTO_TEST_CASE(every_canonical_text_is_clean_and_reads_back) {
  for (const auto& [note, services] : notes().services) {
    const TxtKeys keys = read_txt_keys_note(note);
    const std::string text = to_text(keys);
    BOOST_TEST_CONTEXT(services[0] << ": " << text) {
      BOOST_TEST((parse_txt_keys(text) == keys));
      BOOST_TEST(registry::is_clean(text));
      BOOST_TEST(!registry::has_address(text));
    }
  }
}

BOOST_AUTO_TEST_CASE(lost_line_breaks_make_a_note_unsure_but_never_wrong) {
  std::size_t unsure = 0;
  for (const auto& [note, services] : notes().services) {
    const TxtKeys whole = read_txt_keys_note(note);
    const TxtKeys lost = read_txt_keys_note(on_one_line(note));
    const bool same = lost.status == whole.status && names(lost) == names(whole);
    if (!same) ++unsure;
    BOOST_TEST_CONTEXT(services[0] << ": " << to_text(lost)) {
      BOOST_TEST((same || lost.status == TxtKeysStatus::prose));
    }
  }
  BOOST_TEST(unsure <= 8u);
}

BOOST_AUTO_TEST_CASE(services_have_the_keys_that_their_notes_define) {
  if (notes().records == 0) return;
  struct Row {
    std::string_view service, text;
  };
  static const Row rows[] = {
      // None, and what people write behind it.
      {"bootps", "none"},
      {"googlecast", "none"},
      {"matterc", "none"},
      {"llrp", "none"},
      {"devonsync", "none"},
      {"autotargets-ap", "none"},
      {"radioport", "none"},
      {"autotunnel", "none"},
      {"ola", "none"},
      {"est", "none"},
      {"tsbiis", "none"},
      {"ptnetprosrv2", "none"},
      // Bare lists.
      {"trel", "closed xa xp"},
      {"z-wave", "closed NIF EP LM"},
      {"found", "closed id key"},
      {"owserver", "closed txtvers"},
      {"airplay", "closed am cn et ft fv md pk pw sf tp vn vs"},
      {"addressbooksrv", "closed _suffix _prefix"},
      {"acs-ctl-ds", "closed MAC GW-MAC"},
      {"daap",
       "closed txtvers Version \"iTSh Version\" \"Machine ID\" \"Database ID\" \"Machine Name\" "
       "Password"},
      {"duckrace", "closed txtvers uuid devicename"},
      {"enphase-envoy", "closed txtvers protovers serialnum"},
      {"tbricks",
       "closed txtvers=1 sesna seid setype cosna coid cotype sysna syna syid subsyid venid "
       "protocols pid"},
      {"rgb", "closed Keyboard Mouse Option1 Option2 Option3 Option4 ModelName"},
      {"voalte2", "open txtvers name"},
      {"homeconnect", "open txtvers"},
      {"mieleacs", "open txtvers"},
      {"heythings", "open heythings"},
      {"supple", "open type url"},
      {"bidib", "open bidib node interface uid prod user"},
      {"ims-ni", "closed SN SVER HVER PVER"},
      {"wdp", "closed D S=<port: https port> A T"},
      // Series.
      {"psap", "closed c#"},
      {"ptp-req", "closed txtvers guid c#"},
      {"adisk", "open sys dk#"},
      // Assignments.
      {"http", "closed u=<username> p=<password> path=<path: path to document>"},
      {"ssh", "closed u=<username> p=<password>"},
      {"cctv", "closed u=<username> p=<password> path=<path: path to XML file>"},
      {"caldav", "closed path=<path: context path>"},
      {"timezone", "closed path=<path: context path>"},
      {"roku-rcp", "closed txtvers=1"},
      {"railduino", "closed role=master"},
      {"gotit", "closed info=<name>"},
      {"ncpu",
       "closed u=<username> k=<keypattern> f=<fstabFILE> n=<namespace> h=<hostkey> r=<root>"},
      {"pblr", "closed enabled=true|false accmode=read|readwrite version=<version: x.y> sn=<sn>"},
      {"radicle-node",
       "closed nid=<Node ID> network=<Name of Network, e.g. 'main' or 'test'> "
       "version=<version: Version Number>"},
      {"soda", "closed ssid=<Wi-Fi SSID of the device> bssid=<Wi-Fi BSSID of the device>"},
      {"asr", "closed image=<url: HTTP URL of disk image>"},
      {"b3d-convince", "closed txtvers=1 protovers=<api version> guid=<hex: 32 hex digits>"},
      {"bluevertise", "closed role=master|slave"},
      {"irmc", "closed \"RMC Client Version\"=<version: version> \"MAC Address\"=<address>"},
      {"lanrevagent",
       "closed txtvers server=<main LANrev server for agent> vers=<version of LANrev Agent> "
       "build=<build number of LANrev Agent> id=<agent identifier>"},
      {"hyperstream",
       "closed version=<version: x.y.z.w> uuid=<uuid: 36 bytes UUID string> "
       "host=<host: real host name>"},
      {"airprojector",
       "closed mac=<mac: MAC address> ip=<address: IP address> note=<Location> use=<Status> "
       "mainprog=<Main program version> bootprog=<Boot program version>"},
      {"jnx-kcsync",
       "closed hash=<hex: 40hex characters> salt=<hex: 40hex characters> "
       "uuid=<hex: 40hex characters>"},
      {"lsys-appserver", "closed path=<relative URL> engname=<string>"},
      {"moodring", "closed txtvers=1 mood=<number: ascii digit from 0-4>"},
      {"rsmp-server", "closed apiver=<version: major.minor>"},
      {"nasunifiler", "closed companyfullname=<The name of the company hosting the Nasuni Filer>"},
      {"objective",
       "closed txtvers=1 type=production|standby|test|demo protocol=<{['SOAP'],['CORBA']}> "
       "transport=<['iiop']|['http']>"},
      {"sparql",
       "closed txtvers=1 path=<relative or absolute URL of endpoint> protovers?=<number> "
       "binding?=HTTP|SOAP vocabs=<space separated list of URIs> metadata=<url: URL>"},
      {"spx-hmp",
       "closed txtvers=1 cport=<port: the port for the content HTTP server> "
       "mode=normal|safe|recovery serial=<serial number of the HMP device> "
       "firmware=<firmware version string> model=<model string>"},
      {"mqtt", "open topics=<open topic to subscribe to for information>"},
      {"hg",
       "open path=<path: file system pathname to repository> description=<descriptive name of "
       "repository>"},
      {"lxi",
       "open txtvers \"*IDN?\"=<response defined by IEEE 488; e.g., manufacturer, model, serial "
       "number, version>"},
      {"aeroflex",
       "open orb_server?=<port: port #> product_id?=<string> txtvers?=<*IDN?=\\<identifier\\>>"},
      {"fix",
       "open txtvers=1 fix=<APPLICATIONVERSION> \"fix supported\"=<APPLICATIONVERSION["
       ",APPLICATIONVERSION, ... ,APPLICATIONVERSION]> fixt=<SESSIONVERSION>"},
      // Tables, glossaries, sentences.
      {"iax",
       "open auth?=plaintext|md5|rsakeys userid? secret? domain?=<host: DNS domain name or IP "
       "address> extension? context? trunk?=yes|no|0|1 welcome? voicemail? reception? echotest? "
       "ivrtest?"},
      {"shifter", "closed username? ssh_tunnel iface version ID"},
      {"wot", "closed td type?=Thing|Directory scheme?"},
      {"bootstrap", "closed url? namespace"},
      {"pochi", "open txtvers name"},
      {"av-chat-ring-01", "open txt-vers conn-stat"},
      // Elsewhere, or nowhere.
      {"busycal", "opaque"},
      {"uddi", "opaque"},
      {"guid", "opaque"},
      {"sessionfs", "opaque"},
      {"ncbroadcast", "opaque"},
      {"ipp", "reference BonjourPrinting.pdf"},
      {"presence", "reference http://www.xmpp.org/registrar/linklocal.html"},
      {"ciao", "reference www.ciaoapp.com"},
      {"recipe-sharing", "reference http://www.recipemanager.org/rsp/rsp10draft.html#dnssd"},
      {"meshcop",
       "reference Thread 1.1 Specification, Section 8.4.1.1.2. "
       "https://www.threadgroup.org/ThreadSpec"},
      {"omni-live", "reference omni-livetxt.html"},
      {"sipuri", "reference URL specification"},
      {"display", "prose"},
      {"payload-app", "prose"},
      {"strobe-sync", "prose"},
      {"test-ok", "prose"},
      {"msrps", ""},
  };
  std::map<std::string, std::set<std::string>> texts;
  for (const auto& [note, services] : notes().services) {
    const std::string text = to_text(read_txt_keys_note(note));
    for (const std::string& service : services) texts[service].insert(text);
  }
  for (const Row& row : rows) {
    const auto& found = texts[std::string(row.service)];
    BOOST_TEST_CONTEXT(row.service << ": " << (found.empty() ? "no note" : *found.begin())) {
      BOOST_TEST(found.contains(std::string(row.text)));
      BOOST_TEST(found.size() == 1u);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
