/* SPDX-License-Identifier: MIT */
/*
 * MultiByteToWideChar and WideCharToMultiByte (stringapiset.h). All text here is UTF-8, so that is
 * what the code pages CP_ACP, CP_OEMCP and CP_THREAD_ACP mean, beside CP_UTF8; others give
 * ERROR_INVALID_PARAMETER. Any thread.
 */
#include <windows.h>

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "src/port/memory.h"
#include "src/port/text.h"

static bool is_known_code_page(UINT code_page)
{
    return code_page == CP_UTF8 || code_page == CP_ACP || code_page == CP_OEMCP ||
           code_page == CP_THREAD_ACP;
}

static INT fail(DWORD error)
{
    SetLastError(error);
    return 0;
}

static INT fail_with(enum port_status status)
{
    return fail(status == PORT_INVALID ? ERROR_NO_UNICODE_TRANSLATION : ERROR_NOT_ENOUGH_MEMORY);
}

/* Copies what a conversion made (units of `size` bytes), or only counts it when there is no room
 * asked for. */
static INT deliver(const void *made, size_t length, size_t size, void *out, INT room)
{
    if (length > INT_MAX)
        return fail(ERROR_INVALID_PARAMETER);
    if (!room)
        return (INT)length;
    if (length > (size_t)room)
        return fail(ERROR_INSUFFICIENT_BUFFER);
    memcpy(out, made, length * size);
    return (INT)length;
}

/*
 * MultiByteToWideChar: the number of code units written, or needed if `room` is 0. With `length` -1
 * the text is terminated and the terminator counts. Ill-formed text gives U+FFFD, with
 * MB_ERR_INVALID_CHARS 0 and ERROR_NO_UNICODE_TRANSLATION; other flags ERROR_INVALID_FLAGS; too
 * little room ERROR_INSUFFICIENT_BUFFER.
 */
INT WINAPI MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR text, INT length, LPWSTR out,
                               INT room)
{
    enum port_status status;
    char16_t *made;
    size_t count;
    INT result;

    if (!text || !length || length < -1 || room < 0 || (room && !out) ||
        (const void *)text == out || !is_known_code_page(code_page))
        return fail(ERROR_INVALID_PARAMETER);
    if (flags & ~MB_ERR_INVALID_CHARS)
        return fail(ERROR_INVALID_FLAGS);
    count = length < 0 ? strlen(text) + 1 : (size_t)length;
    if (flags)
        status = text_utf16_from_utf8(text, count, &made, &count);
    else
        status = text_utf16_from_utf8_lossy(text, count, &made, &count);
    if (status)
        return fail_with(status);
    result = deliver(made, count, sizeof(*made), out, room);
    memory_free(made);
    return result;
}

/*
 * WideCharToMultiByte: as MultiByteToWideChar, in bytes, with WC_ERR_INVALID_CHARS. UTF-8 has every
 * character, so `fallback` and `used_fallback` must be NULL.
 */
INT WINAPI WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR text, INT length, LPSTR out,
                               INT room, LPCSTR fallback, LPBOOL used_fallback)
{
    enum port_status status;
    size_t count;
    char *made;
    INT result;

    if (!text || !length || length < -1 || room < 0 || (room && !out) ||
        (const void *)text == out || fallback || used_fallback || !is_known_code_page(code_page))
        return fail(ERROR_INVALID_PARAMETER);
    if (flags & ~WC_ERR_INVALID_CHARS)
        return fail(ERROR_INVALID_FLAGS);
    count = length < 0 ? (size_t)lstrlenW(text) + 1 : (size_t)length;
    if (flags)
        status = text_utf8_from_utf16(text, count, &made, &count);
    else
        status = text_utf8_from_utf16_lossy(text, count, &made, &count);
    if (status)
        return fail_with(status);
    result = deliver(made, count, sizeof(*made), out, room);
    memory_free(made);
    return result;
}
