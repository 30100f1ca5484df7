# Two hosts that start at once with one host name and one instance name: both end with names of their own, and keep them.
# SPDX-License-Identifier: Apache-2.0
#
# SRVWARDEN_STABLE=60 watches them for 60 s instead of 15.
import time
from concurrent.futures import ThreadPoolExecutor

from faults import FaultCase, Warden, number_from_environment
from lab import main

STABLE = number_from_environment("SRVWARDEN_STABLE", 15)


class Twins(FaultCase):
    def follow(self, start, *options):
        self.define("same", 80)
        hosts = [self.host("twin"), self.host("twin")]
        witness = self.host("witness")
        with ThreadPoolExecutor() as together:
            list(together.map(start, hosts))
        wardens = [Warden(host, self.services, *options) for host in hosts]
        for warden in wardens:
            warden.expect_established(self.keys(), 20)
        names = [warden.names[self.key("same")] for warden in wardens]
        self.assertEqual(sorted(names), ["same", "same (2)"])
        marks = [warden.mark() for warden in wardens]
        time.sleep(STABLE)
        for warden, mark, name in zip(wardens, marks, names):
            for event in ("down", "renamed", "failed", "established"):
                self.assertEqual(warden.events(event, mark), [])
            self.assertEqual(warden.names, {self.key("same"): name})
        self.assertEqual(set(self.listed(witness)["services"]), set(names))
        self.third_gives_way(start, hosts, *options)

    def third_gives_way(self, start, hosts, *options):
        """A host that comes late is told who has its names already."""
        late = self.host("twin")
        start(late)
        warden = Warden(late, self.services, *options)
        warden.expect_established(self.keys(), 20)
        self.assertEqual(warden.names, {self.key("same"): "same (3)"})
        others = [address for host in hosts
                  for address in (host.address, f"fe80::{host.number} ")]

        def told():
            return any(other in entry["message"] for entry in warden.entries
                       if entry["event"] in ("rival", "renamed") for other in others)
        warden.wait(f"one of {others} is named", 5, told)

    def test_embedded_responders(self):
        self.follow(lambda host: None, "--publisher", "embedded")

    def test_avahi_daemons(self):
        self.need("avahi-daemon", "dbus-daemon")
        self.follow(lambda host: host.start_avahi())


if __name__ == "__main__":
    main()
