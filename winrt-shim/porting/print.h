/* SPDX-License-Identifier: MIT */
/* What the wide and the narrow printing functions have in common. */
#ifndef WINRT_PORTING_PRINT_H
#define WINRT_PORTING_PRINT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "text_sink.h"

enum print_cut {
    PRINT_TERMINATED,     /* ended with a terminator, -1: swprintf */
    PRINT_NOT_TERMINATED, /* filled to its last place, -1: _snwprintf, _snprintf */
    PRINT_LENGTH,         /* ended with a terminator, the length that it would have had: snprintf */
    PRINT_EMPTY,          /* made empty, -1 and ERANGE: swprintf_s */
};

/* Formats and writes to the stream, as bytes. The count of units or bytes; -1 and errno. */
int print_to_stream(FILE *stream, bool wide, const void *format, va_list args);

/* Formats into a buffer of `size` units or bytes. With NULL and 0, only counts. -1 and errno
 * (EINVAL: NULL pointers). */
int print_to_buffer(void *buffer, size_t size, enum print_cut cut, bool wide, const void *format,
                    va_list args);

#endif
