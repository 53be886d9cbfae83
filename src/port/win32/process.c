/* SPDX-License-Identifier: MIT */
/* There is no fork; and when a process ends, the system has ended all its other threads before any
   library is told. */
#include "src/port/process.h"

void process_watch_fork(void)
{
}

bool process_is_forked_child(void)
{
    return false;
}

enum port_status process_at_exit(void (*run)(void))
{
    (void)run;
    return PORT_OK;
}
