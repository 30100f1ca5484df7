// Registrar: wanted, put and told, one announcement at a time.
// SPDX-License-Identifier: Apache-2.0
#include "publish/registrar.hpp"

#include <utility>

namespace srvwarden::daemon {

namespace {

bool same_but_txt(const Announcement& a, const Announcement& b) {
  Announcement like_b = a;
  like_b.txt = b.txt;
  return like_b == b;
}

}  // namespace

Registrar::Registrar(boost::asio::io_context& context, EventHandler on_event, MakeHolding make,
                     LostHandler on_lost, std::size_t at_once)
    : on_event_(std::move(on_event)),
      make_(std::move(make)),
      on_lost_(std::move(on_lost)),
      timer_(context),
      admission_(context),
      at_once_(at_once) {}

void Registrar::publish(const Announcement& announcement) {
  if (lost_) return;
  Registration& registration = registrations_[announcement.key];
  const bool only_txt =
      registration.told == State::established && same_but_txt(registration.wanted, announcement);
  registration.wanted = announcement;
  if (registration.waiting) return;
  if (only_txt && update_txt(registration)) return;
  if (lost_) return;
  if (registering_ >= at_once_ || !waiting_.empty()) return wait(registration);
  put(registration);
}

/// What is there of it is withdrawn meanwhile, since it is not wanted any more.
void Registrar::wait(Registration& registration) {
  set_told(registration, std::nullopt);
  if (registration.holding) {
    const Answer answer = registration.holding->clear();
    if (answer.kind == Answer::Kind::unreachable) return lose(answer.why);
  }
  registration.waiting = true;
  waiting_.push_back(registration.wanted.key);
  if (waiting_.size() == 1) admit_later();
}

void Registrar::admit_later() {
  admission_.expires_after(admission_interval);
  admission_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    waited_ += admission_interval;
    admit();
  });
}

void Registrar::admit() {
  while (!lost_ && !waiting_.empty() && (registering_ < at_once_ || waited_ >= longest_wait)) {
    const auto found = registrations_.find(waiting_.front());
    waiting_.pop_front();
    if (found == registrations_.end() || !found->second.waiting) continue;
    found->second.waiting = false;
    waited_ = {};
    put(found->second);
  }
  if (!waiting_.empty()) admit_later();
}

void Registrar::forget_waiting() {
  admission_.cancel();
  waiting_.clear();
  for (auto& [key, registration] : registrations_) registration.waiting = false;
}

void Registrar::withdraw(const std::string& key) {
  const auto found = registrations_.find(key);
  if (lost_ || found == registrations_.end()) return;
  const bool held = found->second.holding != nullptr;  // not if it only waits
  const Answer answer = held ? found->second.holding->release() : Answer();
  // Where nobody answered, the responder may still call back for it: drop() ends that.
  if (answer.kind == Answer::Kind::unreachable) return lose(answer.why);
  set_told(found->second, std::nullopt);
  registrations_.erase(found);
}

void Registrar::clear() {
  forget_waiting();
  for (auto& [key, registration] : registrations_) {
    registration.wanted = {};
    set_told(registration, std::nullopt);
    if (lost_ || !registration.holding) continue;
    const Answer answer = registration.holding->clear();
    if (answer.kind == Answer::Kind::unreachable) lose(answer.why);
  }
}

void Registrar::drop() {
  forget_waiting();
  registering_ = 0;
  registrations_.clear();
  lost_ = false;
}

void Registrar::put(Registration& registration) {
  set_told(registration, std::nullopt);
  if (!registration.holding) {
    registration.holding = make_([this, &registration](State state, std::string detail) {
      on_state(registration, state, std::move(detail));
    });
  }
  registration.interfaces = interface_indexes(registration.wanted.interfaces);
  if (registration.interfaces.empty()) {
    if (!take(registration, registration.holding->clear())) return;
    return tell(registration, State::failed, "none of its interfaces exists; waiting for one");
  }
  tell(registration, State::registering, "");
  take(registration, registration.holding->put(registration.wanted, registration.interfaces));
}

bool Registrar::update_txt(Registration& registration) {
  const Announcement& wanted = registration.wanted;
  const Answer answer = registration.holding->update_txt(wanted, registration.interfaces);
  if (answer.kind == Answer::Kind::unreachable) {
    lose(answer.why);
    return false;
  }
  if (!answer.ok()) {
    on_event_(Remark{words_for(wanted) + ": TXT not updated in place: " + answer.why});
    return false;
  }
  on_event_(StateChange{wanted.key, wanted.instance, State::established, "TXT updated in place"});
  return true;
}

/// Whether the answer is done; if not, tells what it is.
bool Registrar::take(Registration& registration, const Answer& answer) {
  switch (answer.kind) {
    case Answer::Kind::done:
      return true;
    case Answer::Kind::unreachable:
      lose(answer.why);
      return false;
    case Answer::Kind::collision:
    case Answer::Kind::refused:
      break;
  }
  const bool collision = answer.kind == Answer::Kind::collision;
  const Answer cleared = registration.holding->clear();  // the half of it that was taken
  if (cleared.kind == Answer::Kind::unreachable) lose(cleared.why);
  if (!lost_) tell(registration, collision ? State::collision : State::failed, answer.why);
  return false;
}

void Registrar::lose(const std::string& why) {
  if (std::exchange(lost_, true)) return;
  forget_waiting();
  for (auto& [key, registration] : registrations_) set_told(registration, std::nullopt);
  on_lost_(why);
}

void Registrar::on_state(Registration& registration, State state, std::string detail) {
  if (!registration.told) return;  // withdrawn, or not put yet
  if (state == State::registering) return;
  tell(registration, state, std::move(detail));
}

void Registrar::tell(Registration& registration, State state, std::string detail) {
  if (registration.told == state) return;
  set_told(registration, state);
  const Announcement& wanted = registration.wanted;
  on_event_(StateChange{wanted.key, wanted.instance, state, std::move(detail)});
}

void Registrar::set_told(Registration& registration, std::optional<State> state) {
  if (registration.told == State::registering) --registering_;
  if (state == State::registering) ++registering_;
  registration.told = state;
}

void Registrar::check_interfaces() {
  std::map<std::vector<std::string>, InterfaceIndexes> known;  // each is asked for once
  for (auto& [key, registration] : registrations_) {
    const auto& names = registration.wanted.interfaces;
    if (lost_ || !registration.told || names.empty()) continue;
    const auto [place, is_new] = known.try_emplace(names);
    if (is_new) place->second = interface_indexes(names);
    if (place->second != registration.interfaces) put(registration);
  }
}

void Registrar::follow_interfaces() {
  timer_.expires_after(interface_interval);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    check_interfaces();
    follow_interfaces();
  });
}

void Registrar::stop() {
  timer_.cancel();
  admission_.cancel();
}

}  // namespace srvwarden::daemon
