# Multicasts mDNS messages as they are given, right or wrong, each a packet: send.py HEX...
# SPDX-License-Identifier: Apache-2.0
import socket
import sys

GROUP = ("224.0.0.251", 5353)

sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sender.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
sender.bind(("", GROUP[1]))
for message in sys.argv[1:]:
    sender.sendto(bytes.fromhex(message), GROUP)
