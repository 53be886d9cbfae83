/* SPDX-License-Identifier: MIT */
/*
 * Text that grows at its end: UTF-16 units or bytes of UTF-8, whatever is appended to it. Short
 * texts need no memory but the struct's own.
 */
#ifndef WINRT_PORTING_TEXT_SINK_H
#define WINRT_PORTING_TEXT_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#define TEXT_SINK_FIXED 256

struct text_sink {
    bool wide;               /* holds units of 16 bits, else bytes */
    size_t length, capacity; /* in units or bytes */
    void *data;              /* `fixed`, or a block */
    char16_t fixed[TEXT_SINK_FIXED];
};

void text_sink_init(struct text_sink *sink, bool wide);
void text_sink_free(struct text_sink *sink);

/* Append, converting what is of the other kind; what is not well-formed becomes U+FFFD. False and
 * errno: no memory, or more than an int can count. */
bool text_sink_bytes(struct text_sink *sink, const char *text, size_t length);
bool text_sink_units(struct text_sink *sink, const char16_t *text, size_t length);

/* Makes what was appended since `start` at least `width` long, with `fill` at its right or left. */
bool text_sink_pad(struct text_sink *sink, size_t start, size_t width, char fill, bool at_right);

static inline char16_t *text_sink_wide(struct text_sink *sink)
{
    return sink->data;
}

static inline char *text_sink_narrow(struct text_sink *sink)
{
    return sink->data;
}

#endif
