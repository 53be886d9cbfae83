#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# wine.sh PREFIX PROGRAM [ARGUMENT...]
#
# Runs a Windows program under Wine, without a window, in a prefix of its own, which is made at the first use. Quiet,
# unless WINEDEBUG says otherwise. The exit code is the program's.

set -euo pipefail

[ $# -ge 2 ] || { sed -n '4,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }

WINEPREFIX=$(realpath -m -- "$1") # Wine takes no relative one
export WINEPREFIX
export WINEDEBUG=${WINEDEBUG:--all}
# Neither .NET nor a browser engine is offered for installation, and no debugger waits beside a crashed program.
export WINEDLLOVERRIDES=${WINEDLLOVERRIDES:-mscoree,mshtml=;winedbg.exe=}
# In a locale without UTF-8 most names of files and most arguments would lose characters.
[ "$(locale charmap 2> /dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
unset DISPLAY WAYLAND_DISPLAY
shift

# Debian's `wine` complains of a missing 32-bit side, so the loader itself comes first.
find_wine() {
    local candidate
    for candidate in /usr/lib/wine/wine64 wine64 wine; do
        command -v "$candidate" && return
    done
    echo "wine.sh: Wine was not found (Debian: wine64)" >&2
    return 1
}

wine=$(find_wine)
if [ ! -e "$WINEPREFIX/.made" ]; then
    mkdir -p "$WINEPREFIX"
    exec 9> "$WINEPREFIX.lock"
    flock 9
    if [ ! -e "$WINEPREFIX/.made" ]; then
        # Nothing of it may hold the lock or our output, which a server that stays would.
        "$wine" wineboot.exe --init > "$WINEPREFIX.log" 2>&1 9>&- < /dev/null || {
            echo "wine.sh: Wine could not make the prefix $WINEPREFIX; see $WINEPREFIX.log" >&2
            exit 1
        }
        touch "$WINEPREFIX/.made"
    fi
    exec 9>&-
fi
exec "$wine" "$@"
