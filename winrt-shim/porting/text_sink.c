/* SPDX-License-Identifier: MIT */
#include "text_sink.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "src/port/memory.h"
#include "src/port/text.h"

static size_t unit_size(const struct text_sink *sink)
{
    return sink->wide ? sizeof(char16_t) : 1;
}

void text_sink_init(struct text_sink *sink, bool wide)
{
    sink->wide = wide;
    sink->length = 0;
    sink->data = sink->fixed;
    sink->capacity = sizeof(sink->fixed) / unit_size(sink);
}

void text_sink_free(struct text_sink *sink)
{
    if (sink->data != sink->fixed)
        memory_free(sink->data);
}

/* Room for `count` more; the caller counts them in. */
static bool make_room(struct text_sink *sink, size_t count)
{
    bool on_heap = sink->data != sink->fixed;
    size_t capacity = sink->capacity;
    void *data;

    if (count > INT_MAX - sink->length) {
        errno = EOVERFLOW;
        return false;
    }
    if (count <= capacity - sink->length)
        return true;
    while (capacity - sink->length < count)
        capacity *= 2;
    data = memory_resize(on_heap ? sink->data : NULL, capacity * unit_size(sink));
    if (!data) {
        errno = ENOMEM;
        return false;
    }
    if (!on_heap)
        memcpy(data, sink->fixed, sink->length * unit_size(sink));
    sink->data = data;
    sink->capacity = capacity;
    return true;
}

static bool is_ascii(const char *text, size_t length)
{
    while (length && !(*text & 0x80)) {
        text++;
        length--;
    }
    return length == 0;
}

static bool append_ascii(struct text_sink *sink, const char *text, size_t length)
{
    if (!make_room(sink, length))
        return false;
    for (size_t i = 0; i < length; i++)
        text_sink_wide(sink)[sink->length++] = (unsigned char)text[i];
    return true;
}

/* What is of the sink's own kind. */
static bool append(struct text_sink *sink, const void *data, size_t count)
{
    if (!make_room(sink, count))
        return false;
    memcpy((char *)sink->data + sink->length * unit_size(sink), data, count * unit_size(sink));
    sink->length += count;
    return true;
}

bool text_sink_bytes(struct text_sink *sink, const char *text, size_t length)
{
    char16_t *units;
    size_t count;
    bool done;

    if (!sink->wide)
        return append(sink, text, length);
    if (is_ascii(text, length))
        return append_ascii(sink, text, length);
    if (text_utf16_from_utf8_lossy(text, length, &units, &count) != PORT_OK) {
        errno = ENOMEM;
        return false;
    }
    done = append(sink, units, count);
    memory_free(units);
    return done;
}

bool text_sink_units(struct text_sink *sink, const char16_t *text, size_t length)
{
    char *bytes;
    size_t count;
    bool done;

    if (sink->wide)
        return append(sink, text, length);
    if (text_utf8_from_utf16_lossy(text, length, &bytes, &count) != PORT_OK) {
        errno = ENOMEM;
        return false;
    }
    done = append(sink, bytes, count);
    memory_free(bytes);
    return done;
}

static void fill_with(struct text_sink *sink, size_t at, char fill, size_t count)
{
    for (size_t i = at; i < at + count; i++) {
        if (sink->wide)
            text_sink_wide(sink)[i] = (unsigned char)fill;
        else
            text_sink_narrow(sink)[i] = fill;
    }
}

bool text_sink_pad(struct text_sink *sink, size_t start, size_t width, char fill, bool at_right)
{
    size_t size = unit_size(sink), length = sink->length - start, missing;
    char *data;

    if (length >= width)
        return true;
    missing = width - length;
    if (!make_room(sink, missing))
        return false;
    data = sink->data;
    if (!at_right)
        memmove(data + (start + missing) * size, data + start * size, length * size);
    fill_with(sink, at_right ? start + length : start, fill, missing);
    sink->length += missing;
    return true;
}
