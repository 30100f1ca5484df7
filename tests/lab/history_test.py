# What came, moved, changed and went on a link, told by --baseline, --db and srvwarden changes.
# SPDX-License-Identifier: Apache-2.0
import json
import os

from audit_test import A, FLUSH, IN, PTR, SRV, TXT, record, response
from lab import LabCase, main

HOSTILE = b"'); DROP TABLE audit; --\x1b[31m\xff"
HOSTILE_TEXT = "'); DROP TABLE audit; --\\027[31m\\255"


def name(*labels):
    octets = [label if isinstance(label, bytes) else label.encode() for label in labels]
    return b"".join(bytes([len(label)]) + label for label in octets) + b"\0"


def announcement(instance, port, txt, host="pi", ttl=4500):
    """A web service of a host, or with a TTL of 0 its goodbye."""
    service, owner, target = (name("_http", "_tcp", "local"), name(instance, "_http", "_tcp", "local"),
                              name(host, "local"))
    short = min(ttl, 120)
    return response(
        record(service, PTR, owner, IN, ttl),
        record(owner, SRV, b"\0\0\0\0" + port.to_bytes(2, "big") + target, FLUSH, short),
        record(owner, TXT, bytes([len(txt)]) + txt, FLUSH, ttl),
        record(target, A, bytes([10, 77, 0, 1]), FLUSH, 120))


class History(LabCase):
    def setUp(self):
        super().setUp()
        self.pi, self.auditor = self.host("pi"), self.host("auditor")
        self.database = self.folder.name + "/history.db"
        self.baseline = self.folder.name + "/baseline.json"

    def audit(self, messages, *options):
        """An audit that hears the messages: its status and its report."""
        program = self.auditor.start("srvwarden", "audit", "--passive", "--seconds", "2", "--format",
                                     "json", "--db", self.database, *options)
        self.auditor.wait_until_joined()
        self.pi.send(*messages)
        status = program.wait()
        return status, json.loads(program.output())

    def told(self, *options):
        status, output = self.auditor.run("srvwarden", "changes", "--db", self.database, "--format",
                                          "json", *options)
        self.assertEqual(status, 0, output)
        return [(each["event"], each.get("instance") or each.get("rule")) for each in json.loads(output)]

    def rules(self, report):
        return {(each["rule"], each["object"]) for each in report["findings"]
                if each["rule"].startswith("BL")}

    def test_a_service_appears_moves_changes_and_goes(self):
        lobby = "Lobby._http._tcp.local."
        status, _ = self.audit([announcement("Base", 80, b"a=1")], "--save", self.baseline)
        self.assertEqual(status, 0)
        base = announcement("Base", 80, b"a=1")
        steps = [
            ([base, announcement("Lobby", 80, b"path=/")], {("BL001", lobby)}),
            ([base, announcement("Lobby", 81, b"path=/", "evil")], {("BL004", lobby)}),
            ([base, announcement("Lobby", 81, b"path=/x", "evil")], {("BL006", lobby)}),
            ([base], {("BL002", lobby)}),
            ([base, announcement("Lobby", 81, b"path=/x", "evil")], {("BL003", lobby)}),
        ]
        for messages, found in steps:
            status, report = self.audit(messages, "--baseline", self.baseline, "--save", self.baseline,
                                        "--fail-on", "info")
            self.assertEqual((status, self.rules(report)), (1, found), report)
        told = self.told()
        self.assertEqual(told[0][0], "began")
        self.assertEqual([event for event, who in told if who == "Lobby"],
                         ["new", "moved", "txt", "gone", "back"], told)
        self.assertEqual(self.told("--instance", "nobody", "--since", "1h")[1:], [])

    def test_a_goodbye_is_gone_at_once(self):
        self.audit([announcement("Base", 80, b"a=1")], "--save", self.baseline)
        _, report = self.audit([announcement("Base", 80, b"a=1"),
                                announcement("Base", 80, b"a=1", ttl=0)], "--baseline", self.baseline)
        self.assertEqual(self.rules(report), {("BL002", "Base._http._tcp.local.")}, report)

    def test_a_policy(self):
        policy = self.write("policy.toml", 'unexpected = "error"\n[[expect]]\ntype = "_http._tcp"\n'
                            'instance = "Base"\nport = 80\ntxt = { a = "1" }\n'
                            '[[expect]]\ntype = "_ipp._tcp"\n')
        status, report = self.audit([announcement("Base", 81, b"a=2"), announcement("Odd", 80, b"a=1")],
                                    "--policy", policy)
        self.assertEqual(status, 1)
        self.assertEqual(self.rules(report), {("BL008", "*._ipp._tcp"),
                                              ("BL009", "Odd._http._tcp.local."),
                                              ("BL010", "Base._http._tcp.local.")}, report)

    def test_hostile_names_stay_what_they_are(self):
        messages = [announcement(HOSTILE, 80, HOSTILE)]
        self.audit([announcement("Base", 80, b"a=1")])
        self.audit(messages, "--save", self.baseline)
        with open(self.baseline, encoding="utf-8") as file:
            saved = json.load(file)
        self.assertEqual(saved["instances"][0]["name"], HOSTILE_TEXT + "._http._tcp.local.")
        self.assertEqual(saved["instances"][0]["txt"], [HOSTILE_TEXT])
        _, report = self.audit(messages, "--baseline", self.baseline)
        self.assertEqual(self.rules(report), set(), report)
        self.assertIn(("new", HOSTILE_TEXT), self.told())
        status, output = self.auditor.run("srvwarden", "changes", "--db", self.database)
        self.assertEqual(status, 0)
        self.assertIn(HOSTILE_TEXT, output)
        self.assertNotIn("\x1b", output)

    def test_a_history_that_cannot_be_used_spoils_no_report(self):
        with open(self.database, "wb") as file:
            file.write(b"not a database" * 100)
        program = self.auditor.start("srvwarden", "audit", "--passive", "--seconds", "1", "--db",
                                     self.database)
        self.assertEqual(program.wait(), 3)
        self.assertIn("it is no SQLite database", program.output())
        self.assertIn("0 instances", program.output())
        self.assertEqual(os.path.getsize(self.database), 1400)


if __name__ == "__main__":
    main()
