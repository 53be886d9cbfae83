/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../program_path.h"

#include <unistd.h>

#include "tests/support/test_main.h"

const char *program_path(void)
{
    static char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof(path) - 1);

    assert_true(size > 0);
    path[size] = 0;
    return path;
}
