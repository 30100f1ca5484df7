// Supervisor: which instance name each file is given.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "announcements.hpp"
#include "full_name.hpp"
#include "next_name.hpp"
#include "supervisor.hpp"

namespace srvwarden::daemon {

// A name that was taken after a collision stays, unless the file now asks for another.
void Supervisor::name(const std::string& path, File& file) {
  std::string wanted = hooks_.naming(*file.definition, host_);
  if (wanted == file.wanted) return;
  file.taken = names_.find(path, wanted);
  file.wanted = std::move(wanted);
}

std::vector<Announcement> Supervisor::announcements(const std::string& path, const File& file,
                                                    const std::string& instance) const {
  auto all = announcements_of(*file.definition, instance);
  for (Announcement& one : all) {
    if (hooks_.shape) hooks_.shape(one, {path, file.wanted});
  }
  return all;
}

/// Two files may ask for one name, perhaps only until both are edited. Unlike one that is another
/// host's, such a name is waited for. Who has it keeps it; of two that are new, the first gets it.
void Supervisor::give_names(Paths paths) {
  std::erase_if(owners_, [&](const auto& owner) { return paths.contains(owner.second); });
  for (const bool same_as_before : {true, false}) {
    for (auto path = paths.begin(); path != paths.end();) {
      File& file = files_.at(*path);
      const bool turn = !same_as_before || file.given == file.taken;
      if (turn) give_name(*path, file);
      path = turn ? paths.erase(path) : std::next(path);
    }
  }
}

void Supervisor::give_name(const std::string& path, File& file) {
  std::string given = file.taken;
  while (!is_free(path, file, given)) given = next_instance_name(given);
  for (const Announcement& one : announcements(path, file, given)) owners_[full_name(one)] = path;
  const bool displaced = given != file.taken;
  if (displaced && given != file.given) {
    log_(Level::warning, "renamed",
         path + ": \"" + file.taken + "\" becomes \"" + given +
             "\" as long as another definition has the name",
         {{"file", path}, {"from", file.taken}, {"to", given}});
  }
  if (displaced) displaced_.insert(path);
  if (!displaced) displaced_.erase(path);
  file.given = std::move(given);
}

bool Supervisor::is_free(const std::string& path, const File& file,
                         const std::string& instance) const {
  const auto all = announcements(path, file, instance);
  return std::none_of(all.begin(), all.end(), [&](const Announcement& one) {
    const auto owner = owners_.find(full_name(one));
    return owner != owners_.end() && owner->second != path;
  });
}

}  // namespace srvwarden::daemon
