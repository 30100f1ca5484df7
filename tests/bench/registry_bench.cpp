// The registry beside getservbyname and, in other hands, Python's csv module.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry.hpp"

#include <benchmark/benchmark.h>
#include <expat.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/registry_table.hpp"

namespace {

using namespace srvwarden;

/// Names that /etc/services has too, so that both find them.
constexpr std::array<const char*, 8> known = {"http", "ipp",  "ssh",        "domain",
                                              "ntp",  "ldap", "postgresql", "mysql"};
constexpr std::array<const char*, 8> unknown = {"htpp", "acme-widget", "sshh",    "x-none",
                                                "nttp", "printer-3",   "postgre", "zzz"};

void find(benchmark::State& state, const std::array<const char*, 8>& names) {
  std::array<std::string_view, known.size()> views;
  std::copy(names.begin(), names.end(), views.begin());
  const Registry& registry = Registry::builtin();
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(views);
    benchmark::DoNotOptimize(registry.find(views[i++ % views.size()]));
  }
}

void get(benchmark::State& state, const std::array<const char*, 8>& names) {
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(getservbyname(names[i++ % names.size()], "tcp"));
}

void registry_find_hit(benchmark::State& state) { find(state, known); }
void registry_find_miss(benchmark::State& state) { find(state, unknown); }
void getservbyname_hit(benchmark::State& state) { get(state, known); }
void getservbyname_miss(benchmark::State& state) { get(state, unknown); }

/// Every name of the registry in turn, so that caches help less.
void registry_find_each(benchmark::State& state) {
  const Registry& registry = Registry::builtin();
  std::vector<std::string> names;
  for (const RegistryRecord record : registry.records()) {
    if (!record.name.empty()) names.emplace_back(record.name);
  }
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(registry.find(names[i]));
    i = (i + 7919) % names.size();
  }
}

void registry_find_port(benchmark::State& state) {
  const Registry& registry = Registry::builtin();
  std::uint16_t port = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(registry.port_standing(port, TransportSet::of_label(false)));
    port = static_cast<std::uint16_t>(port + 7919);
  }
}

void registry_nearest(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Registry::builtin().nearest("airplayy"));
}

/// What a search is held to: the time itself.
void registry_nothing(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(&Registry::builtin());
}

/// A misspelt word, and several, held against every name and title.
void registry_search(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Registry::builtin().search("pritner"));
}
void registry_search_words(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Registry::builtin().search("intrenet printing protocol"));
  }
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// An edition: the file that the variable names, or the one beside the project.
std::string edition(benchmark::State& state, const char* variable, const char* suffix) {
  const char* stated = std::getenv(variable);
  const std::string path =
      stated != nullptr ? stated
                        : std::string(SRVWARDEN_SOURCE_DIR
                                      "/../shared/registry/service-names-port-numbers-2026-08-17") +
                              suffix;
  std::string text = read_file(path);
  if (text.empty()) state.SkipWithError(("no such file: " + path).c_str());
  return text;
}
std::string csv(benchmark::State& state) {
  return edition(state, "SRVWARDEN_REGISTRY_CSV", ".csv");
}
std::string xml(benchmark::State& state) {
  return edition(state, "SRVWARDEN_REGISTRY_XML", ".xml");
}

void import(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    auto import = read_registry(text);
    benchmark::DoNotOptimize(import);
  }
}
void registry_import_csv(benchmark::State& state) { import(state, csv(state)); }
void registry_import_xml(benchmark::State& state) { import(state, xml(state)); }

/// What the import of the XML is held to: merely parsing it.
void expat_parse_xml(benchmark::State& state) {
  const std::string text = xml(state);
  for (auto _ : state) {
    const XML_Parser parser = XML_ParserCreate(nullptr);
    benchmark::DoNotOptimize(XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1));
    XML_ParserFree(parser);
  }
}

void registry_read_tsv(benchmark::State& state) {
  const std::string text = read_file(SRVWARDEN_SOURCE_DIR "/data/registry.tsv");
  for (auto _ : state) {
    auto table = read_registry_tsv(text);
    benchmark::DoNotOptimize(table);
  }
}

void registry_from_table(benchmark::State& state) {
  const auto table = read_registry_tsv(read_file(SRVWARDEN_SOURCE_DIR "/data/registry.tsv"));
  for (auto _ : state) benchmark::DoNotOptimize(Registry(*table));
}

BENCHMARK(registry_find_hit);
BENCHMARK(registry_find_miss);
BENCHMARK(registry_find_each);
BENCHMARK(getservbyname_hit);
BENCHMARK(getservbyname_miss);
BENCHMARK(registry_find_port);
BENCHMARK(registry_nearest);
BENCHMARK(registry_nothing);
BENCHMARK(registry_search)->Unit(benchmark::kMillisecond);
BENCHMARK(registry_search_words)->Unit(benchmark::kMillisecond);
BENCHMARK(registry_import_csv)->Unit(benchmark::kMillisecond);
BENCHMARK(registry_import_xml)->Unit(benchmark::kMillisecond);
BENCHMARK(expat_parse_xml)->Unit(benchmark::kMillisecond);
BENCHMARK(registry_read_tsv)->Unit(benchmark::kMillisecond);
BENCHMARK(registry_from_table)->Unit(benchmark::kMillisecond);

}  // namespace
