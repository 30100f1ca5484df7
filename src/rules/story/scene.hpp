// Scene: a log told in a subject's terms; each packet that concerns it is a Moment.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/story/packet_log.hpp"
#include "rules/story/subject.hpp"
#include "srvwarden/mdns_message.hpp"
#include "srvwarden/seen_message.hpp"

namespace srvwarden::rules::story {

/// What a record is to a subject: the links of the chain that a browser follows, and what helps.
enum class Part : std::uint8_t {
  pointer,       ///< PTR of the type
  subtype,       ///< PTR of a subtype
  type_list,     ///< PTR of the meta-query. RFC 6763 §9
  service,       ///< SRV
  text,          ///< TXT
  address_ipv4,  ///< A of a host
  address_ipv6,  ///< AAAA of a host
  denial,        ///< NSEC of the instance or of a host
  other,         ///< any other record of its name
};
constexpr std::size_t part_count = 9;

/// "PTR", "subtype PTR", "SRV", ...
std::string_view name_of(Part part) noexcept;

struct PartSeen {
  Part part{};
  wire::Type type{};
  wire::Section section{};
  std::uint16_t class_field = 1;
  std::uint32_t ttl = 0;       ///< seconds
  bool is_compressed = false;  ///< a name in the RDATA has a pointer
  bool is_whole = true;        ///< false: malformed, no browser can use it
  std::string owner;           ///< wire format, as spelt
  std::string rdata;           ///< with its names decompressed; as sent where it is malformed

  bool cache_flush() const noexcept { return (class_field & 0x8000u) != 0; }
  bool is_goodbye() const noexcept { return ttl == 0; }
  /// What only one host may announce for an instance.
  bool is_unique() const noexcept { return part == Part::service || part == Part::text; }
};

/// A question to which a record of the subject would be an answer.
struct PartAsked {
  Part part{};
  wire::Type type{};
  bool wants_unicast = false;
  bool is_known = false;  ///< the query lists the subject's own record as known
  std::string name;       ///< wire format, as spelt
};

/// A packet and what of it is about the subject.
struct Moment {
  const wire::Packet* packet = nullptr;  ///< of the log
  census::MessageRole role{};
  wire::Header header;
  bool is_malformed = false;
  bool is_probe = false;
  std::vector<PartSeen> records;  ///< of any section; of a query: proposed or known ones
  std::vector<PartAsked> questions;
  std::vector<std::string> kin;          ///< other names of the same series: "Foo (2)", "Foo-2"
  std::optional<std::size_t> answer_to;  ///< index of the last exchange that this response answers

  wire::Time time() const noexcept { return packet->time; }
  bool is_response() const noexcept { return role >= census::MessageRole::multicast_response; }
  bool is_multicast() const noexcept { return role == census::MessageRole::multicast_response; }
  bool has(Part part) const noexcept;
};

/// Who sent a packet.
struct Party {
  wire::Address address;
  std::optional<wire::Mac> mac;
};
Party party_of(const wire::Packet& packet);
/// Whether two packets may be of one host: the same hardware or address, or the same host by
/// another family where the hardware is not known.
bool is_same_host(const Party& a, const Party& b) noexcept;

/// A question and what became of it.
struct Exchange {
  std::size_t question = 0;  ///< index of the moment
  PartAsked asked;
  std::optional<std::size_t> answer;  ///< index of the moment that has it first
  wire::Time::duration delay{};
  /// An answer must have been seen: two seconds passed, it was not known, and not asked by unicast.
  bool is_fair = false;
};

struct Scene {
  Subject subject;
  std::vector<Moment> moments;      ///< by time; those about the subject
  std::vector<Exchange> exchanges;  ///< by question
  wire::Time first{};               ///< of the first packet of the whole log
  wire::Time last{};
  std::uint64_t packets = 0;    ///< of the whole log
  std::uint64_t queries = 0;    ///< that ask, of the whole log
  std::uint64_t responses = 0;  ///< of the whole log
};

/// Tells a log. What matters of the whole of it is counted, all else left out.
Scene look_at(const PacketLog& log, const Subject& subject);

/// Why every receiver must ignore a response, by a rule's id; empty where it must not.
std::string_view must_ignore(const Moment& moment) noexcept;

/// Whether `name` continues a series that `base` began, as hosts rename after a conflict:
/// "Foo (2)", "Foo-2", "Foo #2". RFC 6763 appendix D. Both of one type.
bool is_next_name(wire::NameView base, wire::NameView name) noexcept;

}  // namespace srvwarden::rules::story
