// registry_compiler: makes the compiled-in registry and the compile-time names from our table.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "registry/compiler/emit.hpp"
#include "registry/image_builder.hpp"
#include "srvwarden/registry_table.hpp"

namespace {

/// Writes a file, unless it has that text already, so that nothing is built anew for nothing.
bool write_file(const char* path, const std::string& text) {
  std::ifstream before(path, std::ios::binary);
  const std::string old{std::istreambuf_iterator<char>(before), {}};
  if (before && old == text) return true;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) std::cerr << "registry_compiler: cannot write " << path << '\n';
  return static_cast<bool>(file);
}

std::string names_header(const srvwarden::registry::ImageStorage& storage) {
  using namespace srvwarden::registry;
  std::vector<CompiledName> names;
  for (const PackedName& name : storage.names) {
    names.push_back({storage.image.view(name), (standing_of(name) & for_tcp) != 0,
                     (standing_of(name) & for_udp) != 0});
  }
  return emit_names(names, "registry_compiler from data/registry.tsv");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: registry_compiler TABLE.tsv IMAGE.cpp NAMES.hpp\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    std::cerr << "registry_compiler: cannot read " << argv[1] << '\n';
    return 3;
  }
  const auto table = srvwarden::read_registry_tsv(std::move(text));
  if (!table) {
    const auto& problem = table.error();
    std::cerr << argv[1] << ':' << problem.at.line << ':' << problem.at.column << ": "
              << sentence_of(problem.issue) << ": " << problem.detail << '\n';
    return 1;
  }
  const srvwarden::registry::ImageStorage storage(*table);
  const bool written = write_file(argv[2], srvwarden::registry::emit_image(storage)) &&
                       write_file(argv[3], names_header(storage));
  return written ? 0 : 3;
}
