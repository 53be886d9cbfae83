# SPDX-License-Identifier: MIT
"""What is measured: one row a case. `quick` has what is otherwise with --quick."""

import dataclasses

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30

EVERYBODY = ("minimal", "ours", "curl", "aria2c", "wget2")


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    title: str
    count: int  # of files
    size: int  # of each
    kind: str = "time"  # "time", "queue" or "idle", see measure.py
    tls: bool = False
    location: str = ""  # of the server: "limited" and "slow" limit each connection
    latency: bool = False
    connections: int = 6  # files at a time, for everybody; what our side does unless told otherwise
    pieces: int = 1  # connections for one file, where the program has an option for that
    sides: tuple = EVERYBODY
    base: str = "minimal"  # the side that has the ratio 1
    goal: float = 0  # the most that our ratio of wall time may be; of "queue", bytes; of "idle", wake-ups
    rounds: int = 5
    warm_up: bool = True  # a round that does not count
    seconds: int = 300  # a run that takes longer has failed
    quick: dict = dataclasses.field(default_factory=dict)


CASES = (
    # 2 GiB of memory that is new to the host take now one second, now two: more rounds have a steadier median.
    Case("one-http", "one file of {size}", 1, 2 * GIB, goal=1.10, rounds=11, quick={"size": 64 * MIB}),
    Case("one-https", "one file of {size}, https", 1, 2 * GIB, tls=True, goal=1.10, rounds=9, quick={"size": 32 * MIB}),
    Case("many-100k", "{count} files of {size}", 1000, 100 * KIB, goal=1.05, rounds=9, quick={"count": 100}),
    Case("many-4k", "{count} files of {size}", 10000, 4 * KIB, goal=1.35, rounds=9, quick={"count": 300}),
    # The base is the program that people use for this; the loop has one connection, as ours has for other files.
    Case("limited", "{size}, 1 MiB/s a connection", 1, 32 * MIB, location="limited", pieces=16, base="aria2c", goal=1.3,
         sides=("ours", "curl", "aria2c", "wget2"), warm_up=False, seconds=120, quick={"size": 3 * MIB, "rounds": 1}),
    Case("latency-one", "one file of {size}, 200 ms away", 1, 64 * MIB, latency=True, goal=1.10, warm_up=False,
         quick={"size": 4 * MIB, "rounds": 1}),
    Case("latency-many", "{count} files of {size}, 200 ms away", 120, 16 * KIB, latency=True, goal=1.05, warm_up=False,
         quick={"count": 12, "rounds": 1}),
    Case("queued", "{count} queued, 6 running", 10000, 1 * MIB, kind="queue", location="slow", goal=1.5 * MIB / 1000,
         warm_up=False, seconds=60, quick={"count": 500, "rounds": 1, "sides": ("minimal", "ours", "curl")}),
    Case("idle", "nothing to do for {seconds} s", 6, 4 * KIB, kind="idle", sides=("ours",), base="ours", rounds=1,
         warm_up=False, seconds=10, quick={"seconds": 6}),
)


def size_text(size):
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if size >= unit:
            return f"{size / unit:g} {name}"
    return f"{size} bytes"


def title(case):
    return case.title.format(count=f"{case.count:,}", size=size_text(case.size), seconds=case.seconds)


def choose(names, quick, rounds, scale):
    """The cases of these names, or all. `scale` multiplies how many or how big they are."""
    unknown = set(names) - {case.name for case in CASES}
    if unknown:
        raise SystemExit(f"no such case: {', '.join(sorted(unknown))}")
    chosen = []
    for case in CASES:
        if names and case.name not in names:
            continue
        if quick:
            case = dataclasses.replace(case, **({"rounds": min(case.rounds, 3), "warm_up": False} | case.quick))
        if case.count > 100:
            case = dataclasses.replace(case, count=max(int(case.count * scale), 12))
        elif case.count == 1:
            case = dataclasses.replace(case, size=max(int(case.size * scale), 64 * KIB))
        if rounds and case.kind != "idle":
            case = dataclasses.replace(case, rounds=rounds)
        chosen.append(case)
    return chosen
