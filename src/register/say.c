/* SPDX-License-Identifier: MIT */
#include "say.h"

#include "src/port/memory.h"

static void write_utf8(HANDLE file, const WCHAR *text, DWORD length)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, length, NULL, 0, NULL, NULL);
    char *bytes = memory_alloc(size);
    DWORD written;

    if (!bytes)
        return;
    WideCharToMultiByte(CP_UTF8, 0, text, length, bytes, size, NULL, NULL);
    WriteFile(file, bytes, size, &written, NULL);
    memory_free(bytes);
}

void say(enum say_to to, const WCHAR *format, ...)
{
    HANDLE file = GetStdHandle(to == SAY_ERROR ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE);
    WCHAR *text = NULL;
    DWORD length, mode;
    va_list arguments;

    va_start(arguments, format);
    length = FormatMessageW(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ALLOCATE_BUFFER, format, 0,
                            0, (WCHAR *)&text, 0, &arguments);
    va_end(arguments);
    if (length && GetConsoleMode(file, &mode))
        WriteConsoleW(file, text, length, &mode, NULL);
    else if (length)
        write_utf8(file, text, length);
    LocalFree(text);
}

void say_failure(const WCHAR *what, HRESULT hr)
{
    WCHAR *text = NULL;

    /* A code that the system has no text for stands alone. */
    FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER |
                       FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
                   NULL, hr, 0, (WCHAR *)&text, 0, NULL);
    say(SAY_ERROR, u"%1: 0x%2!08x!%3%4\n", what, hr, text ? u" " : u"", text ? text : u"");
    LocalFree(text);
}
