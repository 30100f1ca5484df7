# srvwardend through avahi-daemon and by itself: others see what it announces, changes and withdraws.
# SPDX-License-Identifier: Apache-2.0
import json
import signal

from lab import LabCase, main

CONSOLE = """<?xml version="1.0" standalone='no'?>
<service-group>
  <name replace-wildcards="yes">Console of %h</name>
  <service>
    <type>_http._tcp</type>
    <port>80</port>
    <txt-record>path=/console/</txt-record>
  </service>
</service-group>
"""
SECOND = "[Service]\nName=Second\nType=_http._tcp\nPort=8080\nTxtText=path=/2\n"
WRONG = "[Service]\nName=Wrong\nType=_abcdefghijklmnop._tcp\nPort=80\n"


class Advertise(LabCase):
    def follow(self, server):
        laptop = self.host("laptop")
        folder = self.folder.name + "/services"
        self.write("services/console.service", CONSOLE)
        browser = laptop.zeroconf("browse", "_http._tcp.local.")
        browser.expect('"browsing"')
        daemon = server.start("srvwardend", folder)
        daemon.expect("Console of server.* is established")

        seen = json.loads(browser.expect(r'"add".*Console of server\._http\._tcp\.local\.').string)
        self.assertEqual((seen["port"], seen["txt"]), (80, {"path": "/console/"}))
        self.assertIn(server.address, seen["addresses"])
        daemon.expect("Console of server.* verified")

        self.write("services/second.dnssd", SECOND)
        self.write("services/wrong.dnssd", WRONG)
        daemon.signal(signal.SIGHUP)
        browser.expect(r'"add".*Second\._http\._tcp')
        daemon.expect(r"wrong\.dnssd:3:\d+: .*SN002")
        self.assertNotIn("Wrong", browser.output())

        daemon.signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(), 0)
        browser.expect(r'"remove".*Console of server')
        browser.expect(r'"remove".*Second')

    def test_by_the_embedded_responder(self):
        self.follow(self.host("server"))

    def test_through_avahi_daemon(self):
        self.need("avahi-daemon", "dbus-daemon")
        server = self.host("server")
        server.start_avahi()
        self.follow(server)


if __name__ == "__main__":
    main()
