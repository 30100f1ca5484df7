// ImageStorage: an image and the arrays it views, made from a table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "registry/image.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden::registry {

/// Not to be moved: the image points into it.
struct ImageStorage {
  explicit ImageStorage(const RegistryTable& table);
  ImageStorage(const ImageStorage&) = delete;
  ImageStorage& operator=(const ImageStorage&) = delete;

  std::string text;
  std::vector<PackedRecord> records;
  std::vector<PackedExtra> extras;
  std::vector<PackedPeople> people;
  std::vector<PackedName> names;
  std::vector<std::uint32_t> by_name;
  std::vector<std::uint32_t> by_port;
  std::vector<std::uint16_t> port_first;
  std::vector<std::uint16_t> port_reach;
  std::vector<Slot> slots;
  Image image;
  std::atomic<std::size_t> shares{1};
};

}  // namespace srvwarden::registry
