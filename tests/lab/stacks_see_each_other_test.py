# The lab itself: avahi-daemon and python3-zeroconf on two hosts see each other's services.
# SPDX-License-Identifier: Apache-2.0
import signal

from lab import LabCase, main

SERVICE = """<?xml version="1.0" standalone='no'?>
<service-group>
  <name>Old Printer</name>
  <service><type>_ipp._tcp</type><port>631</port><txt-record>rp=ipp/print</txt-record></service>
</service-group>
"""


class StacksSeeEachOther(LabCase):
    needs = ("avahi-daemon", "dbus-daemon")

    def test_both_ways_and_a_goodbye(self):
        printer, laptop = self.host("printer"), self.host("laptop")
        avahi = printer.start_avahi()
        browser = laptop.zeroconf("browse", "_ipp._tcp.local.")
        browser.expect('"browsing"')
        status, said = printer.run("sh", "-c", "cat >/etc/avahi/services/old.service <<'EOF'\n"
                                   + SERVICE + "EOF")
        self.assertEqual((status, said), (0, ""))
        avahi.signal(signal.SIGHUP)
        seen = browser.expect(r'"add".*Old Printer\._ipp\._tcp\.local\.').string
        self.assertIn('"port": 631', seen)
        self.assertIn('"rp": "ipp/print"', seen)
        self.assertIn(printer.address, seen)

        web = laptop.zeroconf("advertise", "Web", "_http._tcp.local.", "8080", laptop.address)
        web.expect('"registered"')
        other = printer.zeroconf("browse", "_http._tcp.local.")
        other.expect(r'"add".*Web\._http\._tcp')

        avahi.signal(signal.SIGTERM)
        self.assertEqual(avahi.wait(), 0)
        browser.expect(r'"remove".*Old Printer')


if __name__ == "__main__":
    main()
