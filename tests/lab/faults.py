# What fault-injection scenarios share: srvwardend's log as states, its size, services to announce.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import random
import signal
import socket
import time

from lab import LabCase

KIND = "_http._tcp"
SETTLED = 5  # seconds within which all must be well again


def number_from_environment(name, default):
    """How long or how often: the long forms are run with more."""
    return int(os.environ.get(name, default))


# A machine may be busy with other things: SRVWARDEN_PATIENCE=1 holds all to their times.
PATIENCE = number_from_environment("SRVWARDEN_PATIENCE", 3)


def runs(pid):
    """Whether a process is there, and not merely its exit status."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Warden:
    """A running srvwardend. Its log is replayed into the state of each service, by key."""

    def __init__(self, host, folder, *options):
        self.host = host
        self.folder = folder
        self.program = host.start("srvwardend", "--log", "json", *options, folder)
        self.read = 0
        self.up = False
        self.names = {}
        self.entries = []

    @property
    def pid(self):
        return self.program.process.pid

    def replay(self):
        """Takes what the log has had to say since the last time."""
        with self.program.changed:
            lines = self.program.lines[self.read:]
        self.read += len(lines)
        for line in lines:
            if not line.startswith("{"):
                continue
            entry = json.loads(line)
            self.entries.append(entry)
            self._apply(entry)

    def _apply(self, entry):
        event = entry["event"]
        if event in ("up", "down"):
            self.up = event == "up"
            self.names = {}
        elif event == "established":
            self.names[entry["key"]] = entry["instance"]
        elif event in ("withdrawn", "failed", "renamed"):
            self.names.pop(entry["key"], None)

    def wait(self, what, seconds, condition):
        """Until condition() of a replayed log; returns how long that took, or fails."""
        began = time.monotonic()
        while True:
            self.replay()
            if condition():
                return time.monotonic() - began
            if time.monotonic() - began > seconds * PATIENCE or self.program.process.poll() is not None:
                tail = "\n".join(self.program.lines[-30:])
                raise AssertionError(f"not within {seconds * PATIENCE:.1f} s: {what}; the log ends:\n{tail}")
            time.sleep(0.01)

    def events(self, event, after=0, **fields):
        self.replay()
        return [entry for entry in self.entries[after:] if entry["event"] == event
                and all(entry.get(name) == value for name, value in fields.items())]

    def expect(self, event, seconds=SETTLED, after=0, **fields):
        """An entry of the log, from number `after` of self.entries on."""
        self.wait(f"{event} {fields}", seconds, lambda: self.events(event, after, **fields))
        return self.events(event, after, **fields)[0]

    def expect_established(self, keys, seconds=SETTLED):
        return self.wait(f"{len(keys)} services established", seconds,
                         lambda: self.up and set(self.names) == set(keys))

    def mark(self):
        self.replay()
        return len(self.entries)

    def reload(self):
        self.program.signal(signal.SIGHUP)

    def ask(self):
        """Asks for the status over the control socket; returns how long the answer took."""
        path = f"/proc/{self.pid}/root/run/srvwarden/control"
        began = time.monotonic()
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(10)
            client.connect(path)
            client.sendall(b'{"id":1,"command":"status"}\n')
            answer = client.makefile().readline()
        if not json.loads(answer)["ok"]:
            raise AssertionError(answer)
        return time.monotonic() - began

    def child(self):
        """The responder's process."""
        with open(f"/proc/{self.pid}/task/{self.pid}/children", encoding="ascii") as children:
            return int(children.read().split()[0])

    def usage(self):
        """Descriptors, threads, and resident KiB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            lines = dict(line.split(":", 1) for line in status)
        return (len(os.listdir(f"/proc/{self.pid}/fd")), int(lines["Threads"]),
                int(lines["VmRSS"].split()[0]))


class FaultCase(LabCase):
    """Services in a folder, which change while things break."""

    def setUp(self):
        super().setUp()
        seed = number_from_environment("SRVWARDEN_SEED", random.randrange(1 << 30))
        print(f"SRVWARDEN_SEED={seed}", flush=True)
        self.random = random.Random(seed)
        self.services = os.path.join(self.folder.name, "services")
        os.makedirs(self.services)
        self.ports = {}

    def define(self, name, port, text="v=1"):
        self.ports[name] = port
        self.write(f"services/{name}.dnssd",
                   f"[Service]\nName={name}\nType={KIND}\nPort={port}\nTxtText={text}\n")

    def remove(self, name):
        del self.ports[name]
        os.unlink(os.path.join(self.services, f"{name}.dnssd"))

    def key(self, name):
        return f"{self.services}/{name}.dnssd {KIND}"

    def keys(self):
        return {self.key(name) for name in self.ports}

    def listed(self, witness, seconds=2):
        """What a foreign stack with an empty cache finds."""
        said = witness.zeroconf("list", f"{KIND}.local.", str(seconds))
        self.assertEqual(said.wait(60), 0, said.output())
        return json.loads(said.output())

    def expect_on_wire(self, witness):
        self.assertEqual(self.listed(witness)["services"], self.ports)
