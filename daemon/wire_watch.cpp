// WireWatch: the listener, the interfaces that come and go, and the verifier's words.
// SPDX-License-Identifier: Apache-2.0
#include "wire_watch.hpp"

#include <ifaddrs.h>
#include <netinet/in.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "srvwarden/mdns_writer.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::chrono::seconds tick_interval{1};
constexpr int ticks_before_asking = 3;
constexpr int ticks_before_complaint = 7;
constexpr std::chrono::seconds contest_time{5};
constexpr std::size_t asked_together = 10;  // fit in one message, whatever their names
// A type's answer is all of its instances, and a responder of thousands is long busy with it.
constexpr std::chrono::seconds between_askings{3};
constexpr std::size_t instances_a_second = 20;

wire::Address address_of(const sockaddr& from) {
  if (from.sa_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(from).sin_addr;
    return wire::Address({reinterpret_cast<const std::uint8_t*>(&v4), sizeof v4});
  }
  if (from.sa_family != AF_INET6) return {};
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from).sin6_addr;
  return wire::Address({v6.s6_addr, sizeof v6.s6_addr});
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string_view event_of(Observation::What what) {
  switch (what) {
    case Observation::What::verified:
      return "verified";
    case Observation::What::differs:
      return "differs";
    case Observation::What::goodbye:
      return "goodbye";
    case Observation::What::rival:
      return "rival";
  }
  return "";
}

std::string words_for(const Observation& observation) {
  switch (observation.what) {
    case Observation::What::verified:
      return "is verified on " + observation.interface + ": PTR, SRV and TXT are as asked";
    case Observation::What::differs:
      return "differs on " + observation.interface + ": this host announces " + observation.detail;
    case Observation::What::goodbye:
      return "said goodbye on " + observation.interface;
    case Observation::What::rival:
      return "is another host's too on " + observation.interface + ": " + observation.detail;
  }
  return "";
}

bool is_bad(Observation::What what) {
  return what == Observation::What::differs || what == Observation::What::rival;
}

}  // namespace

WireWatch::WireWatch(boost::asio::io_context& context, Log& log,
                     std::vector<std::string> interfaces,
                     std::function<void(const std::string& key)> on_change)
    : log_(log),
      on_change_(std::move(on_change)),
      names_(std::move(interfaces)),
      listener_(context),
      timer_(context) {}

void WireWatch::start() {
  read_own_addresses();
  follow_interfaces();
  tick();
}

void WireWatch::stop() {
  timer_.cancel();
  listener_.close();
}

void WireWatch::tick() {
  timer_.expires_after(tick_interval);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    follow_interfaces();
    std::vector<std::string> silent;
    for (auto& [key, waiting] : waiting_) {
      if (chase(key, waiting)) silent.push_back(key);
    }
    for (std::size_t at = 0; at < silent.size(); at += asked_together) {
      ask({silent.data() + at, std::min(asked_together, silent.size() - at)});
    }
    std::erase_if(waiting_, [&](const auto& waiting) {
      return waiting.second.ticks > ticks_before_complaint || unheard_on(waiting.first).empty();
    });
    doubt_next();
    tick();
  });
}

/// Goes on with the round, in which each service that is verified is asked for once.
void WireWatch::doubt_next() {
  const auto now = std::chrono::steady_clock::now();
  if (now - round_ended_ < round_interval) return;
  const auto next = expected_.upper_bound(doubted_);
  if (next == expected_.end()) {
    doubted_.clear();
    round_ended_ = now;
    return;
  }
  doubted_ = next->first;
  if (waiting_.contains(doubted_) || !heard(doubted_).everywhere) return;
  verifier_.doubt(doubted_);
  waiting_[doubted_] = {daemon::words_for(next->second), ticks_before_asking - 1, true};
}

void WireWatch::follow_interfaces() {
  link::LinkError error;
  auto now = link::list_interfaces(error);
  if (!now || *now == interfaces_) return;
  interfaces_ = std::move(*now);
  open();
}

// Of the interfaces that were named, those that are not there yet are listened on later.
void WireWatch::open() {
  listener_.close();
  const std::string trouble = listen();
  if (!trouble.empty() && trouble != last_trouble_) {
    log_(Level::warning, "unheard", "the link cannot be listened on: " + trouble);
  }
  last_trouble_ = trouble;
  std::set<std::string> names;
  for (const link::Listened& listened : listener_.interfaces()) names.insert(listened.name);
  verifier_.listen_on(names);
  for (const auto& [key, announcement] : expected_) on_change_(key);
}

std::string WireWatch::listen() {
  link::ListenOptions options;
  for (const link::Interface& interface : interfaces_) {
    const bool named = std::find(names_.begin(), names_.end(), interface.name) != names_.end();
    if (named && interface.is_up) options.interfaces.push_back(interface.name);
  }
  if (!names_.empty() && options.interfaces.empty()) {
    return joined(names_) + " is not there or not up; waiting for it";
  }
  const auto on_packet = [this](const auto& packet, const auto& message) {
    if (also_) also_(packet);
    hear(packet, message);
  };
  const auto on_error = [this](const link::LinkError& trouble) {
    log_(Level::warning, "link", trouble.words);
  };
  const link::LinkError error = listener_.open(options, link::decoded(on_packet), on_error);
  return error.code ? error.words : "";
}

void WireWatch::read_own_addresses() {
  own_read_ = std::chrono::steady_clock::now();
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return;
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(list, freeifaddrs);
  own_.clear();
  for (const ifaddrs* at = list; at != nullptr; at = at->ifa_next) {
    if (at->ifa_addr != nullptr) own_.insert(address_of(*at->ifa_addr));
  }
  own_.erase(wire::Address());
}

bool WireWatch::is_own(const wire::Address& address) {
  const auto age = std::chrono::steady_clock::now() - own_read_;
  if (!own_.contains(address) && age > std::chrono::seconds(1)) read_own_addresses();
  return own_.contains(address);
}

void WireWatch::set_host(const std::string& host, const std::string& domain) {
  verifier_.set_host(host, domain);
}

void WireWatch::expect(const Announcement& announcement) {
  expected_[announcement.key] = announcement;
  waiting_.erase(announcement.key);
  rivals_.erase(announcement.key);
  verifier_.expect(announcement, std::chrono::steady_clock::now());
  on_change_(announcement.key);
}

void WireWatch::forget(const std::string& key) {
  expected_.erase(key);
  waiting_.erase(key);
  rivals_.erase(key);
  verifier_.forget(key);
}

void WireWatch::established(const std::string& key) {
  const auto expected = expected_.find(key);
  if (expected == expected_.end()) return;
  waiting_[key] = {daemon::words_for(expected->second), 0, false};
  if (!listener_.interfaces().empty()) return;
  log_(Level::warning, "unverified",
       daemon::words_for(expected->second) + " is announced on no interface: none is there yet",
       {{"key", key}});
}

void WireWatch::hear(const wire::Packet& packet, const wire::Message& message) {
  if (expected_.empty() || !message.header.is_response()) return;
  const Hearing hearing{std::string(packet.interface_name), packet.source.address.text(),
                        is_own(packet.source.address), std::chrono::steady_clock::now()};
  for (const Observation& observation : verifier_.hear(hearing, message)) tell(observation);
  if (!hearing.is_own) tell_owners(hearing, message);
}

// A collision may be known from a cache: then nobody was heard to say whose the name is.
void WireWatch::ask_who_has(const std::string& key) {
  const auto expected = expected_.find(key);
  if (expected == expected_.end() || contests_.size() >= most_contests) return;
  const std::string instance = verifier_.names(key).instance;
  contests_.push_back({instance, daemon::words_for(expected->second),
                       std::chrono::steady_clock::now() + contest_time});
  const std::vector<wire::QuerySpec> questions = {{wire::NameView(instance), wire::Type::srv}};
  for (const auto& query : wire::write_query(questions, {})) listener_.send(query);
}

void WireWatch::tell_owners(const Hearing& hearing, const wire::Message& message) {
  std::erase_if(contests_, [&](const Contest& one) { return one.until < hearing.time; });
  for (const wire::Record& record : message.records) {
    if (contests_.empty() || record.type != wire::Type::srv || record.ttl == 0) continue;
    if (!record.owner_is_whole || !record.rdata_is_whole) continue;
    std::erase_if(contests_, [&](const Contest& one) {
      if (record.owner != wire::NameView(one.instance)) return false;
      log_(Level::warning, "rival",
           one.words + " is another host's on " + hearing.interface + ": " + hearing.source +
               " has it for " + record.target.text(),
           {{"interface", hearing.interface}, {"detail", hearing.source}});
      return true;
    });
  }
}

void WireWatch::tell(const Observation& observation) {
  const auto expected = expected_.find(observation.key);
  if (expected == expected_.end()) return;
  const Announcement& announcement = expected->second;
  const auto waiting = waiting_.find(observation.key);
  const bool again = waiting != waiting_.end() && waiting->second.again;
  if (again && observation.what == Observation::What::verified) {  // as was told before
    if (unheard_on(observation.key).empty()) on_change_(observation.key);
    return;
  }
  log_(is_bad(observation.what) ? Level::warning : Level::info, event_of(observation.what),
       daemon::words_for(announcement) + ' ' + words_for(observation),
       {{"key", observation.key},
        {"instance", announcement.instance},
        {"type", announcement.type},
        {"interface", observation.interface},
        {"detail", observation.detail}});
  if (observation.what == Observation::What::rival) rivals_[observation.key] = observation.detail;
  on_change_(observation.key);
}

WireWatch::Heard WireWatch::heard(const std::string& key) const {
  const auto expected = expected_.find(key);
  if (expected == expected_.end()) return {};
  Heard heard;
  heard.everywhere = true;
  for (std::string& name : meant_for(expected->second)) {
    const bool verified = verifier_.is_verified(key, name);
    if (verified) heard.on.push_back(std::move(name));
    heard.everywhere = heard.everywhere && verified;
  }
  heard.everywhere = heard.everywhere && !heard.on.empty();
  return heard;
}

std::string WireWatch::rival_of(const std::string& key) const {
  const auto rival = rivals_.find(key);
  return rival == rivals_.end() ? std::string() : rival->second;
}

/// Of the interfaces that are listened on, those that it is to be announced on.
std::vector<std::string> WireWatch::meant_for(const Announcement& announcement) const {
  const auto& only = announcement.interfaces;
  std::vector<std::string> names;
  for (const link::Listened& listened : listener_.interfaces()) {
    const bool meant =
        only.empty() || std::find(only.begin(), only.end(), listened.name) != only.end();
    if (meant) names.push_back(listened.name);
  }
  return names;
}

std::vector<std::string> WireWatch::unheard_on(const std::string& key) const {
  const auto expected = expected_.find(key);
  if (expected == expected_.end()) return {};
  std::vector<std::string> names = meant_for(expected->second);
  std::erase_if(names, [&](const std::string& name) { return verifier_.is_verified(key, name); });
  return names;
}

/// Whether it is time to ask for it.
bool WireWatch::chase(const std::string& key, Waiting& waiting) {
  ++waiting.ticks;
  const std::vector<std::string> where = unheard_on(key);
  if (where.empty()) return false;
  if (waiting.ticks != ticks_before_complaint) return waiting.ticks == ticks_before_asking;
  on_change_(key);
  log_(Level::warning, "unverified",
       waiting.words + " is established, but not heard as asked on " + joined(where),
       {{"key", key}, {"interface", joined(where)}});
  return false;
}

void WireWatch::ask(std::span<const std::string> keys) {
  std::vector<Verifier::Names> names;
  for (const std::string& key : keys) names.push_back(verifier_.names(key));
  std::vector<wire::QuerySpec> questions;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const wire::NameView instance(names[i].instance);
    if (may_ask_for(expected_[keys[i]].type)) {
      questions.push_back({wire::NameView(names[i].type), wire::Type::ptr});
    }
    questions.push_back({instance, wire::Type::srv});
    questions.push_back({instance, wire::Type::txt});
  }
  for (const auto& query : wire::write_query(questions, {})) listener_.send(query);
}

/// Whether a type was not asked for lately: the more of it there are, the more seldom.
bool WireWatch::may_ask_for(const std::string& type) {
  const auto now = std::chrono::steady_clock::now();
  auto& not_before = not_asked_before_[type];
  if (now < not_before) return false;
  const auto instances = std::count_if(expected_.begin(), expected_.end(),
                                       [&](const auto& one) { return one.second.type == type; });
  not_before = now + between_askings +
               std::chrono::seconds(static_cast<std::size_t>(instances) / instances_a_second);
  return true;
}

}  // namespace srvwarden::daemon
