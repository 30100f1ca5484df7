# A storm on the link: the auditor's memory is bounded, and nothing is lost without being counted.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import sys
import time

from lab import HERE, LabCase, main

RATE = 20_000
SECONDS = float(os.environ.get("SRVWARDEN_STORM", "10"))  # 60 for the claim
MEMORY = 64 * 1024  # KiB


def memory_until_its_end(program, seconds):
    """The most KiB that it ever had."""
    most, end = 0, time.monotonic() + seconds
    while program.process.poll() is None and time.monotonic() < end:
        with open(f"/proc/{program.process.pid}/status", encoding="ascii") as status:
            found = re.search(r"VmHWM:\s+(\d+)", status.read())
        most = max(most, int(found[1]) if found else 0)
        time.sleep(0.02)
    return most


def seconds_of_cpu(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Storm(LabCase):
    def test_is_counted_in_bounded_memory(self):
        noisy, listener = self.host("noisy"), self.host("listener")
        auditor = listener.start("srvwarden", "audit", "--passive", "--format", "json",
                                 "--seconds", str(int(SECONDS) + 4))
        listener.wait_until_joined()
        storm = noisy.start(sys.executable, os.path.join(HERE, "storm.py"), str(RATE), str(SECONDS))
        sent = int(storm.expect(r"sent (\d+) in", SECONDS + 20)[1])
        time.sleep(1)
        busy = seconds_of_cpu(auditor.process.pid)
        most = memory_until_its_end(auditor, 60)
        auditor.wait()
        report = json.loads(auditor.output())
        summary = report["summary"]
        lost = sum(each["dropped"] for each in report["inputs"])
        print(f"sent {sent} at {sent / SECONDS:.0f} a second; heard {summary['packets']}, "
              f"lost by the kernel {lost}; {most / 1024:.1f} MiB, {busy:.1f} s of CPU")
        self.assertEqual(summary["packets"] + lost, sent, summary)
        self.assertLessEqual(most, MEMORY)
        self.assertLess(busy, SECONDS)
        # Each packet has three records of its own and shares the host's address with all. The same
        # fault is told of each TXT record for which there was room; of the others, the number.
        self.assertEqual(summary["records"], 4 * summary["packets"])
        kept = sum(each["rule"] == "TX010" for each in report["findings"])
        self.assertGreater(kept, 1000)
        self.assertLessEqual(abs(3 * kept + summary["records_dropped"] - 3 * summary["packets"]), 3,
                             summary)


if __name__ == "__main__":
    main()
