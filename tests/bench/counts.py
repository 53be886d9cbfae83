# SPDX-License-Identifier: MIT
"""What one more small file costs, in counts, which do not depend on how busy the machine is: system calls by strace,
instructions by callgrind. A run with few files is taken from one with many, so that starting and ending cancel out."""

import collections
import dataclasses
import re
import shutil
import subprocess
import tempfile

import cases
import hot_path
import sides

FEW = 100
MANY = 300

CALL = re.compile(r"^\d+ +(\w+)\((.*)")
# A file by its descriptor, as -y shows it, or by its path. Sockets, pipes and eventfds have no path.
OF_FILE = re.compile(r'^(\d+</|(AT_FDCWD(<[^>]*>)?, )?")')


def calls_of(path):
    """(of all kinds, of the file system) by name. What waits is counted where it begins."""
    every, of_files = collections.Counter(), collections.Counter()
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if call := CALL.match(line):
                every[call[1]] += 1
                if call[1] not in ("mmap", "getrandom") and OF_FILE.match(call[2]):
                    of_files[call[1]] += 1
    return every, of_files


def instructions_of(path):
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith(("summary:", "totals:")):
                return int(line.split()[1])
    raise RuntimeError(f"{path} has no sum")


def run(bench, case, side, tool):
    """The side's command below a tool, a function of the folder that gives the command's beginning."""
    with tempfile.TemporaryDirectory(dir=bench.work, prefix="count-") as folder:
        job = bench.job(case, folder)
        subprocess.run([*tool(folder), *sides.SIDES[side].command(job)], env=sides.environment(job), check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        bench.check(case, job)
        if tool is strace:
            return calls_of(f"{folder}/calls")
        return instructions_of(f"{folder}/instructions"), hot_path.costs_of(f"{folder}/instructions")


def strace(folder):
    return ["strace", "-f", "-y", "-s", "8", "-o", f"{folder}/calls"]


def callgrind(folder):
    return ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/instructions"]


def count(bench, server, chosen):
    """By side: file_calls, calls, instructions, by_name and profile, each for one file. 0 where the tool is missing."""
    many = dataclasses.replace(next(case for case in cases.CASES if case.name == "many-4k"), count=MANY)
    few = dataclasses.replace(many, count=FEW)
    server.make_files(many)
    found = {}
    for side in chosen:
        found[side] = {"file_calls": 0, "calls": 0, "instructions": 0, "by_name": {}, "profile": {}}
        if shutil.which("strace"):
            less, more = run(bench, few, side, strace), run(bench, many, side, strace)
            every, of_files = ({name: (more[i][name] - less[i][name]) / (MANY - FEW) for name in more[i]}
                               for i in range(2))
            names = sorted((name for name in of_files if of_files[name] >= 0.05), key=of_files.get, reverse=True)
            found[side] |= {"file_calls": sum(of_files.values()), "calls": sum(every.values()),
                            "by_name": {name: of_files[name] for name in names}}
        if shutil.which("valgrind"):
            (less, less_by), (more, more_by) = run(bench, few, side, callgrind), run(bench, many, side, callgrind)
            found[side]["instructions"] = (more - less) / (MANY - FEW)
            found[side]["profile"] = dict(hot_path.rows(less_by, more_by, MANY - FEW))
    server.remove_files(many)
    return found
