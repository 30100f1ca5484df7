// Extents of TXT strings: the element or the word that a string of a definition file is written as.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "srvwarden/definition.hpp"

namespace srvwarden::rules {

/// The extents of a TXT record's strings, from the first to the one that `offset` is in; empty
/// where one of them is not written in the plain way, so that it had better be mended by hand.
std::vector<Span> txt_extents_up_to(const Definition& definition, std::string_view text,
                                    std::size_t offset);

/// What to remove so that the string that `offset` is in is gone: with its line, where it has one
/// of its own, or with the blanks that set it off.
std::optional<Span> removal_of_txt(const Definition& definition, std::string_view text,
                                   std::size_t offset);

/// The extent, and where nothing else stands on its line, the whole of that.
Span with_line(std::string_view text, Span extent);

}  // namespace srvwarden::rules
