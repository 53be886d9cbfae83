#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the library, through its documented API, against the shortest libcurl loop and what people use now. Runs are
interleaved: each round has every side once, and medians are compared. scripts/bench.sh builds what is needed and calls
this; docs/performance.md tells what the cases are.
"""

import argparse
import os
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import bench_server  # noqa: E402
import cases  # noqa: E402
import counts  # noqa: E402
import growth  # noqa: E402
import latency  # noqa: E402
import measure  # noqa: E402
import report  # noqa: E402
import sides  # noqa: E402


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def run_case(bench, case, chosen, failures):
    """Runs by side. Who fails at a case is not asked again."""
    begun = time.monotonic()
    results = {side: [] for side in case.sides if side in chosen}
    failed = failures.setdefault(case.name, {})
    first = -1 if case.warm_up else 0
    for number in range(first, case.rounds):
        order = list(results)
        turn = number % len(order) if order else 0
        for side in order[turn:] + order[:turn]:
            if side in failed:
                continue
            progress(f"{case.name}, round {number + 1} of {case.rounds}: {side}")
            try:
                run = bench.measure(case, side)
            except measure.Failed as error:
                failed[side] = str(error)
                results[side] = []
                continue
            if number >= 0:
                results[side].append(run)
    progress("")
    print(f"{case.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return results


def run_all(arguments, chosen_cases, chosen_sides, work):
    server = bench_server.Server(work)
    way = None
    measured, failures, small_file = [], {}, {}
    try:
        way = latency.make(server.http, lambda: server.start_nginx(f"{work}/nginx-far"))
        bench = measure.Bench(arguments.build, work, server, way)
        load = os.getloadavg()[0]
        for case in chosen_cases:
            server.make_files(case)
            measured.append((case, run_case(bench, case, chosen_sides, failures)))
            server.remove_files(case)
        if arguments.counts:
            small_file = counts.count(bench, server, [side for side in ("minimal", "ours") if side in chosen_sides])
        about = report.about(work, way.how, arguments.quick, (load, os.getloadavg()[0]))
    finally:
        if way:
            way.stop()
        server.stop()
    report.print_heading(about)
    report.print_table(measured, failures)
    report.print_counts(small_file)
    os.makedirs(arguments.results, exist_ok=True)
    report.write_json(f"{arguments.results}/results.json", about, measured, failures, small_file)
    print(f"\n{arguments.results}/results.json")
    if report.write_plot(f"{arguments.results}/results.png", about, measured):
        print(f"{arguments.results}/results.png")
    return any(side in ("minimal", "ours") for failed in failures.values() for side in failed)


def run_growth(arguments):
    """Whether something grows faster than it may."""
    folder = arguments.folder or measure.default_folder(growth.COUNTS[-1] * 8 * cases.KIB)
    load = os.getloadavg()[0]
    results = growth.run(arguments.build, folder, arguments.quick, progress)
    about = report.about(folder, "", arguments.quick, (load, os.getloadavg()[0]))
    growth.print_table(results)
    os.makedirs(arguments.results, exist_ok=True)
    growth.add_to_json(f"{arguments.results}/results.json", about, results)
    print(f"\n{arguments.results}/results.json")
    if growth.write_plot(f"{arguments.results}/growth.png", about, results):
        print(f"{arguments.results}/growth.png")
    return bool(growth.too_steep(results))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, help="build folder, without sanitizers")
    parser.add_argument("--results", required=True, help="folder for results.json and results.png")
    parser.add_argument("--quick", action="store_true", help="smaller and fewer: whether it works, not how fast")
    parser.add_argument("--rounds", type=int, help="of each case")
    parser.add_argument("--scale", type=float, default=1, help="times as many or as big files")
    parser.add_argument("--cases", default="", help="names, with commas: " + ",".join(c.name for c in cases.CASES))
    parser.add_argument("--sides", default=",".join(sides.SIDES), help="the same")
    parser.add_argument("--folder", help="where files go; in memory if there is room")
    parser.add_argument("--no-counts", dest="counts", action="store_false", help="no calls and instructions")
    parser.add_argument("--growth", action="store_true", help="only how the cost of many that wait grows")
    parser.add_argument("--no-growth", dest="grows", action="store_false", help="all but that")
    arguments = parser.parse_args()
    arguments.build = os.path.abspath(arguments.build)
    arguments.results = os.path.abspath(arguments.results)

    if arguments.growth:
        sys.exit(run_growth(arguments))
    chosen = cases.choose([name for name in arguments.cases.split(",") if name], arguments.quick, arguments.rounds,
                          arguments.scale)
    missing = set(arguments.sides.split(",")) - set(sides.SIDES)
    if missing:
        sys.exit(f"no such side: {', '.join(sorted(missing))}")
    chosen_sides = []
    for side in arguments.sides.split(","):
        if sides.installed(side):
            chosen_sides.append(side)
        else:
            print(f"{side} is not installed: left out")
    room = 3 * max(case.count * case.size for case in chosen if case.kind == "time") if any(
        case.kind == "time" for case in chosen) else cases.GIB
    with tempfile.TemporaryDirectory(dir=arguments.folder or measure.default_folder(room), prefix="bench-") as work:
        failed = run_all(arguments, chosen, chosen_sides, work)
    if arguments.grows and not arguments.cases:
        failed = run_growth(arguments) or failed
    sys.exit(failed)


if __name__ == "__main__":
    main()
