#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# valgrind.sh [--long] [FOLDER]
#
# The unit tests under valgrind's memcheck: those of the mechanisms where a wrong byte costs most, with --long all.
# FOLDER is a build folder without sanitizers, build/linux unless named; what has changed in it is built first.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

options=()
folder=$root/build/linux
while [ $# -gt 0 ]; do
    case $1 in
    -h | --help) sed -n '4,7s/^# \{0,1\}//p' "$0"; exit ;;
    --long) options+=("$1") ;;
    *) folder=$1 ;;
    esac
    shift
done

need_packages "${build_packages[@]}" "${test_packages[@]}"
build "$folder" --preset linux
exec python3 "$root/scripts/valgrind.py" "${options[@]}" "$folder"
