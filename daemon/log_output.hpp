// Where log entries go: standard error as text or JSON, or the journal with its fields.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "log.hpp"

namespace srvwarden::daemon {

/// automatic: journald where standard error is the journal, else text.
enum class LogFormat : std::uint8_t { automatic, text, json, journald };

/// @param stream  "device:inode" of the journal's end, as systemd gives it in JOURNAL_STREAM; null:
///                none.
/// @return        whether the descriptor is that.
bool is_journal(int descriptor, const char* stream) noexcept;

/// Writes entries in a format. Where there is no journal, journald is text, and the first line
/// says so.
Log::Sink log_output(LogFormat format);

}  // namespace srvwarden::daemon
