/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "program.h"
#include "src/port/memory.h"
#include "src/port/text.h"

static char gathered[32 << 10];
static size_t used;
static bool failed;
static unsigned errors;

bool out_flush(void)
{
    if (used && !failed)
        failed = !program_write(false, gathered, used);
    used = 0;
    return !failed;
}

void out_bytes(const void *bytes, size_t size)
{
    const char *from = bytes;

    while (size) {
        size_t part = sizeof(gathered) - used;

        part = part < size ? part : size;
        memcpy(gathered + used, from, part);
        used += part;
        from += part;
        size -= part;
        if (used == sizeof(gathered))
            out_flush();
    }
}

/* Those of ASCII, and U+0080 to U+009F, which are C2 80 to C2 9F. */
static void hide_controls(char *text)
{
    for (unsigned char *c = (unsigned char *)text; *c; c++) {
        if ((*c < ' ' && *c != '\n') || *c == 0x7f)
            *c = '?';
        if (*c == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f)
            c[0] = c[1] = '?';
    }
}

/* With U+FFFD for what is no UTF-8, of which a terminal may think anything. NULL without memory. */
static char *make_well_formed(char *text)
{
    char16_t *units = NULL;
    char *copy = NULL;
    size_t count;

    if (!text_utf16_from_utf8_lossy(text, strlen(text), &units, &count) &&
        text_utf8_from_utf16_lossy(units, count, &copy, NULL))
        copy = NULL;
    memory_free(units);
    memory_free(text);
    return copy;
}

/* NULL without memory. */
static char *format_text(const char *format, va_list arguments)
{
    va_list again;
    char *text = NULL;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length >= 0)
        text = memory_alloc((size_t)length + 1);
    if (!text)
        return NULL;
    vsnprintf(text, (size_t)length + 1, format, arguments);
    hide_controls(text);
    return make_well_formed(text);
}

void out(const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = format_text(format, arguments);
    va_end(arguments);
    if (text)
        out_bytes(text, strlen(text));
    else
        failed = true;
    memory_free(text);
}

void out_error(const char *format, ...)
{
    char *text, *line = NULL;
    va_list arguments;

    errors++;
    out_flush(); /* so that lines come in their order, where both are the same */
    va_start(arguments, format);
    text = format_text(format, arguments);
    va_end(arguments);
    if (text)
        line = memory_format("winrt-transfers: %s\n", text);
    if (line)
        program_write(true, line, strlen(line));
    memory_free(line);
    memory_free(text);
}

unsigned out_error_count(void)
{
    return errors;
}
