// Values of a configuration: their types, limits and words.
// SPDX-License-Identifier: Apache-2.0
#include "rules/toml_values.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/concat.hpp"
#include "registry/edit_distance.hpp"

namespace srvwarden::rules {

namespace {

constexpr std::size_t slips = 2;  // of the fingers, in a key that is meant to be another

bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

std::string list_of(std::span<const std::string_view> words) {
  std::string all;
  for (const std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
  return all;
}

/// "0.1", "3600": as few digits as it takes.
std::string plain(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

TomlReading::TomlReading(std::string_view text, const std::string& path) : file_(text) {
  std::error_code ignored;
  folder_ = std::filesystem::absolute(path, ignored).lexically_normal().parent_path().string();
}

std::vector<TomlFault> TomlReading::take_faults() {
  std::ranges::stable_sort(faults_, {}, [](const TomlFault& one) { return one.at.offset; });
  return std::exchange(faults_, {});
}

const toml::table* TomlValue::table() const {
  if (!node_.is_table()) fail(concat({"must be a table: [", key_, "] or { ... }"}));
  return node_.as_table();
}

const toml::array* TomlValue::tables() const {
  const toml::array* list = node_.as_array();
  const bool right = list != nullptr && std::ranges::all_of(*list, [](const toml::node& one) {
                       return one.is_table();
                     });
  if (!right) fail(concat({"must be tables, each with its own heading [[", key_, "]]"}));
  return right ? list : nullptr;
}

std::optional<std::string> TomlValue::clean_text(const toml::node& node,
                                                 std::string_view must) const {
  const auto value = node.value_exact<std::string>();
  if (value && !value->empty() && is_one_line(*value)) return value;
  reading_.fail(reading_.file().place_of(node), concat({"\"", key_, "\" ", must}));
  return {};
}

std::optional<std::string> TomlValue::text() const {
  return clean_text(node_, "must be text in quotes, one line that is not empty");
}

std::optional<std::vector<std::string>> TomlValue::texts() const {
  const toml::array* list = node_.as_array();
  if (list == nullptr) {
    fail("must be a list of texts: [\"...\", \"...\"]");
    return {};
  }
  std::vector<std::string> all;
  for (const toml::node& one : *list) {
    auto value = clean_text(one, "must list texts in quotes, each one line that is not empty");
    if (value) all.push_back(*std::move(value));
  }
  if (all.size() != list->size()) return {};
  return all;
}

std::optional<std::string> TomlValue::path() const {
  const auto value = text();
  if (!value) return {};
  return absolute(reading_.folder(), *value);
}

std::optional<bool> TomlValue::truth() const {
  const auto value = node_.value_exact<bool>();
  if (!value) fail("must be true or false");
  return value;
}

std::optional<std::int64_t> TomlValue::number(std::int64_t least, std::int64_t most) const {
  const auto value = node_.value_exact<std::int64_t>();
  if (value && *value >= least && *value <= most) return value;
  fail(concat(
      {"must be a whole number from ", std::to_string(least), " to ", std::to_string(most)}));
  return {};
}

std::optional<std::int64_t> TomlValue::seconds(double least, double most) const {
  const auto whole = node_.value_exact<std::int64_t>();
  const auto value = whole ? static_cast<double>(*whole) : node_.value_exact<double>();
  if (value && *value >= least && *value <= most) return std::llround(*value * 1000);
  fail(concat({"must be seconds from ", plain(least), " to ", plain(most), ", such as 2.5"}));
  return {};
}

void TomlValue::fail(std::string_view message) const {
  reading_.fail(reading_.file().place_of(node_), concat({"\"", key_, "\" ", message}));
}

void TomlValue::fail_words(std::span<const std::string_view> words) const {
  const std::string given = node_.value_exact<std::string>().value_or("");
  const std::string_view near = nearest_name(given, words);
  fail(concat({"must be one of ", list_of(words), near.empty() ? "" : "; did you mean \"", near,
               near.empty() ? "" : "\"?"}));
}

std::string absolute(const std::string& folder, const std::string& path) {
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names) {
  std::string_view best;
  std::size_t least = slips + 1;
  if (word.empty() || word.size() > registry::longest_word) return best;
  for (const std::string_view name : names) {
    const std::size_t distance =
        registry::edit_distance(registry::FoldedWord(word), registry::FoldedWord(name), slips);
    // In a short word two slips leave nothing of it.
    if (distance < least && distance * 2 < name.size()) {
      least = distance;
      best = name;
    }
  }
  return best;
}

void fail_unknown(TomlReading& reading, const toml::key& key,
                  std::span<const std::string_view> names) {
  const std::string_view near = nearest_name(key.str(), names);
  reading.fail(reading.file().place_of(key),
               near.empty()
                   ? concat({"unknown key \"", key.str(), "\"; there are: ", list_of(names)})
                   : concat({"unknown key \"", key.str(), "\"; did you mean \"", near, "\"?"}));
}

}  // namespace srvwarden::rules
