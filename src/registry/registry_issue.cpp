// RegistryIssue: the word and the sentence for each.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_table.hpp"

namespace srvwarden {
namespace {

struct Words {
  std::string_view name;
  std::string_view sentence;
};

Words words_of(RegistryIssue issue) noexcept {
  switch (issue) {
    case RegistryIssue::unknown_format:
      return {
          "unknown-format",
          "this is neither a form in which IANA publishes the registry nor a table of srvwarden"};
    case RegistryIssue::too_large:
      return {"too-large",
              "the file or the number of its rows or names is beyond what a registry can have"};
    case RegistryIssue::bad_header:
      return {"bad-header", "a column of the header is missing, is new or has another name"};
    case RegistryIssue::truncated:
      return {"truncated",
              "the file ends in the middle of a row, so it is not whole and is not used"};
    case RegistryIssue::bad_markup:
      return {"bad-markup", "the XML is not well-formed, so the file is not used"};
    case RegistryIssue::unknown_element:
      return {"unknown-element", "this element has no place in a record of IANA's; it is left out"};
    case RegistryIssue::unclear_cells:
      return {"unclear-cells",
              "in this form of the registry it cannot be told for sure where one cell ends and the "
              "next begins"};
    case RegistryIssue::stray_quote:
      return {"stray-quote",
              "there is text after a closing quote, or a quote in a field that does not begin with "
              "one"};
    case RegistryIssue::field_count:
      return {"field-count", "the row has not as many fields as the header"};
    case RegistryIssue::bad_name:
      return {"bad-name",
              "the service name is longer than 255 bytes, has control characters, or is missing "
              "where there is no port either"};
    case RegistryIssue::bad_port:
      return {"bad-port",
              "a port must be a number from 0 to 65535, or a range of them that goes up"};
    case RegistryIssue::bad_transport:
      return {"bad-transport", "a transport must be tcp, udp, sctp, dccp or left empty"};
    case RegistryIssue::bad_text:
      return {"bad-text",
              "the text is longer than 65535 bytes, has control characters, or is no UTF-8"};
    case RegistryIssue::bad_date:
      return {"bad-date", "a date must be YYYY-MM-DD or YYYY-MM"};
    case RegistryIssue::bad_status:
      return {"bad-status", "this is no status that srvwarden knows"};
    case RegistryIssue::bad_service_code:
      return {"bad-service-code", "a DCCP service code must be a number from 1 to 4294967295"};
    case RegistryIssue::bad_unauthorized:
      return {"bad-unauthorized", "the column must say yes, name ports or be empty"};
    case RegistryIssue::bad_txt_keys:
      return {"bad-txt-keys",
              "the TXT keys are not in the form that srvwarden writes; see srvwarden-registry(5)"};
    case RegistryIssue::bad_version:
      return {"bad-version",
              "this is a table of another version of srvwarden; import IANA's file again"};
    case RegistryIssue::bad_edition:
      return {"bad-edition", "the table does not say which edition of the registry it is"};
    case RegistryIssue::not_canonical:
      return {
          "not-canonical",
          "the line is not as srvwarden writes it, so the table was changed by hand or damaged"};
    case RegistryIssue::name_syntax:
      return {"name-syntax",
              "the service name breaks the rules of RFC 6335 section 5.1, and is not marked as "
              "historic"};
    case RegistryIssue::unknown_replacement:
      return {"unknown-replacement",
              "the row points to another name to use instead, which has no row"};
    case RegistryIssue::duplicate_row:
      return {"duplicate-row", "an earlier row has the same name, port and transport"};
    case RegistryIssue::address_left_out:
      return {"address-left-out", "an e-mail address was found here; srvwarden keeps none"};
    case RegistryIssue::prose_left_out:
      return {"prose-left-out", "the reference is a text of several lines, which is not kept"};
  }
  return {};
}

}  // namespace

std::string_view name_of(RegistryIssue issue) noexcept { return words_of(issue).name; }
std::string_view sentence_of(RegistryIssue issue) noexcept { return words_of(issue).sentence; }

}  // namespace srvwarden
