/* SPDX-License-Identifier: MIT */
#include "../odd_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "paths.h"
#include "platform.h"
#include "src/port/files.h"

/* What who started the tests has mounted. */
const char *small_volume(void)
{
    const char *path = getenv("WINRT_TEST_SMALL_DISK");

    return path && *path ? host_path(path) : NULL;
}

void small_volume_end(const char *path)
{
    assert_int_equal(file_remove(path), PORT_OK);
}

void make_full_device(const char *path)
{
    (void)path;
    need(NEED_FULL_DEVICE);
}

void make_pipe(const char *path)
{
    (void)path;
    need(NEED_PIPES);
}
