# srvwarden audit beside avahi-daemon: what it does over time is as RFC 6762 has it, but for what is known.
# SPDX-License-Identifier: Apache-2.0
import json
import signal
import time

from lab import LabCase, main

SERVICE = """<?xml version="1.0" standalone='no'?>
<service-group>
  <name>{name}</name>
  <service><type>_ipp._tcp</type><port>631</port><txt-record>rp={queue}</txt-record></service>
</service-group>
"""

# Avahi probes without the unicast-response bit, announces 200 ms after the last probe (and is late where the machine
# is busy), and repeats records that belong to several services.
KNOWN = {"MD051", "MD053", "MD075"}


class Sequences(LabCase):
    needs = ("avahi-daemon", "dbus-daemon")

    def publish(self, host, name, queue):
        text = SERVICE.format(name=name, queue=queue)
        status, said = host.run("sh", "-c", f"cat >/etc/avahi/services/it.service <<'EOF'\n{text}EOF")
        self.assertEqual((status, said), (0, ""))

    def test_avahi_starts_changes_renames_and_leaves(self):
        printer, laptop, listener = self.host("printer"), self.host("laptop"), self.host("listener")
        auditor = listener.start("srvwarden", "audit", "--seconds", "30", "--passive",
                                 "--format", "json")
        listener.wait_until_joined()
        browser = laptop.zeroconf("browse", "_ipp._tcp.local.")
        browser.expect('"browsing"')
        time.sleep(2)  # of packets before, so that what comes is known to begin
        avahi = printer.start_avahi()
        self.publish(printer, "Old", "a")
        avahi.signal(signal.SIGHUP)
        browser.expect(r'"add".*Old\._ipp')
        time.sleep(4)
        for name, queue in (("Old", "b"), ("New", "b")):
            self.publish(printer, name, queue)
            avahi.signal(signal.SIGHUP)
            time.sleep(4)
        browser.expect(r'"add".*New\._ipp')
        avahi.signal(signal.SIGTERM)
        self.assertEqual(avahi.wait(), 0)
        browser.expect(r'"remove".*New\._ipp')
        auditor.wait(60)
        report = json.loads(auditor.output())
        rules = {finding["rule"]: finding for finding in report["findings"]
                 if finding["severity"] != "info" and laptop.address not in finding["object"]}
        self.assertLessEqual(set(rules), KNOWN, rules)
        self.assertIn("MD053", rules, "the probes were seen")


if __name__ == "__main__":
    main()
