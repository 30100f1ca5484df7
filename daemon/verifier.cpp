// Verifier: PTR, SRV and TXT of each name, interface by interface.
// SPDX-License-Identifier: Apache-2.0
#include "verifier.hpp"

#include <algorithm>
#include <utility>

#include "srvwarden/ascii.hpp"
#include "srvwarden/domain_name.hpp"

namespace srvwarden::daemon {

namespace {

using wire::NameView;
using wire::Record;
using wire::Type;

/// The wire form of a name in presentation form; the root where it is none.
std::string wire_name(const std::string& presentation) {
  const auto name = DomainName::parse(presentation, Context::mdns);
  std::string octets = name ? std::string(name->wire()) : std::string();
  return octets + '\0';
}

/// A label in front of a name in wire form.
std::string under(std::string_view label, const std::string& parent) {
  std::string octets(1, static_cast<char>(label.size()));
  return octets.append(label).append(parent);
}

std::vector<std::string> strings_of(const Record& record) {
  std::vector<std::string> strings;
  wire::Bytes rest = record.rdata;
  while (const auto string = wire::next_string(rest)) {
    if (!string->empty()) strings.emplace_back(*string);
  }
  return strings;
}

/// Two names are equal where these are. RFC 6762 §16.
std::string folded(std::string_view octets) {
  std::string result(octets);
  for (char& octet : result) octet = ascii::fold(octet);
  return result;
}

bool is_goodbye(const Record& record) { return record.ttl == 0; }

}  // namespace

void Verifier::set_host(const std::string& host, const std::string& domain) {
  host_ = host;
  domain_ = domain;
  for (auto& [key, expected] : expected_) expected.target = target_of(expected.announcement);
}

std::string Verifier::target_of(const Announcement& announcement) const {
  return announcement.host.empty() ? under(host_, wire_name(domain_))
                                   : wire_name(announcement.host);
}

void Verifier::expect(const Announcement& announcement, Time now) {
  const std::string domain = wire_name(announcement.domain.empty() ? domain_ : announcement.domain);
  const std::string type = wire_name(announcement.type);
  Expected& mine = expected_[announcement.key];
  Announcement like = mine.announcement;
  like.txt = announcement.txt;
  if (like == announcement) {
    for (auto& [interface, seen] : mine.seen) seen.txt = seen.verified = false;
  } else {
    mine.seen.clear();
  }
  mine.announcement = announcement;
  mine.type = type.substr(0, type.size() - 1) + domain;
  unindex(announcement.key, mine.instance);
  mine.instance = under(announcement.instance, mine.type);
  by_instance_.emplace(folded(mine.instance), announcement.key);
  mine.target = target_of(announcement);
  mine.since = now;
}

void Verifier::unindex(const std::string& key, const std::string& instance) {
  const auto [first, last] = by_instance_.equal_range(folded(instance));
  const auto found = std::find_if(first, last, [&](const auto& at) { return at.second == key; });
  if (found != last) by_instance_.erase(found);
}

void Verifier::forget(const std::string& key) {
  const auto known = expected_.find(key);
  if (known == expected_.end()) return;
  unindex(key, known->second.instance);
  expected_.erase(known);
}

std::vector<Observation> Verifier::hear(const Hearing& hearing, const wire::Message& message) {
  std::vector<Observation> out;
  if (!message.header.is_response()) return out;
  for (const Record& record : message.records) {
    const bool pointer = record.type == Type::ptr;
    const bool data = record.type == Type::srv || record.type == Type::txt;
    if (!record.owner_is_whole || !record.rdata_is_whole || (!pointer && !data)) continue;
    const auto [first, last] =
        by_instance_.equal_range(folded((pointer ? record.target : record.owner).octets()));
    for (auto at = first; at != last; ++at) {
      Expected& expected = expected_.at(at->second);
      if (pointer && record.owner != NameView(expected.type)) continue;
      hear_record(hearing, record, at->second, expected, out);
    }
  }
  return out;
}

// Of a name that two hosts have, the other's SRV and TXT tell; a PTR is the same from both.
void Verifier::hear_record(const Hearing& hearing, const Record& record, const std::string& key,
                           Expected& expected, std::vector<Observation>& out) {
  Seen& seen = expected.seen[hearing.interface];
  const std::string difference_now = difference(expected, record);
  const auto tell = [&](Observation::What what, std::string detail) {
    out.push_back({what, key, hearing.interface, std::move(detail)});
  };
  if (!hearing.is_own) {
    if (is_goodbye(record) || difference_now.empty()) return;
    const std::string whose = hearing.source + " has " + difference_now;
    if (std::exchange(seen.rival, whose) != whose) tell(Observation::What::rival, whose);
    return;
  }
  if (is_goodbye(record)) {
    const bool told = std::exchange(seen.gone, true);
    seen.ptr = seen.srv = seen.txt = seen.verified = false;
    if (!told) tell(Observation::What::goodbye, "");
    return;
  }
  if (!difference_now.empty()) {
    if (hearing.time - expected.since < grace || seen.differs == difference_now) return;
    seen.differs = difference_now;
    return tell(Observation::What::differs, difference_now);
  }
  seen.gone = false;
  (record.type == Type::ptr ? seen.ptr : record.type == Type::srv ? seen.srv : seen.txt) = true;
  if (seen.ptr && seen.srv && seen.txt && !std::exchange(seen.verified, true)) {
    seen.differs.clear();
    tell(Observation::What::verified, "");
  }
}

std::string Verifier::difference(const Expected& expected, const Record& record) const {
  if (record.type == Type::srv) {
    const auto fields = record.srv();
    if (!fields) return "a malformed SRV";
    if (fields->port != expected.announcement.port) {
      return "SRV port " + std::to_string(fields->port) + ", not " +
             std::to_string(expected.announcement.port);
    }
    if (record.target != NameView(expected.target)) {
      return "SRV target " + record.target.text() + ", not " + NameView(expected.target).text();
    }
  }
  if (record.type == Type::txt) {
    const auto strings = strings_of(record);
    const auto& wanted = expected.announcement.txt;
    if (!std::is_permutation(strings.begin(), strings.end(), wanted.begin(), wanted.end())) {
      return "other TXT strings (" + std::to_string(strings.size()) + ", where " +
             std::to_string(wanted.size()) + " were asked)";
    }
  }
  return "";
}

void Verifier::listen_on(const std::set<std::string>& interfaces) {
  for (auto& [key, expected] : expected_) {
    std::erase_if(expected.seen, [&](const auto& at) { return !interfaces.contains(at.first); });
  }
}

void Verifier::doubt(const std::string& key) {
  const auto expected = expected_.find(key);
  if (expected == expected_.end()) return;
  for (auto& [interface, seen] : expected->second.seen) {
    seen.srv = seen.txt = seen.verified = false;
  }
}

bool Verifier::is_verified(const std::string& key, const std::string& interface) const {
  const auto expected = expected_.find(key);
  if (expected == expected_.end()) return false;
  const auto seen = expected->second.seen.find(interface);
  return seen != expected->second.seen.end() && seen->second.verified;
}

bool Verifier::all_gone() const {
  return std::all_of(expected_.begin(), expected_.end(), [](const auto& expected) {
    const auto& seen = expected.second.seen;
    return std::none_of(seen.begin(), seen.end(),
                        [](const auto& at) { return at.second.verified; });
  });
}

Verifier::Names Verifier::names(const std::string& key) const {
  const auto expected = expected_.find(key);
  if (expected == expected_.end()) return {};
  return {expected->second.instance, expected->second.type};
}

}  // namespace srvwarden::daemon
