// TomlValue: a configured value with its place; what is asked of it, or a fault with that place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/toml_file.hpp"

namespace srvwarden::rules {

/// A file while it is read, and everything that is wrong with it.
class TomlReading {
 public:
  /// @param text  must outlive this.
  /// @param path  of the file: relative paths in it are meant from its folder.
  TomlReading(std::string_view text, const std::string& path);

  const TomlFile& file() const noexcept { return file_; }
  const std::string& folder() const noexcept { return folder_; }
  void fail(Place at, std::string message) { faults_.push_back({at, std::move(message)}); }
  /// In the order of the file.
  std::vector<TomlFault> take_faults();

 private:
  TomlFile file_;
  std::string folder_;
  std::vector<TomlFault> faults_;
};

/// One key's value. What gives an optional has told the fault where it gives nothing.
class TomlValue {
 public:
  TomlValue(TomlReading& reading, std::string_view key, const toml::node& node)
      : reading_(reading), key_(key), node_(node) {}

  const toml::table* table() const;
  const toml::array* tables() const;
  /// Text of one line that is not empty.
  std::optional<std::string> text() const;
  std::optional<std::vector<std::string>> texts() const;
  /// A path, made absolute.
  std::optional<std::string> path() const;
  std::optional<bool> truth() const;
  std::optional<std::int64_t> number(std::int64_t least, std::int64_t most) const;
  /// Seconds, fractions allowed, as milliseconds.
  std::optional<std::int64_t> seconds(double least, double most) const;
  /// The value that stands behind one of the words.
  template <typename T>
  std::optional<T> one_of(std::initializer_list<std::pair<std::string_view, T>> words) const {
    std::vector<std::string_view> names;
    for (const auto& [name, value] : words) {
      if (node_.value_exact<std::string>() == name) return value;
      names.push_back(name);
    }
    fail_words(names);
    return {};
  }

  /// A fault: the key and the message, "\"level\" must be ...".
  void fail(std::string_view message) const;
  TomlReading& reading() const noexcept { return reading_; }
  const toml::node& node() const noexcept { return node_; }

 private:
  void fail_words(std::span<const std::string_view> words) const;
  std::optional<std::string> clean_text(const toml::node& node, std::string_view must) const;

  TomlReading& reading_;
  std::string_view key_;
  const toml::node& node_;
};

/// A path as it is meant from a folder.
std::string absolute(const std::string& folder, const std::string& path);

/// A key of a table, and how its value is taken.
template <typename Into>
struct TomlKey {
  std::string_view name;
  void (*take)(const TomlValue& value, Into& into);
};

/// The one of `names` that somebody meant who wrote `word`, or an empty one.
std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names);

/// "unknown key ...", with what may be meant instead.
void fail_unknown(TomlReading& reading, const toml::key& key,
                  std::span<const std::string_view> names);

/// Takes each key of a table by its row of `keys`; others are faults.
template <typename Into>
void take_table(TomlReading& reading, const toml::table& table, std::span<const TomlKey<Into>> keys,
                Into& into) {
  std::vector<std::string_view> names;
  for (const TomlKey<Into>& key : keys) names.push_back(key.name);
  for (const auto& [name, node] : table) {
    const TomlKey<Into>* known = nullptr;
    for (const TomlKey<Into>& key : keys) {
      if (key.name == name.str()) known = &key;
    }
    if (known == nullptr) {
      fail_unknown(reading, name, names);
    } else {
      known->take(TomlValue(reading, known->name, node), into);
    }
  }
}

}  // namespace srvwarden::rules
