#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# prefix.sh start PREFIX DESKTOP WINRT-REGISTER DLL...
# prefix.sh stop|remove PREFIX
#
# The Wine prefix that the tests run in. A server that stays makes each program start in 10 to 40 ms instead of seconds.
# So does a desktop (desktop.c). Both would end by themselves, should nobody stop them.

set -euo pipefail

wine_sh=$(dirname "$0")/../../scripts/wine.sh
idle_seconds=300

server=$(command -v /usr/lib/wine/wineserver64 || command -v wineserver64 || command -v wineserver) || {
    echo "prefix.sh: wineserver was not found (Debian: wine64)" >&2
    exit 1
}

# What a run before has left, with all that runs in it. 1: there is none.
end_server() {
    WINEPREFIX=$1 "$server" --kill || true
    WINEPREFIX=$1 "$server" --wait
}

# Neither the server nor what it starts may hold a pipe of ours, whose other end would wait for them.
start() {
    local prefix=$1 desktop=$2 register=$3
    shift 3
    mkdir -p "$prefix"
    end_server "$prefix"
    # What a test locked that did not come to its end: Wine cannot unlock what it may not open.
    chmod -R u+rwX "${prefix%/*}/tests/scratch" 2> /dev/null || true
    WINEPREFIX=$prefix "$server" --persistent=$idle_seconds
    "$wine_sh" "$prefix" "$register" register --force "${@/#/Z:}" &&
        have_desktop "$prefix" "$desktop"
}

have_desktop() {
    local said=$1.desktop
    rm -f "$said"
    mkfifo "$said"
    "$wine_sh" "$1" "$2" > "$said" 2> /dev/null < /dev/null &
    read -r < "$said" && rm "$said"
}

case ${1-} in
    start)
        [ $# -ge 5 ] || exit 2
        shift
        mkdir -p "$1"
        if ! start "$@" > "$1.start.log" 2>&1 < /dev/null; then
            cat "$1.start.log" >&2
            exit 1
        fi
        ;;
    stop)
        [ $# -eq 2 ] || exit 2
        end_server "$2"
        ;;
    remove)
        [ $# -eq 2 ] || exit 2
        end_server "$2"
        rm -rf "$2" "$2.lock" "$2.log" "$2.start.log"
        ;;
    *)
        sed -n '4,5s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
