# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# readme.sh README WORK: the first C program of README.md, taken out, built against the installed package, and run: with
# a URL, and the full path of an empty file, it brings that file.
readme=$1 work=$2
# shellcheck source=tests/package/package.sh
. "$(dirname "$0")/package.sh"

enter readme
awk '/^```c$/ { inside = 1; next } /^```/ && inside { exit } inside' "$readme" > example.c
test -s example.c || { echo "README.md has no C program"; exit 1; }
lines=$(wc -l < example.c)
[ "$lines" -le 72 ] || { echo "README's example has $lines lines; it should stay short"; exit 1; }

build pkg_config winrt-backgroundtransfer example.c

: > example.bin
run "$program" "$(value NGINX_HTTP)/1m.bin" "$(path_for_program "$folder/example.bin")"
cmp example.bin "$(value WWW_DIR)/1m.bin"
