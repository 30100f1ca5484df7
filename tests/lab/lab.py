# The lab: hosts with a link of their own, each a network and mount namespace, for scenario tests.
# SPDX-License-Identifier: Apache-2.0
#
# tests/lab/run has put this process in new network, mount and PID namespaces. All that is made
# here lives below those and ends with them, whatever happens.
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77

BUS = "unix:path=/run/dbus/system_bus_socket"
AVAHI_CONF = """[server]
host-name={name}
allow-interfaces=eth0,eth1
use-ipv4=yes
use-ipv6=yes
ratelimit-interval-usec=0
{more}
[publish]
publish-hinfo=no
publish-workstation=no
"""


def ip(*arguments, inside=()):
    subprocess.run([*inside, "ip", *arguments], check=True)


class Program:
    """A running program: its output is collected as it comes, and can be waited for."""

    def __init__(self, command, **options):
        self.command = command
        self.lines = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", **options)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line.rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.changed.notify_all()

    def output(self):
        with self.changed:
            return "\n".join(self.lines)

    def expect(self, pattern, seconds=20, after=0):
        """The first match in a line from number `after` on; waits for it, or fails."""
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                for line in self.lines[after:]:
                    if found := re.search(pattern, line):
                        return found
                over = not self.reader.is_alive() or time.monotonic() >= end
                if over:
                    raise AssertionError(f"{' '.join(self.command)}\ndid not say {pattern!r} in "
                                         f"{seconds} s, but:\n" + "\n".join(self.lines))
                self.changed.wait(min(0.2, max(0.0, end - time.monotonic())))

    def wait(self, seconds=20):
        """The exit status, once it has ended and all its output is read."""
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{' '.join(self.command)}\nstill runs after {seconds} s; "
                                 f"it said:\n{self.output()}") from None
        self.reader.join(5)
        return status

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join(5)
        self.process.stdout.close()


class Host:
    """A host on the lab's link, at 10.77.0.NUMBER, with a /run, /etc/avahi and name of its own."""

    def __init__(self, name, number):
        self.name = name
        self.address = f"10.77.0.{number}"
        self.number = number
        self.programs = []
        self.holder = subprocess.Popen(["unshare", "--net", "--mount", "--uts", "sh", "-ec", f"""
            hostname {name}
            for folder in /run /etc/avahi; do [ ! -d $folder ] || mount -t tmpfs lab $folder; done
            mkdir -p /run/dbus; echo ready; exec sleep infinity"""], stdout=subprocess.PIPE)
        if self.holder.stdout.readline() != b"ready\n":
            raise RuntimeError(f"no namespaces for {name}")
        # --root: joining a mount namespace alone would leave a chroot.
        self.inside = ["nsenter", "--target", str(self.holder.pid), "--net", "--mount", "--uts",
                       "--root", f"--wd={HERE}", "--"]
        self.ip("link", "set", "lo", "up")
        self.port = self.join_link("eth0", number)

    def ip(self, *arguments):
        ip(*arguments, inside=self.inside)

    def join_link(self, name, number):
        """An interface of this host on the link, at 10.77.0.NUMBER; returns its other end."""
        port = f"to{number}"
        ip("link", "add", port, "type", "veth", "peer", "name", name, "netns",
           str(self.holder.pid))
        ip("link", "set", port, "master", "link0", "up")
        self.ip("link", "set", name, "addrgenmode", "none")
        self.ip("link", "set", name, "up", "multicast", "on")
        self.ip("address", "add", f"10.77.0.{number}/24", "dev", name)
        self.ip("address", "add", f"fe80::{number}/64", "dev", name, "nodad")
        self.ip("route", "append", "default", "dev", name)
        return port

    def start(self, *command, **options):
        """Starts a program here. Its signals go to the program itself: nsenter becomes it."""
        options.setdefault("env", {**os.environ, "STATE_DIRECTORY": "/run/state"})
        program = Program([*self.inside, *command], **options)
        self.programs.append(program)
        return program

    def run(self, *command, seconds=30):
        """Runs a program to its end: (status, output)."""
        program = self.start(*command)
        return program.wait(seconds), program.output()

    def start_avahi(self, more=""):
        """A system bus and avahi-daemon, which is running when this returns."""
        self.start_bus()
        return self.start_avahi_daemon(more)

    def start_bus(self):
        """The system bus alone; its socket is there when this returns."""
        bus = self.start("dbus-daemon", "--system", "--nofork", "--nopidfile", "--print-address",
                         f"--address={BUS}")
        bus.expect("unix:path")
        return bus

    def start_avahi_daemon(self, more=""):
        """avahi-daemon, with more lines in the server part of its configuration."""
        conf = AVAHI_CONF.format(name=self.name, more=more)
        subprocess.run([*self.inside, "sh", "-ec",
                        "mkdir -p /etc/avahi/services; cat >/etc/avahi/lab.conf"],
                       input=conf.encode(), check=True)
        avahi = self.start("avahi-daemon", "-f", "/etc/avahi/lab.conf", "--no-drop-root",
                           "--no-chroot", "--no-rlimits")
        avahi.expect("Server startup complete")
        return avahi

    def zeroconf(self, *arguments):
        """python3-zeroconf, a stack that shares nothing with ours: see zeroconf_peer.py."""
        return self.start(sys.executable, "-u", os.path.join(HERE, "zeroconf_peer.py"), *arguments)

    def wait_until_joined(self, seconds=20):
        """Until a program here listens to 224.0.0.251 on eth0: the kernel says so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with open(f"/proc/{self.holder.pid}/net/igmp", encoding="ascii") as groups:
                if "FB0000E0" in groups.read():
                    return
            time.sleep(0.02)
        raise AssertionError(f"nobody on {self.name} listens after {seconds} s")

    def send(self, *messages):
        """Multicasts octets as they are, as an mDNS responder would."""
        status, said = self.run(sys.executable, os.path.join(HERE, "send.py"),
                                *(message.hex() for message in messages))
        if status != 0:
            raise RuntimeError(said)

    def stop(self):
        for program in reversed(self.programs):
            program.stop()
        ip("link", "delete", self.port)
        self.holder.kill()
        self.holder.wait()
        self.holder.stdout.close()


class LabCase(unittest.TestCase):
    """A test with a link: self.host("name") makes a host on it."""

    needs = ()  # programs

    def need(self, *programs):
        """Skips the test where it cannot run."""
        if missing := [program for program in programs if not shutil.which(program)]:
            self.skipTest(f"needs {', '.join(missing)}")
        if "avahi-daemon" in programs and os.environ.get("SRVWARDEN_LAB_ROOT") != "yes":
            self.skipTest("needs root: avahi-daemon changes the owner of its folder")

    def setUp(self):
        self.need(*self.needs)
        self.folder = tempfile.TemporaryDirectory(prefix="srvwarden-lab.")
        self.addCleanup(self.folder.cleanup)
        self.hosts = []
        self._make_link()

    def _make_link(self):
        links = json.loads(subprocess.run(["ip", "-j", "link"], check=True,
                                          capture_output=True).stdout)
        if up := [link["ifname"] for link in links if "UP" in link["flags"]]:
            raise RuntimeError(f"refused: not a new network namespace, it has {up}")
        ip("link", "add", "link0", "type", "bridge", "mcast_snooping", "0")
        self.addCleanup(ip, "link", "delete", "link0")
        ip("link", "set", "link0", "up")

    def host(self, name):
        host = Host(name, len(self.hosts) + 1)
        self.hosts.append(host)
        self.addCleanup(host.stop)
        return host

    def write(self, name, text):
        """A file in a folder of the test's own; returns its path."""
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path


def main():
    """Runs the tests of the scenario. All skipped: status 77."""
    program = unittest.main(module="__main__", verbosity=2, exit=False)
    result = program.result
    for _, why in result.skipped:
        print("skipped:", why)
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.testsRun and len(result.skipped) == result.testsRun else 0)
