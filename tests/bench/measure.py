# SPDX-License-Identifier: MIT
"""One run of one side at one case, and what it took. A run whose files are not what they should be has failed."""

import contextlib
import dataclasses
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time

import sides


class Failed(Exception):
    pass


@dataclasses.dataclass
class Run:
    """What a case's kind does not measure stays 0."""
    wall: float = 0  # seconds
    cpu: float = 0  # seconds, of the system's as well
    peak: float = 0  # bytes of resident memory
    each: float = 0  # bytes for each queued one
    wakes: float = 0  # times that a thread of the process was woken


class Bench:
    def __init__(self, build, work, server, way):
        self.build = build
        self.work = work
        self.server = server
        self.way = way  # how far clients are: latency.py

    def measure(self, case, side):
        with tempfile.TemporaryDirectory(dir=self.work, prefix="run-") as folder:
            return {"time": self.time, "queue": self.queue, "idle": self.idle}[case.kind](case, side, folder)

    def job(self, case, folder, count=None):
        work = tempfile.mkdtemp(dir=folder)
        out = f"{work}/out"
        os.mkdir(out)
        urls = self.server.urls(case, self.way.url if case.latency else None)[:count]
        return sides.Job(self.build, work, out, urls, min(case.connections, len(urls)), case.pieces,
                         self.server.authority)

    def start(self, case, side, job, more=(), **options):
        command = [*sides.SIDES[side].command(job), *more]
        if case.kind == "time":
            command.insert(0, f"{self.build}/tests/bench/bench_measure")
        with self.way.entered() if case.latency else contextlib.nullcontext():
            return subprocess.Popen(command, env=sides.environment(job), text=True, start_new_session=True,
                                    stderr=subprocess.PIPE, **options)

    def time(self, case, side, folder):
        job = self.job(case, folder)
        process = self.start(case, side, job, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            _, errors = process.communicate(timeout=case.seconds)
        except subprocess.TimeoutExpired:
            end(process)
            raise Failed(f"not done after {case.seconds} s") from None
        if process.returncode:
            raise Failed(f"ended with {process.returncode}: {errors[-500:].strip()}")
        self.check(case, job)
        wall, cpu, peak = (float(word) for word in errors.split()[-3:])
        return Run(wall=wall, cpu=cpu, peak=peak * 1024)

    def check(self, case, job):
        """The size of each file, and the bytes of one, another one each time."""
        for name in job.names():
            path = f"{job.out}/{name}"
            size = os.path.getsize(path) if os.path.exists(path) else "no"
            if size != case.size:
                raise Failed(f"{name} has {size} bytes instead of {case.size}")
        name = job.names()[time.monotonic_ns() % len(job.urls)]
        if subprocess.run(["cmp", "--quiet", f"{self.server.www}/{case.name}/{name}", f"{job.out}/{name}"],
                          check=False).returncode:
            raise Failed(f"{name} has other bytes than the server's")

    def queue(self, case, side, folder):
        """Twice: with so many as run, and with all. The server sends as little as it can, so nothing else happens."""
        few = self.peak_of(case, side, self.job(case, folder, case.connections))
        all_of_them = self.peak_of(case, side, self.job(case, folder))
        return Run(peak=all_of_them, each=(all_of_them - few) / (case.count - case.connections))

    def peak_of(self, case, side, job):
        """The most memory that it had when it needs no more: for a second none, and no processor to speak of."""
        process = self.start(case, side, job, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            before, since, deadline = None, 0, time.monotonic() + case.seconds
            while time.monotonic() < deadline:
                if process.poll() is not None:
                    raise Failed(f"ended with {process.returncode}: {process.stderr.read()[-500:].strip()}")
                peak, cpu = status_of(process, "VmHWM") * 1024, cpu_of(process)
                if not before or peak != before[0] or cpu > before[1] + 0.1:
                    before, since = (peak, cpu), time.monotonic()
                elif time.monotonic() > since + 1:
                    return peak
                time.sleep(0.1)
            raise Failed(f"still needs more after {case.seconds} s")
        finally:
            end(process)

    def idle(self, case, side, folder):
        """What a process does that has downloaded and holds on to the library."""
        job = self.job(case, folder)
        process = self.start(case, side, job, ["hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            if process.stdout.readline() != "done\n":
                raise Failed(f"ended with {process.wait()}: {process.stderr.read()[-500:].strip()}")
            time.sleep(1)  # for the last syncs
            before, cpu = switches_of(process), cpu_of(process)
            time.sleep(case.seconds)
            return Run(cpu=cpu_of(process) - cpu, wakes=wakes_between(before, switches_of(process)),
                       peak=status_of(process, "VmHWM") * 1024)
        finally:
            end(process)


def end(process):
    """With what it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def status_of(process, field, path=None):
    path = path or f"/proc/{process.pid}/status"
    with open(path, encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1])
    raise Failed(f"{path} has no {field}")


def cpu_of(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii", errors="replace") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def switches_of(process):
    """By thread, how often it went off a processor."""
    found = {}
    for path in glob.glob(f"/proc/{process.pid}/task/*/status"):
        with contextlib.suppress(FileNotFoundError):
            found[path] = status_of(process, "voluntary_ctxt_switches", path) + status_of(
                process, "nonvoluntary_ctxt_switches", path)
    return found


def wakes_between(before, after):
    """Who has waited since has gone off once for each wake-up. Who has ended was woken for that, at least once."""
    return sum(count - before.get(path, 0) for path, count in after.items()) + len(set(before) - set(after))


def default_folder(size):
    """In memory if there is room for that: then no disk takes part."""
    for folder in ("/dev/shm", "/var/tmp"):
        if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > size:
            return folder
    return "."
