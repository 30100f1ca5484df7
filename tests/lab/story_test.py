# srvwarden explain and compare on what real and broken speakers send: recorded, then told.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import struct
import sys
import time

from audit_test import A, FLUSH, IN, PTR, SRV, TXT, name, record, response
from lab import LabCase, main

SERVICE = """<?xml version="1.0"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group><name>Front desk</name><service><type>_ipp._tcp</type><port>631</port>
<txt-record>rp=ipp/print</txt-record></service></service-group>"""

SEND_FROM = """
import socket, sys
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
sender.bind(("", int(sys.argv[1])))
sender.sendto(bytes.fromhex(sys.argv[2]), ("224.0.0.251", 5353))
"""

TYPE = name("_ipp", "_tcp", "local")
ASKS = struct.pack("!6H", 0, 0, 1, 0, 0, 0) + TYPE + struct.pack("!2H", PTR, IN)


def broken(without=(), ttl=None):
    """The records of a printer that is like the real one, but for one fault."""
    owner, target = name("Broken", "_ipp", "_tcp", "local"), name("cheap", "local")
    text = b"\x0crp=ipp/print"
    records = {
        PTR: record(TYPE, PTR, owner, IN, 4500 if ttl is None else ttl),
        SRV: record(owner, SRV, struct.pack("!3H", 0, 0, 631) + target, ttl=120 if ttl is None else ttl),
        TXT: record(owner, TXT, text, FLUSH, 4500 if ttl is None else ttl),
        A: record(target, A, bytes([10, 77, 0, 2]), ttl=120 if ttl is None else ttl)}
    return response(*(octets for kind, octets in records.items() if kind not in without))


class Story(LabCase):
    needs = ("avahi-daemon", "dbus-daemon", "tcpdump")

    def record(self, host):
        path = os.path.join(self.folder.name, "link.pcap")
        recorder = host.start("tcpdump", "-i", "eth0", "-U", "--immediate-mode", "-Z", "root", "-w", path,
                              "udp port 5353")
        recorder.expect("listening on eth0")
        return path, recorder

    def serve(self, host):
        status, said = host.run("sh", "-ec", "mkdir -p /etc/avahi/services; "
                                f"echo '{SERVICE}' > /etc/avahi/services/desk.service")
        self.assertEqual(status, 0, said)
        avahi = host.start_avahi()
        avahi.expect('Service "Front desk" .*successfully established')
        return avahi

    def told(self, host, *command):
        status, said = host.run("srvwarden", *command, "--format", "json")
        self.assertIn(status, (0, 1), said)
        return json.loads(said)

    def test_tells_the_life_of_a_real_service(self):
        printer, monitor = self.host("printer"), self.host("monitor")
        path, recorder = self.record(monitor)
        avahi = self.serve(printer)
        time.sleep(1.5)  # its second announcement comes after a second
        monitor.send(ASKS)
        time.sleep(2.5)
        avahi.signal(15)
        avahi.wait()
        time.sleep(1.5)
        recorder.signal(2)
        recorder.wait()
        story = self.told(monitor, "explain", path, "--instance", "front")
        events = [event["event"] for event in story["events"]]
        probes = [event["number"] for event in story["events"]
                  if event["event"] == "probed" and event["reason"] is None]
        self.assertEqual(probes, [1, 2, 3], story["events"])
        self.assertGreaterEqual(events.count("announced"), 2, events)
        self.assertIn("answered", events)
        self.assertIn("goodbye", events)
        answer = next(event for event in story["events"] if event["event"] == "answered")
        self.assertEqual(answer["whom"]["address"], monitor.address)
        self.assertEqual(answer["who"]["host"], "printer.local.")
        self.assertEqual([verdict["found"] for verdict in story["diagnosis"]], ["no", "no"])
        self.assertEqual(story["diagnosis"][0]["reasons"][0]["id"], "no-pointer")

    def test_says_what_breaks_a_broken_speaker(self):
        printer, cheap, laptop = self.host("printer"), self.host("cheap"), self.host("laptop")
        self.serve(printer)
        time.sleep(1.5)
        rows = (
            ("record-missing", "SRV", broken(without=(SRV,)), 5353),
            ("record-missing", "TXT", broken(without=(TXT,)), 5353),
            ("record-missing", "TTL 0", broken(ttl=0), 5353),
            ("source-port", "40000", broken(), 40000))
        for wanted, words, octets, port in rows:
            with self.subTest(words):
                path, recorder = self.record(laptop)
                laptop.send(ASKS)
                status, said = cheap.run(sys.executable, "-c", SEND_FROM, str(port), octets.hex()) \
                    if port != 5353 else (cheap.send(octets), "")
                self.assertIn(status, (0, None), said)
                time.sleep(2.5)
                recorder.signal(2)
                recorder.wait()
                told = self.told(laptop, "compare", path, path, "--instance", "Front desk",
                                 "--instance-bad", "Broken")
                matters = [one for one in told["differences"] if one["weight"] in ("breaks", "some")]
                mine = [one for one in matters if one["id"] == wanted
                        and words in one["what"] + one["bad"]]
                self.assertTrue(mine, told["differences"])
                self.assertEqual(told["fault"], "sender", told)


if __name__ == "__main__":
    main()
