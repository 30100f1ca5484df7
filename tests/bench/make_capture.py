# A pcap of mDNS responses, five records each.
# SPDX-License-Identifier: Apache-2.0
#
#   make_capture.py FILE PACKETS INSTANCES [distinct]
#
# Every instance has a host of its own. A browser asks for the type, and all answer, in rounds of at
# least two seconds, until there are PACKETS packets. `distinct`: no packet is like another, since
# each has another first string in its TXT record.
import struct
import sys

GROUP = bytes([224, 0, 0, 251])
GROUP_MAC = bytes.fromhex("01005e0000fb")
START = 1_767_225_600  # 2026-01-01


def name(*labels):
    return b"".join(bytes([len(label)]) + label for label in labels)


def record(owner, kind, class_number, ttl, data):
    return owner + struct.pack(">HHIH", kind, class_number, ttl, len(data)) + data


def pointer(offset):
    return struct.pack(">H", 0xC000 | offset)


def response(number, salt=0):
    """PTR, SRV, TXT, A and AAAA of an instance, compressed as responders do."""
    label = b"Printer %d on the third floor" % number
    host = b"printer-%06d" % number
    message = bytearray(struct.pack(">6H", 0, 0x8400, 0, 5, 0, 0))
    browse = pointer(12)
    local = pointer(12 + 5 + 5)
    owner = name(b"_ipp", b"_tcp", b"local") + b"\0"
    instance = pointer(12 + len(owner) + 10)
    message += record(owner, 12, 1, 4500, name(label) + browse)
    target = pointer(len(message) + len(instance) + 10 + 6)
    message += record(instance, 33, 0x8001, 120, struct.pack(">3H", 0, 0, 631) + name(host) + local)
    text = b"".join(bytes([len(s)]) + s for s in
                    (b"txtvers=1", b"UUID=%08x" % salt, b"rp=printers/office", b"ty=Laser %d" % number,
                     b"pdl=application/pdf,image/urf", b"Color=T", b"Duplex=T"))
    message += record(instance, 16, 0x8001, 4500, text)
    message += record(target, 1, 0x8001, 120, address_of(number))
    message += record(target, 28, 0x8001, 120,
                      bytes.fromhex("fe80000000000000") + struct.pack(">Q", number + 1))
    return bytes(message)


def question():
    return struct.pack(">6H", 0, 0, 1, 0, 0, 0) + name(b"_ipp", b"_tcp", b"local") + b"\0" \
        + struct.pack(">HH", 12, 1)


def address_of(number):
    return struct.pack(">I", (10 << 24) + 2 + number)


def frame(number, payload):
    """Ethernet, IPv4 with its checksum, UDP without one."""
    udp = struct.pack(">4H", 5353, 5353, 8 + len(payload), 0) + payload
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 255, 17, 0,
                       address_of(number), GROUP)
    total = sum(struct.unpack(">10H", head))
    total = (total & 0xFFFF) + (total >> 16)
    checksum = ~(total + (total >> 16)) & 0xFFFF
    head = head[:10] + struct.pack(">H", checksum) + head[12:]
    mac = bytes([2, 0]) + struct.pack(">I", number)
    return GROUP_MAC + mac + b"\x08\x00" + head + udp


def main(path, packets, instances, distinct=False):
    answers = [frame(number, response(number)) for number in range(instances)]
    asking = frame((1 << 24) - 16, question())
    step = 50  # microseconds between answers
    now = START * 1_000_000
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))

        def put(data):
            seconds, micros = divmod(now, 1_000_000)
            out.write(struct.pack("<4I", seconds, micros, len(data), len(data)) + data)

        left = packets
        while left > 0:
            put(asking)
            left -= 1
            now += 20_000
            for number in range(min(left, instances)):
                put(frame(number, response(number, left)) if distinct else answers[number])
                now += step
                left -= 1
            now += 2_000_000


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), "distinct" in sys.argv[4:])
