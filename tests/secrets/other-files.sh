#!/bin/sh
# SPDX-License-Identifier: MIT
#
# other-files.sh FOLDER USER OTHER: as root, makes FOLDER anew with files and folders of the user OTHER, which the tests
# of this folder find by WINRT_TEST_OTHER_FILES=FOLDER when they run as USER:
#
#   state/, state-open/   a store that OTHER has made, closed and open to everybody
#   open/                 a folder of OTHER's in which everybody may write and rename
#   open/link             a link of OTHER's to a file that USER may make
#   open/pipe             a pipe
#   open/*.hive           what could be a hive
set -eu

folder=$1
user=$2
other=$3

rm -rf "$folder"
mkdir -m 755 "$folder"
mkdir -m 755 "$folder/of-user"
chown "$user" "$folder/of-user"
for state in state state-open; do
    mkdir -p "$folder/$state/crash-test/transfers"
    : > "$folder/$state/crash-test/transfers/0123456789abcdef.hive"
done
mkdir "$folder/open"
mkfifo "$folder/open/pipe"
: > "$folder/open/0123456789abcdef.hive"
ln -s "$folder/of-user/target" "$folder/open/link"
chown -h -R "$other" "$folder/state" "$folder/state-open" "$folder/open"
chmod -R u=rwX,go= "$folder/state"
chmod -R a+rwX "$folder/state-open" "$folder/open"
