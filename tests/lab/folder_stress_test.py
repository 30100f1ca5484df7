# A folder of definitions that a program edits at random: in the end the link has what the files say.
# SPDX-License-Identifier: Apache-2.0
#
# SRVWARDEN_STRESS_SECONDS says how long it edits (by default 5), SRVWARDEN_STRESS_SEED with what luck.
import json
import os
import random
import time

from lab import LabCase, main

SECONDS = float(os.environ.get("SRVWARDEN_STRESS_SECONDS", "5"))
SEED = int(os.environ.get("SRVWARDEN_STRESS_SEED", "1"))
NAMES = [f"Service {number}" for number in range(20)]
FILES = [f"file{number}.dnssd" for number in range(12)]
TYPE = "_http._tcp"


class FolderStress(LabCase):
    def definition(self, name, port, note):
        return f"[Service]\nName={name}\nType={TYPE}\nPort={port}\nTxtText=note={note}\n"

    def edit(self, folder, wanted):
        """One edit; `wanted` is what each file says in the end: (name, port, note)."""
        path = self.random.choice(FILES)
        whole = os.path.join(folder, path)
        kind = self.random.choice(["write", "write", "replace", "remove", "note", "break", "swap"])
        if kind == "remove" and path in wanted:
            os.remove(whole)
            del wanted[path]
        elif kind == "break" and path in wanted:
            with open(whole, "w", encoding="utf-8") as file:
                file.write("[Service]\nName=x\nType=_wrong_\nPort=0\n")
            # Its last good version may have been any that was announced meanwhile: mend it at once.
            self.write_definition(whole, wanted[path], atomic=False)
        elif kind == "note" and path in wanted:
            name, port, _ = wanted[path]
            wanted[path] = (name, port, self.random.randrange(10000))
            self.write_definition(whole, wanted[path], atomic=False)
        elif kind == "swap" and len(wanted) > 1:
            one, other = self.random.sample(sorted(wanted), 2)
            wanted[one], wanted[other] = wanted[other], wanted[one]
            for changed in (one, other):
                self.write_definition(os.path.join(folder, changed), wanted[changed], atomic=True)
        elif kind in ("write", "replace"):
            taken = {entry[0] for file, entry in wanted.items() if file != path}
            name = self.random.choice([name for name in NAMES if name not in taken])
            wanted[path] = (name, self.random.randrange(1, 65536), self.random.randrange(10000))
            self.write_definition(whole, wanted[path], atomic=kind == "replace")

    def write_definition(self, path, entry, atomic):
        beside = path + ".new" if atomic else path
        with open(beside, "w", encoding="utf-8") as file:
            file.write(self.definition(*entry))
        if atomic:
            os.replace(beside, path)

    def announced(self, browser):
        seen = {}
        for line in browser.output().splitlines():
            event = json.loads(line)
            if event["event"] == "add":
                name = event["name"].removesuffix(f".{TYPE}.local.")
                seen[name] = (event["port"], event["txt"].get("note"))
            elif event["event"] == "remove":
                seen.pop(event["name"].removesuffix(f".{TYPE}.local."), None)
        return seen

    def stress(self, server):
        self.random = random.Random(SEED)
        folder = self.folder.name + "/services"
        self.write("services/file0.dnssd", self.definition("Service 0", 1, 0))
        wanted = {"file0.dnssd": ("Service 0", 1, 0)}
        daemon = server.start("srvwardend", folder)
        daemon.expect("is established")
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            for _ in range(self.random.choice([1, 1, 1, 5, 30])):
                self.edit(folder, wanted)
            time.sleep(self.random.choice([0, 0.01, 0.1, 0.4]))
        expected = {name: (port, str(note)) for name, port, note in wanted.values()}
        # Names may collide for a moment while they go from file to file: then they are renamed, and
        # keep that name, as they should.
        renamed = "renamed" if "becomes" in daemon.output() else ""
        laptop = self.host("laptop")
        browser = laptop.zeroconf("browse", f"{TYPE}.local.")
        deadline = time.monotonic() + 15
        while self.announced(browser) != expected and time.monotonic() < deadline:
            time.sleep(0.2)
        self.assertEqual(self.announced(browser), expected, renamed)
        daemon.stop()

    def test_by_the_embedded_responder(self):
        self.stress(self.host("server"))

    def test_through_avahi_daemon(self):
        self.need("avahi-daemon", "dbus-daemon")
        server = self.host("server")
        server.start_avahi()
        self.stress(server)


if __name__ == "__main__":
    main()
