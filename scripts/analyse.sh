#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# analyse.sh
#
# Static analysis: gcc -fanalyzer, clang-tidy (.clang-tidy) and cppcheck over src, winrt-shim and samples. What was
# clean and has not changed is skipped; build/analyse remembers. docs/testing.md.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

case ${1:-} in
-h | --help) sed -n '4,7s/^# \{0,1\}//p' "$0"; exit ;;
'') ;;
*) die "what is $1?" ;;
esac

folder=$root/build/analyse
need_packages "${build_packages[@]}" "${test_packages[@]}"
# What is analysed is C as gcc compiles it; of the build it needs the headers that are made.
mkdir -p "$folder"
if ! { cmake -S "$root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER=gcc \
        -DCMAKE_CXX_COMPILER=g++ -DCMAKE_EXPORT_COMPILE_COMMANDS=ON &&
        cmake --build "$folder" --target winrt_idl_headers; } > "$folder.log" 2>&1; then
    tail -n 60 "$folder.log" >&2
    exit 1
fi
exec python3 "$root/scripts/analyse.py" "$folder" src winrt-shim samples
