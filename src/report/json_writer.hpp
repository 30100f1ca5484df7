// JsonWriter: JSON values on standard output as they come, in one array or one a line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace srvwarden::report {

class JsonWriter {
 public:
  enum class Form : bool { array, lines };

  explicit JsonWriter(Form form) : form_(form) {}

  void put(const nlohmann::ordered_json& value);
  /// After the last value.
  void end();

 private:
  Form form_;
  bool first_ = true;
};

}  // namespace srvwarden::report
