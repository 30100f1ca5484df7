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
    def audit(self, host, *options):
        auditor = host.start("srvwarden", "audit", "--seconds", "4", "--format", "json", *options)
        return auditor

    def result(self, auditor):
        auditor.wait(30)
        return json.loads(auditor.output())

    def test_lists_what_another_stack_announces(self):
        laptop, listener = self.host("laptop"), self.host("listener")
        web = laptop.zeroconf("advertise", "Web", "_http._tcp.local.", "8080", laptop.address,
                              "path=/x")
        web.expect('"registered"')
        report = self.result(self.audit(listener))
        found = [each for each in report["instances"] if each["instance"] == "Web"]
        self.assertEqual(len(found), 1, report)
        self.assertEqual((found[0]["type"], found[0]["port"]), ("_http._tcp", 8080))

    def test_reports_what_is_wrong_with_an_announcement(self):
        pi, listener = self.host("pi"), self.host("listener")
        auditor = self.audit(listener)
        pi.send(
            announcement("Too Long", ("_abcdefghijklmnop", "_tcp"), 80, b"\0"),
            announcement("No Key", ("_http", "_tcp"), 80, b"\x06=value"),
            announcement("Cut", ("_http", "_tcp"), 80, b"\x09path=/")[:-20])
        report = self.result(auditor)
        rules = {finding["rule"] for finding in report["findings"]}
        self.assertLessEqual({"SN002", "TX010"}, rules, report)


if __name__ == "__main__":
    main()
