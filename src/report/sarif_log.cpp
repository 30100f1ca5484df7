// The parts of SARIF logs.
// SPDX-License-Identifier: Apache-2.0
#include "report/sarif_log.hpp"

#include <nlohmann/json.hpp>

#include "report/file_uri.hpp"
#include "report/finding_json.hpp"

namespace srvwarden::report {

using nlohmann::ordered_json;

namespace {

/// Plain text of a message: braces are doubled (SARIF §3.11.5), and nothing in it becomes a link
/// (§3.11.6), whatever the names are that it quotes.
std::string message_text(std::string_view text) {
  const bool link = text.find("](") != text.npos;
  std::string out;
  for (const char c : text) {
    if (c == '{' || c == '}') out += c;
    if (link && (c == '[' || c == ']' || c == '\\')) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

ordered_json sarif_message(std::string_view text) { return {{"text", message_text(text)}}; }

ordered_json sarif_artifact(std::string_view path) {
  if (path == "-") return {{"uri", "file:///dev/stdin"}};
  ordered_json location = {{"uri", file_uri(path)}};
  if (!path.starts_with('/')) location["uriBaseId"] = "SRCROOT";
  return location;
}

std::uint64_t sarif_hash(std::string_view text, std::uint64_t from) noexcept {
  for (const char c : text) from = (from ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return from;
}

std::size_t SarifRules::index_of(const RuleInfo& rule) {
  const auto [at, is_new] = indexes_.try_emplace(&rule, rules_.size());
  if (is_new) rules_.push_back(&rule);
  return at->second;
}

std::string_view sarif_head() noexcept {
  return "{\n\"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
         "sarif-schema-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{\n"
         "\"columnKind\": \"utf16CodeUnits\",\n\"results\": [";
}

std::string sarif_tail(const SarifRules& rules, std::string_view version,
                       ordered_json notifications) {
  ordered_json descriptors = ordered_json::array();
  for (const RuleInfo* rule : rules.rules()) descriptors.push_back(sarif_rule(*rule));
  const ordered_json tool = {
      {"driver", {{"name", "srvwarden"}, {"version", version}, {"rules", std::move(descriptors)}}}};
  ordered_json invocation = {{"executionSuccessful", notifications.empty()}};
  if (!notifications.empty()) {
    invocation["toolExecutionNotifications"] = std::move(notifications);
  }
  const ordered_json bases = {
      {"SRCROOT", {{"description", sarif_message("The folder in which srvwarden was run.")}}}};
  std::string out = "\n],\n\"originalUriBaseIds\": " + dump(bases);
  out.append(",\n\"invocations\": [").append(dump(invocation));
  return out.append("],\n\"tool\": ").append(dump(tool)).append("\n}]\n}\n");
}

}  // namespace srvwarden::report
