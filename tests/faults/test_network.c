/* SPDX-License-Identifier: MIT */
/* Every call to libcurl fails once, and fails from then on. */
#include "scenarios.h"
#include "test_main.h"

static const enum fault_kind kinds[] = { FAULT_NETWORK, FAULT_NONE };

DEFINE_TEST(download)
DEFINE_TEST(private)
DEFINE_TEST(body)
DEFINE_TEST(pause)
DEFINE_TEST(cancel)
DEFINE_TEST(changes)
DEFINE_TEST(recoverable)
DEFINE_TEST(details)
DEFINE_TEST(limited)
DEFINE_TEST(random_access)
DEFINE_TEST(group)
DEFINE_TEST(current)
DEFINE_TEST(ftp)

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(download),      cmocka_unit_test(private), cmocka_unit_test(body),
    cmocka_unit_test(pause),         cmocka_unit_test(cancel),  cmocka_unit_test(changes),
    cmocka_unit_test(recoverable),   cmocka_unit_test(details), cmocka_unit_test(limited),
    cmocka_unit_test(random_access), cmocka_unit_test(group),   cmocka_unit_test(current),
    cmocka_unit_test(ftp),
};

TEST_MAIN_UNIT(tests)
