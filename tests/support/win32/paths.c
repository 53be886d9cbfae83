/* SPDX-License-Identifier: MIT */
#include "../paths.h"

#include <stdio.h>

#include "../strings_ring.h"

const char *item_form(const char *path)
{
    char *form = ring_next();

    snprintf(form, RING_SIZE, "%s", path);
    for (char *c = form; *c; c++) {
        if (*c == '/')
            *c = '\\';
    }
    return form;
}

/* Wine shows the root of the file system as drive Z. */
const char *host_path(const char *path)
{
    return ring_format("Z:%s", path);
}
