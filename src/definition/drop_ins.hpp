// Drop-ins: a .dnssd file and the files of its folder NAME.dnssd.d, read as the one that they make.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "srvwarden/definition.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden {

/// The folder of a .dnssd file's drop-ins, whether it is there or not; empty for other files.
std::string drop_in_folder(const std::string& path);

/// The drop-ins of a .dnssd file in the order in which systemd reads them, by name; of other files
/// and without a folder none. Hidden files, and what is no file, such as a link to /dev/null, are
/// not read. systemd.dnssd(5).
std::vector<std::string> drop_ins_of(const std::string& path);

/// The file that a drop-in is about, whether it is there or not; empty where it is no drop-in.
std::string file_of_drop_in(const std::string& path);

/// Texts of several files one behind the other. Offsets count in the whole.
class JoinedText {
 public:
  struct Piece {
    std::string path;
    std::size_t start = 0;  ///< bytes
    std::size_t size = 0;   ///< bytes
  };

  /// The first is the file, the others are its drop-ins.
  void add(const std::string& path, std::string_view text);

  const std::string& text() const noexcept { return text_; }
  const std::vector<Piece>& pieces() const noexcept { return pieces_; }
  /// The piece that an offset is in.
  const Piece& piece_at(std::size_t offset) const;
  std::string_view text_of(const Piece& piece) const {
    return std::string_view(text_).substr(piece.start, piece.size);
  }
  /// What the pieces make together. What a drop-in replaces of a file before it is no problem.
  Definition read(DefinitionFormat format) const;

 private:
  std::string text_;
  std::vector<Piece> pieces_;
};

/// Why a file could not be read, and which.
struct UnreadableFile {
  std::string path;
  std::error_code error;
};

/// Joins a file's text and its drop-ins, which are read.
///
/// @param failed  takes the first drop-in that cannot be read; the others are joined.
JoinedText join_drop_ins(const std::string& path, std::string_view text, UnreadableFile& failed);

/// Those findings of a joined text that are in one piece, counted from its start.
Findings findings_in(const JoinedText::Piece& piece, const Findings& all);

}  // namespace srvwarden
