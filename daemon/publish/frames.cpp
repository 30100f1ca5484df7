// Frames: numbers high octet first, texts and lists with their count in front.
// SPDX-License-Identifier: Apache-2.0
#include "publish/frames.hpp"

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace srvwarden::daemon {

namespace {

class Writer {
 public:
  void number(std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) body_ += static_cast<char>(value >> shift);
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    body_ += value;
  }
  void list(const std::vector<std::string>& values) {
    number(static_cast<std::uint32_t>(values.size()));
    for (const std::string& value : values) text(value);
  }
  std::string frame() const {
    Writer size;
    size.number(static_cast<std::uint32_t>(body_.size()));
    return size.body_ + body_;
  }

 private:
  std::string body_;
};

/// Once something does not fit, everything after it is empty and ended() is false.
class Reader {
 public:
  explicit Reader(std::string_view body) : rest_(body) {}

  std::uint32_t number() {
    std::uint32_t value = 0;
    for (const char octet : take(4)) value = value << 8 | static_cast<unsigned char>(octet);
    return value;
  }
  std::string text() { return std::string(take(number())); }
  std::vector<std::string> list() {
    std::vector<std::string> values;
    for (std::uint32_t left = number(); left > 0 && good_; --left) values.push_back(text());
    return values;
  }
  bool ended() const noexcept { return good_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t size) {
    good_ = good_ && size <= rest_.size();
    if (!good_) return {};
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool good_ = true;
};

void write(Writer& to, const PublishCommand& command) {
  const Announcement& a = command.announcement;
  for (const std::string* text : {&a.key, &a.instance, &a.type, &a.domain, &a.host}) to.text(*text);
  to.list(a.subtypes);
  to.list(a.txt);
  to.list(a.interfaces);
  to.number(a.port);
  to.number(static_cast<std::uint32_t>(a.protocol));
}
void write(Writer& to, const WithdrawCommand& command) { to.text(command.key); }
void write(Writer&, const StopCommand&) {}

void write(Writer& to, const BackendUp& up) {
  for (const std::string* text : {&up.host, &up.domain, &up.detail}) to.text(*text);
}
void write(Writer& to, const BackendDown& down) {
  to.text(down.detail);
  to.number(down.cannot_start ? 1 : 0);
}
void write(Writer& to, const StateChange& change) {
  for (const std::string* text : {&change.key, &change.instance, &change.detail}) to.text(*text);
  to.number(static_cast<std::uint32_t>(change.state));
}
void write(Writer&, const Stopped&) {}
void write(Writer& to, const Remark& remark) { to.text(remark.text); }

/// The kind of a frame is the place of its value in the variant.
template <class Variant>
std::string frame_of(const Variant& value) {
  Writer to;
  to.number(static_cast<std::uint32_t>(value.index()));
  std::visit([&](const auto& alternative) { write(to, alternative); }, value);
  return to.frame();
}

bool read(Reader& from, PublishCommand& command) {
  Announcement& a = command.announcement;
  for (std::string* text : {&a.key, &a.instance, &a.type, &a.domain, &a.host}) *text = from.text();
  a.subtypes = from.list();
  a.txt = from.list();
  a.interfaces = from.list();
  const std::uint32_t port = from.number();
  const std::uint32_t protocol = from.number();
  a.port = static_cast<std::uint16_t>(port);
  a.protocol = static_cast<Protocol>(protocol);
  return port <= 65535 && protocol <= static_cast<std::uint32_t>(Protocol::ipv6);
}
bool read(Reader& from, WithdrawCommand& command) {
  command.key = from.text();
  return true;
}
bool read(Reader&, StopCommand&) { return true; }

bool read(Reader& from, BackendUp& up) {
  for (std::string* text : {&up.host, &up.domain, &up.detail}) *text = from.text();
  return true;
}
bool read(Reader& from, BackendDown& down) {
  down.detail = from.text();
  const std::uint32_t flag = from.number();
  down.cannot_start = flag == 1;
  return flag <= 1;
}
bool read(Reader& from, StateChange& change) {
  for (std::string* text : {&change.key, &change.instance, &change.detail}) *text = from.text();
  const std::uint32_t state = from.number();
  change.state = static_cast<State>(state);
  return state <= static_cast<std::uint32_t>(State::failed);
}
bool read(Reader&, Stopped&) { return true; }
bool read(Reader& from, Remark& remark) {
  remark.text = from.text();
  return true;
}

template <class Variant, std::size_t Index = 0>
std::optional<Variant> value_of(Reader& from, std::uint32_t kind) {
  if constexpr (Index < std::variant_size_v<Variant>) {
    if (kind != Index) return value_of<Variant, Index + 1>(from, kind);
    std::variant_alternative_t<Index, Variant> value;
    if (!read(from, value) || !from.ended()) return std::nullopt;
    return Variant(std::move(value));
  } else {
    return std::nullopt;
  }
}

}  // namespace

std::string to_frame(const Command& command) { return frame_of(command); }
std::string to_frame(const Event& event) { return frame_of(event); }

std::optional<Command> read_command(std::string_view body) {
  Reader from(body);
  const std::uint32_t kind = from.number();
  return value_of<Command>(from, kind);
}

std::optional<Event> read_event(std::string_view body) {
  Reader from(body);
  const std::uint32_t kind = from.number();
  return value_of<Event>(from, kind);
}

std::optional<std::string> FrameCutter::next() {
  if (broken_ || octets_.size() < 4) return std::nullopt;
  const std::size_t size = Reader(octets_).number();
  broken_ = size > max_frame_size;
  if (broken_ || octets_.size() - 4 < size) return std::nullopt;
  std::string body = octets_.substr(4, size);
  octets_.erase(0, 4 + size);
  return body;
}

}  // namespace srvwarden::daemon
