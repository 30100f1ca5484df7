# SIGTERM with many services: every record is taken back on the wire, and soon; beside avahi-daemon alone.
# SPDX-License-Identifier: Apache-2.0
#
# SRVWARDEN_GOODBYES=1000 SRVWARDEN_PATIENCE=1 is the long form, with the budget of 2 s.
import json
import signal
import time

from faults import KIND, PATIENCE, FaultCase, Warden, number_from_environment
from lab import main

COUNT = number_from_environment("SRVWARDEN_GOODBYES", 200)
WITHIN = 2.0 * PATIENCE  # seconds from SIGTERM to the last goodbye


class Goodbyes(FaultCase):
    def setUp(self):
        super().setUp()
        self.server = self.host("server")
        witness = self.host("witness")
        self.ear = witness.start("/usr/bin/python3", "-u", "listen.py", "eth0", f"{KIND}.local")
        self.ear.expect("listening")

    def define_many(self):
        for number in range(COUNT):
            self.define(f"s{number}", 1000 + number)

    def heard(self, began):
        """After some silence: by IP version, the records announced and the seconds until their goodbyes."""
        time.sleep(WITHIN)
        self.ear.signal(signal.SIGTERM)
        heard = json.loads(self.ear.expect("announced", 120).string)
        for version, ear in heard.items():
            ear["took"] = max(ear["gone"].values(), default=began) - began
            ear["unsaid"] = sorted(set(ear["announced"]) - set(ear["gone"]))
            print(f"{self.id().rpartition('.')[2]}: {COUNT} services, {version}: "
                  f"{len(ear['announced'])} records announced, {len(ear['unsaid'])} without goodbye, "
                  f"first after {min(ear['gone'].values(), default=began) - began:.2f} s, "
                  f"last after {ear['took']:.2f} s; {ear['dropped']} messages dropped here", flush=True)
        return heard

    def expect_goodbyes(self, heard):
        for version, ear in heard.items():
            self.assertEqual(len(ear["announced"]), 3 * COUNT, version)  # PTR, SRV, TXT
            self.assertEqual(ear["unsaid"], [], version)
            self.assertLess(ear["took"], WITHIN, version)

    def end_ours(self, *options):
        self.define_many()
        warden = Warden(self.server, self.services, *options)
        warden.expect_established(self.keys(), 60)
        time.sleep(2)  # the second announcement
        began = time.monotonic()
        warden.program.signal(signal.SIGTERM)
        heard = self.heard(began)
        status = warden.program.wait(10)
        warden.replay()
        print("   ", warden.entries[-1]["message"], flush=True)
        return heard, status

    def test_through_avahi_daemon(self):
        self.need("avahi-daemon", "dbus-daemon")
        self.server.start_avahi()
        heard, status = self.end_ours()
        self.expect_goodbyes(heard)
        self.assertEqual(status, 0)

    def test_by_the_embedded_responder(self):
        heard, status = self.end_ours("--publisher", "embedded")
        self.expect_goodbyes(heard)
        self.assertEqual(status, 0)

    def test_the_measure(self):
        """What avahi-daemon does where a bare client of as many services just ends: nothing is asked of it."""
        self.need("avahi-daemon", "dbus-daemon", "bare_client")
        self.server.start_avahi()
        bare = self.server.start("bare_client", str(COUNT), "1000")
        bare.expect("established", 120)
        time.sleep(2)
        began = time.monotonic()
        bare.stop()
        heard = self.heard(began)
        self.assertTrue(all(ear["gone"] for ear in heard.values()))


if __name__ == "__main__":
    main()
