// Writing and reading baselines.
// SPDX-License-Identifier: Apache-2.0
#include "history/baseline.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/concat.hpp"
#include "history/instance_json.hpp"

namespace srvwarden::history {

namespace {

using nlohmann::ordered_json;

/// "line 3, column 7" of an offset in a text.
std::string place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - start + 1);
}

/// What is wrong with everything around the instances; or nothing.
std::string frame_fault(const ordered_json& json) {
  if (!json.is_object() || json.value("srvwarden", ordered_json()) != "baseline") {
    return "it is no baseline: `srvwarden audit --save FILE` writes one";
  }
  const ordered_json version = json.value("version", ordered_json());
  if (!version.is_number_unsigned()) return "/version: must be a number";
  if (version > baseline_version) {
    return "it has version " + version.dump() +
           ", made by a newer srvwarden; this one reads up to " + std::to_string(baseline_version);
  }
  if (!json.contains("instances") || !json["instances"].is_array()) {
    return "/instances: must be a list";
  }
  return "";
}

/// Reads one instance; gives what is wrong with it, or nothing.
std::string read_instance(const ordered_json& json, rules::Snapshot& into) {
  rules::SeenInstance instance;
  if (std::string fault = from_json(json, instance); !fault.empty()) return fault;
  const auto name = json.find("name");
  if (name != json.end() && name->is_string()) instance.name = name->get<std::string>();
  if (!rules::parts_of_name(instance.name)) {
    return "/name: must be a full name, such as \"Lobby._ipp._tcp.local.\"";
  }
  const ordered_json gone = json.value("gone", ordered_json(false));
  if (!gone.is_boolean()) return "/gone: must be true or false";
  instance.gone = gone.get<bool>();
  if (into.contains(rules::snapshot_key(instance.name))) return "/name: is given twice";
  put(into, std::move(instance));
  return "";
}

}  // namespace

std::string baseline_text(const rules::Snapshot& snapshot) {
  ordered_json out = {{"srvwarden", "baseline"},
                      {"version", baseline_version},
                      {"instances", ordered_json::array()}};
  for (const auto& [key, instance] : snapshot) {
    ordered_json one = {{"name", instance.name}};
    if (instance.gone) one["gone"] = true;
    one.update(to_json(instance));
    out["instances"].push_back(std::move(one));
  }
  return out.dump(2) + '\n';
}

Result<rules::Snapshot, std::string> read_baseline(std::string_view text) {
  ordered_json json;
  try {
    json = ordered_json::parse(text);
  } catch (const ordered_json::parse_error& error) {
    const std::size_t at = error.byte == 0 ? 0 : error.byte - 1;  // it counts from 1
    return concat({"it is no JSON: ", place_of(text, at)});
  }
  if (std::string fault = frame_fault(json); !fault.empty()) return fault;
  rules::Snapshot snapshot;
  std::size_t index = 0;
  for (const ordered_json& one : json["instances"]) {
    if (const std::string fault = read_instance(one, snapshot); !fault.empty()) {
      return concat({"/instances/", std::to_string(index), fault});
    }
    ++index;
  }
  return snapshot;
}

}  // namespace srvwarden::history
