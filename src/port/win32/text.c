/* SPDX-License-Identifier: MIT */
#include "src/port/text.h"

#include <limits.h>

#include <windows.h>

#include "src/port/memory.h"
#include "status.h"

#define UTF8_PER_UTF16 3 /* bytes that one unit can become, a surrogate pair being two units */

/* `flags`: whether the system is to refuse what is not well-formed, or to put U+FFFD in its place.
 */
static enum port_status to_utf8(const char16_t *text, size_t length, DWORD flags, char **ret,
                                size_t *ret_length)
{
    enum port_status status;
    int count = 0;
    char *buffer;

    *ret = NULL;
    if (length > INT_MAX / UTF8_PER_UTF16)
        return PORT_NO_MEMORY;
    buffer = memory_alloc(length * UTF8_PER_UTF16 + 1);
    if (!buffer)
        return PORT_NO_MEMORY;
    if (length)
        count = WideCharToMultiByte(CP_UTF8, flags, text, (int)length, buffer,
                                    (int)length * UTF8_PER_UTF16, NULL, NULL);
    if (length && !count) {
        status = status_from_error(GetLastError());
        memory_free(buffer);
        return status;
    }
    buffer[count] = 0;
    *ret = buffer;
    if (ret_length)
        *ret_length = (size_t)count;
    return PORT_OK;
}

static enum port_status to_utf16(const char *text, size_t length, DWORD flags, char16_t **ret,
                                 size_t *ret_length)
{
    enum port_status status;
    char16_t *buffer;
    int count = 0;

    *ret = NULL;
    if (length > INT_MAX)
        return PORT_NO_MEMORY;
    buffer = memory_alloc((length + 1) * sizeof(*buffer)); /* never more units than bytes */
    if (!buffer)
        return PORT_NO_MEMORY;
    if (length)
        count = MultiByteToWideChar(CP_UTF8, flags, text, (int)length, buffer, (int)length);
    if (length && !count) {
        status = status_from_error(GetLastError());
        memory_free(buffer);
        return status;
    }
    buffer[count] = 0;
    *ret = buffer;
    if (ret_length)
        *ret_length = (size_t)count;
    return PORT_OK;
}

enum port_status text_utf8_from_utf16(const char16_t *text, size_t length, char **ret,
                                      size_t *ret_length)
{
    return to_utf8(text, length, WC_ERR_INVALID_CHARS, ret, ret_length);
}

enum port_status text_utf16_from_utf8(const char *text, size_t length, char16_t **ret,
                                      size_t *ret_length)
{
    return to_utf16(text, length, MB_ERR_INVALID_CHARS, ret, ret_length);
}

enum port_status text_utf8_from_utf16_lossy(const char16_t *text, size_t length, char **ret,
                                            size_t *ret_length)
{
    return to_utf8(text, length, 0, ret, ret_length);
}

enum port_status text_utf16_from_utf8_lossy(const char *text, size_t length, char16_t **ret,
                                            size_t *ret_length)
{
    return to_utf16(text, length, 0, ret, ret_length);
}
