// Drop-ins: found by their folder, joined behind the file.
// SPDX-License-Identifier: Apache-2.0
#include "definition/drop_ins.hpp"

#include <algorithm>
#include <filesystem>

namespace srvwarden {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_suffix = ".dnssd";
constexpr std::string_view folder_suffix = ".dnssd.d";
constexpr std::string_view drop_in_suffix = ".conf";
// Each file begins outside of any section: what stands before its first header counts for nothing.
// The empty line ends one that goes on.
constexpr std::string_view between = "\n\n[X-Drop-In]\n";

bool has_place(const std::vector<Problem>& problems, ProblemCode code, std::size_t offset) {
  return std::any_of(problems.begin(), problems.end(), [&](const Problem& one) {
    return one.code == code && one.at.offset == offset;
  });
}

bool overlaps(const JoinedText::Piece& piece, const Span& at) {
  return at.offset >= piece.start && at.offset <= piece.start + piece.size;
}

}  // namespace

std::string drop_in_folder(const std::string& path) {
  return path.ends_with(file_suffix) ? path + ".d" : "";
}

std::vector<std::string> drop_ins_of(const std::string& path) {
  std::vector<std::string> all;
  const std::string folder = drop_in_folder(path);
  if (folder.empty()) return all;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::error_code unknown;
    if (name.ends_with(drop_in_suffix) && !name.starts_with('.') && at->is_regular_file(unknown)) {
      all.push_back(folder + '/' + name);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string file_of_drop_in(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == path.npos || !path.ends_with(drop_in_suffix)) return "";
  const std::string folder = path.substr(0, slash);
  return folder.ends_with(folder_suffix) ? folder.substr(0, folder.size() - 2) : "";
}

void JoinedText::add(const std::string& path, std::string_view text) {
  if (!pieces_.empty()) text_.append(between);
  pieces_.push_back({path, text_.size(), text.size()});
  text_.append(text);
}

const JoinedText::Piece& JoinedText::piece_at(std::size_t offset) const {
  const auto next =
      std::upper_bound(pieces_.begin() + 1, pieces_.end(), offset,
                       [](std::size_t at, const Piece& piece) { return at < piece.start; });
  return *(next - 1);
}

Definition JoinedText::read(DefinitionFormat format) const {
  Definition whole = read_definition(pieces_.front().path, text_, format);
  if (pieces_.size() == 1) return whole;
  for (const Piece& piece : pieces_) {
    const auto alone = read_definition(piece.path, text_of(piece), format).problems;
    std::erase_if(whole.problems, [&](const Problem& problem) {
      return problem.code == ProblemCode::overridden && &piece_at(problem.at.offset) == &piece &&
             !has_place(alone, problem.code, problem.at.offset - piece.start);
    });
  }
  return whole;
}

JoinedText join_drop_ins(const std::string& path, std::string_view text, UnreadableFile& failed) {
  JoinedText joined;
  joined.add(path, text);
  for (const std::string& drop_in : drop_ins_of(path)) {
    std::string more;
    const std::error_code error = read_definition_file(drop_in, more);
    if (!error) joined.add(drop_in, more);
    if (error && !failed.error) failed = {drop_in, error};
  }
  return joined;
}

Findings findings_in(const JoinedText::Piece& piece, const Findings& all) {
  Findings mine;
  for (const Finding& finding : all) {
    if (!overlaps(piece, finding.at)) continue;
    Finding& here = mine.emplace_back(finding);
    here.at.offset -= piece.start;
    std::erase_if(here.more, [&](const Span& span) { return !overlaps(piece, span); });
    for (Span& span : here.more) span.offset -= piece.start;
    const bool elsewhere = std::any_of(here.fix.begin(), here.fix.end(),
                                       [&](const Edit& edit) { return !overlaps(piece, edit.at); });
    if (elsewhere) here.fix.clear();  // one right answer would be in two files
    for (Edit& edit : here.fix) edit.at.offset -= piece.start;
  }
  return mine;
}

}  // namespace srvwarden
