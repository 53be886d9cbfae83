/* SPDX-License-Identifier: MIT */
/* Formatted output with Microsoft's meaning; see docs/porting.md for the directives. */
#ifndef WINRT_PORTING_FORMAT_H
#define WINRT_PORTING_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>

#include "text_sink.h"

/*
 * Formats into `sink`, which is of the format's kind (wide or narrow). False and errno: EINVAL for
 * a directive that means nothing, and for %n, which is refused as Microsoft refuses it; ENOMEM;
 * EOVERFLOW for more than an int can count.
 */
bool format_text(struct text_sink *sink, const void *format, va_list args);

#endif
