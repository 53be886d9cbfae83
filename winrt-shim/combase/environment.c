/* SPDX-License-Identifier: MIT */
/*
 * GetEnvironmentVariable (processenv.h). Names are exact, as this system has them. Text that is not
 * UTF-8 gets U+FFFD in the W form. Not while another thread changes the environment.
 */
#include <windows.h>

#include <stdlib.h>
#include <string.h>

#include "src/port/memory.h"
#include "src/port/text.h"

static DWORD fail(DWORD error)
{
    SetLastError(error);
    return 0;
}

/* Its length if it fits with its terminator, else the room that is needed. */
static DWORD deliver(const void *value, size_t length, size_t unit, void *out, DWORD room)
{
    if (!out || length >= room)
        return (DWORD)length + 1;
    memcpy(out, value, (length + 1) * unit);
    return (DWORD)length;
}

/*
 * GetEnvironmentVariable: characters without the terminator, or with it, and nothing written, if
 * `room` is too small. 0 and ERROR_ENVVAR_NOT_FOUND if there is none.
 */
DWORD WINAPI GetEnvironmentVariableA(LPCSTR name, LPSTR out, DWORD room)
{
    const char *value = name ? getenv(name) : NULL;

    if (!value)
        return fail(ERROR_ENVVAR_NOT_FOUND);
    SetLastError(ERROR_SUCCESS);
    return deliver(value, strlen(value), sizeof(*value), out, room);
}

/* GetEnvironmentVariable */
DWORD WINAPI GetEnvironmentVariableW(LPCWSTR name, LPWSTR out, DWORD room)
{
    const char *value = NULL;
    char16_t *text;
    size_t length;
    char *utf8;
    DWORD result;

    if (name && !text_utf8_from_utf16(name, lstrlenW(name), &utf8, NULL)) {
        value = getenv(utf8);
        memory_free(utf8);
    }
    if (!value)
        return fail(ERROR_ENVVAR_NOT_FOUND);
    if (text_utf16_from_utf8_lossy(value, strlen(value), &text, &length))
        return fail(ERROR_NOT_ENOUGH_MEMORY);
    SetLastError(ERROR_SUCCESS);
    result = deliver(text, length, sizeof(*text), out, room);
    memory_free(text);
    return result;
}
