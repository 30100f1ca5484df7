# Compares what we read of mDNS messages with what tshark reads, field by field: of random messages
# that we write ourselves, and of real captures where a folder beside the source has some.
# SPDX-License-Identifier: Apache-2.0
#
# tshark_agrees_test.py MESSAGE_LINES SOURCE_FOLDER [CAPTURE...]; without tshark: status 77.
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SECTIONS = {"Answers": 0, "Authoritative nameservers": 1, "Additional records": 2}
A, CNAME, PTR, HINFO, TXT, AAAA, SRV, OPT, NSEC = 1, 5, 12, 13, 16, 28, 33, 41, 47
SEEDS = range(8)
MESSAGES = 150


def shown(name):
    """A name in hexadecimal as tshark shows it: dots between labels, which it does not escape."""
    octets, labels = bytes.fromhex(name), []
    while octets[0]:
        labels.append(octets[1:1 + octets[0]])
        octets = octets[1 + octets[0]:]
    if not labels:
        return "<Root>"
    return text(b".".join(labels))


def text(octets):
    """Octets as tshark shows strings; what is no UTF-8 it shows as U+FFFD."""
    return octets.decode("utf-8", "replace")


def fields_of(item, name):
    return [field for field in item.iter("field") if field.get("name") == name]


def number(field):
    """A field as it is in the packet, with the bits that tshark shows elsewhere."""
    return int(field.get("unmaskedvalue") or field.get("value"), 16)


def one(item, name):
    found = fields_of(item, name)
    return number(found[0]) if found else None


def show(item, name):
    found = fields_of(item, name)
    return found[0].get("show") if found else None


def tshark_data(item, kind):
    if kind == A:
        return {"address": fields_of(item, "dns.a")[0].get("value")}
    if kind == AAAA:
        return {"address": fields_of(item, "dns.aaaa")[0].get("value")}
    if kind == PTR:
        return {"target": show(item, "dns.ptr.domain_name")}
    if kind == CNAME:
        return {"target": show(item, "dns.cname")}
    if kind == SRV:
        return {"priority": one(item, "dns.srv.priority"), "weight": one(item, "dns.srv.weight"),
                "port": one(item, "dns.srv.port"), "target": show(item, "dns.srv.target")}
    if kind == TXT:
        return {"strings": [field.get("show") for field in fields_of(item, "dns.txt")]}
    if kind == HINFO:
        return {"strings": [show(item, "dns.hinfo.cpu"), show(item, "dns.hinfo.os")]}
    if kind == NSEC:
        return {"target": show(item, "dns.nsec.next_domain_name"), "types": nsec_types(item)}
    return None


def nsec_types(item):
    """tshark names the types that it knows in words: "RR type in bit map: TXT (Text strings)"; its
    bit map stands whole in the record's octets, where we take the numbers from."""
    octets = bytes.fromhex("".join(item.get("value").split()))
    size = one(item, "dns.resp.len")
    name = len(bytes.fromhex(fields_of(item, "dns.nsec.next_domain_name")[0].get("value")))
    blocks, types = octets[len(octets) - size + name:], []
    while blocks:
        block, length = blocks[0], blocks[1]
        for i in range(length * 8):
            if blocks[2 + i // 8] & 0x80 >> i % 8:
                types.append(block * 256 + i)
        blocks = blocks[2 + length:]
    return types


def our_data(record):
    data = record["data"]
    if record["type"] not in (A, CNAME, PTR, HINFO, TXT, AAAA, SRV, NSEC):
        return None
    if "target" in data:
        data["target"] = shown(data["target"])
    if "strings" in data:
        data["strings"] = [text(bytes.fromhex(each)) for each in data["strings"]]
    return data


def owner(item):
    """tshark takes SRV's owner apart: service, protocol, name. RFC 2782."""
    whole = show(item, "dns.resp.name")
    parts = [show(item, "dns.srv." + part) for part in ("service", "proto", "name")]
    return whole or ".".join(part for part in parts if part)


def class_of(item, kind):
    """OPT's class is the size of a UDP payload. RFC 6891 §6.1.2"""
    return one(item, "dns.rr.udp_payload_size" if kind == OPT else "dns.resp.class")


def ttl(item, kind):
    """OPT's TTL is a response code, a version and flags. RFC 6891 §6.1.3"""
    if kind != OPT:
        return one(item, "dns.resp.ttl")
    code, version, flags = (one(item, "dns.resp." + part)
                            for part in ("ext_rcode", "edns0_version", "z"))
    return code << 24 | version << 16 | flags


def tshark_message(protocol):
    out = {"id": one(protocol, "dns.id"), "flags": one(protocol, "dns.flags"),
           "counts": [one(protocol, "dns.count." + each)
                      for each in ("queries", "answers", "auth_rr", "add_rr")],
           "questions": [], "records": []}
    for section in protocol.findall("field"):
        if section.get("show") == "Queries":
            for item in section.findall("field"):
                out["questions"].append({"name": show(item, "dns.qry.name"),
                                         "type": one(item, "dns.qry.type"),
                                         "class": one(item, "dns.qry.class")})
        if section.get("show") in SECTIONS:
            for item in section.findall("field"):
                kind = one(item, "dns.resp.type")
                out["records"].append({
                    "section": SECTIONS[section.get("show")], "name": owner(item),
                    "type": kind, "class": class_of(item, kind),
                    "ttl": ttl(item, kind), "data": tshark_data(item, kind)})
    return out


def tshark_messages(path):
    """By frame number."""
    pdml = subprocess.run(["tshark", "-r", path, "-Y", "mdns", "-T", "pdml"], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    out = {}
    for packet in ElementTree.fromstring(pdml).iter("packet"):
        frame = int(packet.find("proto[@name='geninfo']/field[@name='num']").get("show"))
        out[frame] = tshark_message(packet.find("proto[@name='mdns']"))
    return out


def our_messages(program, path):
    lines = subprocess.run([program, path], check=True, stdout=subprocess.PIPE).stdout
    out = {}
    for line in lines.splitlines():
        message = json.loads(line)
        for item in message["questions"] + message["records"]:
            item["name"] = shown(item["name"])
        for record in message["records"]:
            record["data"] = our_data(record)
        out[message.pop("frame")] = message
    return out


def compare(program, path):
    """How many messages and records agree; prints where they do not."""
    ours, theirs = our_messages(program, path), tshark_messages(path)
    differences, records = 0, 0
    for frame in sorted(ours.keys() | theirs.keys()):
        ours_here, theirs_here = ours.get(frame), theirs.get(frame)
        if ours_here and theirs_here:
            records += len(ours_here["records"])
        if ours_here != theirs_here:
            differences += 1
            print(f"{os.path.basename(path)}: frame {frame}")
            tell(ours_here, theirs_here)
    return len(ours), records, differences


def tell(ours, theirs):
    """Where two accounts of a message differ."""
    if not ours or not theirs:
        print("  read by us alone" if ours else "  read by tshark alone")
        return
    for key, value in ours.items():
        pairs = [(value, theirs[key])]
        if isinstance(value, list) and len(value) == len(theirs[key]):
            pairs = zip(value, theirs[key])
        for mine, other in pairs:
            if mine != other:
                print(f"  {key}: ours   {mine}\n  {key}: theirs {other}")


def main():
    program, source = sys.argv[1:3]
    if not shutil.which("tshark"):
        print("skipped: there is no tshark")
        return 77
    paths = sys.argv[3:] or glob.glob(os.path.join(source, "..", "shared", "captures", "*.pcap"))
    messages = records = differences = 0
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for seed in SEEDS if not sys.argv[3:] else ():
            made.append(os.path.join(folder, f"random{seed}.pcap"))
            subprocess.run([program, "--make", str(seed), str(MESSAGES), made[-1]], check=True)
        for path in made + sorted(paths):
            here = compare(program, path)
            messages, records = messages + here[0], records + here[1]
            differences += here[2]
    print(f"{messages} messages with {records} records, {differences} read in another way")
    return 1 if differences or not messages else 0


if __name__ == "__main__":
    sys.exit(main())
