// SB003, TX018: values of one service that do not go together.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/service_subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {
namespace {

std::string_view without_dot(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool repeats_srv(const TxtBesideSrv& txt) {
  constexpr std::string_view keys[] = {"port", "host",    "hostname", "server",
                                       "addr", "address", "ip",       "target"};
  const std::string_view key = txt_key(txt.octets);
  if (std::ranges::none_of(keys, [&](std::string_view k) { return ascii::equal(k, key); })) {
    return false;
  }
  const std::string_view value = without_dot(txt_value(txt.octets).value_or(""));
  if (value.empty()) return false;
  return (txt.port && value == std::to_string(*txt.port)) ||
         ascii::equal(value, without_dot(txt.target));
}

constexpr Rule<RepeatedSubtype> subtype_rows[] = {
    {{
         .id = "SB003",
         .name = "subtype-repeated",
         .severity = Severity::warning,
         .references = {{6763, "7.1"}, {2181, "5"}},
         .message = "subtype given twice",
         .help = "Case does not make a difference: keep the first.",
         .bad = {{"<service-group><name>n</name><service><type>_http._tcp</type>"
                  "<subtype>_cam._sub._http._tcp</subtype><subtype>_CAM._sub._http._tcp</subtype>"
                  "<port>80</port></service></service-group>"}},
         .good = {{"<service-group><name>n</name><service><type>_http._tcp</type>"
                   "<subtype>_cam._sub._http._tcp</subtype><subtype>_tv._sub._http._tcp</subtype>"
                   "<port>80</port></service></service-group>"}},
         .why = "The second announces the same record once more.",
     },
     [](const RepeatedSubtype& subtype, Report& report) {
       const auto same = [&](std::string_view e) { return ascii::equal(e, subtype.identifier); };
       if (std::ranges::any_of(subtype.earlier, same)) report({0, subtype.identifier.size()});
     }},
};

constexpr Rule<TxtBesideSrv> txt_rows[] = {
    {{
         .id = "TX018",
         .name = "txt-repeats-srv",
         .severity = Severity::warning,
         .references = {{6763, "6.3"}},
         .message = "the TXT record repeats the host or the port of the SRV record",
         .help = "Leave the key out: readers take the SRV record's.",
         .heuristic = true,
         .bad = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtText=PORT=80"}},
         .good = {{"[Service]\nName=n\nType=_http._tcp\nPort=80\nTxtText=port=81 path=/80"}},
         .why = "Once the two differ, which happens at the next change of the port, clients fail.",
     },
     [](const TxtBesideSrv& txt, Report& report) {
       if (repeats_srv(txt)) report({0, txt.octets.size()});
     }},
};

}  // namespace

Table<RepeatedSubtype> repeated_subtype_rules() { return subtype_rows; }
Table<TxtBesideSrv> txt_beside_srv_rules() { return txt_rows; }

}  // namespace srvwarden::rules
