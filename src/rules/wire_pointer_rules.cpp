// Rules of DNS-SD's PTR records: what a browse name may point to. RFC 6763 §4.1, §7.1 and §9.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "census/name_labels.hpp"
#include "rules/wire_message.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {

namespace {

using wire::NameView;
using wire::Record;

/// A whole PTR record of DNS-SD, both names taken apart.
struct Pointer {
  const Record& record;
  const NameShape& owner_shape;
  const NameShape& target_shape;

  bool lists_instances() const {
    return owner_shape.role == NameRole::browse || owner_shape.role == NameRole::subtype;
  }
  bool is_meta() const {
    return owner_shape.role == NameRole::enumeration &&
           ascii::equal(record.owner.label(0), "_services");
  }
  /// A label _sub right before the service pair of the target.
  bool leads_to_subtype() const {
    const std::size_t service = target_shape.service;
    return target_shape.role != NameRole::none && service >= 1 &&
           ascii::equal(record.target.label(service - 1), "_sub");
  }
  bool leads_to_instance() const { return target_shape.role == NameRole::instance; }
  bool leads_to_same_type() const {
    for (const std::size_t i : {0u, 1u}) {
      if (!ascii::equal(record.owner.label(owner_shape.service + i),
                        record.target.label(target_shape.service + i))) {
        return false;
      }
    }
    return true;
  }
  NameView owner_domain() const { return record.owner.without(owner_shape.domain); }
  NameView target_domain() const { return record.target.without(target_shape.domain); }
};

template <class Check>
void for_each_pointer(const WireMessage& subject, Check check) {
  if (!subject.is_response()) return;
  for (const PointerFacts& facts : subject.pointers) {
    check(Pointer{subject.message.records[facts.record], facts.owner, facts.target});
  }
}

constexpr Rule<WireMessage> rows[] = {
    {
        {
            .id = "PT001",
            .name = "pointer-to-no-instance",
            .severity = Severity::error,
            .references = {{6763, "4.1"}},
            .message = "a service type points to what is no instance of a service",
            .help = "Point to <Instance>.<Service>.<Domain>.",
            .bad = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                     "00001194 0004 01'h'C017"},
                    {"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                     "00001194 0002 C00C"}},
            .good = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                      "00001194 0006 03'Foo'C00C"},
                     {"0000 8400 0000 0001 0000 0000 09'_services'07'_dns-sd'04'_udp'05'local'00 "
                      "000C 0001 00001194 000D 05'_http'04'_tcp'C023"}},
            .why = "Browsers that follow the pointer resolve nothing.",
        },
        [](const WireMessage& subject, Report& report) {
          for_each_pointer(subject, [&](const Pointer& pointer) {
            if (!pointer.lists_instances() || pointer.leads_to_instance()) return;
            if (pointer.leads_to_subtype()) return;  // PT004
            report(rdata_place(pointer.record), {.detail = pointer.record.target.text()});
          });
        },
    },
    {
        {
            .id = "PT002",
            .name = "pointer-to-another-type",
            .severity = Severity::error,
            .references = {{6763, "4.1"}, {6763, "4.2"}},
            .message = "a service type points to an instance of another type",
            .help = "Whoever browses for the one would be led to the other: mend either name.",
            .bad = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                     "00001194 000B 03'Foo'04'_ipp'C012"},
                    {"0000 8400 0000 0001 0000 0000 04'_ntp'04'_udp'05'local'00 000C 0001 "
                     "00001194 0010 03'Foo'04'_ntp'04'_tcp'C016"}},
            .good = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                      "00001194 0011 03'Foo'05'_HTTP'04'_TCP'C017"}},
            .why = "The client speaks one protocol to a server of another.",
        },
        [](const WireMessage& subject, Report& report) {
          for_each_pointer(subject, [&](const Pointer& pointer) {
            if (!pointer.lists_instances() || !pointer.leads_to_instance()) return;
            if (pointer.leads_to_same_type()) return;
            report(rdata_place(pointer.record), {.detail = pointer.record.target.text()});
          });
        },
    },
    {
        {
            .id = "PT003",
            .name = "pointer-to-another-domain",
            .severity = Severity::info,
            .references = {{6763, "4.2"}},
            .message = "a service type points to an instance in another domain",
            .help = "That is possible, and rare.",
            .bad = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                     "00001194 0018 03'Foo'05'_http'04'_tcp'07'example'00"}},
            .good = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                      "00001194 0016 03'Foo'05'_http'04'_tcp'05'LOCAL'00"}},
            .why = "Clients have to leave the domain in which they browse.",
        },
        [](const WireMessage& subject, Report& report) {
          for_each_pointer(subject, [&](const Pointer& pointer) {
            if (!pointer.lists_instances() || !pointer.leads_to_instance()) return;
            if (pointer.owner_domain() == pointer.target_domain()) return;
            report(rdata_place(pointer.record), {.detail = pointer.record.target.text()});
          });
        },
    },
    {
        {
            .id = "PT004",
            .name = "pointer-into-subtypes",
            .severity = Severity::error,
            .references = {{6763, "7.1"}},
            .message = "a PTR record points to a name with _sub in it",
            .help = "Subtypes only select: point to the plain instance name.",
            .bad = {{"0000 8400 0000 0001 0000 0000 05'_http'04'_tcp'05'local'00 000C 0001 "
                     "00001194 000E 03'Foo'02'_p'04'_sub'C00C"}},
            .good = {{"0000 8400 0000 0001 0000 0000 02'_p'04'_sub'05'_http'04'_tcp'05'local'00 "
                      "000C 0001 00001194 0006 03'Foo'C014"}},
            .why = "SRV and TXT records are never below _sub, so clients resolve nothing.",
        },
        [](const WireMessage& subject, Report& report) {
          for_each_pointer(subject, [&](const Pointer& pointer) {
            if (!pointer.lists_instances() || !pointer.leads_to_subtype()) return;
            report(rdata_place(pointer.record), {.detail = pointer.record.target.text()});
          });
        },
    },
    {
        {
            .id = "PT006",
            .name = "meta-query-answer",
            .severity = Severity::error,
            .references = {{6763, "9"}},
            .message = "the list of service types has an entry that is none",
            .help = "List <Service>.<Domain>, once for each type.",
            .bad = {{"0000 8400 0000 0001 0000 0000 09'_services'07'_dns-sd'04'_udp'05'local'00 "
                     "000C 0001 00001194 0011 03'Foo'05'_http'04'_tcp'C023"},
                    {"0000 8400 0000 0001 0000 0000 09'_services'07'_dns-sd'04'_udp'05'local'00 "
                     "000C 0001 00001194 0008 05'_http'C023"}},
            .good = {{"0000 8400 0000 0001 0000 0000 09'_services'07'_dns-sd'04'_udp'05'local'00 "
                      "000C 0001 00001194 000D 05'_http'04'_tcp'C023"}},
            .why = "Whoever lists the types of the link shows an entry that leads nowhere.",
        },
        [](const WireMessage& subject, Report& report) {
          for_each_pointer(subject, [&](const Pointer& pointer) {
            if (!pointer.is_meta()) return;
            const NameShape shape = census::shape_of_name(pointer.record.target, true);
            if (shape.role == NameRole::browse && !pointer.target_domain().is_root()) return;
            report(rdata_place(pointer.record), {.detail = pointer.record.target.text()});
          });
        },
    },
    {
        {
            .id = "PT007",
            .name = "meta-query-domain",
            .severity = Severity::warning,
            .references = {{6763, "9"}},
            .message = "the list of service types has an entry of another domain",
            .help = "Use the domain that was asked for: readers take only the type.",
            .bad = {{"0000 8400 0000 0001 0000 0000 09'_services'07'_dns-sd'04'_udp'05'local'00 "
                     "000C 0001 00001194 0014 05'_http'04'_tcp'07'example'00"}},
            .good = {{"0000 8400 0000 0001 0000 0000 09'_services'07'_dns-sd'04'_udp'05'local'00 "
                      "000C 0001 00001194 0012 05'_HTTP'04'_TCP'05'LOCAL'00"}},
            .why = "Readers take the type and ask for it in the domain that they browse.",
        },
        [](const WireMessage& subject, Report& report) {
          for_each_pointer(subject, [&](const Pointer& pointer) {
            if (!pointer.is_meta() || pointer.target_shape.role != NameRole::browse) return;
            if (pointer.owner_domain() == pointer.target_domain()) return;
            if (pointer.target_domain().is_root()) return;  // PT006
            report(rdata_place(pointer.record), {.detail = pointer.record.target.text()});
          });
        },
    },
};

}  // namespace

Table<WireMessage> wire_pointer_rules() { return rows; }

}  // namespace srvwarden::rules
