#!/usr/bin/env python3
# srvwarden registry update against a server on loopback that is good, bad, slow or lying.
# Exit status 77: openssl is not there, skipped. srvwarden is in PATH.
# SPDX-License-Identifier: Apache-2.0
import gzip
import http.server
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HEADER = (
    "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,"
    "Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\n"
)


def edition(date, *names):
    """A CSV whose newest date, and so its edition, is this one."""
    rows = [f"{name},{40 + i},tcp,A {name},,,{date},,,,,\r\n" for i, name in enumerate(names)]
    return (HEADER + "".join(rows)).encode()


OLD = edition("2027-01-01", "hammer", "anvil")
NEW = edition("2027-02-02", "hammer", "anvil", "tongs")


class Server(http.server.ThreadingHTTPServer):
    """Answers each path with what `answers` has for it: a function of the handler."""

    daemon_threads = True

    def __init__(self, tls):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {}
        self.requests = []
        self.scheme = "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # clients that hang up are what is tested

    def url(self, path):
        return f"{self.scheme}://127.0.0.1:{self.server_port}{path}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.requests.append((self.path, dict(self.headers)))
        self.server.answers[self.path](self)

    def log_message(self, *_):
        pass

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Length", len(body))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)


def answer(status, body=b"", **headers):
    return lambda handler: handler.reply(status, body, **headers)


class Update(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.cert = os.path.join(cls.folder, "cert.pem")
        cls.other_cert = os.path.join(cls.folder, "other.pem")
        keys = []
        for cert in (cls.cert, cls.other_cert):
            keys.append(cert + ".key")
            subprocess.run(
                ["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec",
                 "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", keys[-1], "-out", cert,
                 "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
                check=True, capture_output=True)
        cls.https = Server((cls.cert, keys[0]))
        cls.http = Server(None)

    @classmethod
    def tearDownClass(cls):
        cls.https.shutdown()
        cls.http.shutdown()
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.work = tempfile.mkdtemp(dir=self.folder)
        self.out = os.path.join(self.work, "registry.tsv")
        self.https.requests.clear()
        self.http.requests.clear()

    def run_tool(self, *arguments, **environment):
        clean = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        clean.update({"LC_ALL": "C.UTF-8", "no_proxy": "127.0.0.1", **environment})
        return subprocess.run(["srvwarden", "registry", *arguments], env=clean, text=True,
                              capture_output=True, timeout=60)

    def update(self, url, *arguments, cacert=None):
        return self.run_tool("update", "--from", url, "-o", self.out, "--cacert",
                             cacert or self.cert, *arguments)

    def start_with(self, csv):
        """Puts an edition where the update goes."""
        path = os.path.join(self.work, "start.csv")
        with open(path, "wb") as file:
            file.write(csv)
        done = self.run_tool("import", path, "-o", self.out)
        self.assertEqual(done.returncode, 0, done.stderr)

    def kept(self):
        with open(self.out, "rb") as file:
            return file.read()

    def serve(self, path, reply, server=None):
        server = server or self.https
        server.answers[path] = reply
        return server.url(path)

    def refuse(self, url, *arguments, words, **options):
        """The update fails with these words and leaves everything as it was."""
        self.start_with(OLD)
        before = self.kept()
        done = self.update(url, *arguments, **options)
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(self.kept(), before)
        self.assertEqual(sorted(os.listdir(self.work)), ["registry.tsv", "start.csv"])

    def test_takes_a_newer_edition(self):
        self.start_with(OLD)
        url = self.serve("/new.csv", answer(200, NEW))
        done = self.update(url)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2027-01-01 -> 2027-02-02: 1 name added, 0 removed, 2 changed", done.stdout)
        self.assertIn("+ tongs: A tongs\n", done.stdout)
        self.assertIn(b"# edition: 2027-02-02\n", self.kept())
        self.assertIn(b"\ntongs\t42\ttcp\tA tongs\t", self.kept())
        self.assertEqual(sorted(os.listdir(self.work)),
                         ["registry.tsv", "registry.tsv.source", "start.csv"])

    def test_takes_what_is_compressed(self):
        self.start_with(OLD)
        body = gzip.compress(NEW)
        url = self.serve("/gz.csv", answer(200, body, Content_Encoding="gzip"))
        self.assertEqual(self.update(url).returncode, 0)
        self.assertIn(b"\ntongs\t", self.kept())

    def test_asks_for_changes_only(self):
        self.start_with(OLD)

        def reply(handler):
            if handler.headers.get("If-None-Match") == '"v2"':
                return handler.reply(304)
            handler.reply(200, NEW, ETag='"v2"', Last_Modified="Tue, 02 Feb 2027 00:00:00 GMT")

        url = self.serve("/etag.csv", reply)
        self.assertEqual(self.update(url).returncode, 0)
        after = self.kept()
        times = os.stat(self.out).st_mtime_ns
        done = self.update(url)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("unchanged", done.stdout)
        self.assertEqual(self.kept(), after)
        self.assertEqual(os.stat(self.out).st_mtime_ns, times)
        sent = [headers for _, headers in self.https.requests]
        self.assertNotIn("If-None-Match", sent[0])
        self.assertEqual(sent[1]["If-None-Match"], '"v2"')
        self.assertEqual(sent[1]["If-Modified-Since"], "Tue, 02 Feb 2027 00:00:00 GMT")
        # The file is not the one that was got: all of it is needed.
        self.start_with(OLD)
        self.assertEqual(self.update(url).returncode, 0)
        self.assertEqual(self.kept(), after)
        self.assertNotIn("If-None-Match", self.https.requests[-1][1])
        # --force asks for all of it, too.
        self.assertEqual(self.update(url, "--force").returncode, 0)
        self.assertNotIn("If-None-Match", self.https.requests[-1][1])

    def test_304_that_was_not_asked_for(self):
        self.refuse(self.serve("/304", answer(304)), words="status 304")

    def test_cut_short(self):
        url = self.serve("/cut.csv", answer(200, NEW[:-30], Content_Length=len(NEW)))
        self.refuse(url, words="only a part of it came")

    def test_ends_within_a_row(self):
        self.refuse(self.serve("/row.csv", answer(200, NEW[:-30])), words="(truncated")

    def test_error_page_that_claims_success(self):
        page = b"<!DOCTYPE html><html><body>Log in to this network</body></html>"
        url = self.serve("/page", answer(200, page, Content_Type="text/html"))
        self.refuse(url, words="this is not taken: ")

    def test_nothing_but_a_header(self):
        self.refuse(self.serve("/head", answer(200, HEADER.encode())), "--force",
                    words="it has no rows")

    def test_wrong_content_type_is_not_minded(self):
        self.start_with(OLD)
        url = self.serve("/type", answer(200, NEW, Content_Type="application/octet-stream"))
        self.assertEqual(self.update(url).returncode, 0)

    def test_error_statuses(self):
        for status in (204, 403, 404, 500, 503):
            with self.subTest(status=status):
                url = self.serve(f"/{status}", answer(status, b"" if status == 204 else NEW))
                self.refuse(url, words=f"status {status}")

    def test_stalls(self):
        def reply(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(NEW)))
            handler.end_headers()
            handler.wfile.write(NEW[:50])
            handler.wfile.flush()
            time.sleep(8)

        started = time.monotonic()
        self.refuse(self.serve("/slow", reply), "--stall-timeout", "1", words="takes too long")
        self.assertLess(time.monotonic() - started, 6)

    def test_redirects(self):
        self.start_with(OLD)
        for i in range(5):
            self.serve(f"/hop{i}", answer(302, Location=f"/hop{i + 1}", ETag='"hop"'))
        self.serve("/hop5", answer(200, NEW, ETag='"end"'))
        self.assertEqual(self.update(self.https.url("/hop0")).returncode, 0)
        with open(self.out + ".source", encoding="utf-8") as file:
            self.assertIn('etag: "end"\n', file.read())

    def test_redirect_loop(self):
        url = self.serve("/loop", answer(302, Location="/loop"))
        self.refuse(url, words="redirected more than five times")
        self.assertEqual(len(self.https.requests), 6)

    def test_redirect_to_http(self):
        plain = self.serve("/plain.csv", answer(200, NEW), self.http)
        self.refuse(self.serve("/down", answer(302, Location=plain)), words="http")
        self.assertEqual(self.http.requests, [])

    def test_bad_certificate(self):
        url = self.serve("/cert.csv", answer(200, NEW))
        self.refuse(url, words="certificate", cacert=self.other_cert)
        self.assertEqual(self.https.requests, [])

    def test_too_large(self):
        size = len(NEW)
        stated = self.serve("/large.csv", answer(200, NEW))
        self.refuse(stated, "--max-size", str(size - 1), words=f"larger than {size - 1} bytes")

        def unstated(handler):
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(NEW)

        url = self.serve("/endless.csv", unstated)
        self.refuse(url, "--max-size", str(size - 1), words=f"larger than {size - 1} bytes")
        bomb = self.serve("/bomb", answer(200, gzip.compress(b"x" * 100_000),
                                          Content_Encoding="gzip"))
        self.refuse(bomb, "--max-size", "99999", words="larger than 99999 bytes")
        self.start_with(OLD)
        self.assertEqual(self.update(stated, "--max-size", str(size)).returncode, 0)

    def test_nobody_listens(self):
        server = Server(None)
        url = server.url("/gone")
        server.shutdown()
        server.server_close()
        self.refuse(url, words="cannot get " + url)

    def test_other_schemes(self):
        self.refuse("file:///etc/passwd", words="cannot get file:///etc/passwd")

    def test_older_edition(self):
        older = self.serve("/older.csv", answer(200, edition("2026-12-31", "hammer", "anvil")))
        self.refuse(older, words="older than the present one")
        self.assertEqual(self.update(older, "--force").returncode, 0)
        self.assertIn(b"# edition: 2026-12-31\n", self.kept())

    def test_far_fewer_names(self):
        few = self.serve("/few.csv", answer(200, edition("2027-03-03", "one")))
        many = edition("2027-01-01", "one", "two", "three")
        self.start_with(many)
        before = self.kept()
        done = self.update(few)
        self.assertEqual(done.returncode, 3)
        self.assertIn("less than half", done.stderr)
        self.assertEqual(self.kept(), before)
        self.assertEqual(self.update(few, "--force").returncode, 0)

    def test_first_update(self):
        url = self.serve("/first.csv", answer(200, NEW))
        self.assertEqual(self.update(url).returncode, 3)  # far fewer names than the one built in
        self.assertFalse(os.path.exists(self.out))
        self.assertEqual(self.update(url, "--force").returncode, 0)
        self.assertIn(b"\ntongs\t", self.kept())

    def test_present_one_is_damaged(self):
        with open(self.out, "wb") as file:
            file.write(b"no table\n")
        url = self.serve("/mend.csv", answer(200, NEW))
        done = self.update(url, "--force")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("is of no use and will be replaced", done.stderr)
        self.assertIn(b"\ntongs\t", self.kept())

    def test_folder_is_missing(self):
        url = self.serve("/folder.csv", answer(200, NEW))
        self.out = os.path.join(self.work, "none", "registry.tsv")
        done = self.update(url, "--force")
        self.assertEqual(done.returncode, 3)
        self.assertIn("cannot write", done.stderr)

    def test_link_and_permissions_stay(self):
        self.start_with(OLD)
        os.chmod(self.out, 0o640)
        link = os.path.join(self.work, "link.tsv")
        os.symlink("registry.tsv", link)
        url = self.serve("/link.csv", answer(200, NEW))
        done = self.run_tool("update", "--from", url, "-o", link, "--cacert", self.cert)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(os.path.islink(link))
        self.assertEqual(os.stat(self.out).st_mode & 0o777, 0o640)
        self.assertIn(b"\ntongs\t", self.kept())

    def test_from_a_file(self):
        self.start_with(OLD)
        path = os.path.join(self.work, "new.csv")
        with open(path, "wb") as file:
            file.write(NEW)
        self.assertEqual(self.run_tool("update", "--from", path, "-o", self.out).returncode, 0)
        self.assertIn(b"\ntongs\t", self.kept())
        gone = self.run_tool("update", "--from", path + ".gone", "-o", self.out)
        self.assertEqual(gone.returncode, 3)
        self.assertIn(b"\ntongs\t", self.kept())

    @unittest.skipIf(os.geteuid() == 0, "root's place is /var/lib")
    def test_default_place(self):
        url = self.serve("/home.csv", answer(200, NEW))
        place = {"XDG_DATA_HOME": self.work}
        done = self.run_tool("update", "--force", "--from", url, "--cacert", self.cert, **place)
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = self.run_tool("show", "--registry", "updated", "tongs", **place)
        self.assertIn("tongs 42 tcp: A tongs\n", shown.stdout)


if __name__ == "__main__":
    if shutil.which("openssl") is None:
        print("skipped: there is no openssl to make certificates with")
        sys.exit(77)
    unittest.main(verbosity=2)
