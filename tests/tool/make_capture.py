#!/usr/bin/env python3
# Writes a small pcap to standard output: a printer's life, whole or broken. make_capture.py SCENARIO
# SPDX-License-Identifier: Apache-2.0
import socket
import struct
import sys

PTR, TXT, SRV, A, ANY = 12, 16, 33, 1, 255
IN, FLUSH, QU = 1, 0x8001, 0x8001
TYPE = ("_ipp", "_tcp", "local")
PRINTER, LAPTOP, RIVAL = 1, 9, 2
START = 1_700_000_000


def name(*labels):
    octets = [label if isinstance(label, bytes) else label.encode() for label in labels]
    return b"".join(bytes([len(label)]) + label for label in octets) + b"\0"


def record(owner, kind, data, group=FLUSH, ttl=120):
    return owner + struct.pack("!HHIH", kind, group, ttl, len(data)) + data


def message(flags, questions=(), answers=(), authority=()):
    counts = (len(questions), len(answers), len(authority), 0)
    return struct.pack("!6H", 0, flags, *counts) + b"".join([*questions, *answers, *authority])


def question(owner, kind, group=IN):
    return owner + struct.pack("!2H", kind, group)


class Printer:
    """What is announced; a scenario changes it."""

    def __init__(self, instance="Dr. Pepper", port=631, host="pi", ttl=4500):
        self.name = name(instance, *TYPE)
        self.host = name(host, "local")
        self.port, self.ttl, self.keys = port, ttl, [b"txtvers=1", b"rp=ipp/print"]
        self.without = ()

    def records(self, ttl=None):
        text = b"".join(bytes([len(key)]) + key for key in self.keys) or b"\0"
        long, short = (self.ttl, 120) if ttl is None else (ttl, ttl)
        all_records = {
            "PTR": record(name(*TYPE), PTR, self.name, IN, long),
            "SRV": record(self.name, SRV, struct.pack("!3H", 0, 0, self.port) + self.host, ttl=short),
            "TXT": record(self.name, TXT, text, ttl=long),
            "A": record(self.host, A, bytes([10, 77, 0, PRINTER]), ttl=short)}
        return [one for kind, one in all_records.items() if kind not in self.without]

    def probe(self):
        data = struct.pack("!3H", 0, 0, self.port) + self.host
        return message(0, [question(self.name, ANY, QU)], authority=[record(self.name, SRV, data, IN)])

    def says(self, ttl=None):
        return message(0x8400, answers=self.records(ttl))


class Capture:
    def __init__(self):
        self.octets = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)

    def add(self, time, sender, payload, port=5353, hops=255):
        udp = struct.pack("!4H", port, 5353, len(payload) + 8, 0) + payload
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, len(udp) + 20, 0, 0, hops, 17, 0,
                         bytes([10, 77, 0, sender]), socket.inet_aton("224.0.0.251")) + udp
        frame = bytes.fromhex("01005E0000FB") + bytes([2, 0, 0, 0, 0, sender]) + b"\x08\0" + ip
        micro = round(time * 1_000_000)
        self.octets += struct.pack("<4I", START + micro // 1_000_000, micro % 1_000_000,
                                   len(frame), len(frame)) + frame

    def asks(self, time, known=()):
        self.add(time, LAPTOP, message(0, [question(name(*TYPE), PTR)], known))


def life(printer, port=5353, hops=255):
    """Probes, announces, answers twice, changes a key, is known, and is asked in vain at the end."""
    capture = Capture()
    for probe in (0, 0.25, 0.5):
        capture.add(probe, PRINTER, printer.probe())
    for time in (0.75, 1.75):
        capture.add(time, PRINTER, printer.says(), port, hops)
    for time in (5, 10):
        capture.asks(time)
        capture.add(time + 0.04, PRINTER, printer.says(), port, hops)
    capture.asks(20, [record(name(*TYPE), PTR, printer.name, IN, 4000)])
    capture.asks(25, [record(name(*TYPE), PTR, name("Other", *TYPE), IN, 4000)])
    capture.add(25.04, PRINTER, printer.says(), port, hops)
    capture.add(28, LAPTOP, message(0, [question(name("_http", "_tcp", "local"), PTR)]))
    return capture


def whole():
    return life(Printer())


def withdrawn():
    printer = Printer()
    capture = whole()
    printer.keys = [b"txtvers=1", b"rp=ipp/other", b"note=moved"]
    capture.add(30, PRINTER, printer.says())
    capture.add(40, PRINTER, printer.says(ttl=0))
    for time in (50, 53, 62):
        capture.asks(time)
    capture.add(70, LAPTOP, message(0, [question(name("_http", "_tcp", "local"), PTR)]))
    return capture


def contested():
    """A rival probes for the same name at once, loses, and takes the next."""
    capture = Capture()
    ours, theirs = Printer(port=632), Printer(host="rival")
    capture.add(0, PRINTER, ours.probe())
    capture.add(0.01, RIVAL, theirs.probe())
    capture.add(0.25, PRINTER, ours.probe())
    capture.add(0.5, PRINTER, ours.probe())
    capture.add(0.75, PRINTER, ours.says())
    capture.add(1.5, RIVAL, Printer("Dr. Pepper (2)", host="rival").probe())
    return capture


def silent():
    capture = Capture()
    for time in (0, 3, 12):
        capture.asks(time)
    capture.add(20, LAPTOP, message(0, [question(name("_http", "_tcp", "local"), PTR)]))
    return capture


def without(kind):
    printer = Printer("Broken")
    printer.without = (kind,)
    return life(printer)


def hostile():
    printer = Printer(b"\x1b]0;owned\x07\xe2\x80\xae")
    printer.keys = [b"\x1b[31m=\xff", b"=", b"a" * 200 + b"\n"]
    return life(printer)


SCENARIOS = {
    "whole": whole, "withdrawn": withdrawn, "contested": contested, "silent": silent,
    "no-srv": lambda: without("SRV"), "no-txt": lambda: without("TXT"),
    "port-zero": lambda: life(Printer("Broken", port=0)),
    "wrong-port": lambda: life(Printer(), port=40000),
    "ttl-zero": lambda: life(Printer(ttl=0)),
    "routed": lambda: life(Printer(), hops=254),
    "hostile": hostile}

sys.stdout.buffer.write(SCENARIOS[sys.argv[1]]().octets)
