// States of a link in words, for the tests of rules that compare them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>

#include "rules/audit.hpp"
#include "rules/snapshot.hpp"

namespace srvwarden::test {

/// "NAME HOST PORT ADDRESS TXT... +SUBTYPE..."
inline rules::SeenInstance seen(const std::string& line) {
  rules::SeenInstance instance;
  std::istringstream words(line);
  rules::AuditedService service;
  std::string address;
  words >> instance.name >> service.host >> service.fields.port >> address;
  instance.services.push_back(service);
  instance.addresses.push_back(address);
  for (std::string word; words >> word;) {
    if (word.starts_with('+')) {
      instance.subtypes.push_back(word.substr(1));
    } else {
      instance.txt.push_back(word);
    }
  }
  return instance;
}

/// What an audit would say that saw just that.
inline rules::AuditedInstance audited(const rules::SeenInstance& instance) {
  rules::AuditedInstance out;
  const auto parts = rules::parts_of_name(instance.name);
  out.object.kind = rules::ObjectKind::instance;
  out.object.name = instance.name;
  out.label = parts ? parts->label : "";
  out.type = parts ? parts->type : "";
  out.services = instance.services;
  out.addresses = instance.addresses;
  out.txt = instance.txt;
  out.subtypes = instance.subtypes;
  out.gone = instance.gone;
  return out;
}

/// A link before and now, and a policy: lines that begin with "was ", "gone " (a baseline that
/// knows it as gone) or "is ", and all others.
struct LinkStates {
  rules::Snapshot before;
  rules::AuditResult now;
  std::string policy;

  explicit LinkStates(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      const std::string word = line.substr(0, line.find(' '));
      if (word != "was" && word != "gone" && word != "is") {
        policy += line + '\n';
        continue;
      }
      rules::SeenInstance instance = seen(line.substr(word.size() + 1));
      instance.gone = word == "gone";
      if (word == "is") {
        now.instances.push_back(audited(instance));
      } else {
        put(before, std::move(instance));
      }
    }
  }
};

}  // namespace srvwarden::test
