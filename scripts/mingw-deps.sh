#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# mingw-deps.sh
#
# Builds the libraries that the PE build links (curl, nghttp2, libpsl, cmocka; all static, for x86-64) from Debian's
# source packages with Debian's patches, and prints the folder they are in: include/, lib/, lib/pkgconfig and lib/cmake.
# Done once: the folder is kept in WINRT_CACHE_DIR (~/.cache/winrt-backgroundtransfer), under a name made of this
# script and of the versions of what it builds with, so a second run only prints it.

# In single quotes are names for apt, pkg-config and CMake, not for the shell.
# shellcheck disable=SC2016
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

target=x86_64-w64-mingw32
windows=0x0A00 # Windows 10; what Wine 8 says it is
zlib_folder=/usr/$target
suffix_list=/usr/share/publicsuffix/public_suffix_list.dat
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
sources=(curl nghttp2 libpsl cmocka)

# What a new build is made for. The -dev packages stand for Debian's sources of the same name: a fix that the system
# has got is to be in here too, and no network is asked for it.
versions() {
    dpkg-query -W -f '${Package} ${Version}\n' gcc-mingw-w64-x86-64-posix mingw-w64-x86-64-dev libz-mingw-w64-dev \
        publicsuffix libcurl4-openssl-dev libnghttp2-14 libpsl-dev libcmocka-dev 2> /dev/null || true
}

# run NAME COMMAND...: what it prints is shown only if it fails, by `leave`.
run() {
    local start=$SECONDS
    step=$1
    shift
    "$@" > "$work/log" 2>&1
    say "$step: $((SECONDS - start)) s"
    step=
}

# Comes while the failed step's output still goes to the log; 8 is the script's own.
leave() {
    if [ -n "$step" ]; then
        tail -n 60 "$work/log" >&8
        printf '%s: %s failed\n' "${0##*/}" "$step" >&8
    fi
    rm -rf "$work"
}

# apt_get COMMAND...: with lists and a cache of our own, and Debian's archives as sources; so any user may.
apt_get() {
    apt-get -q -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" \
        -o Dir::Etc::SourceList="$work/apt/debian.sources" -o Dir::Etc::SourceParts=- \
        -o APT::Sandbox::User=root "$@"
}

# The archives that the system has of this Debian release, as apt understands its own files, in whichever form they are
# written; but with sources, and believed only what Debian's keys have signed.
write_apt_sources() {
    local codename uri suite component
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")

    apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        sort -u | while read -r uri suite component; do
        case "$suite $component" in
        "$codename main" | "$codename-security main" | "$codename-updates main")
            printf 'Types: deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' \
                "$uri" "$suite" "$keyring"
            ;;
        esac
    done
}

fetch_sources() {
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/source"
    write_apt_sources > "$work/apt/debian.sources"
    [ -s "$work/apt/debian.sources" ] || {
        echo "apt has no archive of this Debian release"
        return 1
    }
    # One archive of several may be away, or a hook of the system's want more rights; what is missing shows below.
    apt_get update || true
    (cd "$work/source" && apt_get --only-source source "${sources[@]}")
}

# cmake_build NAME [CMAKE-OPTION...]: configures, builds and installs one of the sources.
cmake_build() {
    local name=$1
    shift
    cmake -S "$(echo "$work/source/$name"-[0-9]*)" -B "$work/build/$name" -G Ninja \
        -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_SYSTEM_PROCESSOR=AMD64 \
        -DCMAKE_C_COMPILER=$target-gcc-posix -DCMAKE_CXX_COMPILER=$target-g++-posix \
        -DCMAKE_RC_COMPILER=$target-windres \
        -DCMAKE_FIND_ROOT_PATH="$staged;$zlib_folder" -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER \
        -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY \
        -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE="$c_flags" \
        -DCMAKE_INSTALL_PREFIX="$staged" -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_SHARED_LIBS=OFF "$@"
    cmake --build "$work/build/$name" -j "$(nproc)"
    cmake --install "$work/build/$name"
}

# Debian has it ready: a copy, so that its import library beside it is not found first.
copy_zlib() {
    cp $zlib_folder/include/zlib.h $zlib_folder/include/zconf.h "$staged/include/"
    cp $zlib_folder/lib/libz.a "$staged/lib/"
    sed -e '/^\(exec_prefix\|sharedlibdir\)=/d' -e 's/ -L${sharedlibdir}//' -e "s,=$zlib_folder,=$staged," \
        $zlib_folder/lib/pkgconfig/zlib.pc > "$staged/lib/pkgconfig/zlib.pc"
}

# It takes either clock, but does not link when it finds both; GetTickCount64 is the system's own.
build_nghttp2() {
    cmake_build nghttp2 -DENABLE_LIB_ONLY=ON -DENABLE_STATIC_LIB=ON -DENABLE_SHARED_LIB=OFF -DENABLE_DOC=OFF \
        -DENABLE_FAILMALLOC=OFF -DHAVE_CLOCK_GETTIME=OFF
    sed -i '/^Cflags:/s/$/ -DNGHTTP2_STATICLIB/' "$staged/lib/pkgconfig/libnghttp2.pc"
}

# HTTP and FTP alone; TLS and logins by the system (Schannel, SSPI), host names in any script too (IdnToAscii); names of
# files in UTF-8. HAS_ALPN: curl 7.88 believes that only MSVC's headers have it, MinGW's do as well; without it there is
# no HTTP/2 on Windows. Under Wine curl does not offer it.
build_curl() {
    local off=(ALTSVC DICT FILE GOPHER HSTS IMAP LDAP LDAPS MQTT POP3 RTSP SMB SMTP TELNET TFTP) options=() name

    for name in "${off[@]}"; do
        options+=("-DCURL_DISABLE_$name=ON")
    done
    cmake_build curl "${options[@]}" -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DENABLE_MANUAL=OFF \
        -DCURL_USE_SCHANNEL=ON -DCURL_WINDOWS_SSPI=ON -DCURL_USE_OPENSSL=OFF -DUSE_NGHTTP2=ON -DUSE_WIN32_IDN=ON \
        -DENABLE_UNICODE=ON -DUSE_LIBIDN2=OFF -DCURL_USE_LIBPSL=OFF -DCURL_USE_LIBSSH2=OFF \
        -DENABLE_THREADED_RESOLVER=ON -DENABLE_UNIX_SOCKETS=OFF -DCURL_TARGET_WINDOWS_VERSION=$windows \
        -DCMAKE_C_FLAGS_INIT='-DHAS_ALPN=1 -DNGHTTP2_STATICLIB'
    # curl leaves out what static clients have to define, and lists what the compiler links anyway.
    sed -i -e '/^Cflags:/s/$/ -DCURL_STATICLIB/' -e '/^Libs.private:/d' \
        -e '/^Libs:/s/ -l\(mingw32\|mingwex\|moldname\|gcc\|pthread\|kernel32\|user32\|shell32\)\b//g' \
        -e "/^Libs:/s,$staged/lib/lib\([a-z0-9]*\)\.a,-l\1,g" "$staged/lib/pkgconfig/libcurl.pc"
}

# Without an IDN library it takes names in Punycode, which is what Uri has. meson builds tools and tests too, if let.
build_libpsl() {
    local tree file
    tree=$(echo "$work/source/libpsl"-[0-9]*)
    file=$work/build/libpsl.ini
    cat > "$file" << EOF
[binaries]
c = '$target-gcc-posix'
ar = '$target-ar'
strip = '$target-strip'
[host_machine]
system = 'windows'
cpu_family = 'x86_64'
cpu = 'x86_64'
endian = 'little'
EOF
    meson setup "$work/build/libpsl" "$tree" --cross-file "$file" --prefix "$staged" --libdir lib --buildtype release \
        -Ddefault_library=static -Druntime=no -Dbuiltin=true -Dpsl_file=$suffix_list -Doptimization=2
    ninja -C "$work/build/libpsl" src/libpsl.a
    meson install -C "$work/build/libpsl" --no-rebuild --tags devel
}

# Its shared library cannot be switched off; the static one gets the usual name.
build_cmocka() {
    cmake_build cmocka -DWITH_STATIC_LIB=ON -DWITH_EXAMPLES=OFF
    rm -r "$staged/lib/cmake/cmocka"
    mv "$staged/lib/libcmocka-static.a" "$staged/lib/libcmocka.a"
}

# Only what is linked with stays, and nothing that names the scratch folder: .pc files know where they are, and so do
# CMake's exports.
make_movable() {
    find "$staged" -mindepth 1 -maxdepth 1 ! -name include ! -name lib -exec rm -r {} +
    find "$staged" -name '*.dll.a' -delete
    sed -i -e '/^prefix=/d' -e "s,$staged,\${prefix},g" "$staged"/lib/pkgconfig/*.pc
    sed -i -e '1i prefix=${pcfiledir}/../..' "$staged"/lib/pkgconfig/*.pc
    sed -i -e "s,$staged,\${_IMPORT_PREFIX},g" "$staged"/lib/cmake/CURL/*.cmake
    if grep -rl "$work" "$staged"; then
        echo "these name the scratch folder"
        return 1
    fi
}

build_all() {
    run "sources" fetch_sources
    mkdir -p "$work/build" "$staged/include" "$staged/lib/pkgconfig"
    run "zlib" copy_zlib
    run "nghttp2" build_nghttp2
    run "curl" build_curl
    run "libpsl" build_libpsl
    run "cmocka" build_cmocka
    run "prefix" make_movable
}

case ${1:-} in
'') ;;
-h | --help) sed -n '4,9s/^# \{0,1\}//p' "$0"; exit ;;
*) die "takes no arguments" ;;
esac

need_packages "${mingw_packages[@]}" >&2
cache=${WINRT_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/winrt-backgroundtransfer}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
[[ $cache =~ ^[A-Za-z0-9/._+@~-]+$ ]] || die "the cache's path ($cache) has characters that builds stumble over"
prefix=$cache/mingw-$({ cat "${BASH_SOURCE[0]}"; versions; } | sha256sum | cut -c 1-16)

if [ ! -d "$prefix" ]; then
    # Whoever comes second waits; also for the children of a run that was killed, which hold the lock as well.
    exec 9> "$cache/mingw.lock"
    flock 9
fi
if [ ! -d "$prefix" ]; then
    rm -rf "$cache"/mingw-build.*
    work=$(mktemp -d "$cache/mingw-build.XXXXXX")
    c_flags="-O2 -g0 -DNDEBUG -ffile-prefix-map=$work/="
    step=
    exec 8>&2
    trap leave EXIT
    staged=$work/staged
    unset CFLAGS CPPFLAGS LDFLAGS DESTDIR
    say "building the libraries for PE in $cache" >&2
    build_all >&2
    mv -T "$staged" "$prefix"
fi
printf '%s\n' "$prefix"
