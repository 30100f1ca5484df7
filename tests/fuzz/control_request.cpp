// Fuzzes requests of the control protocol: errors are plain, what is read reads back the same.
// SPDX-License-Identifier: Apache-2.0
#include "control/request.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/hex.hpp"
#include "link/control.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

using namespace srvwarden;
using namespace srvwarden::daemon;
using nlohmann::json;

namespace {

void hold(bool invariant) {
  if (!invariant) std::abort();
}

void check_id(const std::string& id) {
  hold(json::accept(id));
  hold(id.size() <= 64 * 6 + 2);  // every octet escaped, and the quotes
}

/// The request written anew, TXT strings in hexadecimal.
std::string written(const Request& request) {
  json line = {{"id", json::parse(request.id)}, {"command", name_of(request.verb)}};
  if (!request.name.empty()) line["name"] = request.name;
  if (!request.key.empty()) line["key"] = request.key;
  if (request.verb != Verb::advertise) return line.dump();
  const Advertisement& wanted = request.advertisement;
  line["instance"] = wanted.instance;
  line["type"] = wanted.type;
  line["port"] = wanted.port;
  line["subtypes"] = wanted.subtypes;
  line["domain"] = wanted.domain;
  line["host"] = wanted.host;
  for (const std::string& string : wanted.txt) line["txt_hex"].push_back(to_hex(string));
  return line.dump();
}

void check(const Request& request) {
  check_id(request.id);
  const bool has_name = request.verb == Verb::withdraw || request.verb == Verb::announce;
  hold(request.name.empty() != has_name);
  hold(request.advertisement.client == 0);
  const std::string line = written(request);
  if (line.size() > link::max_control_request) return;  // hexadecimal is longer
  const auto again = read_request(line);
  hold(std::holds_alternative<Request>(again));
  hold(written(std::get<Request>(again)) == line);
}

void check(const RequestError& error) {
  check_id(error.id);
  hold(!error.words.empty() && error.words.size() < 300);
  hold(std::ranges::none_of(error.words, ascii::is_control));
  hold(utf8::find_ill_formed(error.words) == error.words.npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = read_request({reinterpret_cast<const char*>(data), size});
  hold(size <= link::max_control_request || std::holds_alternative<RequestError>(read));
  std::visit([](const auto& value) { check(value); }, read);
  return 0;
}
