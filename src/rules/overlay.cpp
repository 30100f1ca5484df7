// Reading overlays: TOML to services, strictly.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/overlay.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/concat.hpp"
#include "registry/fields.hpp"
#include "rules/toml_file.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/service_name.hpp"

namespace srvwarden {
namespace {

class OverlayReader {
 public:
  OverlayReader(std::string_view text, std::string path) : toml_(text) {
    overlay_.path = std::move(path);
  }

  Overlay run() {
    if (toml_.good()) {
      read();
    } else {
      fail(toml_.fault().at, toml_.fault().message);
    }
    if (!overlay_.usable()) overlay_.services.clear();
    return std::move(overlay_);
  }

 private:
  void read();
  void read_service(const toml::table& table);
  void read_port(const toml::node& node, OverlayService& service);
  void read_transports(const toml::node& node, OverlayService& service);
  void read_keys(const toml::table& table, OverlayService& service);
  void read_key(const toml::node& node, OverlayService& service);

  Place place_of(const toml::node& node) const { return toml_.place_of(node); }
  void fail(Place at, std::string message) {
    overlay_.problems.push_back({at, true, std::move(message)});
  }
  void check_names(const toml::table& table, std::span<const std::string_view> known) {
    for (rules::TomlFault& fault : toml_.unknown_keys(table, known)) {
      fail(fault.at, std::move(fault.message));
    }
  }
  std::optional<std::string> text(const toml::table& table, std::string_view key);

  rules::TomlFile toml_;
  Overlay overlay_;
};

std::optional<std::string> OverlayReader::text(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  const auto value = node->value<std::string>();
  if (node->is_string() && registry::is_clean(*value) && !registry::has_address(*value)) {
    return value;
  }
  fail(place_of(*node),
       concat({"\"", key, "\" must be one line of text without e-mail addresses"}));
  return {};
}

void OverlayReader::read() {
  const toml::table& root = toml_.root();
  constexpr std::array<std::string_view, 1> known = {"service"};
  check_names(root, known);
  const toml::node* services = root.get("service");
  const toml::array* list = services == nullptr ? nullptr : services->as_array();
  if (list == nullptr || list->empty()) {
    return fail(services == nullptr ? Place{} : place_of(*services),
                "there is no [[service]] table");
  }
  for (const toml::node& node : *list) {
    if (const toml::table* table = node.as_table()) {
      read_service(*table);
    } else {
      fail(place_of(node), "a service must be a table, [[service]]");
    }
  }
}

void OverlayReader::read_service(const toml::table& table) {
  constexpr std::array<std::string_view, 7> known = {"name",   "title", "transports", "port",
                                                     "source", "keys",  "key"};
  check_names(table, known);
  OverlayService service;
  service.at = place_of(table);
  service.name = text(table, "name").value_or("");
  const toml::node* name = table.get("name");
  if (const auto parsed = ServiceName::parse(service.name); !parsed) {
    fail(name == nullptr ? service.at : place_of(*name),
         concat({"\"name\" must be a service name without underscore (",
                 rule_id(parsed.error().code), ")"}));
  }
  service.title = text(table, "title").value_or("");
  service.source = text(table, "source").value_or("");
  if (const toml::node* port = table.get("port")) read_port(*port, service);
  if (const toml::node* transports = table.get("transports")) read_transports(*transports, service);
  read_keys(table, service);
  const auto same = [&](const OverlayService& other) {
    return ascii::equal(other.name, service.name) && other.transports == service.transports;
  };
  if (std::ranges::any_of(overlay_.services, same)) {
    fail(service.at, concat({"service \"", service.name, "\" is given twice"}));
  }
  overlay_.services.push_back(std::move(service));
}

void OverlayReader::read_port(const toml::node& node, OverlayService& service) {
  const auto number = node.value<std::int64_t>();
  const auto words = node.value<std::string>();
  const auto ports = registry::parse_ports(number ? std::to_string(*number) : words.value_or("-"));
  if (ports && ports->present) {
    service.ports = *ports;
  } else {
    fail(place_of(node), "\"port\" must be a number from 0 to 65535, or \"first-last\"");
  }
}

void OverlayReader::read_transports(const toml::node& node, OverlayService& service) {
  const toml::array* list = node.as_array();
  bool right = list != nullptr && !list->empty();
  for (std::size_t i = 0; right && i < list->size(); ++i) {
    const auto transport = registry::parse_transport(list->get(i)->value_or(std::string()));
    right = transport && *transport != RegistryTransport::none &&
            std::ranges::find(service.transports, *transport) == service.transports.end();
    if (right) service.transports.push_back(*transport);
  }
  if (!right)
    fail(place_of(node), "\"transports\" must list some of tcp, udp, sctp and dccp, once");
}

/// keys = "closed", "open" or "none", and a [[service.key]] for each key.
void OverlayReader::read_keys(const toml::table& table, OverlayService& service) {
  const toml::node* status = table.get("keys");
  const toml::node* keys = table.get("key");
  const std::string word = text(table, "keys").value_or(keys != nullptr ? "closed" : "");
  if (word == "none") service.txt_keys.status = TxtKeysStatus::none;
  if (word == "closed") service.txt_keys.status = TxtKeysStatus::closed;
  if (word == "open") service.txt_keys.status = TxtKeysStatus::open;
  const bool lists = word == "closed" || word == "open";
  if (!word.empty() && !lists && word != "none") {
    return fail(place_of(*status), "\"keys\" must be \"closed\", \"open\" or \"none\"");
  }
  const toml::array* list = keys == nullptr ? nullptr : keys->as_array();
  if (lists != (list != nullptr && !list->empty())) {
    const Place at = keys != nullptr ? place_of(*keys) : place_of(*status);
    return fail(at, lists ? "there is no [[service.key]] table"
                          : "there are [[service.key]] tables, though \"keys\" says none");
  }
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
    read_key(*list->get(i), service);
}

void OverlayReader::read_key(const toml::node& node, OverlayService& service) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return fail(place_of(node), "a key must be a table, [[service.key]]");
  constexpr std::array<std::string_view, 2> known = {"define", "source"};
  check_names(*table, known);
  const std::string definition = text(*table, "define").value_or("");
  const auto parsed = parse_txt_keys(concat({"closed ", definition}));
  const toml::node* define = table->get("define");
  const Place at = place_of(define == nullptr ? node : *define);
  if (!parsed || parsed->keys.size() != 1) {
    return fail(at,
                "\"define\" must be one key as in srvwarden-registry(5): key, key=value, "
                "key=<placeholder>, key=a|b");
  }
  if (service.txt_keys.find(parsed->keys.front().key) != nullptr) {
    return fail(at, concat({"key \"", parsed->keys.front().key, "\" is given twice"}));
  }
  service.txt_keys.keys.push_back(parsed->keys.front());
  service.key_sources.push_back(text(*table, "source").value_or(""));
}

}  // namespace

bool Overlay::usable() const noexcept {
  return std::ranges::none_of(problems,
                              [](const OverlayProblem& problem) { return problem.fatal; });
}

Overlay read_overlay(std::string_view toml, std::string path) {
  return OverlayReader(toml, std::move(path)).run();
}

}  // namespace srvwarden
