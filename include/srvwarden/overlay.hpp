// Overlay: private services, and TXT keys that are defined outside IANA's registry.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/place.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {

/// A service of an overlay.
struct OverlayService {
  Place at;                                   ///< of its table in the file
  std::string name;                           ///< a valid service name, RFC 6335 §5.1
  std::vector<RegistryTransport> transports;  ///< empty: not stated, so all of them
  PortRange ports;
  std::string title;                     ///< one line of UTF-8; may be empty
  std::string source;                    ///< where the keys are defined; may be empty
  TxtKeys txt_keys;                      ///< status unstated: the overlay says nothing of keys
  std::vector<std::string> key_sources;  ///< of each of txt_keys.keys; empty: as `source`
};

/// What is wrong with an overlay, or at odds with the registry that it is laid over.
struct OverlayProblem {
  Place at;
  bool fatal = true;    ///< the overlay cannot be used; else: a clash, and the overlay prevails
  std::string message;  ///< one line, without a full stop
};

/// An overlay file, read. srvwarden-registry(5) describes its TOML.
struct Overlay {
  std::string path;  ///< as messages name it
  std::vector<OverlayService> services;
  std::vector<OverlayProblem> problems;  ///< in file order; with a fatal one, services is empty

  bool usable() const noexcept;
};

/// Reads an overlay. Strict: an unknown key, a name or a definition that is not right, or a service
/// given twice makes it unusable, each with its place.
///
/// @param toml  the whole file, at most 1 MiB; need not outlive the call.
Overlay read_overlay(std::string_view toml, std::string path);

/// The overlays of a folder: its *.toml files, by the alphabet. A file that cannot be read comes
/// with that as its fatal problem; a folder that is not there has none.
std::vector<Overlay> read_overlay_folder(const std::string& folder);

/// Where the administrator's overlays are: the folder that the environment's SRVWARDEN_REGISTRY_D
/// names, or /etc/srvwarden/registry.d.
std::string administrators_overlays();

/// The path of an overlay: of "homekit", a name without "/" and ".toml", that of the one that came
/// with srvwarden; else what is given.
std::string overlay_path(const std::string& given);

/// Where an overlay says something else than the registry: a title or port of a registered name, or
/// keys where the registry defines others. In file order.
std::vector<OverlayProblem> find_clashes(const Overlay& overlay, const Registry& registry);

/// The registry with overlays laid over it, the later over the earlier: their keys take the place
/// of the registry's, and names that it lacks are added with RegistryStatus::local_use.
Registry with_overlays(const Registry& registry, std::span<const Overlay> overlays);

}  // namespace srvwarden
