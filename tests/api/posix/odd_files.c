/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* unshare */
#include "../odd_files.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "strings_ring.h"
#include "test_main.h"

static char mounted[RING_SIZE];

static bool write_text(const char *path, const char *text)
{
    FILE *stream = fopen(path, "w");
    bool ok = stream && fputs(text, stream) >= 0;

    return stream && fclose(stream) == 0 && ok;
}

/* Where mounting is not allowed it may be in a namespace of our own, in which this user is root. */
static bool enter_namespace(void)
{
    const char *user = ring_format("0 %u 1", (unsigned)geteuid());
    const char *group = ring_format("0 %u 1", (unsigned)getegid());

    return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
           write_text("/proc/self/setgroups", "deny") && write_text("/proc/self/uid_map", user) &&
           write_text("/proc/self/gid_map", group);
}

static bool mount_small(const char *path)
{
    return mount("none", path, "tmpfs", 0, "size=64k") == 0;
}

/* One that is mounted here, or the one that who started the tests has mounted. */
const char *small_volume(void)
{
    snprintf(mounted, sizeof(mounted), "%s", test_path("small"));
    assert_int_equal(mkdir(mounted, 0700), 0);
    if (mount_small(mounted) || (enter_namespace() && mount_small(mounted)))
        return mounted;
    mounted[0] = '\0';
    return getenv("WINRT_TEST_SMALL_DISK");
}

void small_volume_end(const char *path)
{
    if (mounted[0])
        assert_int_equal(umount2(mounted, MNT_DETACH), 0);
    else
        assert_int_equal(unlink(path), 0);
}

void make_full_device(const char *path)
{
    assert_int_equal(symlink("/dev/full", path), 0);
}

void make_pipe(const char *path)
{
    assert_int_equal(mkfifo(path, 0600), 0);
}
