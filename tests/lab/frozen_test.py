# What srvwardend depends on stands still: its own loop does not, and all is right afterwards.
# SPDX-License-Identifier: Apache-2.0
#
# SRVWARDEN_FREEZE=60 stops them for 60 s instead of 6: longer than a call to the bus may take.
import os
import signal
import statistics
import time

from faults import PATIENCE, FaultCase, Warden, number_from_environment, runs
from lab import main

FREEZE = number_from_environment("SRVWARDEN_FREEZE", 6)
SLEEP = number_from_environment("SRVWARDEN_SLEEP", 6)
SOON = 1  # seconds for a reload's line in the log
STOPPED_WITHIN = 2.7
ANSWERED_WITHIN = 0.05  # the control socket, whatever stands still


class Frozen(FaultCase):
    def begin(self, host, *options):
        for name in ("one", "two", "three"):
            self.define(name, 80)
        warden = Warden(host, self.services, *options)
        warden.expect_established(self.keys(), 15)
        return warden

    def ask_for(self, warden, seconds):
        """Asks for the status again and again; returns how long each answer took."""
        took = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            took.append(warden.ask())
            time.sleep(0.02)
        return took

    def follow(self, warden, witness, freeze, thaw):
        freeze()
        began = time.monotonic()
        self.define("two", 8080)  # its D-Bus calls meet silence
        self.define("four", 81)
        self.remove("three")
        answers = []
        for _ in range(3):
            mark = warden.mark()
            warden.reload()
            warden.expect("reloaded", SOON, mark)
            answers += self.ask_for(warden, FREEZE / 3 - 0.1)
        print(f"status: {1000 * statistics.median(answers):.1f} ms, "
              f"at most {1000 * max(answers):.1f} ms", flush=True)
        self.assertLess(max(answers), ANSWERED_WITHIN * PATIENCE)
        print(f"frozen for {time.monotonic() - began:.1f} s", flush=True)
        thaw()
        warden.expect("verified", 5, 0, key=self.key("four"))
        warden.expect_established(self.keys())
        self.expect_on_wire(witness)
        # To the end while nobody answers.
        freeze()
        self.define("two", 8081)
        mark = warden.mark()
        warden.reload()
        warden.expect("reloaded", SOON, mark)
        began = time.monotonic()
        warden.program.signal(signal.SIGTERM)
        warden.program.process.wait(5 * PATIENCE)
        self.assertLess(time.monotonic() - began, STOPPED_WITHIN * PATIENCE)

    def test_avahi_daemon_stands_still(self):
        self.need("avahi-daemon", "dbus-daemon")
        host, witness = self.host("server"), self.host("witness")
        avahi = host.start_avahi()
        warden = self.begin(host)
        self.follow(warden, witness, lambda: avahi.signal(signal.SIGSTOP),
                    lambda: avahi.signal(signal.SIGCONT))
        avahi.signal(signal.SIGCONT)

    def test_the_responder_stands_still(self):
        host, witness = self.host("server"), self.host("witness")
        warden = self.begin(host, "--publisher", "embedded")
        child = warden.child()
        self.follow(warden, witness, lambda: os.kill(child, signal.SIGSTOP),
                    lambda: os.kill(child, signal.SIGCONT))
        os.kill(child, signal.SIGCONT)  # and now it hears that its parent is gone
        deadline = time.monotonic() + 5 * PATIENCE
        while runs(child):
            self.assertLess(time.monotonic(), deadline, "the responder outlives its parent")
            time.sleep(0.05)

    def test_the_whole_host_sleeps(self):
        self.need("avahi-daemon", "dbus-daemon")
        host, witness = self.host("server"), self.host("witness")
        avahi = host.start_avahi()
        warden = self.begin(host)
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for program in host.programs:
                program.signal(number)
            time.sleep(SLEEP if number == signal.SIGSTOP else 0)
        self.define("three", 83)
        warden.reload()
        warden.expect_established(self.keys())
        self.expect_on_wire(witness)
        self.assertEqual(warden.events("failed"), [])
        self.assertIsNone(avahi.process.poll())


if __name__ == "__main__":
    main()
