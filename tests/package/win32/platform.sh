# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# What package.sh needs to know of an installed package for Windows. $prefix is where it is.

program=client.exe
libraries=${prefix:?}/lib
link_options=(-static) # libstdc++ and libgcc, for C++
find_package_options=(-DCMAKE_TOOLCHAIN_FILE="$source/win32/toolchain.cmake" -DCMAKE_PREFIX_PATH="$prefix")
dlls=("$prefix/bin/windows.networking.backgroundtransfer.dll" "$prefix/bin/winrt-shim.dll")
manifest=$prefix/bin/winrt-backgroundtransfer.manifest

must_be_there=("${dlls[@]}" "$manifest" "$prefix/bin/winrt-backgroundtransfer-windows.manifest"
               "$prefix/bin/winrt-backgroundtransfer.reg" "$prefix/bin/winrt-backgroundtransfer-remove.reg"
               "$prefix/bin/winrt-register.exe" "$prefix/bin/winrt-transfers.exe")

# Finds the package's .pc files, and none of the build machine's.
use_pkg_config() {
    export PKG_CONFIG_LIBDIR=$libraries/pkgconfig
}

# As the program takes it.
path_for_program() {
    printf '%s\n' "Z:${1//\//\\}"
}

# run PROGRAM [ARGUMENT...], which lies in the current folder, with the package's DLLs and manifest beside it. The
# build's own are in the registry: Wine must not have loaded those.
run() {
    local dll
    cp "${dlls[@]}" .
    cp "$manifest" "$1.manifest"
    WINEDEBUG=-all,+loaddll "$WINRT_TEST_WINE" "$WINRT_TEST_WINE_PREFIX" "$@" 2> wine.log || {
        cat wine.log >&2
        return 1
    }
    for dll in "${dlls[@]##*/}"; do
        if ! grep -q -F -i "$(path_for_program "$PWD/$dll" | sed 's/\\/\\\\/g')" wine.log; then
            echo "$dll of the package was not used:" >&2
            grep -i "$dll" wine.log >&2
            return 1
        fi
    done
}
