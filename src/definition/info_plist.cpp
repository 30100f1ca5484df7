// Reader of Apple's Info.plist as XML: NSBonjourServices and what must stand beside it.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "core/concat.hpp"
#include "core/trim.hpp"
#include "definition/formats.hpp"
#include "definition/quote.hpp"
#include "definition/readers.hpp"
#include "definition/text_builder.hpp"
#include "definition/unicode_text.hpp"
#include "definition/xml_parser.hpp"

namespace srvwarden::definition {
namespace {

constexpr std::string_view services_key = "NSBonjourServices";
constexpr std::string_view usage_key = "NSLocalNetworkUsageDescription";

/// Depths of elements: <plist> is 1, its <dict> 2, keys and values of that 3, elements of arrays 4.
constexpr std::size_t dict_depth = 2;
constexpr std::size_t entry_depth = 3;
constexpr std::size_t item_depth = 4;

constexpr std::size_t types_group = 1;  // DeclaredValue::group: types of one array must differ

class PlistReader final : public XmlHandler {
 public:
  explicit PlistReader(const Reading& reading) : reading_(reading) {}

  void start(std::string_view tag, const std::vector<XmlAttribute>&, Span at) override {
    ++depth_;
    if (depth_ == 1 && tag != "plist") not_a_plist(tag, at);
    if (depth_ == dict_depth) in_dict_ = tag == "dict";
    is_key_ = tag == "key";
    collects_ = is_key_;
    text_ = {};
    text_start_ = at.offset + at.length;
    if (depth_ == entry_depth && in_dict_ && !is_key_) value(tag, at);
    if (depth_ == item_depth && in_services_) item(tag, at);
  }

  void end() override {
    if (collects_) text_done(text_.finish(reading_.source, text_start_));
    collects_ = false;
    if (depth_ == entry_depth && in_services_) in_services_ = false;
    --depth_;
  }

  void characters(std::string_view octets, Span at) override {
    if (!collects_) return;
    if (reading_.source.text().substr(at.offset, octets.size()) == octets) {
      text_.copy(octets, at.offset);
    } else {
      text_.decoded(octets, at.offset, at.length);
    }
  }

  void skipped_entity(std::string_view name, Span at) override {
    problem(ProblemCode::syntax, at, concat({"entity &", quote(name), "; is not declared"}),
            "Write the character itself, or &amp; and &lt; for & and <.");
  }

  void finish() {
    if (declared_ == 0 || has_usage_) return;
    problem(ProblemCode::no_usage_text, services_at_, {}, {});
  }

 private:
  void problem(ProblemCode code, Span at, std::string detail, std::string help) {
    reading_.problem(code, at.offset, at.length, std::move(detail));
    reading_.definition.problems.back().help = std::move(help);
  }

  void not_a_plist(std::string_view tag, Span at) {
    problem(ProblemCode::unknown_element, at, concat({"<", quote(tag), "> is no <plist>"}),
            "A property list is <plist><dict> with a <key> before each value.");
  }

  /// A value of the top <dict>, behind its key.
  void value(std::string_view tag, Span at) {
    const std::string key = std::exchange(key_, {});
    in_services_ = key == services_key;
    in_usage_ = key == usage_key;
    collects_ = in_usage_ && tag == "string";
    if (!in_services_) return;
    if (std::exchange(has_services_, true)) {
      problem(ProblemCode::duplicate, services_at_, concat({services_key, " a second time"}),
              "Keep one array with all types: of two, only one is used.");
    }
    if (tag == "array") return;
    in_services_ = false;
    problem(ProblemCode::wrong_type, at,
            concat({services_key, " is <", quote(tag), ">, no <array>"}),
            "Write an <array> with a <string> for each service type; otherwise iOS lets the app "
            "see no service.");
  }

  void item(std::string_view tag, Span at) {
    collects_ = tag == "string";
    if (collects_) return;
    problem(ProblemCode::wrong_type, at,
            concat({"an item of ", services_key, " is <", quote(tag), ">, no <string>"}),
            "Each item is a <string> with one service type, such as _ipp._tcp.");
  }

  void text_done(DefinitionText text) {
    if (is_key_) return key(std::move(text));
    if (in_usage_) {
      has_usage_ = !trimmed(text.value).empty();
      in_usage_ = false;
      return;
    }
    ++declared_;
    if (has_placeholder(text.value)) return;
    DeclaredValue& declared = reading_.definition.values.emplace_back();
    declared.text = std::move(text);
    declared.group = types_group;
    declared.role = DeclaredRole::bonjour_type;
  }

  void key(DefinitionText text) {
    if (depth_ != entry_depth || !in_dict_) {
      if (text.value != services_key) return;
      return problem(ProblemCode::misplaced, {text.at.offset, text.length},
                     concat({services_key, " inside of another value"}),
                     "Move the key with its array into the top <dict>: iOS looks nowhere else.");
    }
    if (text.value == services_key) services_at_ = {text.at.offset, text.length};
    key_ = std::move(text.value);
  }

  const Reading& reading_;
  std::size_t depth_ = 0;
  bool in_dict_ = false;      ///< the element at dict_depth is a <dict>
  bool in_services_ = false;  ///< within the array
  bool in_usage_ = false;     ///< the value of usage_key
  bool collects_ = false;     ///< the text of this element is wanted
  bool is_key_ = false;       ///< ... and it is a <key>
  bool has_services_ = false;
  bool has_usage_ = false;
  std::size_t declared_ = 0;
  std::size_t text_start_ = 0;
  Span services_at_;
  std::string key_;
  TextBuilder text_;
};

/// Property lists have two older forms, which Xcode and plutil read as well.
bool is_other_form(const Reading& reading) {
  const std::string_view text = reading.source.text();
  const std::string_view first = first_text(text);
  const bool binary = text.starts_with("bplist");
  if (!binary && !first.starts_with('{') && !first.starts_with('(')) return false;
  reading.problem(ProblemCode::unread_form, binary ? 0 : text.size() - first.size(),
                  binary ? std::string_view("bplist").size() : 1, binary ? "binary" : "plain text");
  return true;
}

}  // namespace

bool is_info_plist(std::string_view path, std::string_view text) {
  const std::string_view name = file_name(path);
  if (name == "Info.plist" || name.ends_with("-Info.plist")) return true;
  return name.ends_with(".plist") && !text.starts_with("bplist") &&
         text.find(services_key) != text.npos;
}

void read_info_plist(const Reading& reading) {
  if (is_other_form(reading)) return;
  PlistReader reader(reading);
  const std::string_view text = reading.source.text();
  const XmlFailure failure = parse_xml(text, max_definition_size, reader);
  if (failure.reason == nullptr) return reader.finish();
  const ProblemCode code = failure.too_large ? ProblemCode::too_large : ProblemCode::syntax;
  reading.problem(code, failure.offset, 0,
                  failure.too_large ? "entities expand to more than 1 MiB" : failure.reason);
  reading.definition.problems.back().help =
      failure.too_large ? "Remove the entities: a property list needs none."
                        : "Mend the XML here; nothing behind this place has been read.";
}

}  // namespace srvwarden::definition
