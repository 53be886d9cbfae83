/* SPDX-License-Identifier: MIT */
/* A process that waits for room on the disk is killed: the next one goes on. */
#include "scenarios.h"
#include "test_main.h"

static void a_kill_while_the_disk_is_full(void **state)
{
    static const enum fault_kind none[] = { FAULT_NONE };

    (void)state;
    sweep(&scenario_room, none);
}

static const struct CMUnitTest tests[] = { cmocka_unit_test(a_kill_while_the_disk_is_full) };

TEST_MAIN_UNIT(tests)
