/* SPDX-License-Identifier: MIT */
#include "strings_ring.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define RING_COUNT 8

char *ring_next(void)
{
    static _Thread_local char buffers[RING_COUNT][RING_SIZE];
    static _Thread_local unsigned next;

    return buffers[next++ % RING_COUNT];
}

const char *ring_format(const char *format, ...)
{
    char *buffer = ring_next();
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(buffer, RING_SIZE, format, arguments);
    va_end(arguments);
    if (length < 0 || length >= RING_SIZE) {
        fprintf(stderr, "a test's text does not fit %d bytes: %.60s...\n", RING_SIZE, buffer);
        abort();
    }
    return buffer;
}
