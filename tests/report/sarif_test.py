#!/usr/bin/env python3
# The SARIF log of files that are right, wrong and hostile: it holds to the schema and points at the bytes.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

try:
    import jsonschema
except ImportError:
    print("skipped: needs python3-jsonschema")
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))
OFFICIAL = os.environ.get("SRVWARDEN_SARIF_SCHEMA")  # the standard's own schema, if it is at hand
FILES = {
    "clean.list": b"_ipp._tcp\n",
    "one.list": b"_ipp._tcp\n  _a--b._tcp  \n",
    "a b,c:d%e[f](g){0}.list": b"_a--b._tcp\n",
    "line\nfeed\xe2\x80\xae.list".encode("latin-1"): b"_a--b._tcp\n",
    "bytes.list": b"\xff\xfe\x00_a--b._tcp\n\xff--\n",
    "mark.list": b"\xef\xbb\xbf_a--b._tcp\r\n_a--b._tcp\r\n",
    "astral.list": "_\U0001F600--b._tcp\n\u00e9\u00e9 _a--b._tcp\n".encode(),
    "link.list": b"[x](http://x.example/){0}\\._ipp._tcp.local.\n",
    "long.list": b"_" + b"a--" * 2000 + b"._tcp\n",
    "many.list": b"_a--b._tcp\n" * 300,
    "empty.list": b"",
    "port.dnssd": b"[Service]\nName=n\nType=_a--b._tcp\nPort=x\nPort=80\n",
}


def lint(*arguments, folder, **options):
    done = subprocess.run(["srvwarden", "lint", "--format", "sarif", *arguments], cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
    return json.loads(done.stdout), done.returncode


def results_of(log):
    return log["runs"][0]["results"]


def texts_at(result, data):
    """What the regions of a result mark in the text, by its UTF-16 code units."""
    text = data.decode("utf-8")
    lines = text.removeprefix("\ufeff").split("\n")
    for location in result["locations"] + result.get("relatedLocations", []):
        region = location["physicalLocation"]["region"]
        units = lines[region["startLine"] - 1].encode("utf-16-le")
        assert region["startLine"] == region["endLine"], region
        yield units[2 * region["startColumn"] - 2:2 * region["endColumn"] - 2].decode("utf-16-le")


class Sarif(unittest.TestCase):
    def setUp(self):
        self.made = tempfile.TemporaryDirectory()
        self.folder = self.made.name
        for name, data in FILES.items():
            with open(os.path.join(os.fsencode(self.folder), os.fsencode(name)), "wb") as file:
                file.write(data)
        self.schemas = []
        for path in filter(None, (os.path.join(HERE, "sarif_schema.json"), OFFICIAL)):
            with open(path, encoding="utf-8") as file:
                schema = json.load(file)
            kind = jsonschema.validators.validator_for(schema)
            self.schemas.append(kind(schema))

    def tearDown(self):
        self.made.cleanup()

    def valid(self, log):
        for schema in self.schemas:
            for error in schema.iter_errors(log):
                self.fail(f"{list(error.absolute_path)}: {error.message[:300]}")
        run = log["runs"][0]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        self.assertEqual(len(rules), len(set(rules)))
        self.assertEqual(set(rules), {result["ruleId"] for result in run["results"]})
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
        return run

    def test_every_file_gives_a_valid_log(self):
        for name in FILES:
            with self.subTest(name):
                arguments = [] if os.fsencode(name).endswith(b".dnssd") else ["--as", "list"]
                self.valid(lint(*arguments, "--", name, folder=self.folder)[0])
        log, _ = lint("--as", "list", *FILES, folder=self.folder)
        self.valid(log)

    def test_no_finding(self):
        log, status = lint("--as", "list", "clean.list", folder=self.folder)
        self.assertEqual((self.valid(log)["results"], status), ([], 0))

    def test_regions_mark_the_fault(self):
        for name in ("one.list", "mark.list", "astral.list", "a b,c:d%e[f](g){0}.list"):
            log, status = lint("--as", "list", name, folder=self.folder)
            self.assertEqual(status, 1)
            marked = [text for result in results_of(log) if result["ruleId"] == "SN006"
                      for text in texts_at(result, FILES[name])]
            self.assertTrue(marked and set(marked) == {"--"}, (name, marked))

    def test_paths_come_back_from_their_references(self):
        for name in FILES:
            log, _ = lint("--as", "list", "--", name, folder=self.folder)
            for result in results_of(log):
                location = result["locations"][0]["physicalLocation"]["artifactLocation"]
                self.assertEqual(location["uriBaseId"], "SRCROOT")
                self.assertEqual(urllib.parse.unquote_to_bytes(location["uri"]), os.fsencode(name))
        whole = os.path.join(self.folder, "one.list")
        log, _ = lint("--as", "list", whole, folder="/")
        location = results_of(log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]
        self.assertEqual(location, {"uri": "file://" + urllib.parse.quote(whole)})

    def test_messages_hold_no_links_and_no_placeholders(self):
        log, _ = lint("--as", "list", "link.list", folder=self.folder)
        texts = [result["message"]["text"] for result in results_of(log)]
        self.assertTrue(texts)
        for text in texts:
            bare = text.replace("{{", "").replace("}}", "")
            self.assertNotIn("{", bare)
            self.assertNotRegex(text, r"(?<!\\)\[[^\]]*(?<!\\)\]\(")

    def test_fingerprints_stay_when_lines_move(self):
        def fingerprints(text):
            path = os.path.join(self.folder, "moved.list")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            log, _ = lint("--as", "list", "moved.list", folder=self.folder)
            return [result["partialFingerprints"]["primaryLocationLineHash"]
                    for result in results_of(log)]

        before = fingerprints("_a--b._tcp\n_c--d._tcp\n")
        self.assertEqual(before, fingerprints("# a\n\n_a--b._tcp\n# b\n   _c--d._tcp\t\n"))
        self.assertEqual(before, fingerprints("_a--b._tcp\r\n_c--d._tcp\r\n"))
        self.assertEqual(len(set(before)), len(before))
        twice = fingerprints("_a--b._tcp\n_a--b._tcp\n")
        self.assertEqual({one.split(":")[1] for one in twice}, {"1", "2"})

    def test_standard_input_and_unreadable_files(self):
        log, status = lint("--as", "list", "-", folder=self.folder, input=b"_a--b._tcp\n")
        location = self.valid(log)["results"][0]["locations"][0]["physicalLocation"]
        self.assertEqual(location["artifactLocation"], {"uri": "file:///dev/stdin"})
        self.assertEqual(status, 1)
        log, status = lint("--as", "list", "no\nwhere", "one.list", folder=self.folder)
        invocation = self.valid(log)["invocations"][0]
        self.assertFalse(invocation["executionSuccessful"])
        self.assertEqual(len(invocation["toolExecutionNotifications"]), 1)
        self.assertTrue(results_of(log))
        self.assertEqual(status, 3)


if __name__ == "__main__":
    unittest.main()
