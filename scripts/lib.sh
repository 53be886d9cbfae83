# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# Shared by the scripts in this folder; sourced, bash.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What the library itself needs, and what its tests need besides, as Debian 12 names them.
build_packages=(gcc g++ cmake ninja-build pkg-config wine64-tools libwine-dev libcurl4-openssl-dev libpsl-dev
                libidn2-dev libunistring-dev libsystemd-dev ca-certificates)
test_packages=(ccache clang clang-format-14 clang-tidy-14 libclang-rt-14-dev llvm-14 cppcheck gcovr valgrind libcmocka-dev nginx-light
               openssl python3 python3-pyftpdlib python3-dbusmock dbus-daemon iproute2)
# The cross compiler, and what mingw-deps.sh builds the libraries with.
mingw_packages=(gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix libz-mingw-w64-dev dpkg-dev cmake ninja-build
                meson pkg-config python3 publicsuffix)
# What runs them. The preloader keeps free the addresses that Wine needs: where the kernel chooses addresses by chance,
# one start in a thousand fails without it ("failed to map the shared user data").
wine_packages=(wine64 wine64-preloader)

say() {
    printf '== %s\n' "$*"
}

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        die "not root, and there is no sudo; run as root: $*"
    fi
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

# need_packages NAME...: installs those that are missing, with apt, and says so.
need_packages() {
    local package missing=()

    if ! command -v apt-get > /dev/null; then
        say "no apt here: expecting that these are installed in some way: $*"
        return
    fi
    for package in "$@"; do
        installed "$package" || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    say "installing with apt: ${missing[*]}"
    as_root apt-get -qq update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends \
        install "${missing[@]}"
}

# configure FOLDER [CMAKE-OPTION...]: if it is not yet, so that it compiles through ccache where that is installed.
configure() {
    local folder=$1 launcher=()
    shift

    [ ! -f "$folder/build.ninja" ] || return 0
    ! command -v ccache > /dev/null ||
        launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    cmake -S "$root" -B "$folder" -G Ninja "${launcher[@]}" "$@"
}

# build_target TARGET FOLDER [CMAKE-OPTION...]: configures once and builds what has changed. Quiet unless it fails.
build_target() {
    local target=$1 folder=$2 log=$2.log
    shift 2

    mkdir -p "${log%/*}"
    if ! configure "$folder" "$@" > "$log" 2>&1 || ! cmake --build "$folder" --target "$target" >> "$log" 2>&1; then
        tail -n 60 "$log" >&2
        return 1
    fi
}

# build FOLDER [CMAKE-OPTION...]: the same for all there is.
build() {
    build_target all "$@"
}
