/* SPDX-License-Identifier: MIT */
/* On libunistring, whose conversions are strict. */
#include "src/port/text.h"

#include <errno.h>
#include <string.h>

#include <unistr.h>

#include "src/port/memory.h"
#include "status.h"

#define UTF8_PER_UTF16 \
    3 /* bytes that one UTF-16 unit can become, a surrogate pair being two units */

enum port_status text_utf8_from_utf16(const char16_t *text, size_t length, char **ret,
                                      size_t *ret_length)
{
    size_t count = length * UTF8_PER_UTF16;
    char *buffer;

    *ret = NULL;
    buffer = memory_alloc(count + 1);
    if (!buffer)
        return PORT_NO_MEMORY;
    if (length && !u16_to_u8((const uint16_t *)text, length, (uint8_t *)buffer, &count)) {
        memory_free(buffer);
        return status_from_errno(errno);
    }
    buffer[count] = 0;
    *ret = buffer;
    if (ret_length)
        *ret_length = count;
    return PORT_OK;
}

enum port_status text_utf16_from_utf8(const char *text, size_t length, char16_t **ret,
                                      size_t *ret_length)
{
    size_t count = length; /* never more units than bytes */
    char16_t *buffer;

    *ret = NULL;
    buffer = memory_alloc((count + 1) * sizeof(*buffer));
    if (!buffer)
        return PORT_NO_MEMORY;
    if (length && !u8_to_u16((const uint8_t *)text, length, (uint16_t *)buffer, &count)) {
        memory_free(buffer);
        return status_from_errno(errno);
    }
    buffer[count] = 0;
    *ret = buffer;
    if (ret_length)
        *ret_length = count;
    return PORT_OK;
}

enum port_status text_utf8_from_utf16_lossy(const char16_t *text, size_t length, char **ret,
                                            size_t *ret_length)
{
    size_t from = 0, to = 0;
    char *buffer;

    *ret = NULL;
    buffer = memory_alloc(length * UTF8_PER_UTF16 + 1);
    if (!buffer)
        return PORT_NO_MEMORY;
    while (from < length) {
        ucs4_t point;

        from += (size_t)u16_mbtouc(&point, (const uint16_t *)text + from, length - from);
        to += (size_t)u8_uctomb((uint8_t *)buffer + to, point, 4);
    }
    buffer[to] = 0;
    *ret = buffer;
    if (ret_length)
        *ret_length = to;
    return PORT_OK;
}

enum port_status text_utf16_from_utf8_lossy(const char *text, size_t length, char16_t **ret,
                                            size_t *ret_length)
{
    size_t from = 0, to = 0;
    char16_t *buffer;

    *ret = NULL;
    buffer = memory_alloc((length + 1) * sizeof(*buffer));
    if (!buffer)
        return PORT_NO_MEMORY;
    while (from < length) {
        ucs4_t point;

        from += (size_t)u8_mbtouc(&point, (const uint8_t *)text + from, length - from);
        to += (size_t)u16_uctomb((uint16_t *)buffer + to, point, 2);
    }
    buffer[to] = 0;
    *ret = buffer;
    if (ret_length)
        *ret_length = to;
    return PORT_OK;
}
