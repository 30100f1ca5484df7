# What srvwarden audit sends and hears on a link: nothing when passive, at RFC 6762's intervals when
# it asks, on interfaces that come late, and packets that came in fragments.
# SPDX-License-Identifier: Apache-2.0
import json
import socket
import struct
import subprocess
import sys
import time

from audit_test import IN, PTR, TXT, announcement, name, record, response
from lab import LabCase, Program, main

META = name("_services", "_dns-sd", "_udp", "local")

# Every UDP packet of port 5353 that crosses the link's bridge: "seconds source payload".
TAP = """
import socket, struct, sys, time
tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
tap.bind(("link0", 0))
print("tapping", flush=True)
seen = {}
while True:
    frame = tap.recv(65536)
    kind = frame[12:14]
    ip = frame[14:]
    if kind == b"\\x08\\x00":
        source, rest, protocol = socket.inet_ntop(2, ip[12:16]), ip[(ip[0] & 15) * 4:], ip[9]
    elif kind == b"\\x86\\xdd":
        source, rest, protocol = socket.inet_ntop(10, ip[8:24]), ip[40:], ip[6]
    else:
        continue
    if protocol == 17 and b"\\x14\\xe9" in (rest[:2], rest[2:4]):
        print("%.3f" % time.monotonic(), source, rest[8:].hex(), flush=True)
"""


class Listen(LabCase):
    def tap(self):
        """Starts to look at the bridge itself, which sees all hosts' packets."""
        tap = Program([sys.executable, "-u", "-c", TAP])
        self.addCleanup(tap.stop)
        tap.expect("tapping")
        return tap

    def packets(self, tap, host):
        """(time, payload) of what a host has sent."""
        sources = (host.address, f"fe80::{host.number}")
        rows = [line.split() for line in tap.output().splitlines() if " " in line]
        return [(float(when), bytes.fromhex(payload)) for when, source, payload in rows
                if source in sources]

    def audit(self, host, seconds, *more):
        return host.start("srvwarden", "audit", "--seconds", str(seconds), "--format", "json",
                          *more)

    def report(self, auditor):
        auditor.wait(60)
        return json.loads(auditor.output().splitlines()[-1])  # before it: what failed meanwhile

    def test_passive_sends_nothing(self):
        pi, listener = self.host("pi"), self.host("listener")
        tap = self.tap()
        auditor = self.audit(listener, 3, "--passive")
        listener.wait_until_joined()
        pi.send(announcement("Fine", ("_http", "_tcp"), 80, b"\x06path=/"))
        report = self.report(auditor)
        self.assertEqual([each["instance"] for each in report["instances"]], ["Fine"])
        self.assertEqual(len(self.packets(tap, pi)), 1)  # the tap does see packets
        self.assertEqual(self.packets(tap, listener), [])

    def test_asks_at_growing_intervals_with_known_answers(self):
        pi, listener = self.host("pi"), self.host("listener")
        tap = self.tap()
        auditor = self.audit(listener, 9)
        tap.expect(f"{listener.address} .*{META.hex()}")  # the first question, alone in its packet
        pi.send(response(record(META, PTR, name("_http", "_tcp", "local"), IN, 4500)))
        self.report(auditor)
        times, known = [], []
        for when, payload in self.packets(tap, listener):
            flags, questions, answers = struct.unpack("!HHH", payload[2:8])
            self.assertEqual(flags & 0x8000, 0)
            if questions and payload[12:12 + len(META)] == META:
                unicast, = struct.unpack("!H", payload[14 + len(META):16 + len(META)])
                self.assertEqual(unicast, 1)  # the QU bit is clear
                times.append(when)
                known.append(answers)
        # Each is sent on IPv4 and IPv6; RFC 6762 §5.2: after 1, 2 and 4 s.
        asked = [when for i, when in enumerate(times) if i == 0 or when - times[i - 1] > 0.5]
        gaps = [after - before for before, after in zip(asked, asked[1:])]
        self.assertEqual([round(gap) for gap in gaps], [1, 2, 4], times)
        self.assertEqual(known[0], 0)
        self.assertEqual(known[-1], 1)  # §7.1: what it has it does not ask for

    def test_does_not_ask_what_another_just_asked(self):
        """RFC 6762 §7.3; the other asks every 0.1 s, so that it was always first."""
        other, listener = self.host("other"), self.host("listener")
        question = struct.pack("!6H", 0, 0, 1, 0, 0, 0) + META + struct.pack("!2H", PTR, 1)
        tap = self.tap()
        other.start(sys.executable, "-c", f"""
import socket, time
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
sender.bind(("", 5353))
print("asking", flush=True)
for _ in range(100):
    sender.sendto(bytes.fromhex("{question.hex()}"), ("224.0.0.251", 5353))
    time.sleep(0.1)
""").expect("asking")
        self.report(self.audit(listener, 3))
        self.assertGreater(len(self.packets(tap, other)), 5)
        asked = [payload for _, payload in self.packets(tap, listener) if META in payload]
        self.assertLessEqual(len(asked), 2, "only the first may be too early")

    def test_hears_an_interface_that_comes_and_goes(self):
        pi, listener = self.host("pi"), self.host("listener")
        auditor = self.audit(listener, 6)
        listener.wait_until_joined()
        port = listener.join_link("eth1", 101)
        deadline = time.monotonic() + 4
        while time.monotonic() < deadline:
            with open(f"/proc/{listener.holder.pid}/net/igmp", encoding="ascii") as groups:
                if groups.read().count("FB0000E0") == 2:
                    break
            time.sleep(0.05)
        pi.send(announcement("Late", ("_http", "_tcp"), 80, b"\x06path=/"))
        time.sleep(0.5)
        subprocess.run(["ip", "link", "delete", port], check=True)
        report = self.report(auditor)
        inputs = {each["name"]: each["packets"] for each in report["inputs"]}
        self.assertEqual(set(inputs), {"eth0", "eth1"}, report["inputs"])
        self.assertGreaterEqual(inputs["eth1"], 1)
        late = [each for each in report["instances"] if each["instance"] == "Late"]
        self.assertEqual(sorted(late[0]["interfaces"]), ["eth0", "eth1"])

    def test_hears_packets_in_fragments(self):
        pi, listener = self.host("pi"), self.host("listener")
        auditor = self.audit(listener, 3, "--passive")
        listener.wait_until_joined()
        long = b"".join(b"\xff" + b"k=" + b"x" * 253 for _ in range(12))
        owner = name("Long", "_http", "_tcp", "local")
        pi.send(response(record(owner, TXT, long, ttl=4500),
                         record(owner, TXT, long, ttl=4500)))
        report = self.report(auditor)
        rules = {finding["rule"] for finding in report["findings"]}
        self.assertIn("MD099", rules)


if __name__ == "__main__":
    main()
