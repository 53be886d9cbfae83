#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# coverage.sh [--reset] [FOLDER]
#
# Tells what the tests have executed, and fails if that is too little (docs/testing.md). FOLDER is a build folder with
# WINRT_COVERAGE in which the tests have run, build/coverage unless named; one that is not there is built, and all tests are run.
# --reset only forgets the counts, which else add up from run to run.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

reset=no
case ${1:-} in
-h | --help) sed -n '4,8s/^# \{0,1\}//p' "$0"; exit ;;
--reset) reset=yes; shift ;;
esac

folder=${1:-$root/build/coverage}
if [ $reset = yes ]; then
    [ ! -d "$folder" ] || find "$folder" -name '*.gcda' -delete
    exit
fi
need_packages "${build_packages[@]}" "${test_packages[@]}"
if [ ! -f "$folder/build.ninja" ]; then
    build "$folder" --preset coverage
    (cd "$folder" && ctest --parallel "${WINRT_TEST_JOBS:-$(nproc)}" --output-on-failure > "$folder/tests.log" 2>&1) ||
        { tail -n 60 "$folder/tests.log" >&2; die "tests fail"; }
fi
exec python3 "$root/scripts/coverage.py" "$folder"
