#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# fuzz.sh [--seconds N] [--target NAME]... [--jobs N]
#
# Builds the targets of tests/fuzz with libFuzzer (preset fuzz) and runs each, or those named, for 20 or N seconds, two
# or N at a time, from the corpus in the tree and what earlier runs have added to build/fuzz/corpus. Ends with a line
# of totals a target. Whatever is found lies in build/fuzz/found and makes it fail. docs/fuzzing.md

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=$root/build/fuzz
sources=$root/tests/fuzz
seconds=20
jobs=2
targets=()

usage() {
    sed -n '4,8s/^# \{0,1\}//p' "$0"
}

# run_target NAME: the log says the rest.
run_target() {
    local name=$1 scratch=$folder/scratch/$1
    mkdir -p "$folder/corpus/$name" "$folder/found" "$scratch"
    env WINRT_TEST_SCRATCH="$scratch" WINRT_STATE_DIR="$scratch/state" WINRT_RETRY_BASE_MS=1 \
        WINRT_NETWORK_STATE=online WINRT_COMPONENT_PATH="$folder/tests/whole/winrt" \
        "$folder/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -max_len=400 -len_control=0 -timeout=20 -rss_limit_mb=1500 \
        -print_final_stats=1 -artifact_prefix="$folder/found/$name-" "$folder/corpus/$name" "$sources/corpus/$name" \
        > "$folder/$name.log" 2>&1
}

number() {
    sed -n "s/^stat::$2: *//p" "$folder/$1.log"
}

report_target() {
    local name=$1 coverage features
    coverage=$(grep -a -o ' cov: [0-9]*' "$folder/$name.log" | tail -n 1)
    features=$(grep -a -o ' ft: [0-9]*' "$folder/$name.log" | tail -n 1)
    printf '%-8s %10s runs %7s a second, %6s edges, %6s features\n' "$name" \
        "$(number "$name" number_of_executed_units)" "$(number "$name" average_exec_per_sec)" \
        "${coverage##* }" "${features##* }"
}

while [ $# -gt 0 ]; do
    case $1 in
    -h | --help) usage; exit ;;
    --seconds | --target | --jobs) [ $# -gt 1 ] || die "$1 needs a value" ;;&
    --seconds) seconds=$2; shift 2 ;;
    --target) targets+=("$2"); shift 2 ;;
    --jobs) jobs=$2; shift 2 ;;
    *) die "unknown: $1" ;;
    esac
done

[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd "$sources/corpus" && printf '%s\n' *)
build_target fuzz_all "$folder" --preset fuzz || die "the targets do not build; see $folder.log"

failed=()
declare -A running=()
reap() {
    local pid status=0
    wait -n -p pid || status=$?
    if [ "$status" -ne 0 ]; then
        failed+=("${running[$pid]}")
    fi
    unset "running[$pid]"
}
for name in "${targets[@]}"; do
    [ -x "$folder/tests/fuzz/fuzz_$name" ] || die "there is no target $name"
    [ ${#running[@]} -lt "$jobs" ] || reap
    run_target "$name" &
    running[$!]=$name
done
while [ ${#running[@]} -gt 0 ]; do
    reap
done

for name in "${targets[@]}"; do
    report_target "$name"
done
for name in "${failed[@]}"; do
    say "$name has found something:"
    grep -a -v '^#' "$folder/$name.log" | tail -n 60
done
[ ${#failed[@]} -eq 0 ]
