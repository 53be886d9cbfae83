#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# test.sh [--long] [--preset NAME]... [CTEST-OPTION...]
#
# Checks the formatting, analyses the code, builds everything with each preset (linux, coverage, linux-clang, asan, tsan,
# mingw) and runs its tests, those of mingw under Wine, reports the coverage, runs the unit tests under valgrind and the
# fuzzers, names what was skipped and why, and closes with the line "N passed, N failed, N skipped". docs/testing.md has
# the table of the steps and their minutes. With --preset or an option of ctest: only those presets, all their tests or
# those that the options choose, and none of the tools.
#
# --long: besides, each test's long form, which takes hours (ctest -C Long), with linux or the presets that are named; and
# the tools' longer forms.
#
# Started as root it copies the sources to a folder of an unprivileged user (WINRT_TEST_ROOT, /var/tmp/winrt-test) and
# works there as that user: root may do what a test expects to be refused. Files of another user are made besides.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

test_user=winrt-test
other_user=winrt-test-other
test_root=${WINRT_TEST_ROOT:-/var/tmp/winrt-test}
small_disk=$test_root/small-disk
# Most tests wait for a server, a process or a lock more than they work.
jobs=${WINRT_TEST_JOBS:-$((2 * $(nproc)))}

usage() {
    sed -n '4,17s/^# \{0,1\}//p' "$0"
}

passed=0
failed=0
skipped=0
failures=

# step NAME COMMAND...: prints how long it took; a failure counts as one failed.
step() {
    local name=$1 start=$SECONDS result=passed
    shift
    if ! "$@"; then
        result=FAILED
        failed=$((failed + 1))
    fi
    say "$name: $result after $((SECONDS - start)) s"
    [ "$result" = passed ]
}

check_format() {
    (cd "$root" && find include idl src winrt-shim samples tests \( -name '*.[ch]' -o -name '*.cpp' \) -print0 |
        xargs -0 -r clang-format-14 --dry-run -Werror)
}

# check NAME COMMAND...: a step that is one test.
check() {
    step "$@" && passed=$((passed + 1))
}

# tool NAME [OPTION...]: a script beside this one that says what it has found. What it runs only computes.
tool() {
    WINRT_TEST_JOBS=$(((jobs + 1) / 2)) check "$1" "$root/scripts/$1.sh" "${@:2}" || true
}

# The number an attribute of the report's testsuite element has.
count_of() {
    sed -n "/<testsuite /,/>/s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$report" | head -n 1
}

# What of a preset's tests runs beside the other presets. What is killed, counted or timed runs natively in linux; the rest
# in coverage. TSan has what has threads, and is compiled by clang; clang without it what is quick.
# That a check finds what it is made for has not to be shown by a sanitizer as well.
declare -A selections=(
    [linux]="-LE ^(unit|shim|porting|abi|api|transfers|faults|hostile|secrets|fuzz)$"
    [coverage]="-L ^(unit|shim|porting|abi|api|transfers|faults|hostile|secrets|fuzz)$"
    [linux-clang]="-L ^(unit|shim|porting|abi|package|transfers)$"
    [asan]="-E a_disk_that_lies"
    [tsan]="-LE ^(abi|porting|package|samples|transfers)$ -E a_disk_that_lies|unit.hive_(damage|scale)"
)

# A failed test is counted by the report, not by `step`; none at all is a failure of the step.
run_ctest() {
    local all bad none left status=0
    report=$folder/tests.xml
    rm -f "$report"
    (cd "$folder" && ctest --parallel "$jobs" --output-on-failure --no-tests=error --output-junit "$report" \
        "$@" > "$folder/tests.log" 2>&1) || status=$?
    [ "$status" -eq 0 ] || note_failures
    [ -s "$report" ] || return 1
    all=$(count_of tests)
    bad=$(count_of failures)
    none=$(($(count_of skipped) + $(count_of disabled)))
    left=$((all - bad - none))
    passed=$((passed + left))
    failed=$((failed + bad))
    skipped=$((skipped + none))
    show_skipped
    say "$preset: $left passed, $bad failed, $none skipped"
    [ "$left" -gt 0 ] && { [ "$status" -eq 0 ] || [ "$bad" -gt 0 ]; }
}

# Each skipped test of the report, with the reason that it has printed.
show_skipped() {
    awk '
        /<testcase name=/ { name = $0; sub(/.*<testcase name="/, "", name); sub(/".*/, "", name); is_skipped = 0 }
        /<skipped/ { is_skipped = 1; reason = "it does not say why" }
        is_skipped && !/<skipped/ && /skipped:? / { reason = $0; sub(/.*skipped:? /, "", reason) }
        is_skipped && /<\/testcase>/ { print "skipped: " name ": " reason }
        ' "$report" | sed "s/&quot;/\"/g; s/&apos;/'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g"
}

# What has failed, and what it has said, stands at the end of all, where it is found.
note_failures() {
    local not_worth_showing='^[[:space:]]*(Start +[0-9]+:|[0-9]+/[0-9]+ Test .*[ .](Passed|\*\*\*Skipped) |[0-9]+ - .*\(Skipped\))'
    say "$preset: some have failed; all of it: $folder/tests.log"
    failures+="== $preset
$(grep -v -E "$not_worth_showing" "$folder/tests.log" | tail -n 300)
"
}

# What the PE build links. A build folder that was made with others starts anew.
make_mingw_libraries() {
    local libraries
    libraries=$("$root/scripts/mingw-deps.sh") || return
    grep -q -s -F "=$libraries" "$folder/CMakeCache.txt" || rm -rf "$folder"
    build_options=(-DWINRT_MINGW_DEPS="$libraries")
}

run_preset() {
    preset=$1
    folder=$root/build/$preset
    build_options=()
    if [ "$preset" = mingw ]; then
        # Wine works where others wait.
        local jobs=$(((jobs + 1) / 2))
        step "$preset, libraries" make_mingw_libraries || return
    fi
    step "$preset, build" build "$folder" --preset "$preset" "${build_options[@]}" || return
    [ "$preset" != coverage ] || "$root/scripts/coverage.sh" --reset "$folder"
    if [ $whole = yes ]; then
        # shellcheck disable=SC2086 # an option and its value
        step "$preset, tests" run_ctest ${selections[$preset]-}
    else
        step "$preset, tests" run_ctest "${ctest_options[@]}"
    fi
    if [ $long = yes ] && { [ $whole = no ] || [ "$preset" = linux ]; }; then
        long_forms
    fi
}

# One after the other, since each is made to keep the machine busy; what they tell of themselves is shown.
long_forms() {
    local jobs=1
    (cd "$folder" && ctest -C Long -L '^long$' -N | grep -q 'Total Tests: 0') ||
        step "$preset, long forms" run_ctest -C Long -L '^long$' --verbose
    grep -h -E '(seed|figures):' "$folder/tests.log" || true
}

run_tools() {
    local seconds=20
    [ $long = no ] || seconds=300
    tool coverage "$root/build/coverage"
    tool valgrind "${form[@]}"
    tool fuzz --seconds $seconds
}

run_all() {
    local name start=$SECONDS
    check format check_format || true
    [ $whole = no ] || tool analyse "${form[@]}"
    for name in "${presets[@]}"; do
        run_preset "$name" || true
    done
    [ $whole = no ] || run_tools
    printf '%s' "$failures"
    say "all: $((SECONDS - start)) s"
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# A volume of 64 KiB for the test of a full disk, which mounts one itself where a user may.
mount_small_disk() {
    mkdir -p "$small_disk"
    mountpoint -q "$small_disk" ||
        mount -t tmpfs -o "size=64k,mode=0700,uid=$(id -u $test_user),gid=$(id -g $test_user)" tmpfs "$small_disk" \
            2> /dev/null || return 0
    trap 'umount "$small_disk"' EXIT
    environment+=(WINRT_TEST_SMALL_DISK="$small_disk")
}

copy_sources() {
    rm -rf "$test_root/source.new"
    mkdir -p "$test_root/source.new" "$test_root/source" "$test_root/home"
    tar -C "$root" -cf - --exclude=./build --exclude=./out --exclude=./.git . | tar -C "$test_root/source.new" -xf -
    if [ -d "$test_root/source/build" ]; then
        mv "$test_root/source/build" "$test_root/source.new/build"
    fi
    rm -rf "$test_root/source"
    mv "$test_root/source.new" "$test_root/source"
    chown -R $test_user: "$test_root/source" "$test_root/home"
    chmod 755 "$test_root"
}

run_as_test_user() {
    local user environment=(HOME="$test_root/home" USER="$test_user" LOGNAME="$test_user" LANG=C.UTF-8
                       PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin WINRT_TEST_JOBS="$jobs")
    for user in $test_user $other_user; do
        id -u $user > /dev/null 2>&1 || {
            say "adding the user $user, for the tests"
            useradd --system --user-group --no-create-home --home-dir "$test_root/home" --shell /usr/sbin/nologin $user
        }
    done
    copy_sources
    mount_small_disk
    "$root/tests/secrets/other-files.sh" "$test_root/other" $test_user $other_user
    environment+=(WINRT_TEST_OTHER_FILES="$test_root/other")
    say "root: the tests run as $test_user in $test_root/source"
    cd "$test_root/source" || exit
    runuser -u $test_user -- env -i "${environment[@]}" scripts/test.sh "$@"
}

presets=()
ctest_options=()
whole=yes
long=no
form=()
arguments=("$@")
while [ $# -gt 0 ]; do
    case $1 in
    -h | --help) usage; exit ;;
    --long) long=yes; form=(--long); shift ;;
    --preset) [ $# -gt 1 ] || die "--preset needs a name"; presets+=("$2"); whole=no; shift 2 ;;
    *) ctest_options+=("$1"); whole=no; shift ;;
    esac
done
[ ${#presets[@]} -gt 0 ] || presets=(linux coverage linux-clang asan tsan mingw)

packages=("${build_packages[@]}" "${test_packages[@]}")
if [[ " ${presets[*]} " == *" mingw "* ]]; then
    packages+=("${mingw_packages[@]}" "${wine_packages[@]}")
fi
need_packages "${packages[@]}"
if [ "$(id -u)" -eq 0 ]; then
    run_as_test_user "${arguments[@]}"
else
    run_all
fi
