/* SPDX-License-Identifier: MIT */
#include "../paths.h"

#include "../strings_ring.h"

const char *item_form(const char *path)
{
    return ring_format("%s", path);
}

const char *host_path(const char *path)
{
    return ring_format("%s", path);
}
