// TakenNames: a JSON file that is replaced as a whole.
// SPDX-License-Identifier: Apache-2.0
#include "taken_names.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "srvwarden/instance_name.hpp"

namespace srvwarden::daemon {

namespace {

using nlohmann::json;

constexpr std::size_t most_octets = std::size_t{16} << 20;

std::string last_error() { return std::generic_category().message(errno); }

/// Writes it beside, and then in its place, so that a reader meets the old or the new. Returns why
/// it could not be.
std::string replace(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  const int fd =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return last_error();
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t now = ::write(fd, text.data() + written, text.size() - written);
    if (now < 0 && errno != EINTR) break;
    if (now > 0) written += static_cast<std::size_t>(now);
  }
  const bool whole = written == text.size() && ::fsync(fd) == 0;
  std::string trouble = whole ? "" : last_error();
  ::close(fd);
  if (whole && std::rename(beside.c_str(), path.c_str()) != 0) trouble = last_error();
  if (!trouble.empty()) ::unlink(beside.c_str());
  return trouble;
}

}  // namespace

TakenNames::TakenNames(std::string path, Log& log) : path_(std::move(path)), log_(log) {
  if (!path_.empty()) read();
}

void TakenNames::read() {
  std::ifstream file(path_, std::ios::binary);
  if (!file) return;  // the first start
  std::string text;
  for (char block[4096]; file.read(block, sizeof block) || file.gcount() > 0;) {
    text.append(block, static_cast<std::size_t>(file.gcount()));
    if (text.size() > most_octets) break;
  }
  const auto is_name = [](const json& value) {
    return value.is_string() && InstanceName::parse(value.get_ref<const std::string&>());
  };
  const json read = text.size() > most_octets ? json() : json::parse(text, nullptr, false);
  if (!read.is_object()) {
    return log_(Level::warning, "names",
                path_ + ": not a file of names; renamed services may get other names again",
                {{"file", path_}});
  }
  for (const auto& [definition, name] : read.items()) {
    if (!name.is_object() || !name.contains("wanted") || !name.contains("taken")) continue;
    if (!is_name(name["wanted"]) || !is_name(name["taken"]) || names_.size() >= most) continue;
    names_[definition] = {name["wanted"].get<std::string>(), name["taken"].get<std::string>()};
  }
}

const std::string& TakenNames::find(const std::string& definition,
                                    const std::string& wanted) const {
  const auto known = names_.find(definition);
  const bool same = known != names_.end() && known->second.wanted == wanted;
  return same ? known->second.taken : wanted;
}

void TakenNames::set(const std::string& definition, const std::string& wanted,
                     const std::string& taken) {
  const auto known = names_.find(definition);
  if (wanted == taken) {
    if (known == names_.end()) return;
    names_.erase(known);
  } else {
    if (known == names_.end() && names_.size() >= most) names_.erase(names_.begin());
    names_[definition] = {wanted, taken};
  }
  saved_ = path_.empty();
}

void TakenNames::save() {
  if (std::exchange(saved_, true)) return;
  json all = json::object();
  for (const auto& [definition, name] : names_) {
    all[definition] = {{"wanted", name.wanted}, {"taken", name.taken}};
  }
  std::error_code ignored;  // where the folder cannot be made, the file tells
  std::filesystem::create_directory(std::filesystem::path(path_).parent_path(), ignored);
  const auto as_utf8 = json::error_handler_t::replace;
  const std::string trouble = replace(path_, all.dump(1, ' ', false, as_utf8) + '\n');
  if (!trouble.empty() && trouble != last_trouble_) {
    log_(Level::warning, "names",
         path_ + ": cannot be written: " + trouble + "; after a restart names may differ",
         {{"file", path_}});
  }
  last_trouble_ = trouble;
}

}  // namespace srvwarden::daemon
