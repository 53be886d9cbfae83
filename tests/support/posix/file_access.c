/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../file_access.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static bool is_folder(const char *path, struct stat *info)
{
    assert_int_equal(stat(path, info), 0);
    return S_ISDIR(info->st_mode);
}

void deny_writing(const char *path)
{
    struct stat info;

    assert_int_equal(chmod(path, is_folder(path, &info) ? 0500 : 0400), 0);
}

void deny_everything(const char *path)
{
    assert_int_equal(chmod(path, 0), 0);
}

void allow_everything(const char *path)
{
    struct stat info;

    assert_int_equal(chmod(path, is_folder(path, &info) ? 0700 : 0600), 0);
}

bool can_be_had_alone(const char *path)
{
    return !access(path, R_OK | W_OK);
}

bool is_private(const char *path)
{
    struct stat info;
    mode_t expected = is_folder(path, &info) ? 0700 : 0600;

    return (info.st_mode & 07777) == expected;
}

void share_new_items(void)
{
    umask(0);
}
