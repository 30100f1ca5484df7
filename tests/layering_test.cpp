// The house's order: who may include whom, and what each source file looks like.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Tree = std::map<std::string, std::string>;  // path from the top -> text
using Rooms = std::set<std::string, std::less<>>;

struct Fault {
  std::string path;
  std::size_t line;
  std::string what;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) {
  return out << fault.path << ':' << fault.line << ": " << fault.what;
}

constexpr std::size_t max_lines = 400;

/// The rooms that a room may include from, itself among them. STYLE: `a <- b`.
const std::map<std::string, Rooms, std::less<>> may_see = {
    {"core", {"core"}},
    {"names", {"core", "names"}},
    {"registry", {"core", "names", "registry"}},
    {"wire", {"core", "wire"}},
    {"definition", {"core", "definition"}},
    {"census", {"core", "names", "registry", "wire", "definition", "census"}},
    {"rules", {"core", "names", "registry", "wire", "definition", "census", "rules"}},
    {"history", {"core", "names", "registry", "wire", "definition", "census", "rules", "history"}},
    {"report",
     {"core", "names", "registry", "wire", "definition", "census", "rules", "history", "report"}},
    {"link",
     {"core", "names", "registry", "wire", "definition", "census", "rules", "report", "link"}},
    {"tool",
     {"core", "names", "registry", "wire", "definition", "census", "rules", "history", "report",
      "link", "tool"}},
    {"daemon",
     {"core", "names", "registry", "wire", "definition", "census", "rules", "history", "report",
      "link", "daemon"}},
};

/// Where the C++ standard library is all there is.
const Rooms standard_only = {"core", "names", "registry", "wire", "census"};

/// Libraries that stay in their rooms, by the start of their headers' names.
const std::map<std::string, Rooms, std::less<>> kept_in = {
    {"avahi-", {"daemon"}},       {"boost/", {"link", "daemon"}},
    {"systemd/", {"daemon"}},     {"toml++/", {"rules", "daemon"}},
    {"CLI/", {"tool", "daemon"}}, {"zlib", {"link"}},
    {"curl/", {"link"}},          {"yaml-cpp/", {"definition"}},
    {"sqlite3", {"history"}},
};

bool starts(std::string_view text, std::string_view prefix) { return text.starts_with(prefix); }

/// "src/wire/reader.cpp" -> "wire"; "daemon/main.cpp" -> "daemon"; elsewhere "".
std::string room_of_source(std::string_view path) {
  if (starts(path, "daemon/")) return "daemon";
  if (!starts(path, "src/")) return "";
  path.remove_prefix(4);
  const auto slash = path.find('/');
  return slash == path.npos ? "" : std::string(path.substr(0, slash));
}

struct Include {
  std::size_t line;
  std::string name;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  std::size_t number = 0;
  for (std::string_view line : lines_of(text)) {
    ++number;
    const auto skip = [&] {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    };
    skip();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip();
    if (!starts(line, "include")) continue;
    line.remove_prefix(7);
    skip();
    if (line.empty() || (line[0] != '"' && line[0] != '<')) continue;
    const auto end = line.find(line[0] == '"' ? '"' : '>', 1);
    if (end == line.npos) continue;
    includes.push_back({number, std::string(line.substr(1, end - 1))});
  }
  return includes;
}

/// The rooms that a header of ours stands for. A public header is of the room whose source or test
/// has its name; one that has neither is only words, and stands for what it includes.
class Headers {
 public:
  explicit Headers(const Tree& tree) : tree_(tree) {
    for (const auto& [path, text] : tree) {
      const std::filesystem::path file(path);
      const std::string stem = file.stem().string();
      if (const std::string room = room_of_source(path); !room.empty()) {
        if (file.extension() == ".cpp") named_.try_emplace(stem, room);
      } else if (starts(path, "tests/") && stem.ends_with("_test")) {
        tested_.try_emplace(stem.substr(0, stem.size() - 5), file.parent_path().filename());
      }
    }
  }

  /// The path of an included file of ours, or "".
  std::string find(const std::string& from, const std::string& name) const {
    const auto beside = (std::filesystem::path(from).parent_path() / name).lexically_normal();
    for (const std::string& path : {"include/" + name, "src/" + name, beside.string(), name}) {
      if (tree_.contains(path)) return path;
    }
    return "";
  }

  /// The one room that a file of ours is in, or "" for words only.
  std::string room_of(const std::string& path) const {
    if (std::string room = room_of_source(path); !room.empty()) return room;
    const std::string stem = std::filesystem::path(path).stem().string();
    if (const auto it = named_.find(stem); it != named_.end()) return it->second;
    const auto it = tested_.find(stem);
    return it != tested_.end() && may_see.contains(it->second) ? it->second : "";
  }

  Rooms rooms_of(const std::string& path, std::size_t depth = 0) const {
    if (const std::string room = room_of(path); !room.empty()) return {room};
    Rooms rooms = {"core"};
    if (depth > 20) return rooms;
    for (const Include& include : includes_of(tree_.at(path))) {
      const std::string next = find(path, include.name);
      if (!next.empty()) rooms.merge(rooms_of(next, depth + 1));
    }
    return rooms;
  }

 private:
  const Tree& tree_;
  std::map<std::string, std::string> named_;   // stem of a source -> room
  std::map<std::string, std::string> tested_;  // stem of a header with a test -> room
};

bool is_standard(std::string_view header) { return header.find_first_of("./") == header.npos; }

void check_library(const std::string& path, const Include& include, const std::string& room,
                   std::vector<Fault>& faults) {
  const bool generated = starts(include.name, "srvwarden/");
  if (generated || is_standard(include.name)) return;
  if (starts(path, "include/")) {
    faults.push_back({path, include.line, "a public header uses only the standard library"});
  } else if (standard_only.contains(room)) {
    faults.push_back({path, include.line, room + " uses only the standard library"});
  } else {
    for (const auto& [prefix, homes] : kept_in) {
      if (!starts(include.name, prefix) || homes.contains(room)) continue;
      faults.push_back({path, include.line, prefix + " is not for " + room});
    }
  }
}

void check_includes(const std::string& path, const std::string& text, const Headers& headers,
                    std::vector<Fault>& faults) {
  const std::string room = headers.room_of(path);
  const auto sees = may_see.find(room);
  if (!room.empty() && sees == may_see.end()) faults.push_back({path, 1, "no such room: " + room});
  for (const Include& include : includes_of(text)) {
    const std::string target = headers.find(path, include.name);
    if (target.empty()) check_library(path, include, room, faults);
    if (target.empty() || sees == may_see.end()) continue;
    for (const std::string& seen : headers.rooms_of(target)) {
      if (sees->second.contains(seen)) continue;
      faults.push_back({path, include.line, room + " may not include " + seen});
    }
  }
}

void check_shape(const std::string& path, const std::string& text, std::vector<Fault>& faults) {
  const auto lines = lines_of(text);
  if (lines.empty() || !starts(lines[0], "// ")) {
    faults.push_back({path, 1, "the first line does not say what the file is for"});
  }
  if (lines.size() < 2 || lines[1] != "// SPDX-License-Identifier: Apache-2.0") {
    faults.push_back({path, 2, "no SPDX line"});
  }
  if (lines.size() > max_lines) faults.push_back({path, max_lines + 1, "too long"});
  if (path.ends_with(".hpp") &&
      std::find(lines.begin(), lines.end(), "#pragma once") == lines.end()) {
    faults.push_back({path, 1, "no #pragma once"});
  }
}

std::vector<Fault> faults_of(const Tree& tree) {
  std::vector<Fault> faults;
  const Headers headers(tree);
  for (const auto& [path, text] : tree) {
    check_shape(path, text, faults);
    if (!starts(path, "tests/")) check_includes(path, text, headers, faults);
  }
  return faults;
}

Tree read_tree(const std::filesystem::path& top) {
  Tree tree;
  for (const char* folder : {"src", "include", "daemon", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      tree[entry.path().lexically_relative(top).generic_string()] =
          std::string(std::istreambuf_iterator<char>(file), {});
    }
  }
  return tree;
}

const std::string head = "// What it is for.\n// SPDX-License-Identifier: Apache-2.0\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(layering)

BOOST_AUTO_TEST_CASE(the_tree_keeps_the_order) {
  const Tree tree = read_tree(SRVWARDEN_SOURCE_DIR);
  BOOST_TEST(tree.contains("src/core/error.cpp"));  // it was really read
  for (const Fault& fault : faults_of(tree)) BOOST_ERROR(fault);
}

BOOST_AUTO_TEST_CASE(an_include_is_judged_by_the_rooms_at_both_ends) {
  struct Row {
    std::string path, line, fault;  // an empty fault: none
  };
  const Row rows[] = {
      {"src/core/a.cpp", "#include <vector>", ""},
      {"src/core/a.cpp", "#include <unistd.h>", "core uses only the standard library"},
      {"src/census/a.cpp", "#include <boost/asio.hpp>", "census uses only the standard library"},
      {"src/core/a.cpp", "#include \"srvwarden/name.hpp\"", "core may not include names"},
      {"src/names/a.cpp", "#include \"srvwarden/name.hpp\"", ""},
      {"src/wire/a.cpp", "#include \"srvwarden/name.hpp\"", "wire may not include names"},
      {"src/wire/a.cpp", "#include \"srvwarden/word.hpp\"", ""},  // words only
      {"src/wire/a.cpp", "#include \"srvwarden/words.hpp\"", "wire may not include names"},
      {"src/wire/a.cpp", "#include \"srvwarden/tested.hpp\"", "wire may not include registry"},
      {"src/names/a.cpp", "  #  include \"rules/rule.hpp\"  // why", "names may not include rules"},
      {"src/rules/a.cpp", "#include \"rule.hpp\"", ""},
      {"src/rules/a.cpp", "#include \"report/text.hpp\"", "rules may not include report"},
      {"src/rules/a.cpp", "#include <boost/asio.hpp>", "boost/ is not for rules"},
      {"src/link/a.cpp", "#include <boost/asio.hpp>", ""},
      {"src/link/a.cpp", "#include <avahi-client/client.h>", "avahi- is not for link"},
      {"src/tool/a.cpp", "#include <boost/asio.hpp>", "boost/ is not for tool"},
      {"src/tool/a.cpp", "#include \"../../daemon/poll.hpp\"", "tool may not include daemon"},
      {"daemon/a.cpp", "#include <avahi-client/client.h>", ""},
      {"daemon/a.cpp", "#include \"report/text.hpp\"", ""},
      {"include/srvwarden/word2.hpp", "#pragma once\n#include <avahi-core/core.h>",
       "a public header uses only the standard library"},
      {"src/attic/a.cpp", "#include \"srvwarden/word.hpp\"", "no such room: attic"},
  };
  const std::string once = head + "#pragma once\n";
  const Tree others = {
      {"include/srvwarden/name.hpp", once},
      {"src/names/name.cpp", head},
      {"include/srvwarden/word.hpp", once},
      {"include/srvwarden/words.hpp", once + "#include \"srvwarden/name.hpp\"\n"},
      {"include/srvwarden/tested.hpp", once},
      {"tests/registry/tested_test.cpp", head},
      {"src/rules/rule.hpp", once},
      {"src/report/text.hpp", once},
      {"daemon/poll.hpp", once},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.path << ": " << row.line) {
      Tree tree = others;
      tree[row.path] = head + row.line + "\n";
      const auto faults = faults_of(tree);
      BOOST_TEST(faults.size() == (row.fault.empty() ? 0U : 1U));
      if (!faults.empty()) BOOST_TEST(faults.front().what == row.fault);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_file_has_its_shape) {
  const std::string full = [] {
    std::string text = head;
    for (std::size_t line = 2; line < max_lines; ++line) text += "\n";
    return text;
  }();
  struct Row {
    std::string path, text;
    std::size_t faults;
  };
  const Row rows[] = {
      {"src/core/a.cpp", head, 0},
      {"src/core/a.cpp", "", 2},
      {"tests/core/a.cpp", "// SPDX-License-Identifier: Apache-2.0\n", 1},
      {"src/core/a.cpp", "#include <vector>\n// SPDX-License-Identifier: Apache-2.0\n", 1},
      {"src/core/a.cpp", full, 0},
      {"src/core/a.cpp", full + "\n", 1},
      {"src/core/a.hpp", head, 1},
      {"src/core/a.hpp", head + "#pragma once\n", 0},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.path << ", " << row.text.size() << " bytes") {
      BOOST_TEST(faults_of({{row.path, row.text}}).size() == row.faults);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
