/* SPDX-License-Identifier: MIT */
/* A library that is no component. */
#include "tests/shim/component/widget.h"

int test_component_answer(void)
{
    return 42;
}
