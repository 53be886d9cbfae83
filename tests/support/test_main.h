/* SPDX-License-Identifier: MIT */
/*
 * The main function of a test program.
 *
 *     static const struct CMUnitTest tests[] = {
 *         cmocka_unit_test(one_thing_holds),
 *         cmocka_unit_test(another_thing_holds),
 *     };
 *     TEST_MAIN(tests)            a program that links the runtime: calls RoInitialize first
 *     TEST_MAIN_UNIT(tests)       a program that does not
 *
 * One argument names the one test function to run, which is how CTest calls it; a name that no test
 * has is a failure. Before the tests, the folder named by $WINRT_TEST_SCRATCH is emptied and made.
 */
#ifndef WINRT_TEST_MAIN_H
#define WINRT_TEST_MAIN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Prepares the scratch folder and the filter. 0, or the exit code. */
int test_begin(int argc, char **argv, const struct CMUnitTest *tests, size_t count);

/*
 * What main returns. Under Wine the process ends here and now instead: Wine 8.0 ends a process's
 * other threads one by one, wherever they are, and about one in a thousand hangs or dies by that,
 * also where no thread is ours. What ends as other programs do is tested by programs of its own
 * (tests/api/test_process.c).
 */
int test_end(int code);

/* Group fixtures of TEST_MAIN: RoInitialize (multithreaded) and RoUninitialize. */
int test_runtime_begin(void **state);
int test_runtime_end(void **state);

/* The folder for this test's files, absolute, existing and empty at the start. */
const char *test_scratch(void);

/* `test_scratch()`/name, in a buffer that is used again after eight calls on a thread. */
const char *test_path(const char *name);

#define TEST_MAIN_WITH(tests, begin, end)                                           \
    int main(int argc, char **argv)                                                 \
    {                                                                               \
        int code = test_begin(argc, argv, tests, sizeof(tests) / sizeof(tests[0])); \
        if (code != 0)                                                              \
            return code;                                                            \
        return test_end(cmocka_run_group_tests(tests, begin, end) == 0 ? 0 : 1);    \
    }

#define TEST_MAIN(tests)      TEST_MAIN_WITH(tests, test_runtime_begin, test_runtime_end)
#define TEST_MAIN_UNIT(tests) TEST_MAIN_WITH(tests, NULL, NULL)

#endif
