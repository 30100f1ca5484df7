// The compiled-in image as C++.
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include "registry/compiler/emit.hpp"

namespace srvwarden::registry {
namespace {

void append(std::string& out, std::uint64_t number) {
  out += std::to_string(number);
  if (number > 0x7FFFFFFF) out += 'u';
}

void append(std::string& out, TextRef text) {
  out += '{';
  append(out, text.offset);
  out += ',';
  append(out, text.size);
  out += '}';
}

void append(std::string& out, const NameKey& key) {
  out += '{';
  append(out, key.low);
  out += ',';
  append(out, key.high);
  out += '}';
}

/// One element of an array of structs.
template <class... Members>
void append_row(std::string& out, Members... members) {
  out += '{';
  ((append(out, members), out += ','), ...);
  out.back() = '}';
  out += ",\n";
}

template <class Items, class Emit>
void append_array(std::string& out, std::string_view type, std::string_view name,
                  const Items& items, Emit emit) {
  out += "constexpr ";
  out += type;
  out += ' ';
  out += name;
  out += "[] = {\n";
  for (const auto& item : items) emit(item);
  out += "};\n";
}

template <class Number>
void append_numbers(std::string& out, std::string_view type, std::string_view name,
                    const std::vector<Number>& numbers) {
  std::size_t on_line = 0;
  append_array(out, type, name, numbers, [&](Number number) {
    append(out, number);
    out += ++on_line % 16 == 0 ? ",\n" : ",";
  });
}

/// Pieces of a literal; octal escapes cannot swallow what follows them.
void append_text(std::string& out, std::string_view text) {
  out += "constexpr char text[] =\n";
  for (std::size_t at = 0; at < text.size() || at == 0; at += 4000) {
    out += '"';
    for (const char c : text.substr(at, 4000)) {
      const auto byte = static_cast<unsigned char>(c);
      const bool as_it_is = byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\' && c != '?';
      if (as_it_is) {
        out += c;
        continue;
      }
      out += '\\';
      for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (byte >> shift & 7));
    }
    out += "\"\n";
  }
  out += ";\n";
}

void append_image(std::string& out, const Image& image) {
  out +=
      "}  // namespace\n\n"
      "constinit const Image builtin_image = {text, records, extras, people, names, by_name, "
      "by_port,\n  port_first, port_reach, slots";
  for (const std::uint32_t number :
       {image.text_size, image.record_count, image.extra_count, image.people_count,
        image.name_count, image.named_count, image.port_count, image.slot_mask, image.edition}) {
    out += ", ";
    append(out, number);
  }
  out += "};\n\n}  // namespace srvwarden::registry\n";
}

}  // namespace

std::string emit_image(const ImageStorage& storage) {
  std::string out =
      "// The registry, compiled in. Made by registry_compiler from data/registry.tsv.\n"
      "// SPDX-License-Identifier: Apache-2.0\n"
      "#include \"registry/image.hpp\"\n\n"
      "namespace srvwarden::registry {\nnamespace {\n";
  out += "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n";
  append_text(out, storage.text);
  append_array(out, "PackedRecord", "records", storage.records, [&](const PackedRecord& r) {
    append_row(out, r.registered, r.people, r.extra, r.transport, r.has_port, r.status, r.title,
               r.title_size, r.name, r.first_port, r.last_port);
  });
  append_array(out, "PackedExtra", "extras", storage.extras, [&](const PackedExtra& e) {
    append_row(out, e.references, e.replacement, e.txt_keys, e.modified, e.service_code,
               e.unauthorized_first, e.unauthorized_last, e.unauthorized);
  });
  append_array(out, "PackedPeople", "people", storage.people, [&](const PackedPeople& p) {
    append_row(out, p.assignee, p.contact, p.assignee_size, p.contact_size);
  });
  append_array(out, "PackedName", "names", storage.names,
               [&](const PackedName& n) { append_row(out, n.key, n.text, n.first_and_standing); });
  append_numbers(out, "std::uint32_t", "by_name", storage.by_name);
  append_numbers(out, "std::uint32_t", "by_port", storage.by_port);
  append_numbers(out, "std::uint16_t", "port_first", storage.port_first);
  append_numbers(out, "std::uint16_t", "port_reach", storage.port_reach);
  append_numbers(out, "Slot", "slots", storage.slots);
  append_image(out, storage.image);
  return out;
}

}  // namespace srvwarden::registry
