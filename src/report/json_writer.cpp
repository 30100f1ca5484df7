// Writing JSON values one after another.
// SPDX-License-Identifier: Apache-2.0
#include "report/json_writer.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "report/finding_json.hpp"
#include "report/standard_output.hpp"

namespace srvwarden::report {
void JsonWriter::put(const nlohmann::ordered_json& value) {
  std::string text = dump(value);
  if (form_ == Form::lines) {
    text += '\n';
  } else {
    text.insert(0, first_ ? "[\n" : ",\n");
  }
  first_ = false;
  report::put(text);
}

void JsonWriter::end() {
  if (form_ == Form::array) report::put(first_ ? "[]\n" : "\n]\n");
}

}  // namespace srvwarden::report
