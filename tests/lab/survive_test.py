# Kills of everything that srvwardend depends on, while definitions change: all is announced again.
# SPDX-License-Identifier: Apache-2.0
#
# SRVWARDEN_KILLS=100 makes 100 of each kill, instead of 5.
import os
import signal
import time

from faults import SETTLED, FaultCase, Warden, number_from_environment
from lab import main

KILLS = number_from_environment("SRVWARDEN_KILLS", 5)
GROWTH = 1024  # KiB of memory that allocators may keep


class Survive(FaultCase):
    def change(self, kill):
        """A port, a TXT record, and a service that comes and goes."""
        self.define("moves", 9000 + kill)
        self.define("tells", 80, f"v={kill}")
        if kill % 2:
            self.define("comes", 81)
        elif "comes" in self.ports:
            self.remove("comes")

    def follow(self, host, witness, break_and_mend, options=()):
        """break_and_mend(kill) returns when the peer was back, by time.monotonic()."""
        for name in ("one", "two", "moves", "tells"):
            self.define(name, 80)
        warden = Warden(host, self.services, *options)
        warden.expect_established(self.keys(), 15)
        before, slowest = None, 0
        for kill in range(KILLS):
            self.change(kill)
            warden.reload()
            time.sleep(self.random.uniform(0, 0.4))
            returned = break_and_mend(warden, kill)
            warden.expect_established(self.keys(), SETTLED - (time.monotonic() - returned))
            slowest = max(slowest, time.monotonic() - returned)
            before = before or warden.usage()
        after = warden.usage()
        print(f"{KILLS} kills; well again after {slowest:.2f} s at most; "
              f"descriptors, threads, KiB: {before} then {after}")
        self.assertEqual(after[:2], before[:2])
        self.assertLess(after[2], before[2] + GROWTH)
        self.expect_on_wire(witness)
        warden.program.signal(signal.SIGTERM)
        self.assertEqual(warden.program.wait(), 0)

    def end(self, warden, program, kill):
        """Kills it, or asks it to end, in turn; returns a while after the daemon noticed."""
        mark = warden.mark()
        program.signal(signal.SIGKILL if kill % 2 == 0 else signal.SIGTERM)
        program.wait()
        self.wait_down(warden, mark)
        time.sleep(self.random.uniform(0, 0.3))

    def wait_down(self, warden, after):
        warden.expect("down", 5, after)

    def test_kills_of_avahi_daemon(self):
        self.need("avahi-daemon", "dbus-daemon")
        host, witness = self.host("server"), self.host("witness")
        running = [host.start_avahi()]

        def break_and_mend(warden, kill):
            self.end(warden, running[0], kill)
            running[0] = host.start_avahi_daemon()
            return time.monotonic()

        self.follow(host, witness, break_and_mend)

    def test_kills_of_the_bus(self):
        self.need("avahi-daemon", "dbus-daemon")
        host, witness = self.host("server"), self.host("witness")
        running = [host.start_bus(), host.start_avahi_daemon()]

        def break_and_mend(warden, kill):
            self.end(warden, running[0], kill)
            running[0] = host.start_bus()
            running[1].signal(signal.SIGTERM)  # as systemd does with what needs the bus
            running[1].wait()
            running[1] = host.start_avahi_daemon()
            return time.monotonic()

        self.follow(host, witness, break_and_mend)

    def test_kills_of_the_responder(self):
        host, witness = self.host("server"), self.host("witness")

        def break_and_mend(warden, _):
            mark = warden.mark()
            began = time.monotonic()
            os.kill(warden.child(), signal.SIGKILL)
            self.wait_down(warden, mark)
            return began

        self.follow(host, witness, break_and_mend, ["--publisher", "embedded"])


if __name__ == "__main__":
    main()
