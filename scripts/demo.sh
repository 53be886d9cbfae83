#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# demo.sh [URL]
#
# Builds the library and downloads URL into the current folder with samples/download. Without a URL it starts nginx on
# a free loopback port with a 64 MiB file, downloads that, and compares the SHA-256 of both.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

mib=64
file=demo-${mib}MiB.bin

download() {
    "$folder/samples/download/download" "$@"
}

write_nginx_config() {
    local user=
    [ "$(id -u)" -ne 0 ] || user='user root;'
    cat > "$server/nginx.conf" << END
daemon off; $user
pid $server/nginx.pid; error_log $server/error.log;
events { }
http {
    access_log off; sendfile on;
    client_body_temp_path $server; proxy_temp_path $server; fastcgi_temp_path $server;
    uwsgi_temp_path $server; scgi_temp_path $server;
    server { listen 127.0.0.1:$port; root $server/www; }
}
END
}

answers() {
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null
}

# Takes a port at random until nginx gets it. A taken one makes nginx end at once.
start_server() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        port=$((20000 + RANDOM % 40000))
        write_nginx_config
        "$nginx" -p "$server" -c "$server/nginx.conf" -e "$server/error.log" &
        nginx_pid=$!
        for _ in $(seq 100); do
            kill -0 "$nginx_pid" 2> /dev/null || break
            if answers; then
                return
            fi
            sleep 0.05
        done
    done
    die "nginx does not start: $(tail -n 3 "$server/error.log")"
}

clean_up() {
    if [ -n "${nginx_pid:-}" ]; then
        kill "$nginx_pid" 2> /dev/null || true
        wait "$nginx_pid" 2> /dev/null || true
    fi
    rm -rf "$server"
}

demo_from_loopback() {
    server=$(mktemp -d)
    trap clean_up EXIT
    mkdir "$server/www"
    chmod 755 "$server"
    head -c $((mib << 20)) /dev/urandom > "$server/www/$file"
    start_server
    say "nginx serves a $mib MiB file on 127.0.0.1:$port"
    download --output "$PWD/$file" "http://127.0.0.1:$port/$file"
    expected=$(sha256sum < "$server/www/$file")
    actual=$(sha256sum < "$file")
    [ "$expected" = "$actual" ] || die "the SHA-256 of $file is wrong: ${actual%% *}, expected ${expected%% *}"
    say "$file: SHA-256 ${actual%% *}, as on the server"
}

case ${1:-} in
-h | --help) sed -n '4,7s/^# \{0,1\}//p' "$0"; exit ;;
esac
[ $# -le 1 ] || die "usage: demo.sh [URL]"

if [ $# -eq 0 ]; then
    need_packages "${build_packages[@]}" nginx-light
else
    need_packages "${build_packages[@]}"
fi
nginx=$(PATH=$PATH:/usr/sbin command -v nginx || true)

folder=${WINRT_DEMO_BUILD:-$root/build/demo}
say "building in $folder"
build "$folder" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DWINRT_BUILD_TESTS=OFF ||
    die "the build failed; all of it: $folder.log"

if [ $# -eq 0 ]; then
    demo_from_loopback
else
    download --output "$PWD/" "$1"
fi
