// XmlParser: expat's callbacks to XmlHandler, exceptions carried across the C frames.
// SPDX-License-Identifier: Apache-2.0
#include "definition/xml_parser.hpp"

#define XML_DTD  // without it expat.h hides the limits on entity expansion
#include <expat.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <new>

namespace srvwarden::definition {
namespace {

constexpr std::string_view white_space = " \t\r\n";

/// The attributes as the tag has them in the file, in order.
std::vector<std::pair<Span, Span>> attribute_places(std::string_view text, Span tag) {
  std::vector<std::pair<Span, Span>> places;
  const std::string_view source = text.substr(tag.offset, tag.length);
  std::size_t at = source.find_first_of(" \t\r\n");
  while (at != source.npos) {
    const std::size_t name = source.find_first_not_of(white_space, at);
    if (name == source.npos) break;
    const std::size_t name_end = source.find_first_of(" \t\r\n=", name);
    const std::size_t quote = source.find_first_of("\"'", name);
    if (name_end == source.npos || quote == source.npos) break;
    const std::size_t close = source.find(source[quote], quote + 1);
    if (close == source.npos) break;
    places.push_back(
        {{tag.offset + name, name_end - name}, {tag.offset + quote + 1, close - quote - 1}});
    at = close + 1;
  }
  return places;
}

class Session {
 public:
  Session(std::string_view text, std::size_t limit, XmlHandler& handler)
      : text_(text), limit_(limit), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser(), this);
    XML_SetElementHandler(parser(), on_start, on_end);
    XML_SetCharacterDataHandler(parser(), on_characters);
    XML_SetSkippedEntityHandler(parser(), on_skipped_entity);
    XML_SetExternalEntityRefHandler(parser(), on_external_entity);
    XML_SetExternalEntityRefHandlerArg(parser(), this);
    XML_SetBillionLaughsAttackProtectionActivationThreshold(parser(), limit);
    XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser(), 4.0F);
  }

  XmlFailure run() {
    const auto size = static_cast<int>(text_.size());
    const XML_Status status = XML_Parse(parser(), text_.data(), size, XML_TRUE);
    if (thrown_) std::rethrow_exception(thrown_);
    if (status == XML_STATUS_OK) return {};
    const XML_Error error = XML_GetErrorCode(parser());
    if (error == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
    return {XML_ErrorString(error), here().offset,
            too_large_ || error == XML_ERROR_AMPLIFICATION_LIMIT_BREACH};
  }

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  XML_Parser parser() const { return parser_.get(); }

  Span here() const {
    const XML_Index index = XML_GetCurrentByteIndex(parser());
    const std::size_t offset =
        index < 0 ? text_.size() : std::min(static_cast<std::size_t>(index), text_.size());
    const auto length = static_cast<std::size_t>(std::max(0, XML_GetCurrentByteCount(parser())));
    return {offset, std::min(length, text_.size() - offset)};
  }

  void stop() { XML_StopParser(parser(), XML_FALSE); }

  template <class Call>
  void guarded(Call call) noexcept {
    if (thrown_ || too_large_) return;  // expat may still hand over what it had begun
    try {
      call();
    } catch (...) {
      thrown_ = std::current_exception();
      stop();
    }
  }

  std::vector<XmlAttribute> attributes(const XML_Char** list, Span tag) const {
    const auto places = attribute_places(text_, tag);
    std::vector<XmlAttribute> result;
    for (std::size_t i = 0; list[2 * i] != nullptr; ++i) {
      XmlAttribute attribute{list[2 * i], list[2 * i + 1], tag, tag};
      if (i < places.size() &&
          text_.substr(places[i].first.offset, places[i].first.length) == attribute.name) {
        attribute.name_at = places[i].first;
        attribute.value_at = places[i].second;
      }
      result.push_back(attribute);
    }
    return result;
  }

  static Session& session(void* data) { return *static_cast<Session*>(data); }

  static void XMLCALL on_start(void* data, const XML_Char* tag, const XML_Char** list) noexcept {
    Session& self = session(data);
    self.guarded([&] {
      const Span at = self.here();
      self.handler_.start(tag, self.attributes(list, at), at);
    });
  }

  static void XMLCALL on_end(void* data, const XML_Char*) noexcept {
    Session& self = session(data);
    self.guarded([&] { self.handler_.end(); });
  }

  static void XMLCALL on_characters(void* data, const XML_Char* octets, int size) noexcept {
    Session& self = session(data);
    self.guarded([&] {
      const auto count = static_cast<std::size_t>(size);
      self.total_ += count;
      if (self.total_ > self.limit_) {
        self.too_large_ = true;
        self.stop();
        return;
      }
      self.handler_.characters({octets, count}, self.here());
    });
  }

  static void XMLCALL on_skipped_entity(void* data, const XML_Char* name, int) noexcept {
    Session& self = session(data);
    self.guarded([&] { self.handler_.skipped_entity(name, self.here()); });
  }

  static int XMLCALL on_external_entity(XML_Parser argument, const XML_Char* name, const XML_Char*,
                                        const XML_Char*, const XML_Char*) noexcept {
    Session& self = session(argument);
    self.guarded([&] { self.handler_.skipped_entity(name ? name : "", self.here()); });
    return XML_STATUS_OK;
  }

  std::string_view text_;
  std::size_t limit_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::size_t total_ = 0;
  bool too_large_ = false;
  std::exception_ptr thrown_;
};

}  // namespace

XmlFailure parse_xml(std::string_view text, std::size_t limit, XmlHandler& handler) {
  return Session(text, limit, handler).run();
}

}  // namespace srvwarden::definition
