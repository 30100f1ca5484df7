// NameView: a domain name in wire format, as it is in a message once decompressed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

namespace srvwarden::wire {

/// Octets of a packet. The packet's owner keeps them alive.
using Bytes = std::span<const std::uint8_t>;

/// The same octets as text, as TXT strings and labels are handled.
inline std::string_view as_text(Bytes bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A view of a name: length octets and labels, ended by the root's zero octet. RFC 1035 §3.1.
///
/// The octets are always whole and free of pointers; who makes a view vouches for that.
/// Iterating gives the labels (1 to 63 octets each, any octets), without the root.
class NameView {
 public:
  /// Octets of a name with its root: 255 in unicast DNS, 256 in multicast DNS. RFC 6762 app. C.
  static constexpr std::size_t max_size = 256;

  constexpr NameView() = default;  ///< the root
  /// @param octets  wire format, without pointers, ended by a zero octet; must outlive the view.
  constexpr explicit NameView(std::string_view octets) noexcept : octets_(octets) {}

  constexpr std::string_view octets() const noexcept { return octets_; }
  constexpr bool is_root() const noexcept { return octets_.size() == 1; }

  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::string_view*;
    using reference = std::string_view;

    constexpr Iterator() = default;
    constexpr explicit Iterator(const char* at) noexcept : at_(at) {}
    constexpr std::string_view operator*() const noexcept { return {at_ + 1, size()}; }
    constexpr Iterator& operator++() noexcept {
      at_ += size() + 1;
      return *this;
    }
    constexpr Iterator operator++(int) noexcept {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(const Iterator&, const Iterator&) = default;

   private:
    constexpr std::size_t size() const noexcept { return static_cast<unsigned char>(*at_); }
    const char* at_ = nullptr;
  };

  constexpr Iterator begin() const noexcept { return Iterator(octets_.data()); }
  constexpr Iterator end() const noexcept {
    return Iterator(octets_.data() + (octets_.size() - 1));
  }

  /// Labels without the root; walks the name.
  std::size_t label_count() const noexcept;
  /// Label number `index` from the left, or nothing.
  std::string_view label(std::size_t index) const noexcept;
  /// The name without its first `count` labels; the root if there are no more.
  NameView without(std::size_t count) const noexcept;
  /// Whether this name ends in all labels of `parent` (or is it); A-Z folded.
  bool is_under(NameView parent) const noexcept;
  /// For people: labels joined by dots, with the final dot. Dots and backslashes of a label are
  /// escaped, so are control characters and octets that are no UTF-8 (as \DDD). RFC 1035 §5.1.
  std::string text() const;

  /// Equality as DNS compares: A-Z folded, all else octet by octet. RFC 6762 §16.
  friend bool operator==(NameView a, NameView b) noexcept;

 private:
  static constexpr char root[] = {'\0'};

  std::string_view octets_{root, sizeof root};
};

/// A hash that equal names share.
std::size_t hash_value(NameView name) noexcept;

/// The wire format of a name, to be viewed by NameView.
///
/// @param labels  1 to 63 octets each, any octets, without the root.
/// @return        the octets with the root, or nothing where a label or the name has no such form.
std::string make_name(std::span<const std::string_view> labels);
std::string make_name(std::initializer_list<std::string_view> labels);

}  // namespace srvwarden::wire
