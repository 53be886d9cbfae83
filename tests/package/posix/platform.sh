# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# What package.sh needs to know of an installed package for this system. $prefix is where it is.

program=client
libraries=$(dirname "$(find "${prefix:?}" -name libwinrt-shim.so)")
link_options=("-Wl,-rpath,$libraries")
find_package_options=(-DCMAKE_PREFIX_PATH="$prefix")

must_be_there=("$libraries/libwinrt-shim.so" "$libraries/winrt/windows.networking.backgroundtransfer.so"
               "$libraries/libwinrt-porting.a" "$prefix/bin/winrt-transfers")

# Finds the package's .pc files, besides the system's.
use_pkg_config() {
    export PKG_CONFIG_PATH=$libraries/pkgconfig
}

# As the program takes it.
path_for_program() {
    printf '%s\n' "$1"
}

# run PROGRAM [ARGUMENT...], which lies in the current folder.
run() {
    local name=$1
    shift
    unset WINRT_COMPONENT_PATH
    "./$name" "$@"
}
