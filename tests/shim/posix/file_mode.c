/* SPDX-License-Identifier: MIT */
#include "../file_mode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

unsigned file_mode(const char *path)
{
    struct stat info;

    assert_int_equal(0, stat(path, &info));
    return info.st_mode & 07777;
}

void set_file_mode(const char *path, unsigned mode)
{
    assert_int_equal(0, chmod(path, mode));
}
