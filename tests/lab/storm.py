# Multicasts responses that are all different, five records each: storm.py RATE SECONDS
# Says how many it sent, and for how long. It stops by itself.
# SPDX-License-Identifier: Apache-2.0
import socket
import sys
import time

from audit_test import announcement

GROUP = ("224.0.0.251", 5353)
BATCH = 100
DIGITS = b"00000000"


def main(rate, seconds):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
    sender.bind(("", GROUP[1]))
    # What is wrong with each: a key that is none. What differs: the instance name.
    message = announcement(DIGITS.decode(), ("_http", "_tcp"), 80, b"\x06=value")
    start, sent = time.monotonic(), 0
    while (now := time.monotonic() - start) < seconds:
        if sent >= now * rate:
            time.sleep(0.001)
            continue
        for number in range(sent, sent + BATCH):
            sender.sendto(message.replace(DIGITS, b"%08d" % number), GROUP)
        sent += BATCH
    print(f"sent {sent} in {time.monotonic() - start:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
