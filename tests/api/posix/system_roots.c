/* SPDX-License-Identifier: MIT */
#include "../system_roots.h"

#include "platform.h"

void system_roots_add(const char *path)
{
    (void)path;
    skip_because("the system's store is a file of root's");
}

void system_roots_remove(const char *path)
{
    (void)path;
}
