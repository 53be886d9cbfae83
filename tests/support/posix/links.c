/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../links.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

void make_link(const char *text, const char *path)
{
    assert_int_equal(symlink(text, path), 0);
}
