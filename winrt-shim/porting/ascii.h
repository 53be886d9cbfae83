/* SPDX-License-Identifier: MIT */
/* The beginning of a wide string, as far as it is ASCII, for functions of the system that read
 * numbers. */
#ifndef WINRT_PORTING_ASCII_H
#define WINRT_PORTING_ASCII_H

#include <stddef.h>

#include "winrt_porting_functions.h"

struct ascii {
    size_t skipped; /* units of white space before it */
    char *text;     /* `fixed`, or a block; "" and ENOMEM when there is no memory */
    char fixed[64];
};

/* What follows the white space, up to the next that is no visible ASCII character, and at most
 * `limit` units of it. */
void ascii_init(struct ascii *ascii, const winrt_wchar *text, size_t limit);
void ascii_free(struct ascii *ascii);

#endif
