# A host's foreign mDNS stack, python3-zeroconf: prints what it sees as lines of JSON.
# SPDX-License-Identifier: Apache-2.0
#
#   zeroconf_peer.py browse TYPE                      "_ipp._tcp.local."; {"event", "name", ...}
#   zeroconf_peer.py list TYPE SECONDS                all that answer in that time, then ends
#   zeroconf_peer.py advertise INSTANCE TYPE PORT ADDRESS [KEY=VALUE...]
import json
import signal
import socket
import sys
import time

from zeroconf import InterfaceChoice, IPVersion, ServiceBrowser, ServiceInfo, Zeroconf


def say(**what):
    print(json.dumps(what, ensure_ascii=False), flush=True)


class Listener:
    def add_service(self, stack, kind, name):
        info = stack.get_service_info(kind, name, timeout=5000)
        if info is None:
            say(event="unresolved", name=name)
            return
        txt = {key.decode("utf-8", "replace"): value if value is None else
               value.decode("utf-8", "replace") for key, value in info.properties.items()}
        say(event="add", name=name, host=info.server, port=info.port,
            addresses=info.parsed_addresses(), txt=txt)

    def update_service(self, stack, kind, name):
        say(event="update", name=name)

    def remove_service(self, stack, kind, name):
        say(event="remove", name=name)


def browse(stack, kind):
    ServiceBrowser(stack, kind, Listener())
    say(event="browsing", name=kind)
    signal.sigwait([signal.SIGTERM, signal.SIGINT])


def list_all(stack, kind, seconds):
    names = set()
    ServiceBrowser(stack, kind, handlers=[lambda name, **_: names.add(name)])
    time.sleep(float(seconds))
    infos = {name: stack.get_service_info(kind, name, timeout=3000) for name in sorted(names)}
    say(event="listed", services={name.removesuffix("." + kind): info and info.port
                                  for name, info in infos.items()},
        addresses=sorted({address for info in infos.values() if info
                          for address in info.parsed_addresses()}))


def advertise(stack, instance, kind, port, address, *txt):
    info = ServiceInfo(kind, f"{instance}.{kind}", addresses=[socket.inet_aton(address)],
                       port=int(port), properties=dict(pair.split("=", 1) for pair in txt),
                       server=f"{instance.lower().replace(' ', '-')}.local.")
    stack.register_service(info)
    say(event="registered", name=info.name)
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    stack.unregister_service(info)


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGINT])
    stack = Zeroconf(interfaces=InterfaceChoice.All, ip_version=IPVersion.V4Only)
    what = {"browse": browse, "list": list_all, "advertise": advertise}[sys.argv[1]]
    what(stack, *sys.argv[2:])
    stack.close()


main()
