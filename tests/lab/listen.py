# Hears all that mDNS says to this host; ended by SIGTERM, it tells what was taken back, and when.
# SPDX-License-Identifier: Apache-2.0
#
#   listen.py INTERFACE TYPE     TYPE: "_http._tcp.local". Prints "listening", then at the end one JSON
#                                object: for each IP version, what was announced, when each goodbye came
#                                first (seconds of CLOCK_MONOTONIC), and what the kernel dropped.
import json
import signal
import socket
import struct
import sys
import threading
import time

PTR, TXT, SRV = 12, 16, 33
NAMES = {PTR: "PTR", TXT: "TXT", SRV: "SRV"}
SO_RCVBUFFORCE, SO_RXQ_OVFL = 33, 40
BUFFER = 64 << 20  # bytes: what is dropped would look as if it had not been said


def name_at(message, at):
    """A name, and where it ends."""
    labels, end = [], None
    for _ in range(128):
        size = message[at]
        if size >= 0xC0:
            end = end or at + 2
            at = (size & 0x3F) << 8 | message[at + 1]
        elif size == 0:
            return ".".join(labels), end or at + 1
        else:
            labels.append(message[at + 1:at + 1 + size].decode(errors="replace"))
            at += 1 + size
    raise ValueError("a name without end")


def records(message):
    """(type, owner, target of a PTR, TTL) of all records of a response."""
    _, flags, questions, *counts = struct.unpack_from(">6H", message)
    if not flags & 0x8000:
        return
    at = 12
    for _ in range(questions):
        at = name_at(message, at)[1] + 4
    for _ in range(sum(counts)):
        owner, at = name_at(message, at)
        kind, _, ttl, size = struct.unpack_from(">HHIH", message, at)
        at += 10
        yield kind, owner, name_at(message, at)[0] if kind == PTR else "", ttl
        at += size


def joined(family, interface):
    index = socket.if_nametoindex(interface)
    sock = socket.socket(family, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, SO_RXQ_OVFL, 1)
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
    except PermissionError:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    if family == socket.AF_INET:
        sock.bind(("224.0.0.251", 5353))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack(
            "=4s4sI", socket.inet_aton("224.0.0.251"), bytes(4), index))
    else:
        sock.bind(("ff02::fb", 5353, 0, index))
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(
            socket.AF_INET6, "ff02::fb") + struct.pack("=I", index))
    sock.settimeout(0.1)
    return sock


class Ear:
    """One socket. Messages are kept as they come and looked into at the end: nothing is missed meanwhile."""

    def __init__(self, sock):
        self.sock = sock
        self.heard = []
        self.dropped = 0

    def hear(self):
        try:
            message, more, _, _ = self.sock.recvmsg(9000, 64)
        except TimeoutError:
            return
        self.heard.append((time.monotonic(), message))
        for level, kind, data in more:
            if (level, kind) == (socket.SOL_SOCKET, SO_RXQ_OVFL):
                self.dropped = struct.unpack("=I", data)[0]

    def summary(self, of_type):
        announced, gone = set(), {}
        for when, message in self.heard:
            for kind, owner, target, ttl in records(message):
                instance = target if kind == PTR else owner
                if kind not in NAMES or not instance.endswith("." + of_type):
                    continue
                record = f"{instance} {NAMES[kind]}"
                if ttl:
                    announced.add(record)
                    gone.pop(record, None)
                else:
                    gone.setdefault(record, when)
        return {"announced": sorted(announced), "gone": gone, "dropped": self.dropped,
                "messages": len(self.heard)}


def main(interface, of_type):
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    ears = {"IPv4": Ear(joined(socket.AF_INET, interface)),
            "IPv6": Ear(joined(socket.AF_INET6, interface))}

    def follow(ear):
        while not over.is_set():
            ear.hear()

    # A thread an ear: neither waits for the other.
    threads = [threading.Thread(target=follow, args=(ear,)) for ear in ears.values()]
    for thread in threads:
        thread.start()
    print("listening", flush=True)
    for thread in threads:
        thread.join()
    print(json.dumps({version: ear.summary(of_type) for version, ear in ears.items()}), flush=True)


main(*sys.argv[1:])
