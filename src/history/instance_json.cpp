// Writing and reading instances: what is read may have been written by anybody.
// SPDX-License-Identifier: Apache-2.0
#include "history/instance_json.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/concat.hpp"
#include "rules/octets_text.hpp"

namespace srvwarden::history {

namespace {

using nlohmann::ordered_json;

ordered_json list_of(const std::vector<std::string>& values) {
  ordered_json out = ordered_json::array();
  for (const std::string& value : values) out.push_back(rules::octets_text(value));
  return out;
}

/// Reads one object; keeps what is wrong first.
class Reader {
 public:
  explicit Reader(std::string& fault) : fault_(fault) {}

  bool good() const { return fault_.empty(); }
  void fail(const std::string& path, std::string_view words) {
    if (good()) fault_ = concat({path.empty() ? "/" : path, ": ", words});
  }

  /// The elements of the list that must be there under a key.
  template <class Take>
  void each(const ordered_json& object, const char* key, Take take) {
    const std::string path = concat({"/", key});
    const auto found = object.find(key);
    if (found == object.end()) return fail("", concat({"there is no \"", key, "\""}));
    if (!found->is_array()) return fail(path, "must be a list");
    std::size_t index = 0;
    for (const ordered_json& one : *found) take(one, path + '/' + std::to_string(index++));
  }

  std::string octets(const ordered_json& json, const std::string& path) {
    const auto text = json.is_string() ? rules::octets_of_text(json.get_ref<const std::string&>())
                                       : std::optional<std::string>();
    if (!text) fail(path, "must be text, with a backslash only before a character or \"DDD\"");
    return text.value_or("");
  }

  std::uint16_t number(const ordered_json& object, const char* key, const std::string& path) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    const bool right = object.is_object() && found != object.end() && found->is_number_unsigned() &&
                       found->get<std::uint64_t>() <= 65535;
    if (!right) fail(concat({path, "/", key}), "must be a whole number from 0 to 65535");
    return right ? found->get<std::uint16_t>() : std::uint16_t{0};
  }

  rules::AuditedService service(const ordered_json& json, const std::string& path) {
    rules::AuditedService out;
    const auto host = json.is_object() ? json.find("host") : json.end();
    if (!json.is_object() || host == json.end() || !host->is_string()) {
      fail(path + "/host", "must be the name of a host");
    } else {
      out.host = host->get<std::string>();
    }
    out.fields.port = number(json, "port", path);
    out.fields.priority = number(json, "priority", path);
    out.fields.weight = number(json, "weight", path);
    return out;
  }

 private:
  std::string& fault_;
};

}  // namespace

ordered_json to_json(const rules::SeenInstance& instance) {
  ordered_json out = {{"services", ordered_json::array()}};
  for (const rules::AuditedService& service : instance.services) {
    out["services"].push_back({{"host", service.host},
                               {"port", service.fields.port},
                               {"priority", service.fields.priority},
                               {"weight", service.fields.weight}});
  }
  out["addresses"] = list_of(instance.addresses);
  out["txt"] = list_of(instance.txt);
  out["subtypes"] = list_of(instance.subtypes);
  return out;
}

std::string from_json(const ordered_json& json, rules::SeenInstance& instance) {
  std::string fault;
  Reader reader(fault);
  if (!json.is_object()) {
    reader.fail("", "must be an object");
    return fault;
  }
  reader.each(json, "services", [&](const ordered_json& one, const std::string& path) {
    instance.services.push_back(reader.service(one, path));
  });
  const std::pair<const char*, std::vector<std::string>*> lists[] = {
      {"addresses", &instance.addresses}, {"txt", &instance.txt}, {"subtypes", &instance.subtypes}};
  for (const auto& [key, into] : lists) {
    reader.each(json, key, [&, into = into](const ordered_json& one, const std::string& path) {
      into->push_back(reader.octets(one, path));
    });
  }
  return fault;
}

}  // namespace srvwarden::history
