#!/usr/bin/env python3
# `srvwarden registry export --as services` read back: by the rules of services(5), and by glibc
# where a namespace can be made to put it in the place of /etc/services. srvwarden is in PATH.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import shutil
import subprocess
import tempfile
import unittest


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def parse(text):
    """(name, transport) -> ports, for names and aliases, as services(5) says."""
    found = {}
    for line in text.splitlines():
        fields = line.partition("#")[0].split()
        if not fields:
            continue
        port, transport = fields[1].split("/")
        for name in [fields[0], *fields[2:]]:
            found.setdefault((name, transport), []).append(int(port))
    return found


class Services(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = run("srvwarden", "registry", "export", "--as", "services")
        cls.services = json.loads(run("srvwarden", "registry", "list", "--as", "json"))

    def test_holds_every_service_with_a_port(self):
        found = parse(self.text)
        there = {}
        for (name, _), ports in found.items():
            there.setdefault(name, set()).update(ports)
        missing = []
        for service in self.services:
            if service["kind"] not in ("assigned", "unofficial", "historic-alias", "duplicate"):
                continue
            first = {p if isinstance(p, int) else int(p.split("-")[0]) for p in service["ports"]}
            if service["transports"] and first != there.get(service["name"], set()):
                missing.append((service["name"], first))
        self.assertEqual(missing[:5], [])
        self.assertGreater(len(found), 10_000)

    def test_ports_ascend(self):
        ports = [int(line.split()[1].split("/")[0]) for line in self.text.splitlines()
                 if not line.startswith("#")]
        self.assertEqual(ports, sorted(ports))

    def test_is_the_same_each_time(self):
        self.assertEqual(run("srvwarden", "registry", "export", "--as", "services"), self.text)

    def test_glibc_reads_it(self):
        own = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-rm"]
        if not shutil.which("unshare") or subprocess.run([*own, "true"], capture_output=True).returncode:
            self.skipTest("no namespace can be made")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "services")
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.text)
            # In the place of all of /etc, since a small system has no /etc/services.
            script = (f"mount --bind {folder} /etc && "
                      "getent -s files services ipp/tcp 'sql*net/tcp' amqp/sctp "
                      "631/udp ltp-deepspace/dccp")
            lines = [line.split() for line in run(*own, "sh", "-c", script).splitlines()]
        self.assertEqual(lines, [
            ["ipp", "631/tcp"],
            ["sql-net", "66/tcp", "sql*net"],
            ["amqp", "5672/sctp"],
            ["ipp", "631/udp"],
            ["ltp-deepspace", "1113/dccp"],
        ])


if __name__ == "__main__":
    unittest.main(verbosity=2)
