/* SPDX-License-Identifier: MIT */
/* Where programs keep their state: the XDG Base Directory Specification. */
#include <string.h>

#include "test_main.h"

#include "environment.h"
#include "src/port/memory.h"
#include "src/port/system.h"

static void check_home(const char *expected)
{
    char *home = NULL;

    assert_int_equal(PORT_OK, system_state_home(&home));
    assert_string_equal(expected, home);
    memory_free(home);
}

static void it_is_the_variables_or_below_the_home_folder(void **state)
{
    (void)state;
    test_setenv("HOME", "/home/me");
    test_setenv("XDG_STATE_HOME", "/state");
    check_home("/state");
    test_setenv("XDG_STATE_HOME", "relative");
    check_home("/home/me/.local/state");
    test_setenv("XDG_STATE_HOME", NULL);
    check_home("/home/me/.local/state");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_is_the_variables_or_below_the_home_folder),
};

TEST_MAIN_UNIT(tests)
