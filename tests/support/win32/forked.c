/* SPDX-License-Identifier: MIT */
#include "../forked.h"

#include "../platform.h"

int run_forked(int (*child)(void *argument), void *argument)
{
    (void)child;
    (void)argument;
    need(NEED_FORK);
    return -1;
}
