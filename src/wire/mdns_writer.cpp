// Writing messages: RFC 1035 §4.1, compression as RFC 6762 §18.14 allows it.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/mdns_writer.hpp"

#include <algorithm>

namespace srvwarden::wire {

namespace {

constexpr std::size_t header_size = 12;
constexpr std::uint16_t truncated_flag = 0x0200;

}  // namespace

MessageWriter::MessageWriter(std::uint16_t flags, std::uint16_t id) : octets_(header_size) {
  put16(0, id);
  put16(2, flags);
}

void MessageWriter::u16(unsigned value) {
  octets_.push_back(static_cast<std::uint8_t>(value >> 8));
  octets_.push_back(static_cast<std::uint8_t>(value));
}

void MessageWriter::put16(std::size_t at, unsigned value) noexcept {
  octets_[at] = static_cast<std::uint8_t>(value >> 8);
  octets_[at + 1] = static_cast<std::uint8_t>(value);
}

void MessageWriter::set_flags(std::uint16_t flags) noexcept { put16(2, flags); }

void MessageWriter::count(std::size_t index, int change) noexcept {
  const std::size_t at = 4 + 2 * index;
  const int before = octets_[at] << 8 | octets_[at + 1];
  put16(at, static_cast<unsigned>(before + change));
}

void MessageWriter::name(NameView name) {
  for (NameView rest = name; !rest.is_root(); rest = rest.without(1)) {
    const auto known = std::ranges::find_if(
        suffixes_, [&](const auto& suffix) { return NameView(suffix.first) == rest; });
    if (known != suffixes_.end()) return u16(0xC000u | known->second);
    if (octets_.size() < 0x4000) {
      suffixes_.emplace_back(rest.octets(), static_cast<std::uint16_t>(octets_.size()));
    }
    const std::string_view label = *rest.begin();
    octets_.push_back(static_cast<std::uint8_t>(label.size()));
    octets_.insert(octets_.end(), label.begin(), label.end());
  }
  octets_.push_back(0);
}

void MessageWriter::question(NameView asked, Type type, std::uint16_t class_field) {
  name(asked);
  u16(static_cast<unsigned>(type));
  u16(class_field);
  count(0, 1);
}

void MessageWriter::record(Section section, NameView owner, Type type, std::uint16_t class_field,
                           std::uint32_t ttl, Bytes before_name, const NameView* target,
                           Bytes after_name) {
  name(owner);
  u16(static_cast<unsigned>(type));
  u16(class_field);
  u16(ttl >> 16);
  u16(ttl & 0xFFFFu);
  u16(0);
  const std::size_t rdata = octets_.size();
  octets_.insert(octets_.end(), before_name.begin(), before_name.end());
  if (target) name(*target);
  octets_.insert(octets_.end(), after_name.begin(), after_name.end());
  put16(rdata - 2, static_cast<unsigned>(octets_.size() - rdata));
  count(1 + static_cast<std::size_t>(section), 1);
}

void MessageWriter::undo_record(Section section, std::size_t size) {
  octets_.resize(size);
  std::erase_if(suffixes_, [size](const auto& suffix) { return suffix.second >= size; });
  count(1 + static_cast<std::size_t>(section), -1);
}

namespace {

/// Fills messages up to a limit, but never leaves one empty.
class QueryMessages {
 public:
  explicit QueryMessages(std::size_t limit) : limit_(limit) {}

  /// Gives false where the message at hand has no room for it.
  bool add(const QuerySpec& question) {
    constexpr std::size_t type_and_class = 4;
    const std::size_t size = question.name.octets().size() + type_and_class;
    if (!empty_ && writer_.size() + size > limit_) return false;
    writer_.question(question.name, question.type);
    empty_ = false;
    return true;
  }

  void add(const KnownAnswer& answer) {
    const std::size_t before = writer_.size();
    write(answer);
    if (writer_.size() > limit_ && !empty_) {
      writer_.undo_record(Section::answer, before);
      close(truncated_flag);
      write(answer);
    }
    empty_ = false;
  }

  void close(std::uint16_t flags) {
    writer_.set_flags(flags);
    messages_.push_back(std::move(writer_).take());
    writer_ = MessageWriter();
    empty_ = true;
  }

  std::vector<std::vector<std::uint8_t>> take() && { return std::move(messages_); }

 private:
  void write(const KnownAnswer& answer) {
    writer_.record(Section::answer, answer.owner, Type::ptr, 1, answer.ttl, {}, &answer.target);
  }

  std::size_t limit_;
  MessageWriter writer_;
  bool empty_ = true;
  std::vector<std::vector<std::uint8_t>> messages_;
};

}  // namespace

std::vector<std::vector<std::uint8_t>> write_query(std::span<const QuerySpec> questions,
                                                   std::span<const KnownAnswer> known_answers,
                                                   std::size_t limit) {
  QueryMessages messages(limit);
  while (!questions.empty()) {
    std::size_t asked = 0;
    while (asked < questions.size() && messages.add(questions[asked])) ++asked;
    for (const KnownAnswer& answer : known_answers) {
      const auto is_asked = [&](const QuerySpec& question) {
        return question.name == answer.owner;
      };
      if (std::ranges::any_of(questions.first(asked), is_asked)) messages.add(answer);
    }
    messages.close(0);
    questions = questions.subspan(asked);
  }
  return std::move(messages).take();
}

}  // namespace srvwarden::wire
