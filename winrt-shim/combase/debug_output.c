/* SPDX-License-Identifier: MIT */
/* Messages for whoever debugs the program (debugapi.h): to the standard error
 * stream. Any thread. */
#include <windows.h>

#include <stdio.h>

#include "src/port/memory.h"
#include "src/port/text.h"

/* OutputDebugString: NULL is nothing. */
VOID WINAPI OutputDebugStringA(LPCSTR text)
{
    if (text)
        fputs(text, stderr);
}

/* OutputDebugString */
VOID WINAPI OutputDebugStringW(LPCWSTR text)
{
    char *utf8;

    if (!text || text_utf8_from_utf16_lossy(text, lstrlenW(text), &utf8, NULL))
        return;
    OutputDebugStringA(utf8);
    memory_free(utf8);
}
