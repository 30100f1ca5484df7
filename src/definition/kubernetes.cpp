// Reader of Kubernetes' and Compose's YAML: the names of ports, wherever they are given or used.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>
#include <vector>

#include "core/concat.hpp"
#include "definition/formats.hpp"
#include "definition/readers.hpp"
#include "definition/unicode_text.hpp"
#include "definition/yaml_tree.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

using Index = YamlTree::Index;
using Kind = YamlNode::Kind;

/// Kinds of objects that have names of ports outside of pods.
enum class Object : std::uint8_t { other, service, ingress, network_policy };

bool is_number(const YamlNode& node) {
  return node.plain && !node.value.empty() && std::ranges::all_of(node.value, ascii::is_digit);
}

/// A scalar as a text of the file. Of texts with escapes or line breaks only the start is known.
DefinitionText text_of(const Source& source, const YamlNode& node) {
  const std::string_view file = source.text();
  const std::string_view value = node.value;
  const char first = node.at < file.size() ? file[node.at] : '\0';
  const std::size_t start = node.at + (!node.plain && (first == '"' || first == '\'') ? 1 : 0);
  if (file.substr(std::min(start, file.size()), value.size()) == value) {
    return source.verbatim(start, value.size());
  }
  DefinitionText text;
  text.value = value;
  text.at = source.place(node.at);
  text.present = true;
  text.verbatim = false;
  text.offsets.assign(value.size() + 1, text.at.offset);
  return text;
}

/// Takes one document apart. Every node is looked at once, however many aliases lead to it.
class DocumentReader {
 public:
  DocumentReader(const Reading& reading, const YamlTree& tree, std::size_t& groups)
      : reading_(reading),
        tree_(tree),
        groups_(groups),
        visited_(tree.size()),
        judged_(tree.size()) {}

  void read() {
    if (!tree_.text(0, "apiVersion").empty() && !tree_.text(0, "kind").empty()) {
      walk();
    } else if (tree_.value(0, "apiVersion") == YamlTree::none) {
      compose(tree_.value(0, "services", Kind::mapping));
    }
  }

 private:
  void walk();
  void mapping(Index node, Object object);
  void pod(Index node);
  void container(Index node, std::size_t group, std::size_t owner);
  void probes(Index container);
  void handler(Index parent, std::string_view key);
  void service(Index node);
  void service_port(Index port, std::size_t group, bool needs_name);
  void ingress(Index node);
  void network_policy(Index node);
  void compose(Index services);

  void name(Index parent, std::string_view key, DeclaredRole role, std::size_t group = 0,
            std::size_t owner = 0);
  void reference(Index parent, std::string_view key);

  /// The node where it has not been judged yet; else none.
  Index once(Index node) {
    return node != YamlTree::none && is_first(judged_, node) ? node : YamlTree::none;
  }
  Index mapping_of(Index parent, std::string_view key) {
    return once(tree_.value(parent, key, Kind::mapping));
  }

  template <class Each>
  void for_each_item(Index sequence, Each each) {
    sequence = once(sequence);
    if (sequence == YamlTree::none || tree_[sequence].kind != Kind::sequence) return;
    for (const Index item : tree_[sequence].children) {
      if (is_first(judged_, item)) each(item);
    }
  }

  static bool is_first(std::vector<bool>& been, Index node) {
    if (been[node]) return false;
    been[node] = true;
    return true;
  }

  const Reading& reading_;
  const YamlTree& tree_;
  std::size_t& groups_;  ///< used so far in the file
  std::vector<bool> visited_;
  std::vector<bool> judged_;  ///< what is not looked at on the way, but from above
};

Object object_of(const YamlTree& tree, Index node, Object around) {
  const std::string_view version = tree.text(node, "apiVersion");
  const std::string_view kind = tree.text(node, "kind");
  if (version.empty() || kind.empty()) return around;
  if (kind == "Service" && version == "v1") return Object::service;
  if (!version.starts_with("networking.k8s.io/")) return Object::other;
  if (kind == "Ingress") return Object::ingress;
  return kind == "NetworkPolicy" ? Object::network_policy : Object::other;
}

void DocumentReader::walk() {
  std::vector<std::pair<Index, Object>> open = {{0, Object::other}};
  while (!open.empty()) {
    auto [node, object] = open.back();
    open.pop_back();
    if (!is_first(visited_, node)) continue;
    if (tree_[node].kind == Kind::mapping) {
      object = object_of(tree_, node, object);
      mapping(node, object);
    }
    const std::vector<Index>& children = tree_[node].children;
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      if (!tree_[*child].children.empty()) open.emplace_back(*child, object);
    }
  }
}

void DocumentReader::mapping(Index node, Object object) {
  pod(node);
  if (object == Object::service) service(mapping_of(node, "spec"));
  if (object == Object::ingress) ingress(node);
  if (object == Object::network_policy) network_policy(node);
}

/// Names of ports must differ in a container, and should in the containers that run together. Of
/// the others, one ends before the next begins.
void DocumentReader::pod(Index node) {
  const std::size_t together = ++groups_;
  std::size_t owner = 0;
  for_each_item(tree_.value(node, "containers"),
                [&](Index one) { container(one, together, ++owner); });
  for (const std::string_view key : {"initContainers", "ephemeralContainers"}) {
    for_each_item(tree_.value(node, key), [&](Index one) {
      const bool stays = tree_.text(one, "restartPolicy") == "Always";
      container(one, stays ? together : ++groups_, ++owner);
    });
  }
}

void DocumentReader::container(Index node, std::size_t group, std::size_t owner) {
  for_each_item(tree_.value(node, "ports"), [&](Index port) {
    name(port, "name", DeclaredRole::port_name, group, owner);
    name(port, "protocol", DeclaredRole::port_protocol);
  });
  probes(node);
}

void DocumentReader::probes(Index container) {
  for (const std::string_view key : {"livenessProbe", "readinessProbe", "startupProbe"}) {
    handler(container, key);
  }
  const Index lifecycle = mapping_of(container, "lifecycle");
  for (const std::string_view key : {"postStart", "preStop"}) handler(lifecycle, key);
}

void DocumentReader::handler(Index parent, std::string_view key) {
  const Index probe = mapping_of(parent, key);
  for (const std::string_view action : {"httpGet", "tcpSocket"}) {
    reference(mapping_of(probe, action), "port");
  }
}

void DocumentReader::service(Index spec) {
  const Index ports = tree_.value(spec, "ports", Kind::sequence);
  if (ports == YamlTree::none) return;
  const std::size_t group = ++groups_;
  const bool several = tree_[ports].children.size() > 1;
  for_each_item(ports, [&](Index port) { service_port(port, group, several); });
}

void DocumentReader::service_port(Index port, std::size_t group, bool needs_name) {
  if (tree_[port].kind != Kind::mapping) return;
  name(port, "name", DeclaredRole::service_port_name, group, 1);
  name(port, "appProtocol", DeclaredRole::app_protocol);
  reference(port, "targetPort");
  name(port, "protocol", DeclaredRole::port_protocol);
  const Index given = tree_.value(port, "name");
  if (!needs_name || (given != YamlTree::none && tree_[given].kind != Kind::null)) return;
  reading_.problem(ProblemCode::unnamed_port, tree_[port].at, 0, {});
}

void DocumentReader::ingress(Index node) {
  reference(mapping_of(mapping_of(node, "service"), "port"), "name");
}

void DocumentReader::network_policy(Index node) {
  for_each_item(tree_.value(node, "ports"), [&](Index port) {
    reference(port, "port");
    name(port, "protocol", DeclaredRole::port_protocol);
  });
}

void DocumentReader::compose(Index services) {
  if (services == YamlTree::none) return;
  const std::vector<Index>& children = tree_[services].children;
  for (std::size_t i = 1; i < children.size(); i += 2) {
    for_each_item(tree_.value(once(children[i]), "ports"),
                  [&](Index port) { name(port, "name", DeclaredRole::compose_port_name); });
  }
}

void DocumentReader::name(Index parent, std::string_view key, DeclaredRole role, std::size_t group,
                          std::size_t owner) {
  const Index node = tree_.value(parent, key);
  if (node == YamlTree::none || tree_[node].kind == Kind::null) return;
  if (tree_[node].kind != Kind::scalar) {
    // Unquoted, a template's "{{ name }}" reads as a mapping.
    if (reading_.source.text().substr(tree_[node].at).starts_with("{{")) return;
    reading_.problem(ProblemCode::wrong_type, tree_[node].at, 0, concat({key, " is no text here"}));
    reading_.definition.problems.back().help = "Write one name.";
    return;
  }
  if (tree_[node].value.empty() || has_placeholder(tree_[node].value)) return;
  DeclaredValue& declared = reading_.definition.values.emplace_back();
  declared.text = text_of(reading_.source, tree_[node]);
  declared.kind = srvwarden::Kind::service_name;
  declared.looked_up = false;
  declared.group = group;
  declared.owner = owner;
  declared.role = role;
}

/// A port is given by its number or by its name.
void DocumentReader::reference(Index parent, std::string_view key) {
  const Index node = tree_.value(parent, key, Kind::scalar);
  if (node != YamlTree::none && !is_number(tree_[node])) name(parent, key, DeclaredRole::port_name);
}

/// A document that is not YAML, or is only a template of it.
void refused(const Reading& reading, std::string_view document, std::size_t base,
             const YamlFailure& failure) {
  const std::size_t action = std::min(document.find("{{"), document.find("{%"));
  if (action == document.npos || failure.too_large) {
    reading.problem(failure.too_large ? ProblemCode::too_large : ProblemCode::syntax, failure.at, 0,
                    failure.reason);
    reading.definition.problems.back().help =
        failure.too_large ? "Split it into smaller documents."
                          : "Mend the YAML here; nothing of this document has been judged.";
    return;
  }
  const auto told = [](const Problem& problem) {
    return problem.code == ProblemCode::template_text;
  };
  if (std::ranges::any_of(reading.definition.problems, told)) return;
  reading.problem(ProblemCode::template_text, base + action, 2, {});
}

bool has_line(std::string_view text, std::string_view start) {
  if (text.starts_with(start)) return true;
  for (std::size_t at = text.find(start); at < text.size(); at = text.find(start, at + 1)) {
    if (at > 0 && text[at - 1] == '\n') return true;
  }
  return false;
}

}  // namespace

bool is_kubernetes(std::string_view path, std::string_view text) {
  const std::string_view name = file_name(path);
  const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
  if (name.ends_with(".json")) return has("\"apiVersion\"") && has("\"kind\"");
  if (!name.ends_with(".yaml") && !name.ends_with(".yml")) return false;
  if (name.starts_with("compose") || name.starts_with("docker-compose")) return true;
  text.remove_prefix(utf8::mark_size(text));
  return has_line(text, "apiVersion:") && has_line(text, "kind:");
}

void read_kubernetes(const Reading& reading) {
  std::size_t groups = 0;
  YamlTree tree;
  const auto read = [&](std::string_view document, std::size_t base) {
    const YamlFailure failure = tree.parse(std::string(document), base);
    if (!failure.reason.empty()) return refused(reading, document, base, failure);
    if (!tree.empty()) DocumentReader(reading, tree, groups).read();
  };
  const std::size_t beyond = for_each_yaml_document(reading.source.text(), read);
  std::ranges::stable_sort(reading.definition.values, {},
                           [](const DeclaredValue& value) { return value.text.at.offset; });
  if (beyond == std::string_view::npos) return;
  reading.problem(ProblemCode::too_large, beyond, 0,
                  concat({"more than ", std::to_string(max_yaml_documents), " documents"}));
  reading.definition.problems.back().help = "Split the file; nothing from here on has been read.";
}

}  // namespace srvwarden::definition
