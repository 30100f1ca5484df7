#!/usr/bin/env python3
# An audit of hostile names in every form: whatever the names are, they stay data.
# SPDX-License-Identifier: Apache-2.0
import base64
import hashlib
import html.parser
import json
import os
import re
import subprocess
import tempfile
import unittest

import captures

try:
    import jsonschema
except ImportError:
    jsonschema = None

HERE = os.path.dirname(os.path.abspath(__file__))
OFFICIAL = os.environ.get("SRVWARDEN_SARIF_SCHEMA")  # the standard's own schema, if it is at hand
# What no output may have as it is: controls of terminals, and what turns text around.
RISKY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
VOID = {"meta", "input", "br", "img", "link"}


def audit(capture, *arguments, status=None):
    done = subprocess.run(["srvwarden", "audit", "--capture", capture, *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert status is None or done.returncode == status, done
    return done.stdout.decode("utf-8")


class Page(html.parser.HTMLParser):
    """What a page has: elements with attributes, whether they are closed, and texts."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.texts, self.wrong = [], [], {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


class Forms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory()
        cls.folder = cls.made.name
        cls.hostile = cls.capture("hostile <title>&\u00fc.pcap", captures.hostile())
        cls.storm = cls.capture("storm.pcap", captures.storm())
        cls.empty = cls.capture("empty.pcap", captures.pcap([]))

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    @classmethod
    def capture(cls, name, data):
        path = os.path.join(cls.folder, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def test_no_form_has_what_moves_a_cursor(self):
        for form in ("text", "json", "jsonl", "sarif", "html"):
            with self.subTest(form):
                self.assertIsNone(RISKY.search(audit(self.hostile, "--format", form, status=1)))

    def test_json_has_the_very_names(self):
        report = json.loads(audit(self.hostile, "--format", "json"))
        names = {each.get("instance_hex") or each["instance"].encode().hex()
                 for each in report["instances"]}
        for text in captures.HOSTILE:
            self.assertIn(text[:63].hex(), names)

    def test_lines_tell_all_that_json_does(self):
        for capture in (self.hostile, self.storm, self.empty):
            whole = json.loads(audit(capture, "--format", "json"))
            instances, findings = {}, {}
            *lines, last = map(json.loads, audit(capture, "--format", "jsonl").splitlines())
            for line in lines:
                if line["type"] == "instance":
                    instances[line["instance"]["name"]] = line
                elif line["type"] == "finding":
                    key = (line["finding"]["object"], line["finding"]["rule"])
                    if line["event"] == "resolved":
                        del findings[key]
                    else:
                        findings[key] = line
            self.assertEqual((last["type"], last["summary"]), ("summary", whole["summary"]))
            self.assertEqual(set(instances), {each["name"] for each in whole["instances"]})
            self.assertEqual(set(findings),
                             {(each["object"], each["rule"]) for each in whole["findings"]})
            for each in whole["instances"]:
                self.assertEqual(instances[each["name"]]["event"] == "gone", each["gone"])

    def test_lines_come_while_a_capture_is_read(self):
        header, frames = captures.pcap([])[:24], captures.storm()[24:]
        with subprocess.Popen(["srvwarden", "audit", "--capture", "-", "--format", "jsonl"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdin.write(header + frames * 30)  # the end is yet to come
            process.stdin.flush()
            self.assertEqual(json.loads(process.stdout.readline())["type"], "instance")
            process.stdin.close()
            self.assertEqual(json.loads(process.stdout.read().splitlines()[-1])["type"], "summary")

    def test_text_says_first_what_counts(self):
        lines = audit(self.hostile).splitlines()
        self.assertRegex(lines[0], r"^\d+ hosts, \d+ instances, \d+ packets .*: \d+ errors?")
        self.assertEqual([line for line in lines if "Lobby" in line],
                         ["  Lobby (_http._tcp, World Wide Web HTTP) port 80"])
        rules = set(re.findall(r"^    (?:error|warning|info)\[(\w+)\]", "\n".join(lines), re.M))
        reasons = [line for line in lines if line.startswith("        why: ")]
        self.assertTrue(0 < len(reasons) <= len(rules))  # once a rule, however often it is broken

    @unittest.skipUnless(jsonschema, "needs python3-jsonschema")
    def test_sarif_holds_to_the_schema(self):
        for capture in (self.hostile, self.storm, self.empty):
            log = json.loads(audit(capture, "--format", "sarif"))
            for path in filter(None, (os.path.join(HERE, "sarif_schema.json"), OFFICIAL)):
                with open(path, encoding="utf-8") as file:
                    schema = json.load(file)
                kind = jsonschema.validators.validator_for(schema)
                for error in kind(schema).iter_errors(log):
                    self.fail(f"{list(error.absolute_path)}: {error.message[:300]}")
            run = log["runs"][0]
            rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
            for result in run["results"]:
                self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
                location = result["locations"][0]
                self.assertIn("artifactLocation", location["physicalLocation"])
                self.assertGreaterEqual(location["properties"]["packet"], 1)
                self.assertTrue(location["logicalLocations"][-1]["fullyQualifiedName"])
                bare = result["message"]["text"].replace("{{", "").replace("}}", "")
                self.assertNotIn("{", bare)
                self.assertNotRegex(result["message"]["text"], r"(?<!\\)\[[^\]]*(?<!\\)\]\(")
        self.assertEqual(run["results"], [])  # of the empty one

    def page(self, capture):
        page = Page(audit(capture, "--format", "html"))
        self.assertEqual((page.wrong, page.open), ([], []))
        return page

    def test_page_allows_its_own_style_and_script_alone(self):
        page = self.page(self.hostile)
        policy = next(attributes["content"] for tag, attributes in page.elements
                      if tag == "meta" and "content-security-policy" in str(attributes).lower())
        self.assertTrue(policy.startswith("default-src 'none';"))
        self.assertNotIn("unsafe", policy)
        for tag in ("style", "script"):
            texts = page.texts[tag]
            self.assertEqual(sum(1 for each, _ in page.elements if each == tag), 1)
            digest = base64.b64encode(hashlib.sha256("".join(texts).encode()).digest()).decode()
            self.assertIn(f"{tag}-src 'sha256-{digest}'", policy)

    def test_page_loads_nothing_and_does_nothing(self):
        for capture in (self.hostile, self.storm, self.empty):
            for tag, attributes in self.page(capture).elements:
                self.assertNotIn(tag, ("img", "link", "iframe", "object", "embed", "form"))
                for key, value in attributes.items():
                    self.assertFalse(key.startswith("on") or key in ("style", "src", "srcset"), attributes)
                    if key == "href":
                        self.assertRegex(value, r"^(#[a-z][A-Za-z0-9-]*|https://www\.rfc-editor\.org/\S+)$")

    def test_page_can_be_read_by_all(self):
        page = self.page(self.storm)
        tags = [tag for tag, _ in page.elements]
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(tags.count("h1"), 1)
        self.assertEqual(tags.count("caption"), tags.count("table"))
        self.assertEqual((tags.count("main"), tags.count("header"), tags.count("footer")), (1, 1, 1))
        for tag, attributes in page.elements:
            if tag == "a" and attributes["href"].startswith("#"):
                self.assertIn(attributes["href"][1:], ids)
            for key in ("aria-labelledby", "for"):
                if key in attributes:
                    self.assertIn(attributes[key], ids)
        self.assertIn("Conflicts and storms as a table", page.texts["summary"])
        self.assertTrue(any("10.77.0.4 sent" in text for text in page.texts["td"]))

    def test_written_whole_or_not_at_all(self):
        path = os.path.join(self.folder, "page.html")
        self.assertEqual(audit(self.storm, "--format", "html", "-o", path, "--fail-on", "never",
                               status=0), "")
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), audit(self.storm, "--format", "html"))
        audit(self.storm, "--format", "html", "-o", "/nowhere/page.html", status=3)
        audit(self.storm, "--format", "jsonl", "-o", "/nowhere/lines", status=3)
        lines = os.path.join(self.folder, "lines.jsonl")
        audit(self.storm, "--format", "jsonl", "-o", lines, "--fail-on", "never", status=0)
        with open(lines, encoding="utf-8") as file:
            self.assertEqual(file.read(), audit(self.storm, "--format", "jsonl"))


if __name__ == "__main__":
    unittest.main()
