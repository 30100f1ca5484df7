# avahi-daemon's limits: more services than one client may have, more entries than one group may have.
# SPDX-License-Identifier: Apache-2.0
from faults import KIND, FaultCase, Warden
from lab import main

SUBTYPES = 80
MANY_SUBTYPES = """<?xml version="1.0" standalone='no'?>
<service-group><name>subtypes</name><service><type>{kind}</type>{subtypes}<port>80</port></service>
</service-group>
"""


class Limits(FaultCase):
    def begin(self, more, services, ready=30):
        self.need("avahi-daemon", "dbus-daemon")
        host = self.host("server")
        avahi = host.start_avahi(more)
        for number in range(services):
            self.define(f"s{number}", 1000 + number)
        warden = Warden(host, self.services)
        warden.expect("up", ready)
        return avahi, warden

    def define_many_subtypes(self):
        subtypes = "".join(f"<subtype>_s{number}._sub.{KIND}</subtype>"
                           for number in range(SUBTYPES))
        return self.write("services/subtypes.service",
                          MANY_SUBTYPES.format(kind=KIND, subtypes=subtypes)) + " " + KIND

    def test_a_small_limit_of_objects_is_met_by_more_clients(self):
        _, warden = self.begin("objects-per-client-max=16", 100)
        warden.expect_established(self.keys(), 20)
        self.define("s3", 7)
        warden.reload()
        warden.expect("verified", 5, warden.mark(), key=self.key("s3"))

    def test_more_entries_than_a_group_may_have(self):
        key = self.define_many_subtypes()
        for limit in (None, 5):
            with self.subTest(limit=limit):
                more = "" if limit is None else f"entries-per-entry-group-max={limit}"
                _, warden = self.begin(more, 1)
                warden.expect_established(self.keys() | {key}, 10)

    def test_a_limit_that_cannot_be_met_is_told_with_its_name(self):
        _, warden = self.begin("objects-per-client-max=16\nclients-max=2", 40)
        failed = warden.expect("failed", 10)
        self.assertIn("clients-max", failed["message"])
        warden.wait("as many as there is room for", 10, lambda: len(warden.names) == 32)


if __name__ == "__main__":
    main()
