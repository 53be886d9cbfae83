#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures samples/download against the shortest fast libcurl loop and the curl command: one big file from nginx over
loopback, runs interleaved, medians printed with the spread.

    tests/bench/run.py --build build/linux [--size-mib 2048] [--rounds 5] [--folder FOLDER]

Build with a preset without sanitizers. FOLDER gets the downloaded files and needs room for three of them, one at a time
being kept; a folder in memory (/dev/shm) keeps the disk out of the comparison, and is what is taken if there is room.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "servers"))

import files  # noqa: E402
import nginx  # noqa: E402


def default_folder(size):
    for folder in ("/dev/shm", "/tmp"):
        if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 3 * size:
            return folder
    return "."


def measure(build, command, environment):
    """(wall seconds, processor seconds, peak KiB)"""
    result = subprocess.run([f"{build}/tests/bench/bench_measure", *command], env=environment, text=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if result.returncode != 0:
        sys.exit(f"{command[0]} failed: {result.stderr}")
    wall, processor, peak = result.stderr.split()[-3:]
    return float(wall), float(processor), int(peak)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--size-mib", type=int, default=2048)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder")
    arguments = parser.parse_args()

    size = arguments.size_mib << 20
    build = os.path.abspath(arguments.build)
    with tempfile.TemporaryDirectory(dir=arguments.folder or default_folder(size), prefix="winrt-bench-") as work:
        os.chmod(work, 0o755)
        files.make(f"{work}/www", {"big.bin": size})
        server = nginx.Nginx(f"{work}/nginx", f"{work}/www", work, ipv6=False, tls_names={})
        try:
            run(build, f"{server.urls['NGINX_HTTP']}/big.bin", f"{work}/out.bin", size, arguments.rounds, work)
        finally:
            server.stop()


def run(build, url, target, size, rounds, work):
    commands = {
        "libcurl loop": [f"{build}/tests/bench/bench_curl_loop", url, target],
        "samples/download": [f"{build}/samples/download/download", "--output", target, url],
        "curl": ["curl", "--silent", "--fail", "--output", target, url],
    }
    if not shutil.which("curl"):
        print("the curl command is not installed: left out")
        del commands["curl"]
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    environment |= {"WINRT_STATE_DIR": f"{work}/state", "WINRT_COMPONENT_PATH": f"{build}/winrt"}
    results = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            measured = measure(build, command, environment)
            if os.path.getsize(target) != size:
                sys.exit(f"{name}: the file has {os.path.getsize(target)} bytes")
            os.remove(target)
            if number > 0:  # the first round warms up
                results[name].append(measured)
    report(results, size, rounds)


def report(results, size, rounds):
    print(f"{size >> 20} MiB, {rounds} interleaved rounds, medians")
    print(f"{'':18}{'wall s':>8}{'(min':>8}{'max)':>8}{'cpu s':>8}{'ratio':>8}{'peak MiB':>10}")
    base = statistics.median(wall for wall, _, _ in results["libcurl loop"])
    for name, runs in results.items():
        walls = [wall for wall, _, _ in runs]
        wall = statistics.median(walls)
        print(f"{name:18}{wall:8.3f}{min(walls):8.3f}{max(walls):8.3f}{statistics.median(r[1] for r in runs):8.3f}"
              f"{wall / base:8.2f}{max(r[2] for r in runs) / 1024:10.1f}")


if __name__ == "__main__":
    main()
