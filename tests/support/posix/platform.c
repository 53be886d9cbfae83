/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../platform.h"

#include <stddef.h>
#include <unistd.h>

const char *platform_lacks(enum platform_need need)
{
    if (need == NEED_PERMISSIONS && geteuid() == 0)
        return "root may do what the test expects to be refused";
    return NULL;
}

bool runs_under_wine(void)
{
    return false;
}

void skip_under_wine(const char *reason)
{
    (void)reason;
}

void skip_but_natively(const char *reason)
{
    (void)reason;
}
