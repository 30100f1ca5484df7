#!/usr/bin/env python3
# The page of an audit in a browser, from the disk: nothing is blocked, no error is logged, filters filter.
# SPDX-License-Identifier: Apache-2.0
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import captures

BROWSER = shutil.which("chromium")
if not BROWSER:
    print("skipped: needs chromium")
    sys.exit(77)


class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory()
        cls.page = os.path.join(cls.made.name, "page.html")
        capture = os.path.join(cls.made.name, "x.pcap")
        with open(capture, "wb") as file:
            file.write(captures.hostile())
        subprocess.run(["srvwarden", "audit", "--capture", capture, "--format", "html", "-o", cls.page,
                        "--fail-on", "never"], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def load(self, page, fragment=""):
        """The page as it is after its script has run, and what the browser had to say."""
        profile = os.path.join(self.made.name, "profile")
        done = subprocess.run(
            [BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--disable-background-networking", "--proxy-server=127.0.0.1:9",
             f"--user-data-dir={profile}", "--enable-logging=stderr", "--v=0", "--virtual-time-budget=5000",
             "--dump-dom", "file://" + urllib.parse.quote(page) + "#" + fragment],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True, timeout=120)
        said = [line for line in done.stderr.decode().splitlines() if "CONSOLE" in line]
        return done.stdout.decode(), said

    def shown(self, page):
        """Names of the instances that are not hidden."""
        items = re.findall(r'<li class="i(?: gone)?"([^>]*)>.*?<b>(.*?)</b>', page, re.S)
        self.assertTrue(items)
        return {name for attributes, name in items if "hidden" not in attributes}

    def test_nothing_is_blocked_and_nothing_fails(self):
        page, said = self.load(self.page)
        self.assertEqual(said, [])
        self.assertNotIn("alert(1)</script>", page)
        self.assertRegex(page, r'<div class="filters"(?![^>]*hidden)')  # the script has run
        self.assertIn("Lobby", self.shown(page))

    def test_a_script_that_is_not_ours_is_blocked(self):
        with open(self.page, encoding="utf-8") as file:
            text = file.read()
        other = os.path.join(self.made.name, "other.html")
        with open(other, "w", encoding="utf-8") as file:
            file.write(text.replace("</main>", "<script>document.title='run'</script></main>"))
        page, said = self.load(other)
        self.assertNotIn("<title>run", page)
        self.assertTrue(any("Content Security Policy" in line for line in said), said)

    def test_filters(self):
        for fragment, wanted in (("q=lobby", {"Lobby"}), ("severity=fine", {"Lobby", "Gone"}),
                                 ("q=nothing-has-this", set())):
            page, said = self.load(self.page, fragment)
            self.assertEqual((self.shown(page), said), (wanted, []), fragment)
        page, _ = self.load(self.page, "rule=IN005&severity=error")
        hidden = re.search(r'<details class="rule"[^>]*data-r="SN\d+"[^>]*>', page)
        self.assertIn("hidden", hidden[0])
        self.assertNotIn("Lobby", self.shown(page))
        self.assertTrue(self.shown(page))

    def test_order_and_theme(self):
        page, said = self.load(self.page, "order=name&theme=dark")
        hosts = re.findall(r'<details class="host" id="h(\d+)"', page)
        self.assertNotEqual(hosts, sorted(hosts, key=int))
        self.assertIn('data-theme="dark"', page)
        self.assertEqual(said, [])


if __name__ == "__main__":
    unittest.main()
