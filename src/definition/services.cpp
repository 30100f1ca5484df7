// Reader of /etc/services: a name, its port and transport, and other names. services(5).
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "core/concat.hpp"
#include "definition/formats.hpp"
#include "definition/quote.hpp"
#include "definition/readers.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

constexpr std::string_view blanks = " \t";

class ServicesReader {
 public:
  explicit ServicesReader(const Reading& reading) : reading_(reading) {}

  void run() {
    reading_.source.for_each_line([this](std::string_view line, std::size_t at) {
      line = line.substr(0, line.find('#'));
      read_line(line, at);
    });
  }

 private:
  struct Word {
    std::string_view text;
    std::size_t at = 0;  ///< in the file
  };

  /// The next word of the line, of which the part before `from` has been read.
  static Word next_word(std::string_view line, std::size_t& from, std::size_t line_at) {
    from = std::min(line.find_first_not_of(blanks, from), line.size());
    const std::size_t end = std::min(line.find_first_of(blanks, from), line.size());
    const Word word{line.substr(from, end - from), line_at + from};
    from = end;
    return word;
  }

  DeclaredValue& add(const Word& name) {
    DeclaredValue& value = reading_.definition.values.emplace_back();
    value.text = reading_.source.verbatim(name.at, name.text.size());
    value.kind = Kind::service_name;
    return value;
  }

  void read_line(std::string_view line, std::size_t line_at) {
    std::size_t from = 0;
    const Word name = next_word(line, from, line_at);
    if (name.text.empty()) return;
    const Word port = next_word(line, from, line_at);
    if (port.text.empty()) {
      return reading_.problem(ProblemCode::missing, name.at, name.text.size(),
                              concat({"port and transport of ", quote(name.text)}));
    }
    const std::size_t slash = port.text.find('/');
    const std::string_view transport =
        slash == port.text.npos ? std::string_view() : port.text.substr(slash + 1);
    if (transport.empty() || slash == 0) {
      return reading_.problem(ProblemCode::bad_value, port.at, port.text.size(),
                              concat({quote(port.text), " is not PORT/TRANSPORT, \"80/tcp\""}));
    }
    DeclaredValue& value = add(name);
    value.port = reading_.source.verbatim(port.at, slash);
    value.transport = transport;
    for (char& c : value.transport) c = ascii::fold(c);
    for (Word alias = next_word(line, from, line_at); !alias.text.empty();
         alias = next_word(line, from, line_at)) {
      add(alias).looked_up = false;  // the registry has the first name alone
    }
  }

  const Reading& reading_;
};

}  // namespace

bool is_services(std::string_view path, std::string_view text) {
  const std::string_view name = file_name(path);
  return (name == "services" || name == "etc-services") && !first_text(text).starts_with('<');
}

void read_services(const Reading& reading) { ServicesReader(reading).run(); }

}  // namespace srvwarden::definition
