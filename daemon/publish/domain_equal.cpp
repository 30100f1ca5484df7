// avahi_domain_equal() of this program, in place of libavahi-common's: the same answer, sooner.
// SPDX-License-Identifier: Apache-2.0
#include <avahi-common/domain.h>
#include <strings.h>

#include <algorithm>
#include <cstddef>

#include "srvwarden/ascii.hpp"

namespace {

/// Label by label, without their escapes: what libavahi-common does for every pair of names.
bool are_equal_unescaped(const char* a, const char* b) {
  while (true) {
    char label_of_a[AVAHI_LABEL_MAX];
    char label_of_b[AVAHI_LABEL_MAX];
    if (avahi_unescape_label(&a, label_of_a, sizeof label_of_a) == nullptr ||
        avahi_unescape_label(&b, label_of_b, sizeof label_of_b) == nullptr ||
        strcasecmp(label_of_a, label_of_b) != 0) {
      return false;
    }
    if (*a == '\0' && *b == '\0') return true;
  }
}

constexpr std::ptrdiff_t longest_escape = 4;  // "\\032"

/// Whether what stands here may be written in another way: an escape, a last dot, the end.
bool is_ambiguous(const char* name, const char* at) {
  if (*at == '\\' || *at == '.' || *at == '\0') return true;
  const auto before = std::min(at - name, longest_escape - 1);
  return std::find(at - before, at, '\\') != at;
}

}  // namespace

// For each record that it sends, libavahi-core compares its name with those of all records of the
// last half second. At the end of 1,000 services these are millions of pairs; two thirds of the
// time went into unescaping them, and the goodbyes came too late. Nearly all pairs differ in an
// ordinary octet. The dynamic linker takes the program's function before a library's; if it ever
// does not, all is as right as before, and slower.
extern "C" int avahi_domain_equal(const char* a, const char* b) {
  const char* at = a;
  const char* and_at = b;
  for (; srvwarden::ascii::fold(*at) == srvwarden::ascii::fold(*and_at); ++at, ++and_at) {
    if (*at == '\0') return 1;
  }
  const bool differ = !is_ambiguous(a, at) && !is_ambiguous(b, and_at);
  return !differ && are_equal_unescaped(a, b) ? 1 : 0;
}
