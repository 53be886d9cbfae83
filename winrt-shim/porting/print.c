/* SPDX-License-Identifier: MIT */
#include "print.h"

#include <errno.h>
#include <string.h>

#include "src/port/memory.h"
#include "src/port/text.h"

#include "format.h"

static bool write_bytes(FILE *stream, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, stream) == length;
}

static bool write_units(FILE *stream, const char16_t *units, size_t count)
{
    size_t length;
    char *bytes;
    bool done;

    if (text_utf8_from_utf16_lossy(units, count, &bytes, &length) != PORT_OK) {
        errno = ENOMEM;
        return false;
    }
    done = write_bytes(stream, bytes, length);
    memory_free(bytes);
    return done;
}

int print_to_stream(FILE *stream, bool wide, const void *format, va_list args)
{
    struct text_sink sink;
    int result = -1;

    if (!stream || !format) {
        errno = EINVAL;
        return -1;
    }
    text_sink_init(&sink, wide);
    if (format_text(&sink, format, args) &&
        (wide ? write_units(stream, text_sink_wide(&sink), sink.length)
              : write_bytes(stream, text_sink_narrow(&sink), sink.length)))
        result = (int)sink.length;
    text_sink_free(&sink);
    return result;
}

static void terminate(void *buffer, size_t at, bool wide)
{
    if (wide)
        ((char16_t *)buffer)[at] = 0;
    else
        ((char *)buffer)[at] = 0;
}

/* What fits of the text is in the buffer, and is less than all of it and a terminator. */
static int cut_off(void *buffer, size_t size, size_t length, enum print_cut cut, bool wide)
{
    switch (cut) {
    case PRINT_NOT_TERMINATED:
        return length == size ? (int)length : -1;
    case PRINT_LENGTH:
        if (size)
            terminate(buffer, size - 1, wide);
        return (int)length;
    case PRINT_TERMINATED:
        if (size)
            terminate(buffer, size - 1, wide);
        break;
    case PRINT_EMPTY:
        terminate(buffer, 0, wide);
        break;
    }
    errno = ERANGE;
    return -1;
}

int print_to_buffer(void *buffer, size_t size, enum print_cut cut, bool wide, const void *format,
                    va_list args)
{
    size_t unit = wide ? sizeof(char16_t) : 1, fits;
    struct text_sink sink;
    int result = -1;

    if (!format || (!buffer && size) || (cut == PRINT_EMPTY && !size)) {
        errno = EINVAL;
        return -1;
    }
    text_sink_init(&sink, wide);
    if (!format_text(&sink, format, args)) {
        if (size && cut != PRINT_NOT_TERMINATED)
            terminate(buffer, 0, wide);
        goto done;
    }
    fits = sink.length < size ? sink.length : size;
    if (fits)
        memcpy(buffer, sink.data, fits * unit);
    if (!buffer) {
        result = (int)sink.length;
    } else if (sink.length < size) {
        terminate(buffer, sink.length, wide);
        result = (int)sink.length;
    } else {
        result = cut_off(buffer, size, sink.length, cut, wide);
    }
done:
    text_sink_free(&sink);
    return result;
}
