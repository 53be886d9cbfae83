# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# check_arguments.sh PROGRAM: wmain gets UTF-16 arguments and the environment, prints UTF-8 to a pipe, and its result
# and exit's are the program's.
set -eu
program=$1
face=$(printf '\360\237\230\200')

status=0
output=$(WINRT_TEST_GREETING='grüß' "$program" plain '' 'für Ж' "$face" "$(printf 'bad\377')" | cat) || status=$?
expected="5 plain
0 
5 für Ж
2 $face
4 bad�
WINRT_TEST_GREETING=grüß"
[ "$output" = "$expected" ] || { printf 'got\n%s\nnot\n%s\n' "$output" "$expected"; exit 1; }

WINRT_TEST_GREETING=x "$program" a > /dev/null || status=$?
[ "$status" = 3 ] || { echo "wmain returned 3, the program $status"; exit 1; }
status=0
"$program" --exit 7 > /dev/null || status=$?
[ "$status" = 7 ] || { echo "wmain exited with 7, the program with $status"; exit 1; }
