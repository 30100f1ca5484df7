// Unpacking a record of an image.
// SPDX-License-Identifier: Apache-2.0
#include "registry/image.hpp"

namespace srvwarden::registry {
RegistryRecord Image::record(std::uint32_t index) const noexcept {
  const PackedRecord& packed = records[index];
  const PackedExtra& extra = extras[packed.extra];
  const PackedPeople& who = people[packed.people];
  RegistryRecord record;
  if (packed.name != no_name) record.name = view(names[packed.name]);
  record.ports = {packed.first_port, packed.last_port, packed.has_port != 0};
  record.transport = static_cast<RegistryTransport>(packed.transport);
  record.status = static_cast<RegistryStatus>(packed.status);
  record.title = view(packed.title, packed.title_size);
  record.replacement = view(extra.replacement);
  record.assignee = view(who.assignee, who.assignee_size);
  record.contact = view(who.contact, who.contact_size);
  record.txt_keys = view(extra.txt_keys);
  record.registered = unpack_date(static_cast<std::uint32_t>(packed.registered));
  record.modified = unpack_date(extra.modified);
  record.references = view(extra.references);
  record.service_code = extra.service_code;
  record.unauthorized_use = (extra.unauthorized & 1) != 0;
  record.unauthorized_ports = {extra.unauthorized_first, extra.unauthorized_last,
                               (extra.unauthorized & 2) != 0};
  return record;
}

}  // namespace srvwarden::registry
