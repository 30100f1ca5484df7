// Writing JSON values one after another.
// SPDX-License-Identifier: Apache-2.0
#include "report/json_writer.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "report/finding_json.hpp"

namespace srvwarden::report {
namespace {

void write(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace

void JsonWriter::put(const nlohmann::ordered_json& value) {
  std::string text = dump(value);
  if (form_ == Form::lines) {
    text += '\n';
  } else {
    text.insert(0, first_ ? "[\n" : ",\n");
  }
  first_ = false;
  write(text);
}

void JsonWriter::end() {
  if (form_ == Form::array) write(first_ ? "[]\n" : "\n]\n");
}

}  // namespace srvwarden::report
