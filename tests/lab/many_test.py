# Many services: through avahi-daemon beside a bare libavahi-client program, and by the embedded responder.
# SPDX-License-Identifier: Apache-2.0
#
# SRVWARDEN_MANY=1500 SRVWARDEN_MANY_EMBEDDED=10000 are the long form. SRVWARDEN_MANY_RESULT=FILE gets the
# medians of SRVWARDEN_MANY_ROUNDS pairs as Google Benchmark writes them: see tests/bench.
import json
import os
import signal
import statistics
import time

from faults import FaultCase, Warden, number_from_environment
from lab import main

MANY = number_from_environment("SRVWARDEN_MANY", 300)
EMBEDDED = number_from_environment("SRVWARDEN_MANY_EMBEDDED", 300)
ROUNDS = number_from_environment("SRVWARDEN_MANY_ROUNDS", 1)
PER_CLIENT = 1000  # avahi-daemon's default for a client is 1024 objects
SLOWER = 1.05
SOME_SECONDS = 0.5  # of a machine that does something else too
MEMORY = (20 << 10) * max(1, MANY / 1000)  # KiB
GOODBYES = 2.5  # seconds
ALL_HEARD = 300  # services whose goodbyes fit in that time on a slow machine, too


def write_result(pairs):
    """Medians of runs that alternate, so that both meet the same machine."""
    path = os.environ.get("SRVWARDEN_MANY_RESULT")
    if not path:
        return
    medians = {f"advertise_{MANY}_{name}": statistics.median(times)
               for name, times in zip(("bare", "definitions"), zip(*pairs))}
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"benchmarks": [
            {"run_name": name, "aggregate_name": "median", "real_time": seconds, "time_unit": "s"}
            for name, seconds in medians.items()]}, file)


class Many(FaultCase):
    def define_many(self, count):
        for number in range(count):
            self.define(f"s{number}", 1000 + number % 60000)

    def bare(self, host):
        began = time.monotonic()
        program = host.start("bare_client", str(MANY), str(PER_CLIENT))
        program.expect("established", 120)
        took = time.monotonic() - began
        program.stop()
        return took

    def renew(self, host, avahi):
        """An avahi-daemon that has heard and kept nothing, so that both begin alike."""
        avahi.signal(signal.SIGKILL)
        avahi.wait()
        return host.start_avahi_daemon()

    def ours(self, host, *options):
        began = time.monotonic()
        warden = Warden(host, self.services, *options)
        warden.expect_established(self.keys(), 300)
        return warden, time.monotonic() - began

    def one_change_touches_one(self, warden):
        mark = warden.mark()
        self.define("s5", self.ports["s5"] + 1)
        warden.reload()
        took = time.monotonic()
        warden.expect("verified", 10, mark, key=self.key("s5"))
        took = time.monotonic() - took
        touched = {entry["key"] for event in ("established", "withdrawn", "goodbye")
                   for entry in warden.events(event, mark)}
        self.assertEqual(touched, {self.key("s5")})
        return took

    def end(self, warden, count):
        """Until the process has ended. Responders with many services say their last goodbyes later."""
        began = time.monotonic()
        warden.program.signal(signal.SIGTERM)
        warden.program.process.wait(30)
        took = time.monotonic() - began
        time.sleep(0.1)
        warden.replay()
        if count <= ALL_HEARD:
            self.assertIn("nothing is announced any more", warden.entries[-1]["message"])
        self.assertLess(took, GOODBYES)
        return took

    def test_through_avahi_daemon(self):
        self.need("avahi-daemon", "dbus-daemon", "bare_client")
        host = self.host("server")
        avahi = host.start_avahi()
        self.define_many(MANY)
        pairs = []
        for _ in range(ROUNDS):
            bare = self.bare(host)
            avahi = self.renew(host, avahi)
            warden, took = self.ours(host)
            pairs.append((bare, took))
            changed = self.one_change_touches_one(warden)
            memory = warden.usage()[2]
            ended = self.end(warden, MANY)
            print(f"{MANY} services: bare {bare:.2f} s, srvwardend {took:.2f} s "
                  f"({took / bare:.3f}); one change {changed:.2f} s; end {ended:.2f} s; "
                  f"{memory} KiB", flush=True)
            self.assertLess(memory, MEMORY)
            avahi = self.renew(host, avahi)
        write_result(pairs)
        self.assertTrue(any(ours <= bare * SLOWER + SOME_SECONDS for bare, ours in pairs), pairs)

    def test_by_the_embedded_responder(self):
        host = self.host("server")
        self.define_many(EMBEDDED)
        warden, took = self.ours(host, "--publisher", "embedded")
        changed = self.one_change_touches_one(warden)
        memory = warden.usage()[2]
        with open(f"/proc/{warden.child()}/status", encoding="ascii") as status:
            child = [line.split()[1] for line in status if line.startswith("VmRSS")]
        ended = self.end(warden, EMBEDDED)
        print(f"{EMBEDDED} services: {took:.2f} s; one change {changed:.2f} s; "
              f"end {ended:.2f} s; {memory} KiB, responder {child[0]} KiB", flush=True)


if __name__ == "__main__":
    main()
