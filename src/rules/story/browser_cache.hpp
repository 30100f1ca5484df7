// BrowserCache: what a browser that listens to the group knows of a subject. RFC 6762 §10.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/story/scene.hpp"

namespace srvwarden::rules::story {

/// How a record left the cache.
enum class Leaving : std::uint8_t { not_yet, goodbye, replaced, expired };

struct CachedRecord {
  PartSeen record;    ///< as last announced with a TTL
  Party sender;       ///< who announced it last
  wire::Time seen{};  ///< when last
  std::uint64_t packet = 0;
  wire::Time ends{};  ///< when it is gone: a cache may keep it a second longer. RFC 6762 §10.1
  Leaving leaving = Leaving::not_yet;

  bool is_live(wire::Time time) const noexcept { return time < ends; }
  /// How it is gone at a time.
  Leaving how(wire::Time time) const noexcept {
    if (is_live(time)) return Leaving::not_yet;
    return leaving == Leaving::not_yet ? Leaving::expired : leaving;
  }
};

class BrowserCache {
 public:
  /// Takes a multicast response in, as a receiver must: what it must ignore, and what is malformed
  /// or of another class, is left out.
  void take(const Moment& moment);

  /// Every record ever taken in, in the order of the first.
  const std::vector<CachedRecord>& records() const noexcept { return records_; }
  /// Those of a part that are live.
  std::vector<const CachedRecord*> live(Part part, wire::Time time) const;
  bool has(Part part, wire::Time time) const { return !live(part, time).empty(); }
  /// The record of a part that left last, where none of them is live; else null.
  const CachedRecord* last_gone(Part part, wire::Time time) const;
  /// A live record of the same owner and type with other data, where this one is not live; or null.
  const CachedRecord* other_than(const PartSeen& record, wire::Time time) const;
  /// The same record of an owner and type, or null.
  const CachedRecord* find(const PartSeen& record) const;

 private:
  std::size_t position(const PartSeen& record) const;
  void flush(const PartSeen& by, wire::Time time);

  std::vector<CachedRecord> records_;
};

}  // namespace srvwarden::rules::story
