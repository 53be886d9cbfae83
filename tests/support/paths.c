/* SPDX-License-Identifier: MIT */
#include "paths.h"

#include "test_main.h"

const char *item_path(const char *name)
{
    return item_form(test_path(name));
}

const char *item_scratch(void)
{
    return item_form(test_scratch());
}
