// Telling packets in a subject's terms.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/scene.hpp"

#include <algorithm>
#include <array>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules::story {

namespace {

using census::MessageRole;
using wire::NameView;
using wire::Record;
using wire::Section;
using wire::Type;

constexpr auto answer_time = std::chrono::seconds(2);
constexpr std::size_t most_looked_at = 4096;  ///< moments after a question, however dense they are

bool is_meta(NameView name) noexcept {
  return name.label_count() >= 2 && ascii::equal(name.label(0), "_services") &&
         ascii::equal(name.label(1), "_dns-sd");
}

bool is_any_of(const std::vector<std::string>& names, NameView name) noexcept {
  return std::ranges::any_of(names, [&](const std::string& one) { return NameView(one) == name; });
}

/// Reads messages for one subject.
class Reader {
 public:
  explicit Reader(const Subject& subject) : subject_(subject) {}

  Moment read(const wire::Packet& packet, const wire::Message& message) const {
    Moment moment;
    moment.packet = &packet;
    moment.role = census::role_of(packet, message.header);
    moment.header = message.header;
    moment.is_malformed = !message.faults.empty();
    for (const Record& record : message.records) {
      if (const auto part = part_of(record)) moment.records.push_back(seen(record, *part));
      if (record.section == Section::authority && !moment.is_response()) moment.is_probe = true;
      add_kin(record, moment);
    }
    std::ranges::stable_sort(moment.records, {}, &PartSeen::part);
    moment.is_probe = moment.is_probe && !message.questions.empty();
    if (moment.is_response()) return moment;
    for (const wire::Question& question : message.questions) {
      if (const auto part = part_asked(question)) {
        moment.questions.push_back({*part, question.type, question.wants_unicast(),
                                    is_known(message, question),
                                    std::string(question.name.octets())});
      }
    }
    return moment;
  }

 private:
  bool is_our(NameView name) const noexcept {
    return subject_.kind == SubjectKind::instance && name == subject_.view();
  }
  bool is_type(NameView name) const noexcept {
    return !subject_.type.empty() && name == NameView(subject_.type);
  }
  bool is_subtype(NameView name) const noexcept {
    if (is_any_of(subject_.subtypes, name)) return true;
    return !subject_.type.empty() && ascii::equal(name.label(1), "_sub") &&
           name.without(2) == NameView(subject_.type);
  }

  std::optional<Part> part_of(const Record& record) const {
    if (!record.owner_is_whole) return std::nullopt;
    const NameView owner = record.owner;
    if (record.type == Type::ptr) {
      const bool points_here = subject_.kind == SubjectKind::type || is_our(record.target);
      if (is_type(owner) && points_here) return Part::pointer;
      if (is_subtype(owner) && points_here) return Part::subtype;
      if (is_meta(owner) && is_type(record.target)) return Part::type_list;
    }
    if (is_any_of(subject_.hosts, owner)) {
      if (record.type == Type::a) return Part::address_ipv4;
      if (record.type == Type::aaaa) return Part::address_ipv6;
      if (record.type == Type::nsec) return Part::denial;
    }
    if (record.type == Type::srv && subject_.kind == SubjectKind::host &&
        is_any_of(subject_.hosts, record.target)) {
      return Part::service;
    }
    if (!is_our(owner)) return std::nullopt;
    if (record.type == Type::srv) return Part::service;
    if (record.type == Type::txt) return Part::text;
    return record.type == Type::nsec ? Part::denial : Part::other;
  }

  static PartSeen seen(const Record& record, Part part) {
    PartSeen out{.part = part,
                 .type = record.type,
                 .section = record.section,
                 .class_field = record.class_field,
                 .ttl = record.ttl,
                 .is_compressed = record.is_compressed,
                 .is_whole = record.rdata_is_whole,
                 .owner = std::string(record.owner.octets()),
                 .rdata = {}};
    if (record.rdata_is_whole) {
      wire::append_rdata(out.rdata, record);
    } else {
      out.rdata = wire::as_text(record.rdata);
    }
    return out;
  }

  std::optional<Part> part_asked(const wire::Question& question) const {
    const NameView name = question.name;
    const auto is = [&](Type type) { return question.type == type || question.type == Type::any; };
    if (is(Type::ptr)) {
      if (is_type(name)) return Part::pointer;
      if (is_subtype(name)) return Part::subtype;
      if (is_meta(name) && !subject_.type.empty()) return Part::type_list;
    }
    if (is_our(name)) {
      if (is(Type::srv)) return Part::service;
      if (is(Type::txt)) return Part::text;
    }
    if (is_any_of(subject_.hosts, name)) {
      if (is(Type::a)) return Part::address_ipv4;
      if (is(Type::aaaa)) return Part::address_ipv6;
    }
    return std::nullopt;
  }

  bool is_known(const wire::Message& message, const wire::Question& question) const {
    return std::ranges::any_of(message.records, [&](const Record& record) {
      return record.section == Section::answer && record.owner == question.name && part_of(record);
    });
  }

  void add_kin(const Record& record, Moment& moment) const {
    if (subject_.kind != SubjectKind::instance || record.type != Type::srv || record.ttl == 0)
      return;
    if (is_next_name(subject_.view(), record.owner) ||
        is_next_name(record.owner, subject_.view())) {
      moment.kin.emplace_back(record.owner.octets());
    }
  }

  const Subject& subject_;
};

bool answers(const PartSeen& record, const PartAsked& asked) noexcept {
  if (record.is_goodbye() || record.section == Section::authority) return false;
  if (NameView(record.owner) != NameView(asked.name)) return false;
  return asked.type == Type::any || record.type == asked.type;
}

/// Whether a response may reach who asked: by the group, or to its own address.
bool reaches(const Moment& answer, const Moment& question) noexcept {
  if (answer.packet->interface != question.packet->interface) return false;
  return answer.is_multicast() ||
         answer.packet->destination.address == question.packet->source.address;
}

/// What is known may be told in further packets. RFC 6762 §7.2.
bool is_known_later(const Scene& scene, std::size_t from, const PartAsked& asked) {
  const Moment& query = scene.moments[from];
  if (!query.header.truncated()) return false;
  const std::size_t end = std::min(scene.moments.size(), from + most_looked_at);
  for (std::size_t i = from + 1; i < end; ++i) {
    const Moment& next = scene.moments[i];
    if (next.time() - query.time() > std::chrono::seconds(1)) break;
    if (next.is_response() || next.packet->source != query.packet->source) continue;
    if (std::ranges::any_of(next.records, [&](const PartSeen& r) { return answers(r, asked); })) {
      return true;
    }
  }
  return false;
}

/// Whether a response to a question that was answered already is another answer: a copy on the
/// other family, or another host's.
bool answers_too(const Scene& scene, const Exchange& exchange, const Moment& moment) noexcept {
  constexpr auto copy_time = std::chrono::milliseconds(200);
  const Moment& first = scene.moments[*exchange.answer];
  return moment.time() - first.time() <= copy_time ||
         !is_same_host(party_of(*first.packet), party_of(*moment.packet));
}

void follow(Scene& scene, std::size_t from, const PartAsked& asked) {
  const Moment& question = scene.moments[from];
  Exchange exchange{.question = from, .asked = asked, .answer = {}, .delay = {}};
  exchange.asked.is_known = asked.is_known || is_known_later(scene, from, asked);
  const std::size_t end = std::min(scene.moments.size(), from + most_looked_at);
  for (std::size_t i = from + 1; i < end; ++i) {
    Moment& moment = scene.moments[i];
    if (moment.time() - question.time() > answer_time) break;
    if (!moment.is_response() || !reaches(moment, question)) continue;
    const auto answers_it = [&](const PartSeen& record) { return answers(record, asked); };
    if (std::ranges::none_of(moment.records, answers_it)) continue;
    if (exchange.answer && !answers_too(scene, exchange, moment)) continue;
    moment.answer_to = scene.exchanges.size();
    if (exchange.answer) continue;
    exchange.answer = i;
    exchange.delay = moment.time() - question.time();
  }
  const bool had_time = scene.last - question.time() >= answer_time;
  exchange.is_fair =
      exchange.answer || (had_time && !exchange.asked.is_known && !asked.wants_unicast &&
                          question.role == MessageRole::query);
  scene.exchanges.push_back(std::move(exchange));
}

bool is_number(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, ascii::is_digit);
}

}  // namespace

std::string_view name_of(Part part) noexcept {
  constexpr std::array<std::string_view, part_count> names = {
      "PTR", "subtype PTR", "meta-query PTR", "SRV", "TXT", "A", "AAAA", "NSEC", "other record"};
  return names[static_cast<std::size_t>(part)];
}

bool Moment::has(Part part) const noexcept {
  return std::ranges::any_of(records, [&](const PartSeen& one) { return one.part == part; });
}

Party party_of(const wire::Packet& packet) { return {packet.source.address, packet.mac}; }

bool is_same_host(const Party& a, const Party& b) noexcept {
  if (a.mac && b.mac) return *a.mac == *b.mac;
  return a.address == b.address || a.address.is_ipv4() != b.address.is_ipv4();
}

std::string_view must_ignore(const Moment& moment) noexcept {
  if (moment.packet->source.port != wire::mdns_port) return "MD001";
  if (moment.header.opcode() != 0) return "MD013";
  if (moment.header.response_code() != 0) return "MD021";
  return {};
}

bool is_next_name(NameView base, NameView name) noexcept {
  if (base.label_count() < 2 || name.label_count() < 2 || base.without(1) != name.without(1)) {
    return false;
  }
  const std::string_view stem = base.label(0);
  std::string_view rest = name.label(0);
  if (rest.size() <= stem.size() || !ascii::equal(rest.substr(0, stem.size()), stem)) return false;
  rest.remove_prefix(stem.size());
  if (rest.starts_with(" (") && rest.ends_with(')'))
    return is_number(rest.substr(2, rest.size() - 3));
  if (rest.starts_with(" #") || rest.starts_with(" -")) return is_number(rest.substr(2));
  return rest.starts_with('-') && is_number(rest.substr(1));
}

Scene look_at(const PacketLog& log, const Subject& subject) {
  Scene scene;
  scene.subject = subject;
  const Reader reader(subject);
  wire::Decoder decoder;
  for (const wire::Packet* packet : log.by_time()) {
    const wire::Message& message = decoder.decode(packet->payload);
    if (scene.packets++ == 0) scene.first = packet->time;
    scene.last = std::max(scene.last, packet->time);
    if (message.header.is_response()) ++scene.responses;
    if (!message.header.is_response() && !message.questions.empty()) ++scene.queries;
    Moment moment = reader.read(*packet, message);
    const bool concerns =
        !moment.records.empty() || !moment.questions.empty() || !moment.kin.empty();
    if (concerns) scene.moments.push_back(std::move(moment));
  }
  for (std::size_t i = 0; i < scene.moments.size(); ++i) {
    if (scene.moments[i].is_probe) continue;
    for (const PartAsked& asked : scene.moments[i].questions) follow(scene, i, asked);
  }
  return scene;
}

}  // namespace srvwarden::rules::story
