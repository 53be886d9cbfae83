#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# bench.sh [--quick] [OPTION...]
#
# Measures how fast this library downloads, through its documented API, beside the shortest loop around libcurl and the
# programs curl, aria2c and wget2, from an nginx of its own on loopback. Installs what is missing, builds in build/linux
# (WINRT_BENCH_BUILD), prints a table, and writes build/bench/results.json and results.png (WINRT_BENCH_RESULTS).
# docs/performance.md tells what is measured and how. It takes half an hour, on a machine that does nothing else.
#
# --quick: smaller files and fewer rounds, below a minute: shows whether it works, not how fast it is.
# --growth: only how time and memory grow with the number of transfers that wait; growth.png shows it. Five minutes.
# --help: the other options, for one case or one side.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

case ${1:-} in
-h | --help)
    sed -n '4,15s/^# \{0,1\}//p' "$0"
    exec python3 "$root/tests/bench/run.py" --help
    ;;
esac

need_packages "${build_packages[@]}" libcmocka-dev nginx-light openssl python3 iproute2 curl aria2 wget2 gnuplot-nox \
    strace valgrind

folder=${WINRT_BENCH_BUILD:-$root/build/linux}
say "building in $folder"
build_target bench "$folder" --preset linux || die "the build failed; all of it: $folder.log"

exec python3 "$root/tests/bench/run.py" --build "$folder" --results "${WINRT_BENCH_RESULTS:-$root/build/bench}" "$@"
