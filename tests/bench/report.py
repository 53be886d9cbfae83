# SPDX-License-Identifier: MIT
"""What was measured, as a table, as JSON, and as a plot."""

import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess

import cases
import sides

MIB = 1 << 20


def summary(runs):
    """Medians of a side's runs, and between what the wall times were; None if there is none."""
    if not runs:
        return None
    walls = [run.wall for run in runs]
    return {"wall": statistics.median(walls), "least": min(walls), "most": max(walls),
            "cpu": statistics.median(run.cpu for run in runs), "peak": statistics.median(run.peak for run in runs),
            "each": statistics.median(run.each for run in runs), "wakes": statistics.median(run.wakes for run in runs)}


def ratio(value, base):
    return value / base if base else 0


def rows_of(case, results):
    """(side, summary, ratios or None) for each side that has any, those of the base being 1."""
    found = {side: summary(runs) for side, runs in results.items()}
    base = found.get(case.base)
    for side, values in found.items():
        if values:
            ratios = {key: ratio(values[key], base[key]) for key in ("wall", "cpu", "peak")} if base else None
            yield side, values, ratios


def verdict(case, side, values, ratios):
    if side != "ours" or (not case.goal and case.kind != "idle"):
        return ""
    value = {"time": ratios["wall"] if ratios else 0, "queue": values["each"], "idle": values["wakes"]}[case.kind]
    goal = f"{case.goal:.2f}" if case.kind == "time" else f"{case.goal:.0f}"
    return f"goal {goal}: {'met' if value <= case.goal else 'MISSED'}"


def number(value, width=8, digits=2):
    return f"{value:{width}.{digits}f}" if value else " " * (width - 1) + "-"


def print_table(measured, failures):
    print(f"{'':34}{'wall s':>9}{'ratio':>8}{'least':>9}{'most':>9}{'cpu s':>9}{'ratio':>8}{'peak MiB':>10}"
          f"{'ratio':>8}")
    for case, results in measured:
        base = sides.SIDES[case.base].title
        print(f"{cases.title(case)} ({case.rounds} rounds; 1.00 is {base})")
        for side, values, ratios in rows_of(case, results):
            ratios = ratios or {"wall": 0, "cpu": 0, "peak": 0}
            notes = [verdict(case, side, values, ratios)]
            if case.kind == "queue":
                notes.insert(0, f"{values['each']:.0f} bytes each")
            elif case.kind == "idle":
                notes.insert(0, f"{values['wakes']:.0f} wake-ups")
            print(f"    {sides.SIDES[side].title:30}{number(values['wall'], 9, 3)}{number(ratios['wall'])}"
                  f"{number(values['least'], 9, 3)}{number(values['most'], 9, 3)}{number(values['cpu'], 9, 3)}"
                  f"{number(ratios['cpu'])}{number(values['peak'] / MIB, 10, 1)}{number(ratios['peak'])}"
                  f"  {', '.join(note for note in notes if note)}".rstrip())
        for side, reason in failures.get(case.name, {}).items():
            print(f"    {sides.SIDES[side].title:30}FAILED: {reason}")


def print_counts(counts):
    if not counts:
        return
    print(f"\n{'one more file of 4 KiB':34}{'file calls':>16}{'all calls':>12}{'instructions':>14}{'ratio':>8}")
    base = counts.get("minimal", {}).get("instructions")
    for side, found in counts.items():
        print(f"    {sides.SIDES[side].title:30}{number(found['file_calls'], 16)}{number(found['calls'], 12)}"
              f"{number(found['instructions'], 14, 0)}{number(ratio(found['instructions'], base))}")
        print("        " + ", ".join(f"{name} {count:.2f}" for name, count in found["by_name"].items()))
    if hot := counts.get("ours", {}).get("profile"):
        print(f"\n{'instructions of one more file':58}{'of all':>8}")
        for what, instructions in hot.items():
            share = instructions / counts["ours"]["instructions"]
            print(f"    {what:44}{instructions:10.0f}{share:8.0%}")


def machine(folder):
    model = "unknown"
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "unknown")
    volume = subprocess.run(["stat", "--file-system", "--format=%T", folder], capture_output=True, text=True,
                            check=False).stdout.strip()
    return {"processor": model, "cores": len(os.sched_getaffinity(0)), "system": system, "kernel": platform.release(),
            "memory_mib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB, "files_on": volume}


def print_heading(about):
    print(f"{about['date']}; {about['machine']['cores']} x {about['machine']['processor']}, "
          f"{about['machine']['memory_mib']} MiB, {about['machine']['system']}, Linux {about['machine']['kernel']}")
    print("; ".join(about["versions"].values()))
    print(f"files on {about['machine']['files_on']}; latency by {about['latency']}; "
          f"load {about['load'][0]:.1f} before and {about['load'][1]:.1f} after\n")


def about(folder, latency, quick, load):
    return {"date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
            "machine": machine(folder), "versions": sides.versions(), "latency": latency, "quick": quick, "load": load}


def write_json(path, about_it, measured, failures, counts):
    found = []
    for case, results in measured:
        entry = {"name": case.name, "title": cases.title(case), "files": case.count, "size": case.size,
                 "rounds": case.rounds, "base": case.base, "goal": case.goal, "kind": case.kind, "sides": {}}
        for side, values, ratios in rows_of(case, results):
            entry["sides"][side] = {"median": values, "ratio": ratios, "runs": [vars(run) for run in results[side]]}
        entry["failed"] = failures.get(case.name, {})
        found.append(entry)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(about_it | {"cases": found, "small_file": counts}, file, indent=1)
        file.write("\n")


def write_plot(path, about_it, measured):
    """A group of bars a case, a bar a side: how many times the base's wall time. False without gnuplot."""
    timed = [(case, dict((side, ratios["wall"]) for side, _, ratios in rows_of(case, results) if ratios))
             for case, results in measured if case.kind == "time"]
    if not timed or not shutil.which("gnuplot"):
        return False
    data = f"{os.path.splitext(path)[0]}.dat"
    with open(data, "w", encoding="utf-8") as file:
        print("case", *(f'"{side.title}"' for side in sides.SIDES.values()), file=file)
        for case, ratios in timed:
            label = cases.title(case).replace(", ", "\\n").replace(" of ", " of\\n")
            values = (f"{ratios[side]:.3f}" if ratios.get(side) else "-" for side in sides.SIDES)
            print(f'"{label}"', *values, file=file)
    others = ", ".join(f"{case.location}: of {sides.SIDES[case.base].title}" for case, _ in timed
                       if case.base != "minimal") or "1"
    when = f"{about_it['date']}, {about_it['machine']['cores']} cores, {about_it['machine']['system']}"
    script = f"""
        set terminal pngcairo size 1200,600 font 'sans,10'
        set output '{path}'
        set title "Wall time, as a multiple of the shortest libcurl loop ({others}); less is better\\n{when}"
        set datafile missing '-'
        set style data histograms
        set style histogram clustered gap 1
        set style fill solid 0.8 border -1
        set logscale y
        set yrange [0.25:*]
        set ytics (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
        set grid ytics
        set key outside top center horizontal
        set bmargin 5
        plot for [i=2:{1 + len(sides.SIDES)}] '{data}' using i:xtic(1) title columnheader(i), 1 notitle lc rgb 'black'
    """
    return subprocess.run(["gnuplot", "-"], input=script, text=True, check=False).returncode == 0
