// Lines of systemd's configuration files, as its config_parse() takes them.
// SPDX-License-Identifier: Apache-2.0
#include "definition/systemd_lines.hpp"

#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view line_ends("\n\r\0", 3);

class LineReader {
 public:
  LineReader(const Reading& reading, const std::function<void(const MappedText&)>& line)
      : reading_(reading), line_(line) {}

  void run() {
    const std::string_view text = reading_.source.text();
    std::size_t at = utf8::mark_size(text);
    while (at < text.size()) {
      const std::size_t end = std::min(text.find_first_of(line_ends, at), text.size());
      take(at, end);
      if (end < text.size() && text[end] == '\0') {
        reading_.problem(ProblemCode::bad_encoding, end, 1, "NUL byte");
      }
      at = text.substr(end, 2) == "\r\n" ? end + 2 : end + 1;
    }
    flush(text.size());
  }

 private:
  void take(std::size_t start, std::size_t end) {
    const std::string_view text = reading_.source.text().substr(0, end);
    const std::size_t first = std::min(text.find_first_not_of(white_space, start), end);
    if (first < end && (text[first] == '#' || text[first] == ';')) return;
    std::size_t backslashes = 0;
    while (end - backslashes > first && text[end - backslashes - 1] == '\\') ++backslashes;
    for (std::size_t at = first; at < end; ++at) add(text[at], at);
    if (backslashes % 2 == 0) {
      flush(end);
    } else {
      joined_.bytes.back() = ' ';
    }
  }

  void add(char c, std::size_t at) {
    joined_.bytes.push_back(c);
    joined_.offsets.push_back(at);
  }

  void flush(std::size_t end) {
    joined_.offsets.push_back(end);
    const std::size_t bad = utf8::find_ill_formed(joined_.bytes);
    if (bad != std::string_view::npos) {
      reading_.problem(ProblemCode::bad_encoding, joined_.offsets[bad], 1,
                       "not UTF-8: the line is left out");
    } else {
      const MappedText line = joined_.stripped(0, joined_.bytes.size());
      if (!line.bytes.empty()) line_(line);
    }
    joined_ = {};
  }

  const Reading& reading_;
  const std::function<void(const MappedText&)>& line_;
  MappedText joined_;
};

}  // namespace

Span MappedText::span(std::size_t from, std::size_t to) const {
  const std::size_t end = from < to ? offsets[to - 1] + 1 : offsets[from];
  return {offsets[from], end - offsets[from]};
}

MappedText MappedText::stripped(std::size_t from, std::size_t to) const {
  while (from < to && white_space.find(bytes[from]) != white_space.npos) ++from;
  while (to > from && white_space.find(bytes[to - 1]) != white_space.npos) --to;
  const auto at = [&](std::size_t i) { return offsets.begin() + static_cast<std::ptrdiff_t>(i); };
  MappedText result{bytes.substr(from, to - from), {at(from), at(to)}};
  result.offsets.push_back(from < to ? offsets[to - 1] + 1 : offsets[from]);
  return result;
}

void MappedText::add_to(TextBuilder& builder, const Source& source, std::size_t from,
                        std::size_t to) const {
  for (std::size_t i = from; i < to; ++i) {
    const std::string_view byte(&bytes[i], 1);
    if (source.text().substr(offsets[i], 1) == byte) {
      builder.copy(byte, offsets[i]);
    } else {
      builder.decoded(byte, offsets[i], 1);
    }
  }
}

void read_systemd_lines(const Reading& reading,
                        const std::function<void(const MappedText&)>& line) {
  LineReader(reading, line).run();
}

}  // namespace srvwarden::definition
