# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# install.sh BUILD WORK: installs into a prefix and moves that away, since a package must not depend on its place.
set -eu
build=$1 work=$2

rm -rf "$work"
mkdir -p "$work"
"$CMAKE" --install "$build" --prefix "$work/first-place" > "$work/install.log"
mv "$work/first-place" "$work/prefix"

# shellcheck source=tests/package/package.sh
. "$(dirname "$0")/package.sh"
headers=$prefix/include/winrt-backgroundtransfer
must_be_there+=("$libraries/pkgconfig/winrt-backgroundtransfer.pc" "$libraries/pkgconfig/winrt-porting.pc"
                "$libraries/cmake/WinRTBackgroundTransfer/WinRTBackgroundTransferConfig.cmake"
                "$libraries/cmake/WinRTBackgroundTransfer/WinRTBackgroundTransferConfigVersion.cmake")
for header in "$build"/idl/*.h; do
    must_be_there+=("$headers/${header##*/}")
done
for file in "${must_be_there[@]}"; do
    test -s "$file" || { echo "$file is not installed"; exit 1; }
done

# Nothing in the installed text files names the place of the sources, of the build, or the one it was first in.
sources=$(cd "$(dirname "$0")/../.." && pwd)
if grep -rIl -e "$sources" -e "$build" -e "$work" "$prefix"; then
    echo "these installed files name a folder of the sources or of the build"
    exit 1
fi
