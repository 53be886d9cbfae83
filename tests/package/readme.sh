# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# readme.sh README WORK: the first C program of README.md, taken out, built against the installed package, and run: with a
# URL, and the full path of an empty file, it brings that file.
set -eu
readme=$1 work=$2
libraries=$(cat "$work/libraries")
folder=$work/readme

value() {
    sed -n "s/^$1=//p" "$WINRT_TEST_SERVERS"
}

rm -rf "$folder"
mkdir "$folder"
cd "$folder"
awk '/^```c$/ { inside = 1; next } /^```/ && inside { exit } inside' "$readme" > example.c
test -s example.c || { echo "README.md has no C program"; exit 1; }
lines=$(wc -l < example.c)
[ "$lines" -le 72 ] || { echo "README's example has $lines lines; it should stay short"; exit 1; }

export PKG_CONFIG_PATH=$libraries/pkgconfig
# shellcheck disable=SC2046,SC2086
$CC ${CFLAGS:-} -std=gnu11 -Wall -Wextra -Werror example.c -o example \
    $(pkg-config --cflags --libs winrt-backgroundtransfer) -Wl,-rpath,"$libraries"

: > example.bin
./example "$(value NGINX_HTTP)/1m.bin" "$folder/example.bin"
cmp example.bin "$(value WWW_DIR)/1m.bin"
