// What is still to be asked, and the messages that ask it.
// SPDX-License-Identifier: Apache-2.0
#include "link/surveyor.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "census/name_labels.hpp"
#include "srvwarden/mdns_writer.hpp"

namespace srvwarden::link {

namespace {

using census::Instance;
using census::Observation;
using wire::NameView;
using wire::Type;
using Duration = QuestionPlan::Duration;

const std::string& meta_query() {
  static const std::string name = wire::make_name({"_services", "_dns-sd", "_udp", "local"});
  return name;
}

/// So that hosts which start together do not ask together. RFC 6762 §5.2.
Duration first_delay() {
  std::random_device seed;
  return Duration(std::uniform_int_distribution<int>(20, 120)(seed));
}

bool any_live(const std::vector<const Observation*>& records, wire::Time now) {
  return std::ranges::any_of(records,
                             [now](const Observation* record) { return record->is_live(now); });
}

bool is_browse_name(NameView name) {
  return census::shape_of_name(name, true).role == NameRole::browse;
}

}  // namespace

Surveyor::Surveyor(boost::asio::io_context& context, Listener& listener,
                   const census::Census& census, SurveyorOptions options)
    : timer_(context), listener_(listener), census_(census), options_(std::move(options)) {}

void Surveyor::start() {
  start_ = Clock::now();
  wait(first_delay());
}

void Surveyor::stop() { timer_.cancel(); }

void Surveyor::wait(Duration delay) {
  timer_.expires_after(delay);
  timer_.async_wait([this, alive = std::weak_ptr(alive_)](const boost::system::error_code& error) {
    if (!error && !alive.expired()) ask();
  });
}

void Surveyor::ask() {
  const auto now = std::chrono::duration_cast<Duration>(Clock::now() - start_);
  plan(now);
  if (const auto questions = plan_.take_due(now); !questions.empty()) send(questions, now);
  wait(options_.look_again);
}

void Surveyor::plan(Duration now) {
  plan_.want(NameView(meta_query()), Type::ptr, now);
  plan_types(now);
  plan_instances(now);
  if (options_.refresh) plan_refresh(now);
}

/// What would be forgotten soon is asked for again, by type. RFC 6762 §5.2: at 80 % of its time.
void Surveyor::plan_refresh(Duration now) {
  const auto clock =
      std::chrono::time_point_cast<wire::Time::duration>(std::chrono::system_clock::now());
  const wire::Time time = std::max(clock, census_.now());  // on a silent link time goes on, too
  for (const Observation& record : census_.records()) {
    if (record.type() != Type::ptr || record.said_goodbye() || !record.is_live(time)) continue;
    const auto ttl = std::chrono::seconds(record.ttl());
    if ((time - record.last().time) * 10 < ttl * 8 || !is_browse_name(record.owner())) continue;
    const auto [asked, is_first] =
        refreshed_.try_emplace(std::string(record.owner().octets()), now);
    const Duration between = std::max<Duration>(std::chrono::seconds(1), Duration(ttl) / 10);
    if (!is_first && now - asked->second < between) continue;
    asked->second = now;
    plan_.drop(record.owner(), Type::ptr);
    plan_.want(record.owner(), Type::ptr, now);
  }
}

void Surveyor::plan_types(Duration now) {
  for (const Observation& record : census_.records()) {
    if (record.type() != Type::ptr) continue;
    if (is_browse_name(record.target())) plan_.want(record.target(), Type::ptr, now);
    if (is_browse_name(record.owner())) plan_.want(record.owner(), Type::ptr, now);
  }
}

void Surveyor::plan_instances(Duration now) {
  const wire::Time time = census_.now();
  const auto need = [&](NameView name, Type type, bool missing) {
    missing ? plan_.want(name, type, now) : plan_.drop(name, type);
  };
  for (const Instance& instance : census_.instances()) {
    const bool is_listed = any_live(instance.pointers, time) || any_live(instance.subtypes, time);
    const NameView name(instance.name);
    need(name, Type::srv, is_listed && !any_live(instance.services, time));
    need(name, Type::txt, is_listed && !any_live(instance.texts, time));
    if (is_listed && instance.pointers.empty()) plan_.want(name.without(1), Type::ptr, now);
    for (const Observation* service : instance.services) {
      const NameView host = service->target();
      if (host.is_root()) continue;
      const bool missing = service->is_live(time) && !any_live(census_.find(host, Type::a), time) &&
                           !any_live(census_.find(host, Type::aaaa), time);
      need(host, Type::a, missing);
      need(host, Type::aaaa, missing);
    }
  }
}

void Surveyor::hear(const wire::Packet& packet) {
  if (listener_.is_own(packet.source.address)) return;
  const auto now = std::chrono::duration_cast<Duration>(Clock::now() - start_);
  heard_.add(packet, decoder_.decode(packet.payload), now);
}

std::vector<wire::KnownAnswer> Surveyor::known_answers(std::uint32_t interface) const {
  std::vector<wire::KnownAnswer> known;
  for (const Observation& record : census_.records()) {
    if (record.type() != Type::ptr || record.interface() != interface) continue;
    const auto age =
        std::chrono::duration_cast<std::chrono::seconds>(census_.now() - record.last().time);
    const auto left = static_cast<std::int64_t>(record.ttl()) - age.count();
    if (!record.is_live(census_.now()) || left * 2 < record.ttl()) continue;  // §7.1: half
    known.push_back({record.owner(), record.target(), static_cast<std::uint32_t>(left)});
  }
  return known;
}

void Surveyor::send(const std::vector<QuestionPlan::Question>& questions, Duration now) {
  const auto& only = options_.interfaces;
  for (const Listened& interface : listener_.interfaces()) {
    if (!only.empty() && std::ranges::find(only, interface.name) == only.end()) continue;
    std::vector<wire::QuerySpec> specs;
    for (const auto& question : questions) {
      const NameView name(question.name);
      if (heard_.stands(interface.index, name, question.type, now)) continue;  // §7.3
      specs.push_back({name, question.type});
    }
    for (const auto& message : wire::write_query(specs, known_answers(interface.index))) {
      listener_.send(message, interface.index);
    }
  }
}

}  // namespace srvwarden::link
