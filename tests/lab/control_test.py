# srvwardend under control: status, orders, clients' services, and health that withdraws and announces.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import signal
import socket
import time

from lab import LabCase, main

TYPE = "_http._tcp"


def definition(name, port):
    return f"[Service]\nName={name}\nType={TYPE}\nPort={port}\n"


class Control(LabCase):
    def setUp(self):
        super().setUp()
        self.server = self.host("server")
        self.socket = self.folder.name + "/control"
        self.services = self.folder.name + "/services"
        os.mkdir(self.services)
        laptop = self.host("laptop")
        self.browser = laptop.zeroconf("browse", f"{TYPE}.local.")
        self.browser.expect('"browsing"')

    def configure(self, more=""):
        return self.write(
            "srvwardend.toml", f'folders = ["{self.services}"]\npublisher = "embedded"\n'
            f'state = "{self.folder.name}/state"\n[control]\nsocket = "{self.socket}"\n{more}')

    def start_daemon(self, more=""):
        return self.server.start("srvwardend", "--config", self.configure(more))

    def tool(self, *arguments):
        return self.server.start("srvwarden", *arguments, "--socket", self.socket)

    def run_tool(self, *arguments):
        program = self.tool(*arguments)
        return program.wait(), program.output()

    def states(self):
        status, output = self.run_tool("status", "--json")
        if status == 3:  # it is not there yet
            return {}, status
        return {one["instance"]: one for one in json.loads(output)["services"]}, status

    def wait_for_state(self, instance, state, seconds=20):
        deadline = time.monotonic() + seconds
        while True:
            states, status = self.states()
            if states.get(instance, {}).get("state") == state:
                return states[instance], status
            self.assertLess(time.monotonic(), deadline, (instance, state, states))
            time.sleep(0.2)

    def test_status_and_orders(self):
        self.write("services/a.dnssd", definition("Lobby", 80))
        self.write("services/b.dnssd", definition("Cellar", 81))
        daemon = self.start_daemon()
        one, status = self.wait_for_state("Lobby", "verified")
        self.wait_for_state("Cellar", "verified")
        self.assertEqual(status, 0)
        self.assertEqual(one["type"], TYPE)

        status, output = self.run_tool("withdraw", "Lobby")
        self.assertEqual(status, 0, output)
        self.browser.expect(r'"remove".*Lobby')
        self.wait_for_state("Lobby", "withdrawn")
        self.assertEqual(self.run_tool("announce", "a.dnssd")[0], 0)
        self.wait_for_state("Lobby", "verified")
        status, output = self.run_tool("withdraw", "Nobody")
        self.assertEqual(status, 1, output)

        # A file that is made is announced, one that turns wrong stays, both without any order.
        self.write("services/c.dnssd", definition("Attic", 82))
        self.browser.expect(r'"add".*Attic')
        self.write("services/a.dnssd", definition("Lobby", 0) + "Port=x\n")
        daemon.expect("a.dnssd: refused: its last good version stays")
        one, status = self.wait_for_state("Lobby", "verified")
        self.assertEqual(status, 1)
        status, output = self.run_tool("reload")
        self.assertEqual(status, 1, output)
        os.remove(self.services + "/a.dnssd")
        daemon.expect('"Lobby" _http._tcp is withdrawn')
        self.assertEqual(self.run_tool("reload")[0], 0)
        daemon.signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(), 0)
        self.assertEqual(self.run_tool("status")[0], 3)

    def test_a_client_advertises(self):
        self.start_daemon().expect("no definitions")
        client = self.tool("advertise", "Stand 5", TYPE, "8080", "path=/x")
        seen = json.loads(self.browser.expect(r'"add".*Stand 5\._http\._tcp\.local\.').string)
        self.assertEqual((seen["port"], seen["txt"]), (8080, {"path": "/x"}))
        client.signal(signal.SIGINT)
        client.wait()
        self.browser.expect(r'"remove".*Stand 5')
        status, output = self.run_tool("advertise", "Stand 6", "_way-too-long-a-name._tcp", "80")
        self.assertEqual(status, 1)
        self.assertIn("SN002", output)
        self.assertNotIn("Stand 6", self.browser.output())

    def test_without_a_daemon_the_client_brings_one(self):
        client = self.tool("advertise", "Stand 7", TYPE, "8080", "path=/x")
        self.browser.expect(r'"add".*Stand 7\._http\._tcp\.local\.')
        client.signal(signal.SIGTERM)
        self.assertEqual(client.wait(), 0)
        self.browser.expect(r'"remove".*Stand 7')

    def test_reload_takes_the_configuration(self):
        self.write("services/a.dnssd", definition("Lobby", 80))
        self.write("services/b.dnssd", definition("Cellar", 81))
        self.write("more/c.dnssd", definition("Attic", 82))
        daemon = self.start_daemon('[log]\nlevel = "info"\n')
        self.wait_for_state("Lobby", "verified")
        self.wait_for_state("Cellar", "verified")
        since = self.states()[0]["Cellar"]["since"]

        # One service's settings: no other is touched.
        self.configure('[[service]]\ninstance = "Lobby"\nhost = "nas.local"\n')
        status, output = self.run_tool("reload")
        self.assertEqual(status, 0, output)
        self.browser.expect(r'"remove".*Lobby')
        self.wait_for_state("Lobby", "verified")
        self.assertEqual(self.states()[0]["Lobby"]["host"], "nas.local")
        self.assertEqual(self.states()[0]["Cellar"]["since"], since)
        self.assertNotRegex(self.browser.output(), r'"remove".*Cellar')

        # A wrong file changes nothing, and says why, where and in the log.
        before = len(daemon.lines)
        path = self.configure('[log]\nlevel = "loud"\n[[service]]\ninstance = "Lobby"\nport = 1\n')
        status, output = self.run_tool("reload")
        self.assertEqual(status, 1, output)
        for place in (":7:9: ", ":10:1: "):
            self.assertIn(path + place, output)
            daemon.expect(re.escape(path + place), after=before)
        self.assertEqual(self.states()[0]["Lobby"]["host"], "nas.local")

        # Another folder beside the first, a health check, and what waits for a restart.
        text = (f'folders = ["{self.services}", "more"]\npublisher = "avahi"\n[control]\n'
                f'socket = "{self.socket}"\nmode = "0600"\n[[service]]\ninstance = "Lobby"\n'
                f'health = {{kind = "unix", path = "{self.folder.name}/none", interval = 0.2}}\n')
        self.write("srvwardend.toml", text)
        before = len(daemon.lines)
        daemon.signal(signal.SIGHUP)
        for setting in ("publisher", "state", "control.mode"):
            daemon.expect(f'"{setting}" has changed, which takes a restart', after=before)
        self.wait_for_state("Attic", "verified")
        self.wait_for_state("Lobby", "withdrawn")
        self.write("more/c.dnssd", definition("Roof", 82))  # it is watched
        self.wait_for_state("Roof", "verified")
        self.assertEqual(self.states()[0]["Cellar"]["since"], since)

        # Back again; and what is less than a warning is not logged any more.
        self.configure('[log]\nlevel = "warning"\n')
        self.assertEqual(self.run_tool("reload")[0], 0)
        self.wait_for_state("Lobby", "verified")
        self.assertNotIn("Roof", self.states()[0])
        self.assertFalse([line for line in daemon.lines[-3:] if '"Lobby" _http._tcp is verified' in line])
        self.assertEqual(self.states()[0]["Lobby"]["health"], "")
        self.assertEqual(self.states()[0]["Cellar"]["since"], since)

    def test_a_watch_survives_a_restart(self):
        self.write("services/a.dnssd", definition("Lobby", 80))
        self.configure()
        daemon = self.start_daemon()
        self.wait_for_state("Lobby", "verified")
        watch = self.tool("status", "--watch")
        objects = self.tool("status", "--watch", "--json")
        watch.expect('"Lobby" _http._tcp: verified')
        for end in (signal.SIGTERM, signal.SIGKILL):
            read, told = len(watch.lines), len(objects.lines)
            daemon.signal(end)
            daemon.wait()
            watch.expect("waiting for srvwardend to come back", after=read)
            objects.expect('{"away":', after=told)
            daemon = self.start_daemon()
            watch.expect("srvwardend is back", after=read)
            watch.expect('"Lobby" _http._tcp: verified', after=read)
            objects.expect('"state":"verified"', after=told + 1)

    def test_drop_ins_are_followed(self):
        self.write("services/a.dnssd", definition("Lobby", 80))
        daemon = self.start_daemon()
        self.wait_for_state("Lobby", "verified")
        drop_in = self.write("services/a.dnssd.d/port.conf", "[Service]\nPort=8080\n")

        def wait_for_port(port):
            deadline = time.monotonic() + 20
            while (seen := self.wait_for_state("Lobby", "verified")[0]["port"]) != port:
                self.assertLess(time.monotonic(), deadline, seen)
                time.sleep(0.2)
        wait_for_port(8080)
        self.write("services/a.dnssd.d/port.conf", "[Service]\nPort=8081\n")
        wait_for_port(8081)
        self.write("services/a.dnssd.d/port.conf", "# wrong\n[Service]\nType=_a--b._tcp\n")
        daemon.expect(re.escape(drop_in) + ":3:[0-9]+: error: ")
        daemon.expect("a.dnssd: refused: its last good version stays")
        os.remove(drop_in)
        wait_for_port(80)

    def start_with(self, passed, name="control"):
        """As systemd starts it: with a descriptor that it listens on, which is number 3."""
        configuration = self.configure()
        return self.server.start(
            "sh", "-c", f"exec 3<&{passed.fileno()}; export LISTEN_PID=$$ LISTEN_FDS=1 "
            f"LISTEN_FDNAMES={name}; exec srvwardend --config {configuration}",
            pass_fds=(passed.fileno(),))

    def test_the_socket_is_inherited(self):
        self.write("services/a.dnssd", definition("Lobby", 80))
        with socket.socket(socket.AF_UNIX) as listening, socket.socket(socket.AF_UNIX) as early:
            listening.bind(self.socket)
            listening.listen()
            made = os.stat(self.socket).st_ino
            early.settimeout(10)
            early.connect(self.socket)
            early.sendall(b'{"id":1,"command":"version"}\n')
            for _ in range(2):
                daemon = self.start_with(listening)
                daemon.expect("listening on the control socket of systemd: " + self.socket)
                if early.fileno() >= 0:  # who came before the daemon is answered
                    self.assertTrue(json.loads(early.makefile().readline())["ok"])
                    early.close()
                self.wait_for_state("Lobby", "verified")
                daemon.signal(signal.SIGTERM)
                self.assertEqual(daemon.wait(), 0)
                self.assertEqual(os.stat(self.socket).st_ino, made)  # it is systemd's

    def test_what_is_inherited_may_be_of_no_use(self):
        self.write("services/a.dnssd", definition("Lobby", 80))
        with socket.socket(socket.AF_UNIX) as deaf, socket.socket(socket.AF_UNIX) as other:
            daemon = self.start_with(deaf)
            daemon.expect("what systemd passed is no listening Unix stream socket")
            self.wait_for_state("Lobby", "verified")  # by a socket of its own
            daemon.signal(signal.SIGTERM)
            daemon.wait()
            other.bind(self.socket + "2")
            other.listen()
            daemon = self.start_with(other, "web")
            daemon.expect('systemd passed "web", and no socket named "control"')
            self.wait_for_state("Lobby", "verified")
            daemon.signal(signal.SIGTERM)
            daemon.wait()
            daemon = self.start_with(other)
            daemon.expect(self.socket + ", as configured, is not made: systemd listens on "
                          + self.socket + "2")

    def test_health(self):
        self.write("services/a.dnssd", definition("Lobby", 8080))
        self.write("services/b.dnssd", definition("Cellar", 81))
        path = self.folder.name + "/app.sock"
        daemon = self.start_daemon(
            f'[[service]]\ninstance = "Lobby"\n'
            f'health = {{kind = "unix", path = "{path}", interval = 0.2, timeout = 0.2, '
            f'failures = 2, successes = 2}}\n')
        self.wait_for_state("Cellar", "verified")
        self.wait_for_state("Lobby", "withdrawn")
        self.assertNotIn("Lobby", self.browser.output())
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path)
            server.listen()
            self.browser.expect(r'"add".*Lobby')
            self.wait_for_state("Lobby", "verified")
        os.remove(path)
        self.browser.expect(r'"remove".*Lobby')
        one, _ = self.wait_for_state("Lobby", "withdrawn")
        self.assertIn("health", one["why"])
        self.wait_for_state("Cellar", "verified")
        daemon.signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(), 0)

    def test_names_survive_a_restart(self):
        self.write("services/a.dnssd", definition("Lobby", 8080))
        other = self.host("other")
        rival = other.zeroconf("advertise", "Lobby", f"{TYPE}.local.", "9000", other.address)
        rival.expect('"registered"')
        daemon = self.start_daemon()
        self.wait_for_state("Lobby (2)", "verified")
        self.assertRegex(daemon.output(), r"becomes \"Lobby \(2\)\".*" + other.address)
        daemon.signal(signal.SIGTERM)
        daemon.wait()
        rival.stop()
        time.sleep(1)
        self.start_daemon().expect("is established")
        one, _ = self.wait_for_state("Lobby (2)", "verified")
        self.assertEqual(one["wanted"], "Lobby")


if __name__ == "__main__":
    main()
