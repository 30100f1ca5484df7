# srvwardend's watch: what other hosts do is logged, kept, counted, and posted to a webhook.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import signal
import sys
import time

from history_test import HOSTILE, HOSTILE_TEXT, announcement
from lab import LabCase, main

# Refuses the first post with 503, then takes what comes and prints it, a line each.
SERVER = """
import http.server
class Hook(http.server.BaseHTTPRequestHandler):
    refused = False
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status = 200 if Hook.refused else 503
        Hook.refused = True
        self.send_response(status)
        self.end_headers()
        if status == 200: print("POST " + body, flush=True)
    def log_message(self, *arguments): pass
server = http.server.HTTPServer(("127.0.0.1", 8099), Hook)
print("listening", flush=True)
server.serve_forever()
"""


class Watch(LabCase):
    def setUp(self):
        super().setUp()
        self.server, self.pi = self.host("server"), self.host("pi")
        os.mkdir(self.folder.name + "/services")
        self.socket = self.folder.name + "/control"
        self.database = self.folder.name + "/state/history.db"
        os.mkdir(self.folder.name + "/state")

    def start_daemon(self, watch):
        self.write("srvwardend.toml", f"""folders = ["{self.folder.name}/services"]
publisher = "embedded"
state = "{self.folder.name}/state"
[control]
socket = "{self.socket}"
metrics-port = 9099
[watch]
enabled = true
interval = 1
{watch}""")
        daemon = self.server.start("srvwardend", "--config", self.folder.name + "/srvwardend.toml",
                                   "--log", "json")
        daemon.expect('"event":"watch"')
        self.server.wait_until_joined()
        return daemon

    def events(self, hook):
        """What was posted by now: pairs of event and instance or rule."""
        out = []
        for line in hook.output().splitlines():
            if not line.startswith("POST "):
                continue
            for each in json.loads(line[5:])["events"]:
                out.append((each["event"], each.get("instance") or each.get("rule")))
        return out

    def wait_for_events(self, hook, wanted, seconds=20):
        deadline = time.monotonic() + seconds
        while not set(wanted) <= set(self.events(hook)):
            self.assertLess(time.monotonic(), deadline, (wanted, hook.output()))
            time.sleep(0.2)

    def metrics(self):
        status, output = self.server.run(
            sys.executable, "-c", "import urllib.request as u; "
            "print(u.urlopen('http://127.0.0.1:9099/metrics').read().decode())")
        self.assertEqual(status, 0, output)
        return output

    def changes(self):
        status, output = self.server.run("srvwarden", "changes", "--db", self.database, "--format",
                                         "json")
        self.assertEqual(status, 0, output)
        return [(each["event"], each.get("instance") or each.get("rule")) for each in json.loads(output)]

    def test_tells_what_others_do(self):
        hook = self.server.start(sys.executable, "-u", "-c", SERVER)
        hook.expect("listening")
        policy = self.write("policy.toml", '[[expect]]\ninstance = "Lobby"\n')
        daemon = self.start_daemon(f'webhook = "http://127.0.0.1:8099/x"\npolicy = "{policy}"\n')
        time.sleep(1.5)  # its first look is at a link without services
        self.pi.send(announcement("Lobby", 80, b"path=/"), announcement(HOSTILE, 80, HOSTILE))
        self.wait_for_events(hook, [("new", "Lobby"), ("new", HOSTILE_TEXT), ("finding", "BL009")])
        time.sleep(1.1)  # what is younger than a second is not replaced: RFC 6762, section 10.2
        self.pi.send(announcement("Lobby", 81, b"path=/"))
        self.wait_for_events(hook, [("moved", "Lobby")])
        time.sleep(1.1)
        self.pi.send(announcement("Lobby", 81, b"path=/x"))
        self.wait_for_events(hook, [("txt", "Lobby")])
        self.assertRegex(self.metrics(), r'srvwarden_findings\{rule="BL009",severity="warning"\} 1\n')
        self.pi.send(announcement("Lobby", 81, b"path=/x", ttl=0))
        self.wait_for_events(hook, [("gone", "Lobby")])
        self.assertEqual([event for event, who in self.events(hook) if who == "Lobby"],
                         ["new", "moved", "txt", "gone"])
        daemon.expect('"event":"link-change".*Lobby.*gone')
        found = [line for line in daemon.lines if "BL009" in line]
        self.assertEqual(len(found), 1, found)  # told once, though it is there at every look
        self.assertIn('srvwardend_webhook_posts_total{result="failed"} 0', self.metrics())
        daemon.signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(), 0)
        told = self.changes()
        self.assertEqual([event for event, who in told if who == "Lobby"],
                         ["new", "moved", "txt", "gone"], told)
        self.assertIn(("new", HOSTILE_TEXT), told)

    def test_knows_after_a_restart_what_was_there(self):
        for number in range(2):
            daemon = self.start_daemon('mode = "passive"\n')
            if number == 0:
                time.sleep(1.5)
                self.pi.send(announcement("Lobby", 80, b"a=1"))
                daemon.expect('"event":"link-change".*Lobby.*new')
            else:
                time.sleep(3)  # nobody says anything: what was there is there still
            daemon.signal(signal.SIGTERM)
            self.assertEqual(daemon.wait(), 0)
        self.assertNotIn("link-change", daemon.output())
        self.assertEqual([event for event, who in self.changes() if who == "Lobby"], ["new"])

    def test_asks_for_what_is_there_already(self):
        laptop = self.host("laptop")
        laptop.zeroconf("advertise", "Web", "_http._tcp.local.", "8080", laptop.address,
                        "path=/x").expect('"registered"')
        time.sleep(2)  # its announcements are over
        self.start_daemon("")
        deadline = time.monotonic() + 20
        while "srvwardend_watch_instances 1\n" not in self.metrics():
            self.assertLess(time.monotonic(), deadline, self.metrics())
            time.sleep(0.5)

    def test_a_database_and_a_hook_that_fail_do_not_stop_it(self):
        with open(self.database, "w", encoding="utf-8") as file:
            file.write("not a database" * 100)
        daemon = self.start_daemon('webhook = "http://127.0.0.1:1/x"\n')
        daemon.expect('"event":"history".*no SQLite database')
        self.pi.send(announcement("Lobby", 80, b"a=1"))
        daemon.expect('"event":"link-change".*Lobby.*new')
        begin = time.monotonic()
        daemon.signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(), 0)
        self.assertLess(time.monotonic() - begin, 3)


if __name__ == "__main__":
    main()
