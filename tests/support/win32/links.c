/* SPDX-License-Identifier: MIT */
#include "../links.h"

#include "../platform.h"

void make_link(const char *text, const char *path)
{
    (void)text;
    (void)path;
    need(NEED_LINKS);
}
