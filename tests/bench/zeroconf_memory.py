# The KiB that python3-zeroconf has once it has browsed as many instances: zeroconf_memory.py NUMBER
# SPDX-License-Identifier: Apache-2.0
#
# In a network namespace of its own, where nothing is sent: it is handed the answers as if heard.
import asyncio
import re
import subprocess
import sys

import make_capture
import zeroconf


def memory():
    with open("/proc/self/status", encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1])


class Listener:
    def __init__(self):
        self.names = []

    def add_service(self, _zeroconf, _kind, name):
        self.names.append(name)

    def update_service(self, *_):
        pass

    def remove_service(self, *_):
        pass


def main(number):
    subprocess.run(["ip", "link", "set", "lo", "up", "multicast", "on"], check=True)
    subprocess.run(["ip", "route", "add", "224.0.0.0/4", "dev", "lo"], check=True)
    browser = zeroconf.Zeroconf(interfaces=["127.0.0.1"])
    listener = Listener()
    zeroconf.ServiceBrowser(browser, "_ipp._tcp.local.", listener)

    async def hear():
        for each in range(number):
            message = zeroconf.DNSIncoming(make_capture.response(each), ("10.0.0.1", 5353))
            browser.record_manager.async_updates_from_response(message)
            if each % 200 == 0:
                await asyncio.sleep(0)  # lets the browser tell
        while len(listener.names) < number:
            await asyncio.sleep(0.1)

    asyncio.run_coroutine_threadsafe(hear(), browser.loop).result(60)
    print(memory())
    browser.close()


main(int(sys.argv[1]))
