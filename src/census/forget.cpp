// Forgetting: when there is no room, what has long expired makes some.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "census/state.hpp"

namespace srvwarden::census {

namespace {

/// What was seen within this is kept, expired or not: it may still tell how a service ended.
constexpr auto recent = std::chrono::minutes(2);

}  // namespace

/// Builds the rows anew from those of `old_` that are to stay, and knows where each has gone.
class Census::Rebuild {
 public:
  Rebuild(const State& old, State& fresh) : old_(old), fresh_(fresh), senders_(old.senders.size()) {
    std::ranges::fill(senders_, no_index);
  }

  void run() {
    fresh_.counts = old_.counts;
    fresh_.first = old_.first;
    fresh_.now = old_.now;
    fresh_.interfaces = old_.interfaces;
    fresh_.last_interface = old_.last_interface;
    fresh_.last_query = old_.last_query;
    for (std::uint32_t index = 0; index < old_.records.size(); ++index) {
      const Observation& record = old_.records[index];
      const bool stays = record.is_live(old_.now) || is_recent(record.last().time);
      if (stays) {
        add(index, record);
      } else {
        ++fresh_.counts.records_forgotten;
      }
    }
    for (const Name& name : old_.names) {
      add_probings(name);
      const std::uint32_t index = fresh_.find_name(name.octets);
      if (index != no_index) fresh_.names[index].owned_since = name.owned_since;
    }
    for (const Question& question : old_.questions) add(question);
    for (const Asking& asking : old_.askings) add(asking);
    for (SenderId sender = 0; sender < old_.senders.size(); ++sender) {
      if (is_recent(old_.senders[sender].last)) moved(sender);
    }
  }

 private:
  bool is_recent(wire::Time time) const { return old_.now - time < recent; }

  /// The new index of a sender.
  SenderId moved(SenderId sender) {
    if (sender == no_index) return no_index;
    SenderId& now = senders_[sender];
    if (now == no_index) {
      now = static_cast<SenderId>(fresh_.senders.size());
      fresh_.add_sender(old_.senders[sender]);
    }
    return now;
  }

  /// The new row of the set that a record of `index` is in.
  std::uint32_t moved(const RecordSet& before, std::uint32_t name, std::uint32_t index) {
    const std::uint32_t row =
        fresh_.set_row(name, before.type, before.class_number, before.interface);
    RecordSet& set = fresh_.sets[row];
    RecordSet copy = before;
    copy.name = set.name;
    copy.newest = set.newest;
    copy.next = set.next;
    copy.records = set.records;
    copy.flusher = moved(before.flusher);
    const auto next = static_cast<std::uint32_t>(fresh_.records.size());
    copy.current = before.current == index ? next : set.current;
    set = copy;
    return row;
  }

  void add(std::uint32_t index, const Observation& record) {
    const std::uint32_t name = fresh_.name_row(record.owner_);
    const std::uint32_t set = moved(*record.set_, name, index);
    Observation& fresh = fresh_.add_record(set, record.rdata_);
    Observation copy = record;
    copy.owner_ = fresh.owner_;
    copy.rdata_ = fresh.rdata_;
    copy.set_ = fresh.set_;
    copy.set_index_ = fresh.set_index_;
    copy.older_ = fresh.older_;
    copy.announcing_.sender = moved(record.announcing_.sender);
    copy.last_sender_ = moved(record.last_sender_);
    for (Multicast& multicast : copy.multicasts_) multicast.sender = moved(multicast.sender);
    for (std::size_t i = 0; i < copy.sender_count_; ++i) {
      copy.senders_[i] = moved(record.senders_[i]);
    }
    fresh = copy;
  }

  void add_probings(const Name& name) {
    if (name.probings == no_index) return;
    Probings probings = old_.probings[name.probings];
    const auto rows = std::span(probings.rows).first(probings.count);
    if (std::ranges::none_of(rows, [&](const Probing& row) { return is_recent(row.last); })) return;
    for (Probing& row : rows) row.sender = moved(row.sender);
    const std::uint32_t index = fresh_.name_row(name.octets);
    fresh_.names[index].probings = static_cast<std::uint32_t>(fresh_.probings.size());
    fresh_.probings.push_back(probings);
  }

  /// The new row of a question that stays, or no_index.
  std::uint32_t moved(const Question& question) {
    if (!is_recent(question.last_any)) return no_index;
    const std::uint32_t name = fresh_.name_row(old_.names[question.name].octets);
    return fresh_.question_row(name, question.type, question.interface);
  }

  void add(const Question& question) {
    const std::uint32_t index = moved(question);
    if (index == no_index) return;
    Question copy = question;
    copy.name = fresh_.questions[index].name;
    copy.next = fresh_.questions[index].next;
    copy.asker = moved(question.asker);
    fresh_.questions[index] = copy;
  }

  void add(const Asking& asking) {
    const std::uint32_t question = moved(old_.questions[asking.question]);
    if (question == no_index) return;
    const SenderId sender = moved(asking.sender);
    const std::uint32_t index = fresh_.asking_row(question, sender);
    fresh_.askings[index] = asking;
    fresh_.askings[index].question = question;
    fresh_.askings[index].sender = sender;
  }

  const State& old_;
  State& fresh_;
  std::vector<SenderId> senders_;  ///< the new index of each
};

bool Census::is_crowded() const noexcept {
  const State& state = *state_;
  return state.records.size() >= state.limits.records ||
         state.octets.size() + wire::NameView::max_size >= state.limits.octets ||
         state.questions.size() >= state.limits.questions ||
         state.askings.size() >= state.limits.questions ||
         state.senders.size() >= state.limits.senders;
}

void Census::forget_expired() {
  auto fresh = std::make_unique<State>(state_->limits);
  Rebuild(*state_, *fresh).run();
  state_ = std::move(fresh);
}

}  // namespace srvwarden::census
