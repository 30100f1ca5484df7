// Registry: what IANA registered, found by name, by port or by likeness.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "srvwarden/registry_record.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {

class RegistryTable;
namespace registry {
struct Image;
struct ImageStorage;

/// A share in an image that was made at run time, or in none. Its destructor is constexpr, so that
/// a Registry of the image that is compiled in needs no work at the start or the end of a program.
class ImageShare {
 public:
  constexpr ImageShare() noexcept = default;
  /// Takes over the one share that a new storage has.
  explicit ImageShare(ImageStorage* storage) noexcept : storage_(storage) {}
  ImageShare(const ImageShare& other) noexcept;
  ImageShare& operator=(ImageShare other) noexcept {
    std::swap(storage_, other.storage_);
    return *this;
  }
  constexpr ~ImageShare() {
    if (storage_ != nullptr) release();
  }

 private:
  void release() noexcept;
  ImageStorage* storage_ = nullptr;
};

}  // namespace registry

/// The records that a lookup found, in the table's order. Valid while a Registry of the table
/// lives.
class RegistryRecords {
 public:
  class iterator {
   public:
    using value_type = RegistryRecord;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    RegistryRecord operator*() const noexcept;
    iterator& operator++() noexcept {
      ++at_;
      skip();
      return *this;
    }
    iterator operator++(int) noexcept {
      iterator old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

   private:
    friend class Registry;
    friend class RegistryRecords;
    void skip() noexcept {
      if (filtered_) skip_others();
    }
    void skip_others() noexcept;

    const registry::Image* image_ = nullptr;
    const std::uint32_t* order_ = nullptr;  ///< indexes of records; null: the table's order
    std::uint32_t at_ = 0;
    std::uint32_t end_ = 0;
    TransportSet transports_ = {};
    std::uint16_t port_ = 0;
    bool by_port_ = false;
    bool filtered_ = false;
  };

  RegistryRecords() = default;
  iterator begin() const noexcept { return first_; }
  iterator end() const noexcept {
    iterator end = first_;
    end.at_ = end.end_;
    return end;
  }
  bool empty() const noexcept { return first_.at_ == first_.end_; }
  /// The first record. The range must not be empty.
  RegistryRecord front() const noexcept { return *first_; }

 private:
  friend class Registry;
  explicit RegistryRecords(const iterator& first) noexcept : first_(first) { first_.skip(); }

  iterator first_;
};

/// What the registry says of a name, over all its rows.
struct NameStanding {
  bool registered = false;       ///< it has a row
  bool for_tcp = false;          ///< a row is for tcp, or does not say for what
  bool for_udp = false;          ///< a row is for udp, sctp or dccp, or does not say for what
  bool not_a_service = false;    ///< special purpose: RegistryStatus::not_a_service
  std::string_view name;         ///< as registered
  std::string_view replacement;  ///< the name to use instead, if this is an alias or a duplicate
};

/// What the registry says of a port, over all its rows for some transports.
struct PortStanding {
  bool assigned = false;    ///< a row gives it to a name or to local use
  bool reserved = false;    ///< a row reserves it and none assigns it
  bool unassigned = false;  ///< below 49152, and no row assigns or reserves it. RFC 6335 §6
  bool unauthorized_use = false;
};

/// Whether a port is the one that a name's rows give.
enum class PortMatch : std::uint8_t { not_stated, matches, differs };

/// A registered name that may be meant.
struct Suggestion {
  std::string_view name;
  std::string_view title;
  std::size_t distance = 0;  ///< edits between the names; 0 for a match in the title

  friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

/// A registered name that a search found.
struct RegistryMatch {
  std::string_view name;
  std::string_view title;
  std::string_view replacement;  ///< the name to use instead; may be empty
  std::size_t words = 0;         ///< how many of the words it has, exactly or nearly
  std::size_t edits = 0;         ///< slips of the fingers that this supposes, over all words

  friend bool operator==(const RegistryMatch&, const RegistryMatch&) = default;
};

/// A registry that can be asked: compiled in, or made from a table. Copies share the same data.
///
/// Names are compared as RFC 6335 §5.1 says: ASCII case is ignored. Nothing here throws, and no
/// lookup allocates, except for the three searches (std::bad_alloc).
class Registry {
 public:
  /// An empty registry.
  Registry() noexcept;
  /// Copies what it needs from the table.
  explicit Registry(const RegistryTable& table);

  /// The registry that this library was built with. Costs nothing until it is used.
  static const Registry& builtin() noexcept;

  RegistryDate edition() const noexcept;
  std::size_t record_count() const noexcept;
  std::size_t name_count() const noexcept;  ///< distinct names
  RegistryRecords records() const noexcept;

  /// Every record of a name, without its underscore ("ipp").
  RegistryRecords find(std::string_view name) const noexcept;
  RegistryRecords find(std::string_view name, TransportSet transports) const noexcept;
  bool contains(std::string_view name) const noexcept;

  /// Every record that has this port, alone or in a range, assigned or not.
  RegistryRecords find_port(std::uint16_t port, TransportSet transports = {}) const noexcept;

  NameStanding standing(std::string_view name) const noexcept;
  /// The title of a name's first row that has one; empty: none has.
  std::string_view title(std::string_view name) const noexcept;
  PortStanding port_standing(std::uint16_t port, TransportSet transports) const noexcept;
  /// Compares a port with those that the name's rows for these transports give.
  PortMatch match_port(std::string_view name, TransportSet transports,
                       std::uint16_t port) const noexcept;

  /// The TXT keys that the name's rows for these transports define. Rows that differ are taken
  /// together: their keys, and open, since neither has the last word.
  TxtKeys txt_keys(std::string_view name, TransportSet transports = {}) const;

  /// Names at most max_distance edits away (insert, delete, replace, swap of neighbours), best
  /// first; of equal ones those with the same letters, then by the alphabet; never the name itself.
  /// Historic aliases, duplicates and names that are no service types are left out.
  std::vector<Suggestion> nearest(std::string_view name, std::size_t max_distance = 2,
                                  std::size_t limit = 3) const;
  /// Names whose titles have the words of a text ("acme-printer": acme, printer), those with the
  /// most words first. Words of fewer than three letters do not count.
  std::vector<Suggestion> find_in_titles(std::string_view words, std::size_t limit = 3) const;
  /// Names that have some of the words in their name or title, best first: those with the most
  /// words, then whole names before words of names, words of titles, parts of words and words with
  /// a slip (one in four letters, two in eight). Only the first eight words count.
  std::vector<RegistryMatch> search(std::string_view words, std::size_t limit = 20) const;

 private:
  constexpr explicit Registry(const registry::Image& image) noexcept : image_(&image) {}
  RegistryRecords select(const std::uint32_t* order, std::size_t count) const noexcept;

  const registry::Image* image_;  ///< never null
  registry::ImageShare share_;
};

/// "exp1" and "exp2", and ports 1021 and 1022: for experiments only. RFC 4727 §6, RFC 6335 §10.2.
bool is_experimental_name(std::string_view name) noexcept;
constexpr bool is_experimental_port(std::uint16_t port) noexcept {
  return port == 1021 || port == 1022;
}

}  // namespace srvwarden
