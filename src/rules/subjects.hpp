// Subjects: what the value rules look at, and the tables of rows for each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/decoded_name.hpp"
#include "rules/near_names.hpp"
#include "rules/rule.hpp"
#include "srvwarden/kind.hpp"
#include "srvwarden/name_shape.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/srv_record.hpp"

namespace srvwarden::rules {

/// A name before it is decoded.
struct PresentationText {
  std::string_view text;
};

/// A whole decoded name, and what it was given as.
struct NameText {
  const DecodedName& labels;
  NameShape shape;
  Kind kind;
};

/// One label of no special role, decoded.
struct LabelText {
  std::string_view octets;
};

/// The text after the underscore of a service type, decoded.
struct ServiceNameText {
  std::string_view octets;
};

/// The service and transport labels of a name.
struct ServicePairText {
  const DecodedName& labels;
  std::size_t service;
};

/// A subtype's identifier, decoded.
struct SubtypeText {
  std::string_view octets;
};

/// An instance label, decoded; its content rules may take it to be UTF-8 (IN003 stops).
struct InstanceText {
  std::string_view octets;
};

/// The domain of a name: its labels from `first` on.
struct DomainText {
  const DecodedName& labels;
  std::size_t first;
  bool context_given;  ///< the context was said, not told from this domain
  bool has_service;    ///< a service type stands before the domain
  bool is_host;        ///< the labels are a host name, judged for what holds in any domain
};

/// A host name.
struct HostText {
  const DecodedName& labels;
  std::string_view text;  ///< as given
};

/// One TXT string.
struct TxtStringText {
  std::string_view octets;
};

/// A whole TXT RDATA.
struct TxtRdata {
  std::string_view octets;
};

/// The text form of an SRV record.
struct SrvText {
  std::string_view text;
  SrvFields split;
};

/// Octets written in hexadecimal.
struct HexText {
  std::optional<std::size_t> fault;  ///< the first byte that is no part of a pair of digits
};

/// A service name and the registry that it is looked up in.
struct RegistryName {
  std::string_view name;       ///< without underscore
  std::string_view transport;  ///< "_tcp", "_udp", or empty where none is said
  const Registry& registry;
  NameStanding standing;  ///< of the name in the registry
  NearNames& near;        ///< where names like it are searched for
};

Table<PresentationText> presentation_rules();
Table<NameText> name_structure_rules();
Table<NameText> name_size_rules();
Table<LabelText> label_rules();
Table<ServiceNameText> service_name_rules();
Table<ServicePairText> service_pair_rules();
Table<SubtypeText> subtype_rules();
Table<InstanceText> instance_size_rules();
Table<InstanceText> instance_encoding_rules();
Table<InstanceText> instance_content_rules();
Table<DomainText> domain_rules();
Table<HostText> host_structure_rules();
Table<HostText> host_content_rules();
Table<TxtStringText> txt_string_rules();
Table<TxtRdata> txt_structure_rules();
Table<TxtRdata> txt_record_rules();
Table<SrvText> srv_structure_rules();
Table<SrvText> srv_rules();
Table<NameText> enumeration_rules();
Table<HexText> value_rules();
Table<RegistryName> registry_name_rules();

}  // namespace srvwarden::rules
