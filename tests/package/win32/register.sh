# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# register.sh WORK: a client without anything beside it gets the package's DLLs once winrt-register.exe of the package
# has registered them, and no more when it has taken that back.
work=$1
# shellcheck source=tests/package/package.sh
. "$(dirname "$0")/../package.sh"

wine() {
    "$WINRT_TEST_WINE" "$WINRT_TEST_WINE_PREFIX" "$@"
}

enter register
cp "$source/client.c" .
build pkg_config winrt-backgroundtransfer client.c
client=("$program" "$(value NGINX_HTTP)/1m.bin" "$(path_for_program "$folder")")

# What another test has left.
wine 'C:\windows\regedit.exe' /S "$(path_for_program "$prefix/bin/winrt-backgroundtransfer-remove.reg")"
wine "$prefix/bin/winrt-register.exe" register
wine "$prefix/bin/winrt-register.exe" status
wine "${client[@]}" downloaded.bin
cmp downloaded.bin "$(value WWW_DIR)/1m.bin"

wine "$prefix/bin/winrt-register.exe" unregister
if wine "${client[@]}" again.bin; then
    echo "the classes are there without registration"
    exit 1
fi
