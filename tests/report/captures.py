"""Captures for the tests of an audit's forms: announcements whose names and TXT want to be more than data.

SPDX-License-Identifier: Apache-2.0
"""
import struct

PTR, TXT, SRV, A = 12, 16, 33, 1
GROUP = bytes([224, 0, 0, 251])

# What ends a script, an attribute, a string; what moves the cursor, turns the text around or hides in it.
HOSTILE = (
    b"</script><script>alert(1)</script>",
    b"\"><img src=x onerror=alert(1)>",
    b"' onmouseover='alert(1)",
    b"<!--<script>",
    b"\x1b]0;title\x07\x1b[31m",
    "\u202etxt.exe\u2066 \u2028\u200b\ufeff".encode(),
    b"\xc2\x9b31m\x7f\xff\xfe\x00",
    b"{0} [x](http://x.example/) `$(id)`",
    b"a\nb\r\nc\t d",
    b"&lt;&amp;&#60;",
    b"]]>*/;}}//",
)


def name(*labels):
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(owner, kind, data, group=0x8001, ttl=120):
    return owner + struct.pack("!HHIH", kind, group, ttl, len(data)) + data


def announcement(instance, kind=b"_http", host=b"pi", address=(10, 77, 0, 2), txt=b"path=/", ttl=120):
    service, target = name(kind, b"_tcp", b"local"), name(host, b"local")
    owner = name(instance, kind, b"_tcp", b"local")
    longer = 4500 if ttl else 0  # of what does not name a host: RFC 6762 §10
    records = (record(service, PTR, owner, 1, longer),
               record(owner, SRV, struct.pack("!3H", 0, 0, 80) + target, ttl=ttl),
               record(owner, TXT, bytes([len(txt)]) + txt, ttl=longer),
               record(target, A, bytes(address), ttl=ttl))
    return struct.pack("!6H", 0, 0x8400, 0, len(records), 0, 0) + b"".join(records)


def frame(payload, source):
    udp = struct.pack("!4H", 5353, 5353, 8 + len(payload), 0) + payload
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 255, 17, 0, bytes(source), GROUP)
    return bytes.fromhex("01005e0000fb") + bytes([2, 0, *source]) + b"\x08\x00" + head + udp


def pcap(packets, start=1_767_225_600.0, step=0.25):
    """packets: (payload, source address as four octets)."""
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)
    for number, (payload, source) in enumerate(packets):
        seconds, micros = divmod(round((start + number * step) * 1_000_000), 1_000_000)
        data = frame(payload, source)
        out += struct.pack("<4I", seconds, micros, len(data), len(data)) + data
    return out


def hostile():
    """Each hostile text as an instance, as a host, as a service and in TXT; then one goodbye."""
    packets = []
    for number, text in enumerate(HOSTILE):
        address = (10, 77, 1, number + 1)
        packets.append((announcement(text[:63], host=text[:63], address=address, txt=text), address))
        packets.append((announcement(b"S%d" % number, kind=b"_" + text[:60], host=b"s%d" % number,
                                     address=address), address))
    packets.append((announcement(b"Lobby"), (10, 77, 0, 2)))
    packets.append((announcement(b"Gone"), (10, 77, 0, 2)))
    packets.append((announcement(b"Gone", ttl=0), (10, 77, 0, 2)))
    return pcap(packets)


def storm():
    """Two hosts that contradict each other, and one that will not stop."""
    packets = [(announcement(b"Web", host=b"a", address=(10, 77, 0, 2)), (10, 77, 0, 2)),
               (announcement(b"Web", host=b"b", address=(10, 77, 0, 3)), (10, 77, 0, 3))]
    packets += [(announcement(b"Loud", host=b"c", address=(10, 77, 0, 4)), (10, 77, 0, 4))] * 600
    return pcap(packets, step=0.001)
