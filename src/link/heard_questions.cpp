// Which questions of others count as ours.
// SPDX-License-Identifier: Apache-2.0
#include "link/heard_questions.hpp"

#include <algorithm>

#include "link/question_key.hpp"

namespace srvwarden::link {

namespace {

/// Whether every host hears the answer. A legacy query is answered to the asker alone (§6.7), and
/// of one that is truncated, known answers are still to come (§7.2).
bool is_for_all(const wire::Packet& packet, const wire::Header& header) noexcept {
  return !header.is_response() && header.opcode() == 0 && !header.truncated() &&
         packet.source.port == wire::mdns_port && packet.to_group();
}

}  // namespace

void HeardQuestions::add(const wire::Packet& packet, const wire::Message& message, Duration now) {
  if (!is_for_all(packet, message.header)) return;
  std::erase_if(heard_, [now](const auto& each) { return now - each.second >= standing; });
  for (const wire::Question& question : message.questions) {
    const bool has_known_answers = std::ranges::any_of(
        message.records, [&](const wire::Record& record) { return record.owner == question.name; });
    if (question.wants_unicast() || question.class_number() != 1 || has_known_answers) continue;
    if (heard_.size() >= limit) return;
    heard_[{packet.interface, folded(question.name), question.type}] = now;
  }
}

bool HeardQuestions::stands(std::uint32_t interface, wire::NameView name, wire::Type type,
                            Duration now) const {
  const auto found = heard_.find({interface, folded(name), type});
  return found != heard_.end() && now - found->second < standing;
}

}  // namespace srvwarden::link
