# srvwarden audit --follow: the live view on a terminal, and JSON lines where there is none.
# SPDX-License-Identifier: Apache-2.0
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from lab import LabCase, main

from audit_test import announcement


class Terminal:
    """A program on a terminal of its own: what it writes is collected."""

    def __init__(self, command, rows, columns):
        self.ours, self.theirs = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.theirs)
        self.process = subprocess.Popen(command, stdin=self.theirs, stdout=self.theirs,
                                        stderr=subprocess.PIPE)
        self.text = ""

    def resize(self, rows, columns):
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))

    def read(self):
        if select.select([self.ours], [], [], 0.1)[0]:
            self.text += os.read(self.ours, 65536).decode("utf-8", "replace")

    def screen(self):
        """The lines that were drawn last, without what colours them."""
        last = self.text.rsplit("\x1b[H", 1)[-1].split("\x1b[J")[0]
        return [re.sub(r"\x1b\[[0-9;]*[mK]|\r", "", line) for line in last.split("\n")]

    def expect(self, pattern, seconds=20):
        end = time.monotonic() + seconds
        while not any(re.search(pattern, line) for line in self.screen()):
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"no {pattern!r} on\n" + "\n".join(self.screen()))
            self.read()

    def end(self):
        status = self.process.wait(20)
        for _ in range(5):
            self.read()
        return status

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stderr.close()
        os.close(self.ours)
        os.close(self.theirs)


class Follow(LabCase):
    def terminal(self, host, *arguments, rows=24, columns=80):
        command = [*host.inside, "srvwarden", "audit", "--follow", *arguments]
        terminal = Terminal(command, rows, columns)
        self.addCleanup(terminal.close)
        return terminal

    def test_shows_what_happens_and_gives_the_terminal_back(self):
        pi, listener = self.host("pi"), self.host("listener")
        terminal = self.terminal(listener, "--interface", "eth0")
        terminal.expect(r"audit of eth0, \d+ s; q ends it")
        listener.wait_until_joined()
        pi.send(announcement("B\x1b[31m\u5c0f", ("_http", "_tcp"), 80, b"\x06path=/"))
        terminal.expect(r"new B\\x1b\[31m\u5c0f \(_http\._tcp\) at pi\.local\. port 80")
        terminal.expect(r"error\[IN005\]")
        terminal.expect(r"pi\.local\.  10\.77\.0\.2  1 instance: ")
        self.assertLessEqual(max(map(len, terminal.screen())), 80)
        terminal.resize(8, 30)
        terminal.expect(r"^srvwarden audit of eth0, \d.*\u2026$")
        self.assertLessEqual(len(terminal.screen()), 8)
        self.assertLessEqual(max(map(len, terminal.screen())), 30)
        os.write(terminal.ours, b"xq")
        self.assertEqual(terminal.end(), 1)
        shown, report = terminal.text.split("\x1b[?1049l")
        self.assertIn("\x1b[?25h", shown)
        self.assertIn("1 host, 1 instance", report)
        self.assertEqual(termios.tcgetattr(terminal.theirs), terminal.before)

    def test_signals_end_it(self):
        listener = self.host("listener")
        for number in (signal.SIGINT, signal.SIGTERM):
            terminal = self.terminal(listener, "--passive")
            terminal.expect("q ends it")
            terminal.process.send_signal(number)
            self.assertEqual(terminal.end(), 0)
            self.assertIn("\x1b[?1049l", terminal.text)

    def test_elsewhere_tells_lines(self):
        pi, listener = self.host("pi"), self.host("listener")
        follower = listener.start("srvwarden", "audit", "--follow", "--passive")
        listener.wait_until_joined()
        pi.send(announcement("Web", ("_http", "_tcp"), 80, b"\x06path=/"))
        line = json.loads(follower.expect(r'.*"type":"instance".*')[0])
        self.assertEqual((line["event"], line["instance"]["instance"]), ("new", "Web"))
        follower.signal(signal.SIGINT)
        self.assertEqual(follower.wait(), 0)
        self.assertEqual(json.loads(follower.lines[-1])["type"], "summary")

    def test_a_time_ends_it_and_the_account_is_written(self):
        listener = self.host("listener")
        listener.run("srvwarden", "audit", "--follow", "--seconds", "1", "--passive", "--format", "html",
                     "-o", "/run/page.html")
        self.assertIn("</html>", str(listener.run("cat", "/run/page.html")))


if __name__ == "__main__":
    main()
