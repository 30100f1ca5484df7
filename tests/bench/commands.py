# Benchmarks of whole commands: the median of some runs each, written as Google Benchmark writes it.
# SPDX-License-Identifier: Apache-2.0
#
#   commands.py BIN_FOLDER SOURCE_FOLDER INCLUDE_FOLDER... >RESULT.json
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

REPETITIONS = 7
LINES = 10_000_000
TYPES = ("_ipp._tcp", "_http._tcp", "_airplay._tcp", "_sftp-ssh._tcp", "_sleep-proxy._udp",
         "_pdl-datastream._tcp", "_smb._tcp", "_ssh._tcp", "_printer._tcp", "_raop._tcp")
DEFINITIONS = 10_000
SAMPLE = 300  # of them, one process each; scaled to all
DEFINITION = """<?xml version="1.0" standalone='no'?>
<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group>
  <name replace-wildcards="yes">Console {number} on %h</name>
  <service>
    <type>{kind}</type>
    <subtype>_console._sub.{kind}</subtype>
    <port>{port}</port>
    <txt-record>path=/console/{number}</txt-record>
    <txt-record>note=Second floor, room {number}</txt-record>
  </service>
</service-group>
"""
# What a translation unit that names services has anyway, and the same with the literals and the
# registry at compile time.
PLAIN = """#include <string>
#include <string_view>
int main() { return 0; }
"""
LITERALS = """#include <string>
#include <string_view>
#include "srvwarden/literals.hpp"
#include "srvwarden/registered.hpp"
using namespace srvwarden::literals;
constexpr auto ipp = "_ipp._tcp"_service_type;
static_assert(srvwarden::is_registered(ipp));
int main() { return 0; }
"""


def run(command, **options):
    return subprocess.run(command, stdin=options.pop("stdin", subprocess.DEVNULL),
                          stdout=subprocess.DEVNULL, check=False, **options)


def median(work):
    work()  # once to warm the caches
    taken = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def in_turn(first, second, times):
    """Two medians whose runs alternate, so that both meet the same machine."""
    taken = ([], [])
    for _ in range(times):
        for work, into in ((first, taken[0]), (second, taken[1])):
            start = time.perf_counter()
            work()
            into.append(time.perf_counter() - start)
    return tuple(statistics.median(each) for each in taken)


def start_of_process(tool):
    check, nothing = in_turn(lambda: run([tool, "check", "_ipp._tcp"]), lambda: run(["true"]), 101)
    return {"check_start": check, "true_start": nothing}


def many_lines(tool, folder):
    path = os.path.join(folder, "lines")
    block = "".join(f"{kind}\n" for kind in TYPES).encode() * 1000
    with open(path, "wb") as file:
        for _ in range(LINES // (len(TYPES) * 1000)):
            file.write(block)

    def fed(*command):
        with open(path, "rb") as lines:
            run(command, stdin=lines)

    result = {
        "check_10M_lines": median(lambda: fed(tool, "check", "--as", "service-type", "--quiet", "-")),
        "wc_10M_lines": median(lambda: fed("wc", "-l")),
    }
    os.remove(path)
    return result


def definition_files(tool, folder):
    """All files in one run, beside xmllint, which only parses them: in one process, and in one each."""
    files = os.path.join(folder, "definitions")
    paths = []
    for number in range(DEFINITIONS):
        inside = os.path.join(files, f"{number // 100:03}")
        os.makedirs(inside, exist_ok=True)
        paths.append(os.path.join(inside, f"{number:05}.service"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write(DEFINITION.format(number=number, kind=TYPES[number % len(TYPES)],
                                         port=1024 + number))
    # xmllint wants no DTD: neither is to look for one.
    parse = ["xmllint", "--noout", "--nonet"]

    def one_process_each():
        for path in paths[:SAMPLE]:
            run([*parse, path])

    lint, parsed = in_turn(lambda: run([tool, "lint", files]), lambda: run([*parse, *paths]),
                           REPETITIONS)
    result = {"lint_10000_files": lint, "xmllint_10000_files": parsed,
              "xmllint_10000_processes": median(one_process_each) * DEFINITIONS / SAMPLE}
    shutil.rmtree(files)
    return result


def compile_times(source, includes, folder):
    texts = {"plain": PLAIN, "literals": LITERALS}
    for name, text in texts.items():
        with open(os.path.join(folder, f"{name}.cpp"), "w", encoding="utf-8") as file:
            file.write(text)
    options = ["-std=c++20", "-O2", "-c", "-o", "/dev/null", *(f"-I{path}" for path in includes)]
    result = {}
    for compiler in ("g++", "clang++"):
        if not shutil.which(compiler):
            continue
        plain, literals = in_turn(
            *(lambda name=name: subprocess.run(
                [compiler, *options, os.path.join(folder, f"{name}.cpp")], check=True)
              for name in texts), 2 * REPETITIONS + 1)
        result[f"compile_plain_{compiler}"] = plain
        result[f"compile_literals_{compiler}"] = literals
    return result


def read_csv(source):
    """What registry_bench's import is held to: Python reading the same file, and no more."""
    path = os.environ.get("SRVWARDEN_REGISTRY_CSV") or os.path.join(
        source, "../shared/registry/service-names-port-numbers-2026-08-17.csv")
    if not os.path.exists(path):
        return {}

    def read():
        with open(path, encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass

    return {"python_csv_read": median(read)}


def main(bin_folder, source, *includes):
    tool = os.path.join(bin_folder, "srvwarden")
    times = {}
    with tempfile.TemporaryDirectory() as folder:
        if os.path.exists(tool):
            times |= start_of_process(tool)
            times |= many_lines(tool, folder)
            if shutil.which("xmllint"):
                times |= definition_files(tool, folder)
        times |= read_csv(source)
        if os.path.exists(os.path.join(source, "include/srvwarden/literals.hpp")):
            times |= compile_times(source, includes, folder)
    json.dump({"benchmarks": [
        {"run_name": name, "aggregate_name": "median", "real_time": seconds, "time_unit": "s"}
        for name, seconds in times.items()]}, sys.stdout)


main(*sys.argv[1:])
