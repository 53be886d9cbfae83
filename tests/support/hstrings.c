/* SPDX-License-Identifier: MIT */
#include "hstrings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <winstring.h>

#include "check.h"
#include "src/port/threads.h"
#include "strings_ring.h"

struct kept_string {
    struct kept_string *next;
    HSTRING string;
};

static struct mutex kept_mutex = MUTEX_INITIALIZER;
static struct kept_string *kept;

HSTRING string_new(const char *utf8)
{
    int bytes = (int)strlen(utf8);
    int units = 0;
    WCHAR *wide;
    HSTRING string = NULL;

    if (bytes == 0)
        return NULL;
    wide = calloc((size_t)bytes + 1, sizeof(*wide));
    assert_non_null(wide);
    units = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, bytes, wide, bytes);
    assert_int_not_equal(units, 0);
    check_ok(WindowsCreateString(wide, (UINT32)units, &string));
    free(wide);
    return string;
}

void string_delete(HSTRING string)
{
    WindowsDeleteString(string);
}

const char *string_text(HSTRING string)
{
    UINT32 units;
    const WCHAR *wide = WindowsGetStringRawBuffer(string, &units);
    char *text = ring_next();
    size_t used = 0;

    for (UINT32 i = 0; i < units;) {
        bool pair = i + 1 < units && wide[i] >= 0xD800 && wide[i] < 0xDC00;
        int count = pair ? 2 : 1;
        int bytes;

        assert_true(used + 8 < RING_SIZE);
        if (wide[i] == 0) {
            memcpy(text + used, "\u2400", 3);
            bytes = 3;
        } else {
            bytes = WideCharToMultiByte(CP_UTF8, 0, wide + i, count, text + used, 8, NULL, NULL);
        }
        used += (size_t)bytes;
        i += (UINT32)count;
    }
    text[used] = '\0';
    return text;
}

HSTRING string_of(const char *utf8)
{
    struct kept_string *entry = malloc(sizeof(*entry));

    assert_non_null(entry);
    entry->string = string_new(utf8);
    mutex_lock(&kept_mutex);
    entry->next = kept;
    kept = entry;
    mutex_unlock(&kept_mutex);
    return entry->string;
}

void strings_end(void)
{
    mutex_lock(&kept_mutex);
    while (kept) {
        struct kept_string *entry = kept;

        kept = entry->next;
        string_delete(entry->string);
        free(entry);
    }
    mutex_unlock(&kept_mutex);
}
