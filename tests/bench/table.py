# The one table of a bench run: each work beside its peer, its budget and the verdict.
# SPDX-License-Identifier: Apache-2.0
#
#   table.py BUDGETS RESULT.json...    results of Google Benchmark (aggregates) and of commands.py
import json
import statistics
import sys

SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def medians(paths):
    """Benchmark name -> seconds a run, or KiB: median of the repetitions, mean over its arguments."""
    found = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for run in json.load(file)["benchmarks"]:
                if run.get("aggregate_name") == "median":
                    name, seconds = run["run_name"].split("/")[0], SECONDS.get(run["time_unit"], 1)
                    found.setdefault(name, []).append(run["real_time"] * seconds)
    return {name: statistics.mean(times) for name, times in found.items()}


def shown(seconds, name=""):
    if name.endswith("_memory"):
        return f"{seconds / 1024:.3g} MiB"
    for unit in ("s", "ms", "us"):
        if seconds >= SECONDS[unit]:
            return f"{seconds / SECONDS[unit]:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def row(work, peer, kind, limit, times):
    mine, theirs = times[work], times[peer]
    if kind == "ratio":
        kept, budget = mine <= limit * theirs, f"{limit:g} x"
    else:
        kept, budget = mine - theirs <= limit, f"+{shown(limit)}"
    return (work, shown(mine, work), peer, shown(theirs, peer), f"{mine / theirs:.3g}", budget,
            "kept" if kept else "MISSED")


def main(budgets, paths):
    times = medians(paths)
    rows = [("work", "time", "peer", "its time", "ratio", "budget", "verdict")]
    with open(budgets, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            work, peer, kind, limit = line.split()
            absent = [name for name in (work, peer) if name not in times]
            if absent:
                rows.append((work, "-", peer, "-", "-", "-", f"not run: {', '.join(absent)}"))
            else:
                rows.append(row(work, peer, kind, float(limit), times))
    widths = [max(len(r[column]) for r in rows) for column in range(len(rows[0]))]
    for cells in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())
    budgeted = {name for cells in rows for name in (cells[0], cells[2])}
    others = {name: time for name, time in times.items() if name not in budgeted}
    if others:
        print("\nwithout a budget: " + ", ".join(f"{n} {shown(t, n)}" for n, t in others.items()))
    return 1 if any(cells[-1] == "MISSED" for cells in rows) else 0


sys.exit(main(sys.argv[1], sys.argv[2:]))
