# The responder child's confinement, as the kernel tells it, and its end with its parent.
# SPDX-License-Identifier: Apache-2.0
import signal
import time

from faults import FaultCase, Warden, runs
from lab import main

FILTERED = "2"  # of Seccomp in /proc/PID/status


class Confined(FaultCase):
    def responder(self):
        self.define("one", 80)
        warden = Warden(self.host("server"), self.services, "--publisher", "embedded")
        warden.expect_established(self.keys(), 15)
        return warden

    def test_what_it_gave_up(self):
        child = self.responder().child()
        with open(f"/proc/{child}/status", encoding="ascii") as status:
            said = {name: value.strip() for name, value in
                    (line.split(":", 1) for line in status)}
        self.assertEqual(said["NoNewPrivs"], "1")
        self.assertEqual(said["Seccomp"], FILTERED)
        with open(f"/proc/{child}/limits", encoding="ascii") as lines:
            limits = {line[:26].strip(): line[26:47].strip() for line in lines}
        self.assertEqual(limits["Max core file size"], "0")
        self.assertEqual(limits["Max processes"], "0")
        self.assertLessEqual(int(limits["Max open files"]), 64)
        self.assertLess(int(limits["Max data size"]), 1 << 30)

    def test_it_ends_with_a_killed_parent(self):
        warden = self.responder()
        child = warden.child()
        warden.program.signal(signal.SIGKILL)
        warden.program.wait()
        end = time.monotonic() + 3
        while runs(child):
            self.assertLess(time.monotonic(), end, "the responder outlives its parent")
            time.sleep(0.02)

    def test_a_start_after_a_kill_is_clean(self):
        warden = self.responder()
        warden.program.signal(signal.SIGKILL)
        warden.program.wait()
        again = Warden(warden.host, self.services, "--publisher", "embedded")
        again.expect_established(self.keys(), 10)
        self.assertEqual(again.events("renamed"), [])
        self.expect_on_wire(self.host("witness"))


if __name__ == "__main__":
    main()
