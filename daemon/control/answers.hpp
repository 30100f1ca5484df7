// Answers: the lines that the control socket's clients get.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "control/controlled.hpp"

namespace srvwarden::daemon {

/// A text that several clients may be getting at once.
using SharedText = std::shared_ptr<const std::string>;

/// A line in three pieces, so that a large status is made once and never copied.
struct Line {
  std::string head;
  SharedText body;  ///< null: none
  std::string tail;

  std::string text() const { return head + (body ? *body : "") + tail; }
};

/// A JSON string; octets that are not UTF-8 become U+FFFD.
std::string json_quoted(std::string_view text);

/// @param id  as JSON.
Line refusal(const std::string& id, std::string_view words);
Line order_answer(const std::string& id, const Answer& answer);
Line version_answer(const std::string& id, std::string_view version);
Line metrics_answer(const std::string& id, std::string_view text);
Line status_answer(const std::string& id, SharedText status);
/// A watched status that changed.
/// @param skipped  states in between that this client did not read in time.
Line status_event(const std::string& id, SharedText status, std::uint64_t skipped);

/// The status as one JSON object on one line.
///
/// @param key  of the one service to tell of; empty: all.
std::string status_json(const DaemonStatus& status, std::string_view key);

}  // namespace srvwarden::daemon
