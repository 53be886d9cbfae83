/* SPDX-License-Identifier: MIT */
#include "../environment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <windows.h>

#include "wide.h"

/* The C library has a copy of its own, and to it an empty value means that there is none. */
void test_setenv(const char *name, const char *value)
{
    WCHAR *wide_name = test_wide(name), *wide_value = test_wide(value ? value : "");

    assert_int_equal(_wputenv_s(wide_name, wide_value), 0);
    if (value && !*value)
        assert_true(SetEnvironmentVariableW(wide_name, wide_value));
    free(wide_value);
    free(wide_name);
}
