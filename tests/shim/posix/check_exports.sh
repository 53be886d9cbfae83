#!/bin/sh
# SPDX-License-Identifier: MIT
# check_exports.sh <library> <version script>: the library exports each name of the script, and no other.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -n 's/^    \([A-Za-z0-9_]*\);$/\1/p' "$2" | LC_ALL=C sort >"$work/expected"
# Sanitizers put names of their own into every library.
nm -D --defined-only "$1" | awk '{ print $3 }' | grep -v '^__\|^_' | LC_ALL=C sort >"$work/actual"
test -s "$work/expected"
diff "$work/expected" "$work/actual"
