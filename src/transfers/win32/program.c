/* SPDX-License-Identifier: MIT */
#include "../program.h"

#include <string.h>

#include <windows.h>

#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/port/text.h"

/* A console takes UTF-16, whatever its code page is. */
static bool write_console(HANDLE console, const char *text, size_t size)
{
    DWORD written = 0;
    char16_t *wide;
    size_t length;
    bool done;

    if (text_utf16_from_utf8_lossy(text, size, &wide, &length))
        return false;
    done = WriteConsoleW(console, wide, (DWORD)length, &written, NULL);
    memory_free(wide);
    return done;
}

bool program_write(bool error, const char *bytes, size_t size)
{
    HANDLE file = GetStdHandle(error ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE);
    DWORD mode;

    if (GetConsoleMode(file, &mode))
        return write_console(file, bytes, size);
    while (size) {
        DWORD count = 0;

        if (!WriteFile(file, bytes, (DWORD)size, &count, NULL) || !count)
            return false;
        bytes += count;
        size -= count;
    }
    return true;
}

static size_t length_of(const WCHAR *text)
{
    size_t length = 0;

    while (text[length])
        length++;
    return length;
}

enum port_status program_path(const char *text, char **ret)
{
    char16_t *wide = NULL, *full = NULL;
    enum port_status status;
    char *utf8 = NULL;
    DWORD size;

    *ret = NULL;
    status = text[0] ? text_utf16_from_utf8(text, strlen(text), &wide, NULL) : PORT_INVALID;
    if (status)
        return status;
    size = GetFullPathNameW(wide, 0, NULL, NULL);
    full = memory_zalloc_array((size_t)size + 1, sizeof(*full));
    if (!full)
        status = PORT_NO_MEMORY;
    else if (!size || GetFullPathNameW(wide, size, full, NULL) >= size)
        status = PORT_INVALID;
    if (!status)
        status = text_utf8_from_utf16(full, length_of(full), &utf8, NULL);
    if (!status)
        status = path_from_native(utf8, ret);
    memory_free(utf8);
    memory_free(full);
    memory_free(wide);
    return status;
}

int wmain(int argc, WCHAR **argv);
int wmain(int argc, WCHAR **argv)
{
    char **arguments = memory_zalloc_array((size_t)argc, sizeof(*arguments));
    bool good = arguments && argc;
    int code = 2;

    for (int i = 1; good && i < argc; i++)
        good = !text_utf8_from_utf16_lossy(argv[i], length_of(argv[i]), &arguments[i], NULL);
    if (good)
        code = program_run(argc - 1, arguments + 1);
    for (int i = 1; arguments && i < argc; i++)
        memory_free(arguments[i]);
    memory_free(arguments);
    return code;
}
