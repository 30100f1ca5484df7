// Replays a fuzz target's corpus without libFuzzer: each file, and each file cut short.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t max_cuts = 256;  // a long file is cut at so many places

Bytes read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// A copy of exactly the input's size, so that a sanitizer sees a read past its end.
void replay(const Bytes& whole, std::size_t size) {
  const Bytes input(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t files = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      const Bytes bytes = read(entry.path());
      const std::size_t step = bytes.size() / max_cuts + 1;
      for (std::size_t size = 0; size < bytes.size(); size += step) replay(bytes, size);
      replay(bytes, bytes.size());
      ++files;
    }
  }
  std::cout << files << " files\n";
  return files == 0 ? 1 : 0;
}
