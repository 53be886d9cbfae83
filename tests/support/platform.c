/* SPDX-License-Identifier: MIT */
#include "platform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void skip_because(const char *reason)
{
    print_message("skipped: %s\n", reason);
    skip();
}

void need(enum platform_need need)
{
    const char *reason = platform_lacks(need);

    if (reason)
        skip_because(reason);
}
