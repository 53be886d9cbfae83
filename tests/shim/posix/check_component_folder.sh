#!/bin/sh
# SPDX-License-Identifier: MIT
# check_component_folder.sh <program> <shim library> <component>: without WINRT_COMPONENT_PATH, components are
# found in winrt/ beside the shim library, wherever that was moved, and nowhere else.
set -eu
program=$1 shim=$2 component=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset WINRT_COMPONENT_PATH

mkdir -p "$work/some where/winrt" "$work/links"
cp "$shim" "$work/some where/libwinrt-shim.so.0"
ln -s "../some where/libwinrt-shim.so.0" "$work/links/"

if LD_LIBRARY_PATH="$work/some where" "$program"; then
    echo "activated a class whose component is not there" >&2
    exit 1
fi
cp "$component" "$work/some where/winrt/"
LD_LIBRARY_PATH="$work/some where" "$program"
LD_LIBRARY_PATH="$work/links" "$program"
cd "$work"
LD_LIBRARY_PATH="some where" "$program"
