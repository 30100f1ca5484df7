# srvwarden audit on a link: what other stacks announce, and what is wrong with it.
# SPDX-License-Identifier: Apache-2.0
import json
import struct

from lab import LabCase, main

PTR, TXT, SRV, A = 12, 16, 33, 1
IN, FLUSH = 1, 0x8001


def name(*labels):
    octets = [label.encode() for label in labels]
    return b"".join(bytes([len(label)]) + label for label in octets) + b"\0"


def record(owner, kind, data, group=FLUSH, ttl=120):
    return owner + struct.pack("!HHIH", kind, group, ttl, len(data)) + data


def response(*records):
    return struct.pack("!6H", 0, 0x8400, 0, len(records), 0, 0) + b"".join(records)


def announcement(instance, kind, port, txt):
    """A whole announcement of one service on host pi.local."""
    service, target = name(*kind, "local"), name("pi", "local")
    owner = name(instance, *kind, "local")
    return response(
        record(service, PTR, owner, IN, 4500),
        record(owner, SRV, struct.pack("!3H", 0, 0, port) + target),
        record(owner, TXT, txt, ttl=4500),
        record(target, A, bytes([10, 77, 0, 2])))


class Audit(LabCase):
    def audit(self, host):
        return host.start("srvwarden", "audit", "--seconds", "4", "--format", "json")

    def report(self, auditor):
        auditor.wait()
        report = json.loads(auditor.output())
        instances = {each["instance"]: each for each in report["instances"]}
        for each in instances.values():
            each["rules"] = {finding["rule"] for finding in report["findings"]
                             if finding["object"] == each["name"]}
        return instances, report

    def test_lists_what_another_stack_announces(self):
        laptop, listener = self.host("laptop"), self.host("listener")
        web = laptop.zeroconf("advertise", "Web", "_http._tcp.local.", "8080", laptop.address,
                              "path=/x")
        web.expect('"registered"')
        instances, report = self.report(self.audit(listener))
        self.assertIn("Web", instances, report)
        found = instances["Web"]
        self.assertEqual((found["type"], found["addresses"]), ("_http._tcp", [laptop.address]))
        self.assertEqual([each["port"] for each in found["services"]], [8080])
        self.assertEqual(found["txt"], [{"key": "path", "value": "/x"}])
        self.assertEqual(found["rules"], set(), report)

    def test_reports_what_is_wrong_with_an_announcement(self):
        pi, listener = self.host("pi"), self.host("listener")
        auditor = self.audit(listener)
        listener.wait_until_joined()
        pi.send(
            announcement("Fine", ("_http", "_tcp"), 80, b"\x06path=/"),
            announcement("Long", ("_abcdefghijklmnop", "_tcp"), 80, b"\0"),
            announcement("Keyless", ("_http", "_tcp"), 80, b"\x06=value"),
            announcement("Cut", ("_http", "_tcp"), 80, b"\x06path=/")[:-20])
        instances, report = self.report(auditor)
        rules = {name: instance["rules"] for name, instance in instances.items()}
        self.assertEqual(rules.get("Fine"), set(), report)
        self.assertIn("SN002", rules.get("Long", ()), report)
        self.assertIn("TX010", rules.get("Keyless", ()), report)
        self.assertEqual(report["summary"]["malformed"], 1, report)


if __name__ == "__main__":
    main()
