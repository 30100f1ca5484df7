# The log in the journal: each entry's fields, as journald gets them; and what happens without it.
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

SOCKET = "/run/systemd/journal/socket"
WRONG = "<service-group><name>x</name><service><type>_a--b._tcp</type><port>1</port></service></service-group>"


def check(folder):
    """Its status and standard error, and what the journal was sent, as dictionaries."""
    done = subprocess.run(["srvwardend", "--log", "journald", "--check-config", folder],
                          stderr=subprocess.PIPE, text=True, timeout=20)
    return done.returncode, done.stderr


def received(journal):
    entries = []
    while True:
        try:
            message = journal.recv(65536).decode()
        except BlockingIOError:
            return entries
        entries.append(dict(line.split("=", 1) for line in message.splitlines()))


class Journal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run(["mount", "-t", "tmpfs", "run", "/run"], check=True)
        cls.folder = tempfile.mkdtemp()
        cls.file = pathlib.Path(cls.folder, "x.service")
        cls.file.write_text(WRONG)

    @classmethod
    def tearDownClass(cls):
        cls.file.unlink()
        os.rmdir(cls.folder)

    def test_1_is_text_where_there_is_no_journal(self):
        status, said = check(self.folder)
        self.assertEqual(status, 1)
        self.assertIn(SOCKET, said)
        self.assertIn("SN006", said)

    def test_2_has_the_fields_of_each_entry(self):
        os.makedirs(os.path.dirname(SOCKET))
        journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(journal.close)
        journal.bind(SOCKET)
        journal.setblocking(False)
        self.assertEqual(check(self.folder), (1, ""))
        entries = received(journal)
        findings = [entry for entry in entries if entry.get("SRVWARDEN_RULE") == "SN006"]
        self.assertEqual(len(findings), 1, entries)
        self.assertEqual(findings[0]["PRIORITY"], "3")
        self.assertEqual(findings[0]["SRVWARDEN_EVENT"], "finding")
        self.assertEqual(findings[0]["SRVWARDEN_FILE"], str(self.file))
        self.assertEqual(findings[0]["SYSLOG_IDENTIFIER"], "srvwardend")
        self.assertNotIn("CODE_LINE", findings[0])
        self.assertIn("refused", [entry["SRVWARDEN_EVENT"] for entry in entries])


if __name__ == "__main__":
    unittest.main()
