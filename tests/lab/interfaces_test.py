# Interfaces go, come back, change their address, and come late: services are where they should be.
# SPDX-License-Identifier: Apache-2.0
import time

from faults import SETTLED, FaultCase, Warden
from lab import main


class Interfaces(FaultCase):
    def follow(self, start, *options):
        server, witness = self.host("server"), self.host("witness")
        start(server)
        self.define("one", 80)
        key = self.key("one")
        warden = Warden(server, self.services, *options)
        warden.expect("verified", 15, key=key, interface="eth0")

        mark = warden.mark()
        server.ip("link", "set", "eth0", "down")
        time.sleep(1.5)
        server.ip("link", "set", "eth0", "up")
        server.ip("address", "add", "fe80::1/64", "dev", "eth0", "nodad")
        warden.expect("verified", SETTLED, mark, key=key, interface="eth0")
        self.expect_on_wire(witness)

        server.ip("address", "delete", "10.77.0.1/24", "dev", "eth0")
        server.ip("address", "add", "10.77.0.101/24", "dev", "eth0")
        addresses = self.listed(witness, SETTLED)["addresses"]
        self.assertIn("10.77.0.101", addresses)
        self.assertNotIn("10.77.0.1", addresses)

        mark = warden.mark()
        server.join_link("eth1", 51)
        warden.expect("verified", SETTLED, mark, key=key, interface="eth1")

        mark = warden.mark()
        server.ip("link", "delete", "eth1")
        time.sleep(2.5)
        for event in ("down", "failed"):
            self.assertEqual(warden.events(event, mark), [])
        self.define("two", 82)
        warden.reload()
        warden.expect("verified", SETTLED, mark, key=self.key("two"), interface="eth0")
        self.expect_on_wire(witness)

    def bound(self, start, *options):
        """To an interface that is not there yet, goes, and comes back under another number."""
        server = self.host("server")
        start(server)
        self.define("one", 80)
        key = self.key("one")
        warden = Warden(server, self.services, "--interface", "eth1", *options)
        warden.expect("up", 15)
        time.sleep(1)
        self.assertEqual(warden.events("verified"), [])
        mark = 0
        for number in (61, 62):
            server.join_link("eth1", number)
            warden.expect("verified", SETTLED, mark, key=key, interface="eth1")
            warden.expect_established({key})
            server.ip("link", "delete", "eth1")
            time.sleep(1.5)
            mark = warden.mark()
        self.assertEqual(warden.events("verified", 0, interface="eth0"), [])

    def embedded(self, follow):
        follow(lambda host: None, "--publisher", "embedded")

    def avahi(self, follow):
        self.need("avahi-daemon", "dbus-daemon")
        follow(lambda host: host.start_avahi())

    def test_all_by_the_embedded_responder(self):
        self.embedded(self.follow)

    def test_all_through_avahi_daemon(self):
        self.avahi(self.follow)

    def test_one_by_the_embedded_responder(self):
        self.embedded(self.bound)

    def test_one_through_avahi_daemon(self):
        self.avahi(self.bound)


if __name__ == "__main__":
    main()
