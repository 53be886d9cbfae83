# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# client.sh pkg_config|find_package c|cpp|porting WORK: builds client.c, client.cpp or samples/porting against the
# installed package, runs it and compares what it downloaded.
way=$1 client=$2 work=$3
# shellcheck source=tests/package/package.sh
. "$(dirname "$0")/package.sh"

enter "$way-$client"
case $client in
porting)
    cp "$source/../../samples/porting/wide_download.c" .
    build "$way" winrt-porting wide_download.c
    download_with_client 'für Ж.bin'
    grep -q -a "^saved as " output.txt
    ;;
*)
    cp "$source/client.$client" .
    build "$way" winrt-backgroundtransfer "client.$client"
    download_with_client downloaded.bin
    ;;
esac
