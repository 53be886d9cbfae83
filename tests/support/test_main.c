/* SPDX-License-Identifier: MIT */
#include "test_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform.h"
#include "programs.h"
#include "scratch.h"
#include "strings_ring.h"

static bool has_test(const struct CMUnitTest *tests, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tests[i].name, name) == 0)
            return true;
    }
    return false;
}

int test_begin(int argc, char **argv, const struct CMUnitTest *tests, size_t count)
{
    if (argc > 1) {
        if (!has_test(tests, count, argv[1])) {
            fprintf(stderr, "%s has no test function %s\n", argv[0], argv[1]);
            return 2;
        }
        cmocka_set_test_filter(argv[1]);
    }
    if (!scratch_prepare(test_scratch())) {
        fprintf(stderr, "cannot make the scratch folder %s\n", test_scratch());
        return 2;
    }
    return 0;
}

int test_end(int code)
{
    if (runs_under_wine()) {
        fflush(NULL);
        program_die(code);
    }
    return code;
}

const char *test_scratch(void)
{
    const char *path = getenv("WINRT_TEST_SCRATCH");

    if (!path || !*path) {
        fprintf(stderr, "WINRT_TEST_SCRATCH is not set: it names the folder this test may empty\n");
        exit(2);
    }
    return path;
}

const char *test_path(const char *name)
{
    return ring_format("%s/%s", test_scratch(), name);
}
