# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the scripts of this folder share; sourced, with $work (where install.sh has worked) set. What differs between the
# platforms is in posix/platform.sh and win32/platform.sh; CMake names the folder in WINRT_PLATFORM.
set -eu

source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=${work:?}/prefix
# shellcheck source=tests/package/posix/platform.sh
. "$source/$WINRT_PLATFORM/platform.sh"

# What the test servers say of themselves.
value() {
    sed -n "s/^$1=//p" "$WINRT_TEST_SERVERS"
}

# An empty folder to work in.
enter() {
    folder=$work/$1
    rm -rf "$folder"
    mkdir "$folder"
    cd "$folder"
}

# build pkg_config|find_package winrt-backgroundtransfer|winrt-porting FILE: makes $program of a source file here.
build() {
    local way=$1 package=$2 file=$3 compile target=WinRT::BackgroundTransfer
    [ "$package" = winrt-backgroundtransfer ] || target=WinRT::Porting
    case $way in
    pkg_config)
        compile="$CC ${CFLAGS:-} -std=gnu11"
        [ "${file##*.}" = c ] || compile="$CXX ${CXXFLAGS:-} -std=c++17"
        use_pkg_config
        # shellcheck disable=SC2046,SC2086
        $compile -Wall -Wextra -Werror "$file" -o "$program" $(pkg-config --cflags --libs "$package") \
            "${link_options[@]}"
        ;;
    find_package)
        cp "$source/client.txt" CMakeLists.txt
        { "$CMAKE" -G Ninja -S . -B . -DSOURCE="$file" -DPACKAGE="$target" "${find_package_options[@]}" &&
            "$CMAKE" --build .; } > cmake.log 2>&1 || { cat cmake.log; return 1; }
        ;;
    esac
}

# As its documentation says: it downloads into a folder.
download_with_client() {
    run "$program" "$(value NGINX_HTTP)/1m.bin" "$(path_for_program "$folder")" "$1" > output.txt
    cmp "$1" "$(value WWW_DIR)/1m.bin"
}
