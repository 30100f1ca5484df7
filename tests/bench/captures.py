# Benchmarks of audits of captures: beside tshark, and how cost and memory grow.
# SPDX-License-Identifier: Apache-2.0
#
#   captures.py BIN_FOLDER >RESULT.json
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

REPETITIONS = 7
PACKETS = 200_000
INSTANCES = 1_000
TSHARK = ["-Y", "mdns", "-T", "fields", "-e", "dns.resp.name", "-e", "dns.srv.port", "-e", "dns.txt"]


def measured(command):
    """Seconds, and the most KiB of memory that the command had at once."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > 1:  # 1 says that there are findings
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return seconds, usage.ru_maxrss


def median(command, times=REPETITIONS):
    runs = [measured(command) for _ in range(times)]
    return tuple(statistics.median(each) for each in zip(*runs))


def main(bin_folder):
    tool = os.path.join(bin_folder, "srvwarden")
    times, memory = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "capture.pcap")

        def audit(packets, instances, distinct=False, runs=REPETITIONS):
            # In a process of its own: what this one uses would count as its children's memory.
            subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "make_capture.py"),
                            path, str(packets), str(instances), *["distinct"] * distinct], check=True)
            return median([tool, "audit", "--capture", path], runs)

        # How cost grows: with the length of the capture, and with what is in it.
        times["audit_4x_capture"], memory["audit_4x_capture_memory"] = audit(
            4 * PACKETS, INSTANCES, runs=3)
        for instances in (100, 10_000, 100_000):
            times[f"audit_{instances}_instances"], memory[f"audit_{instances}_instances_memory"] = \
                audit(PACKETS, instances, runs=3)
        times["audit_distinct_packets"], _ = audit(PACKETS, INSTANCES, distinct=True)
        _, memory["audit_10000_answers_memory"] = audit(10_001, 10_000, runs=3)
        heard = subprocess.run(
            ["unshare", "--net", "--map-root-user", "/usr/bin/python3",
             os.path.join(os.path.dirname(__file__), "zeroconf_memory.py"), "10000"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        if heard.returncode == 0:
            memory["zeroconf_10000_answers_memory"] = int(heard.stdout)
        times["audit_capture"], memory["audit_capture_memory"] = audit(PACKETS, INSTANCES)
        if shutil.which("tshark"):
            times["tshark_capture"], memory["tshark_capture_memory"] = median(
                ["tshark", "-r", path, *TSHARK], 3)
    rows = [(times, "s"), (memory, "KiB")]
    json.dump({"benchmarks": [
        {"run_name": name, "aggregate_name": "median", "real_time": value, "time_unit": unit}
        for values, unit in rows for name, value in values.items()]}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
