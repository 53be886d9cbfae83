# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# install.sh BUILD WORK: installs into a prefix and moves that away, since a package must not depend on its place.
set -eu
build=$1 work=$2

rm -rf "$work"
mkdir -p "$work"
"$CMAKE" --install "$build" --prefix "$work/first-place" > "$work/install.log"
mv "$work/first-place" "$work/prefix"

libraries=$(dirname "$(find "$work/prefix" -name libwinrt-shim.so)")
test -f "$libraries/winrt/windows.networking.backgroundtransfer.so"
test -f "$libraries/pkgconfig/winrt-backgroundtransfer.pc"
echo "$libraries" > "$work/libraries"

# Nothing in the installed text files names the place of the build or of the sources.
if grep -rIl -e "$build" -e "$work" "$work/prefix"; then
    echo "these installed files name a folder of the build"
    exit 1
fi
