// PortAnswer: from the standing of a port to words.
// SPDX-License-Identifier: Apache-2.0
#include "report/port_answer.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "report/registry_json.hpp"
#include "report/registry_text.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::report {
namespace {

enum class PortState : std::uint8_t { assigned, reserved, unassigned, dynamic };

struct Words {
  std::string_view name;
  std::string_view sentence;
};

Words words_of(PortState state) {
  switch (state) {
    case PortState::assigned:
      return {"assigned", "assigned"};
    case PortState::reserved:
      return {"reserved", "reserved by IANA, so that nobody uses it"};
    case PortState::unassigned:
      return {"unassigned", "unassigned, nobody has it"};
    case PortState::dynamic:
      return {"dynamic", "anybody may use it for a while and nobody can have it assigned"};
  }
  return {};
}

/// RFC 6335 §6.
std::string_view range_of(std::uint16_t port) {
  return port < 1024 ? "system" : port < 49152 ? "user" : "dynamic";
}

PortState state_of(const PortStanding& standing, std::uint16_t port) {
  if (standing.assigned) return PortState::assigned;
  if (standing.reserved) return PortState::reserved;
  return port < 49152 ? PortState::unassigned : PortState::dynamic;
}

TransportSet transports_of(const AskedPort& asked) {
  return asked.transport ? TransportSet(*asked.transport) : TransportSet();
}

/// Rows as one where they differ in what is not told here: dates, references and the like.
std::vector<RowGroup> same_headlines(const RegistryRecords& records) {
  std::vector<RowGroup> groups;
  for (const RowGroup& group : group_rows(records)) {
    const auto same = [&](const RowGroup& g) {
      return g.row.name == group.row.name && g.row.ports == group.row.ports &&
             g.row.title == group.row.title && g.row.status == group.row.status &&
             g.transports.empty() == group.transports.empty();
    };
    const auto known = std::find_if(groups.begin(), groups.end(), same);
    if (known == groups.end()) {
      groups.push_back(group);
    } else {
      known->transports.insert(known->transports.end(), group.transports.begin(),
                               group.transports.end());
    }
  }
  return groups;
}

}  // namespace

std::optional<AskedPort> AskedPort::parse(std::string_view text) {
  AskedPort asked;
  const auto slash = text.find('/');
  const std::string_view number = text.substr(0, slash);
  const char* const end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, asked.port);
  if (number.empty() || error != std::errc() || stop != end) return {};
  if (slash == text.npos) return asked;
  for (const auto transport : {RegistryTransport::tcp, RegistryTransport::udp,
                               RegistryTransport::sctp, RegistryTransport::dccp}) {
    if (ascii::equal(text.substr(slash + 1), name_of(transport))) asked.transport = transport;
  }
  return asked.transport ? std::optional(asked) : std::nullopt;
}

std::string port_text(const Registry& registry, AskedPort asked) {
  const TransportSet transports = transports_of(asked);
  const PortStanding standing = registry.port_standing(asked.port, transports);
  std::string text = std::to_string(asked.port);
  if (asked.transport) text.append("/").append(name_of(*asked.transport));
  text.append(": a ").append(range_of(asked.port)).append(" port, ");
  text += words_of(state_of(standing, asked.port)).sentence;
  if (is_experimental_port(asked.port)) text += ", for experiments only (RFC 4727 section 6)";
  if (standing.unauthorized_use) text += ", also used without an assignment";
  text += '\n';
  for (const RowGroup& group : same_headlines(registry.find_port(asked.port, transports))) {
    if (group.row.status == RegistryStatus::unassigned) continue;
    text += "    " + headline(group);
    if (group.row.status != RegistryStatus::assigned) {
      text.append(" [").append(name_of(group.row.status)).append("]");
    }
    text += '\n';
  }
  return text;
}

nlohmann::ordered_json port_json(const Registry& registry, AskedPort asked) {
  using nlohmann::ordered_json;
  const TransportSet transports = transports_of(asked);
  const PortStanding standing = registry.port_standing(asked.port, transports);
  ordered_json out = {
      {"port", asked.port},
      {"transport", asked.transport ? ordered_json(name_of(*asked.transport)) : ordered_json()},
      {"state", words_of(state_of(standing, asked.port)).name},
      {"range", range_of(asked.port)},
      {"experimental", is_experimental_port(asked.port)},
      {"unauthorized_use", standing.unauthorized_use},
      {"rows", ordered_json::array()},
  };
  for (const RegistryRecord& record : registry.find_port(asked.port, transports)) {
    out["rows"].push_back(to_json(record));
  }
  return out;
}

}  // namespace srvwarden::report
