/* SPDX-License-Identifier: MIT */
#include "../components.h"

#include <stddef.h>

#include "tests/support/environment.h"

const char broken_name[] = "winrttest.broken";

void use_test_components(void)
{
    test_setenv("WINRT_COMPONENT_PATH", TEST_COMPONENTS);
}

const char *const *sample_names(void)
{
    static const char *const names[] = { TEST_COMPONENTS "/winrttest.sample.so", "winrttest.sample",
                                         "winrttest.sample.so", "WinRTTest.Sample.dll", NULL };

    return names;
}
