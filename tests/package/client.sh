# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# client.sh pkg_config|find_package c|cpp SOURCE WORK: builds client.c or client.cpp against the installed package, runs it
# and compares what it downloaded.
set -eu
way=$1 language=$2 source=$3 work=$4
libraries=$(cat "$work/libraries")
folder=$work/$way-$language

value() {
    sed -n "s/^$1=//p" "$WINRT_TEST_SERVERS"
}

rm -rf "$folder"
mkdir "$folder"
cp "$source/client.$language" "$source/client.txt" "$folder"
cd "$folder"

case $way in
pkg_config)
    export PKG_CONFIG_PATH=$libraries/pkgconfig
    if [ "$language" = c ]; then
        compile="$CC ${CFLAGS:-} -std=gnu11"
    else
        compile="$CXX ${CXXFLAGS:-} -std=c++17"
    fi
    # shellcheck disable=SC2046,SC2086
    $compile -Wall -Wextra -Werror client.$language -o client $(pkg-config --cflags --libs winrt-backgroundtransfer) \
        -Wl,-rpath,"$libraries"
    ;;
find_package)
    mv client.txt CMakeLists.txt
    { "$CMAKE" -G Ninja -S . -B . -DLANGUAGE="$language" -DCMAKE_PREFIX_PATH="$work/prefix" &&
        "$CMAKE" --build .; } > cmake.log 2>&1 || { cat cmake.log; exit 1; }
    ;;
esac

unset WINRT_COMPONENT_PATH
./client "$(value NGINX_HTTP)/1m.bin" "$folder" downloaded.bin
cmp downloaded.bin "$(value WWW_DIR)/1m.bin"
