// Instances that hosts of bad will may announce.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/snapshot.hpp"
#include "srvwarden/presentation.hpp"

namespace srvwarden::test {

/// Names with SQL, quotes, terminal escapes, NUL, octets that are no UTF-8, and a tree of brackets.
inline rules::Snapshot hostile_link() {
  const std::string labels[] = {
      "'); DROP TABLE audit; --",
      "\"},{\"name\":\"x",
      "\x1B]0;owned\x07",
      std::string("a\0b", 3),
      "\xFF\xFE",
      "\xE2\x80\xAE?1",
      "%s%n$(id)`id`",
      "[[[[{{{{\\",
  };
  rules::Snapshot snapshot;
  for (const std::string& label : labels) {
    rules::SeenInstance one;
    one.name = to_presentation(label) + "._http._tcp.local.";
    one.services = {{to_presentation(label) + ".local.", {0, 0, 80}}};
    one.addresses = {"10.0.0.1", "fe80::1"};
    one.txt = {"a=" + label, label, "", std::string(255, '\xFF')};
    one.subtypes = {label};
    put(snapshot, std::move(one));
  }
  return snapshot;
}

}  // namespace srvwarden::test
