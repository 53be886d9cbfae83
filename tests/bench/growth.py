# SPDX-License-Identifier: MIT
"""How the cost of transfers that wait grows with their number: bench_many's steps, each in a process of its own, with
10, 100 ... of them in one store."""

import contextlib
import json
import math
import os
import shutil
import socket
import subprocess
import tempfile

import measure
import sides

COUNTS = (10, 100, 1000, 10_000, 100_000)
QUICK_COUNTS = (10, 100, 1000)
ROUNDS = 3
SECONDS = 600  # a step that takes longer has failed

# What is shown of which program: (row, title, store, command, its line, environment).
QUEUED = {"WINRT_NETWORK_STATE": "online"}
OFFLINE = {"WINRT_NETWORK_STATE": "offline"}
STEPS = (("start", "create and start, six run", "one", ("start", ), "start", QUEUED),
         ("list", "list, in the next process", "one", ("list", ), "list", QUEUED),
         ("attach", "attach to all", "one", ("pause", ), "attach", QUEUED),
         ("pause", "pause all", "one", ("pause", ), "pause", QUEUED),
         ("offline", "create and start, offline", "other", ("start", ), "start", OFFLINE),
         ("cancel", "cancel all", "other", ("cancel", ), "cancel", QUEUED))
TITLES = {step[0]: step[1] for step in STEPS}

# What n log n may grow; the tolerance is for caches that hold less of more. Of times below a tenth of a second nothing
# can be said: a thread that comes late is as long; nor of less memory than the six need that run. What a process costs
# that has no transfers at all only makes the first steps look better.
TOLERANCE = 1.5
LEAST_SECONDS = 0.1
LEAST_BYTES = 4 << 20


@contextlib.contextmanager
def silent_server():
    """Its URL: it takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def run_once(build, work, url, count, arguments, environment):
    """Lines of the program: {name: (seconds, bytes each)}."""
    job = sides.Job(build, work, f"{work}/out", [], 0, 0, "")
    command = [f"{build}/tests/bench/bench_many", *arguments]
    if arguments[0] == "start":
        out = tempfile.mkdtemp(dir=work)
        command += [str(count), out, url]
    try:
        result = subprocess.run(command, env=sides.environment(job) | environment, capture_output=True, text=True,
                                timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise measure.Failed(f"{' '.join(arguments)} of {count}: not done after {SECONDS} s") from None
    if result.returncode:
        raise measure.Failed(f"{' '.join(arguments)} of {count}: {result.stderr[-500:].strip()}")
    found = {}
    for line in result.stdout.splitlines():
        words = line.split()
        if len(words) == 4 and words[0] != "median":
            if int(words[1]) != count:
                raise measure.Failed(f"{words[0]}: {words[1]} instead of {count}")
            found[words[0]] = (float(words[2]), float(words[3]))
    return found


def measure_count(build, folder, url, count):
    """{row: (seconds, bytes each)} of one round."""
    found = {}
    with tempfile.TemporaryDirectory(dir=folder, prefix="growth-") as work:
        lines = {}
        for row, _, store, arguments, line, environment in STEPS:
            place = f"{work}/{store}"
            os.makedirs(place, exist_ok=True)
            key = (arguments, store)
            if key not in lines:
                lines[key] = run_once(build, place, url, count, arguments, environment)
            found[row] = lines[key][line]
    return found


def run(build, folder, quick, progress):
    """{row: {count: {"seconds", "bytes", "rounds"}}}: of the rounds the least, since what disturbs only adds."""
    results = {row: {} for row in TITLES}
    with silent_server() as url:
        for count in QUICK_COUNTS if quick else COUNTS:
            rounds = []
            for number in range(1 if quick else ROUNDS):
                progress(f"{count} transfers, round {number + 1}")
                rounds.append(measure_count(build, folder, url, count))
            for row in TITLES:
                results[row][count] = {"seconds": min(found[row][0] for found in rounds),
                                       "bytes": min(found[row][1] for found in rounds),
                                       "rounds": [found[row][0] for found in rounds]}
    progress("")
    return results


def allowed(count):
    """How many times as much ten times as many may cost."""
    return TOLERANCE * 10 * math.log(10 * count) / math.log(count)


def too_steep(results):
    """What grows faster than n log n, in words."""
    found = []
    for row, counts in results.items():
        for count, values in counts.items():
            more = counts.get(10 * count)
            if not more:
                continue
            times = more["seconds"] / values["seconds"] if values["seconds"] else 0
            if more["seconds"] >= LEAST_SECONDS and times > allowed(count):
                found.append(f"{TITLES[row]}: {10 * count:,} take {times:.0f} times as long as {count:,}, "
                             f"{allowed(count):.0f} are allowed")
            times = 10 * more["bytes"] / values["bytes"] if values["bytes"] > 0 else 0
            if 10 * count * more["bytes"] >= LEAST_BYTES and times > allowed(count):
                found.append(f"{TITLES[row]}: {10 * count:,} need {times:.0f} times the memory of {count:,}")
    return found


def print_table(results):
    counts = list(next(iter(results.values())))
    print(f"\n{'us for each of':34}" + "".join(f"{count:>10,}" for count in counts))
    for row, found in results.items():
        print(f"    {TITLES[row]:30}" + "".join(f"{found[count]['seconds'] / count * 1e6:10.1f}" for count in counts))
    print("bytes for each")
    for row, found in results.items():
        if any(values["bytes"] for values in found.values()):
            print(f"    {TITLES[row]:30}" + "".join(f"{found[count]['bytes']:10.0f}" for count in counts))
    for problem in too_steep(results):
        print(f"WORSE THAN n log n: {problem}")


def add_to_json(path, about, results):
    """To what is there; what else was measured stays."""
    document = dict(about)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    document["growth"] = {"about": about, "steps": results, "too_steep": too_steep(results)}
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        json.dump(document, file, indent=1)
        file.write("\n")
    os.replace(f"{path}.part", path)


def write_plot(path, about, results):
    """Seconds and MiB over their number, both logarithmic. False without gnuplot."""
    if not shutil.which("gnuplot"):
        return False
    data = f"{os.path.splitext(path)[0]}.dat"
    rows = list(results)
    with_bytes = [row for row in rows if any(values["bytes"] for values in results[row].values())]
    counts = list(results[rows[0]])
    with open(data, "w", encoding="utf-8") as file:
        for count in counts:
            values = [f"{results[row][count]['seconds']:.6f}" for row in rows]
            values += [f"{results[row][count]['bytes'] * count / (1 << 20):.6f}" for row in rows]
            print(count, *values, file=file)
    first = results["start"][counts[-1]]
    scale = first["seconds"] / (counts[-1] * math.log(counts[-1]))
    memory_scale = first["bytes"] / (1 << 20) / math.log(counts[-1])
    when = f"{about['date']}, {about['machine']['cores']} cores, {about['machine']['system']}"

    def lines(chosen, offset):
        style = "with linespoints pt 7 ps 0.6"
        return ", ".join(f"'{data}' using 1:{offset + rows.index(row)} {style} title '{TITLES[row]}'" for row in chosen)

    script = f"""
        set terminal pngcairo size 900,400 font 'sans,8'
        set output '{path}'
        set multiplot layout 1,2 title "Transfers that wait\\n{when}"
        set logscale xy
        set grid
        set key top left
        set xlabel 'transfers'
        set format x '10^{{%T}}'
        set ylabel 'seconds'
        plot {lines(rows, 2)}, {scale:g}*x*log(x) with lines dt 2 lc rgb 'gray' title 'n log n'
        set ylabel 'MiB'
        plot {lines(with_bytes, 2 + len(rows))}, {memory_scale:g}*x*log(x) with lines dt 2 lc rgb 'gray' title 'n log n'
        unset multiplot
    """
    return subprocess.run(["gnuplot", "-"], input=script, text=True, check=False).returncode == 0
