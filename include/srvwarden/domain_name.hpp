// Domain names ("local.", "example.com."): labels of any octets, as the wire has them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "srvwarden/context.hpp"
#include "srvwarden/labels.hpp"

namespace srvwarden {

/// Whether labels [first, count) are a domain of multicast DNS: none at all, .local, or link-local
/// reverse mapping. LabelList gives count(), absolute() and operator[]. RFC 6762 §3 and §4.
template <class LabelList>
constexpr bool is_multicast_domain(const LabelList& labels, std::size_t first) noexcept {
  const std::size_t count = labels.count();
  if (count == first) return !labels.absolute();
  if (ascii::equal(labels[count - 1], "local")) return true;
  if (count - first < 4 || !ascii::equal(labels[count - 1], "arpa")) return false;
  if (ascii::equal(labels[count - 2], "in-addr")) {
    return labels[count - 3] == "169" && labels[count - 4] == "254";
  }
  if (!ascii::equal(labels[count - 2], "ip6") || count - first < 5) return false;
  const std::string_view third = labels[count - 5];  // fe80::/10: f, e, then 8 to b
  return ascii::equal(labels[count - 3], "f") && ascii::equal(labels[count - 4], "e") &&
         third.size() == 1 &&
         (third == "8" || third == "9" || ascii::equal(third, "a") || ascii::equal(third, "b"));
}

/// Whether names whose domain starts at label `first` are judged as multicast DNS.
template <class LabelList>
constexpr bool is_multicast(const LabelList& labels, std::size_t first, Context context) noexcept {
  return context == Context::automatic ? is_multicast_domain(labels, first)
                                       : context == Context::mdns;
}

/// The generic limits of a name: NM001 from label `first` on, and NM002 by context: 256 octets on
/// the wire (root included) are for multicast DNS alone. RFC 1035 §2.3.4, RFC 6762 App. C.
constexpr Error check_name_size(const Labels& labels, std::size_t first, bool multicast) noexcept {
  if (labels.wire_size() > (multicast ? 256u : 255u)) return {Errc::name_too_long, 0};
  for (std::size_t i = first; i < labels.count(); ++i) {
    if (labels[i].size() > 63) return {Errc::label_too_long, labels.offset(i, 63)};
  }
  return {};
}

/// A domain name of 0 to 127 labels, inline in wire form. The root has none. RFC 1034 §3.1.
class DomainName {
 public:
  /// The root.
  constexpr DomainName() noexcept = default;

  /// Reads presentation form; a trailing dot is optional, and "" and "." are the root.
  ///
  /// @return  the name, or the first violation: ES001-ES003, NM001-NM003.
  static constexpr Result<DomainName> parse(std::string_view text,
                                            Context context = Context::automatic) noexcept {
    const auto labels = Labels::parse(text);
    if (!labels) return labels.error();
    const Error error = check_name_size(*labels, 0, is_multicast(*labels, 0, context));
    if (error.code != Errc::none) return error;
    return from_labels(*labels, 0);
  }

  /// The labels from `first` on, which check_name_size must have passed.
  static constexpr DomainName from_labels(const Labels& labels, std::size_t first) noexcept {
    DomainName name;
    for (std::size_t i = first; i < labels.count(); ++i) name.append(labels[i]);
    return name;
  }

  /// Reads wire form with its root octet and nothing behind it, uncompressed.
  ///
  /// @return  the name, or the octet that does not fit: NM001 (length above 63), NM002 (above 256
  ///          octets), NM003 (no root octet at the end).
  static constexpr Result<DomainName> from_wire(std::string_view wire) noexcept {
    DomainName name;
    for (std::size_t at = 0; at < wire.size();) {
      const std::size_t size = static_cast<unsigned char>(wire[at]);
      if (size == 0)
        return at + 1 == wire.size() ? Result<DomainName>(name) : Error{Errc::label_empty, at};
      if (size > 63) return Error{Errc::label_too_long, at};
      if (wire.size() - at <= size) break;
      if (name.size_ + 1 + size > name.octets_.size()) return Error{Errc::name_too_long, at};
      name.append(wire.substr(at + 1, size));
      at += 1 + size;
    }
    return Error{Errc::label_empty, wire.size()};
  }

  /// Wire form, uncompressed, without the root's zero octet: 0 to 255 octets.
  constexpr std::string_view wire() const noexcept { return {octets_.data(), std::size_t{size_}}; }
  constexpr bool is_root() const noexcept { return size_ == 0; }

  /// Presentation form with a trailing dot: "local.", or "." for the root.
  std::string text() const;

  /// Equal as DNS compares: A-Z folded.
  friend constexpr bool operator==(const DomainName& a, const DomainName& b) noexcept {
    return ascii::equal(a.wire(), b.wire());  // length octets (0-63) are not letters
  }

 private:
  constexpr void append(std::string_view label) noexcept {
    octets_[size_++] = static_cast<char>(label.size());
    for (const char c : label) octets_[size_++] = c;
  }

  std::array<char, 255> octets_{};
  std::uint8_t size_ = 0;
};

}  // namespace srvwarden
