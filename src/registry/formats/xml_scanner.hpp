// XmlScanner: XML 1.0 as a row of tags and texts, in place and strict.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::registry {

/// Text between tags, or an attribute's value: a view into the document.
struct XmlText {
  std::string_view raw;
  bool plain = true;   ///< raw is the text itself: no references, no carriage returns
  bool cdata = false;  ///< references are not read in it

  /// Adds the text, with references read and line ends as LF. XML 1.0 §2.11, §4.6.
  void append_to(std::string& out) const;
};

struct XmlAttribute {
  std::string_view name;
  XmlText value;
};

enum class XmlEvent : std::uint8_t {
  start,  ///< a start tag; an empty element's is followed by its end
  end,
  text,   ///< between two tags there may be several, where comments stand between them
  done,   ///< the document has ended, and is well-formed
  fault,  ///< it is not: see fault() and at(); the same again from now on
};

enum class XmlFault : std::uint8_t {
  none,
  truncated,       ///< ends with something open, or before there is anything
  bad_markup,      ///< a tag, comment, instruction or declaration that is none
  bad_attribute,   ///< no value, no quotes, "<" within them, or there twice
  bad_reference,   ///< an entity that XML itself does not define, or no character
  bad_character,   ///< a control character, or "]]>" in text
  mismatched_tag,  ///< an end tag that does not end the element that is open
  stray_content,   ///< anything but comments and instructions around the one root
  bad_encoding,    ///< neither UTF-8 nor ASCII
};

/// Expands no entities but XML's own five and character references, reads no DTD (an internal
/// subset is a fault), and checks all that the XML 1.0 grammar asks of a document without one,
/// except that bytes beyond ASCII are passed on as they are.
class XmlScanner {
 public:
  /// @param text  the document, with or without a byte order mark; must outlive the scanner.
  explicit XmlScanner(std::string_view text);

  XmlEvent next();

  /// Adds all text of the element whose start tag was just read, and passes its end. Text of
  /// elements within it is its own, too.
  ///
  /// @return  false at a fault.
  bool append_content(std::string& out);

  std::string_view name() const noexcept { return name_; }  ///< of the tag just read
  std::span<const XmlAttribute> attributes() const noexcept { return attributes_; }
  /// The value of an attribute of the start tag just read; without it, an empty text.
  XmlText attribute(std::string_view name) const noexcept;
  const XmlText& text() const noexcept { return content_; }

  std::size_t at() const noexcept { return event_at_; }  ///< offset of the event, or of the fault
  std::size_t depth() const noexcept { return open_.size(); }  ///< elements open after the event
  /// The n-th open element from the root, which is 0.
  std::string_view open(std::size_t n) const noexcept { return open_[n]; }
  XmlFault fault() const noexcept { return fault_; }

 private:
  XmlEvent fail(XmlFault fault, std::size_t offset) noexcept;
  XmlEvent truncated() noexcept { return fail(XmlFault::truncated, text_.size()); }
  XmlEvent read_text();
  XmlEvent read_start_tag();
  XmlEvent read_end_tag();
  XmlEvent read_cdata();
  bool read_attribute();
  bool read_attribute_value(char quote, XmlText& value);
  bool read_reference(XmlText& text);
  bool skip_comment();
  bool skip_instruction();
  bool skip_doctype();
  bool check_declaration(std::string_view declaration);
  bool skip_past(std::size_t from, std::string_view end) noexcept;
  std::string_view read_name() noexcept;
  void skip_space() noexcept;
  bool looking_at(std::string_view token) const noexcept;
  /// Whether the rest is only the beginning of this.
  bool cut_within(std::string_view token) const noexcept;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;  ///< of the document, after a byte order mark
  std::size_t event_at_ = 0;
  std::vector<std::string_view> open_;
  std::vector<XmlAttribute> attributes_;
  std::string_view name_;
  XmlText content_;
  XmlFault fault_ = XmlFault::none;
  bool root_seen_ = false;
  bool doctype_seen_ = false;
  bool ends_at_once_ = false;  ///< the tag just read is that of an empty element
};

/// The name of a document's root element, if it comes soon; else empty.
std::string_view xml_root(std::string_view text);

}  // namespace srvwarden::registry
